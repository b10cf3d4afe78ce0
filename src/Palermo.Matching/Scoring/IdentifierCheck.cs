namespace Palermo.Matching.Scoring;

/// <summary>What an identifier's own digits say about it: whether its check digits hold, and whether it is a filler such as 0000000.</summary>
internal static class IdentifierCheck
{
    /// <summary>True and false where the scheme has check digits that are known here; null where it has none.</summary>
    /// <param name="scheme">Scheme, upper case; may be blank.</param>
    /// <param name="value">Letters and digits, upper case.</param>
    public static bool? IsValid(string scheme, string value)
    {
        if (scheme.Contains("LEI", StringComparison.Ordinal) || (scheme.Length == 0 && value.Length == 20 && value[18..].All(char.IsAsciiDigit)))
        {
            return Lei(value);
        }

        if (scheme.Contains("CNPJ", StringComparison.Ordinal))
        {
            return Cnpj(value);
        }

        if (scheme.Contains("CPF", StringComparison.Ordinal))
        {
            return Cpf(value);
        }

        if (scheme.Contains("INN", StringComparison.Ordinal))
        {
            return Inn(value);
        }

        if (scheme.Contains("USCC", StringComparison.Ordinal) || scheme.Contains("UNIFIED SOCIAL CREDIT", StringComparison.Ordinal))
        {
            return Uscc(value);
        }

        return scheme.Contains("IMO", StringComparison.Ordinal) || value.StartsWith("IMO", StringComparison.Ordinal) ? Imo(value) : null;
    }

    /// <summary>Numbers that stand for "none": one digit repeated, or counting up.</summary>
    public static bool IsFiller(string value) => value.Length > 0 && (value.All(c => c == value[0]) || "12345678901234567890".StartsWith(value, StringComparison.Ordinal) || value is "NONE" or "UNKNOWN" or "NOTAPPLICABLE");

    // ISO 17442 with ISO 7064, MOD 97-10.
    private static bool Lei(string value)
    {
        if (value.Length != 20 || !value.All(char.IsAsciiLetterOrDigit))
        {
            return false;
        }

        var rest = 0;
        foreach (var c in value)
        {
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        }

        return rest == 1;
    }

    // Receita Federal do Brasil: two digits modulo 11, weights 2 to 9. From July 2026 the first twelve may be letters, counted by ASCII less 48.
    private static bool Cnpj(string value) => value.Length == 14 && value[12..].All(char.IsAsciiDigit) && Modulo11(value, 12) == value[12] - '0' && Modulo11(value, 13) == value[13] - '0';

    private static int Modulo11(string value, int count)
    {
        var (sum, weight) = (0, 2);
        for (var i = count - 1; i >= 0; i--)
        {
            sum += (value[i] - '0') * weight;
            weight = weight == 9 ? 2 : weight + 1;
        }

        return sum % 11 < 2 ? 0 : 11 - (sum % 11);
    }

    // Two digits modulo 11, weights rising without end.
    private static bool Cpf(string value)
    {
        if (value.Length != 11 || !value.All(char.IsAsciiDigit))
        {
            return false;
        }

        int Digit(int count)
        {
            var sum = Enumerable.Range(0, count).Sum(i => (value[i] - '0') * (count + 1 - i));
            return sum * 10 % 11 % 10;
        }

        return Digit(9) == value[9] - '0' && Digit(10) == value[10] - '0';
    }

    // Russian tax number: 10 digits (organizations) or 12 (people).
    private static bool Inn(string value)
    {
        if (!value.All(char.IsAsciiDigit))
        {
            return false;
        }

        int Digit(ReadOnlySpan<int> weights)
        {
            var sum = 0;
            for (var i = 0; i < weights.Length; i++)
            {
                sum += (value[i] - '0') * weights[i];
            }

            return sum % 11 % 10;
        }

        return value.Length switch
        {
            10 => Digit([2, 4, 10, 3, 5, 9, 4, 6, 8]) == value[9] - '0',
            12 => Digit([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == value[10] - '0' && Digit([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == value[11] - '0',
            _ => false,
        };
    }

    // GB 32100-2015: 18 characters, modulo 31.
    private static bool Uscc(string value)
    {
        const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        if (value.Length != 18 || value.Any(c => !Alphabet.Contains(c, StringComparison.Ordinal)))
        {
            return false;
        }

        var (sum, weight) = (0, 1);
        for (var i = 0; i < 17; i++)
        {
            sum += Alphabet.IndexOf(value[i], StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - (sum % 31)) % 31] == value[17];
    }

    // Ships: seven digits, the last from the six before; companies of the same register have no such digit.
    private static bool Imo(string value)
    {
        var digits = string.Concat(value.Where(char.IsAsciiDigit));
        return digits.Length == 7 && Enumerable.Range(0, 6).Sum(i => (digits[i] - '0') * (7 - i)) % 10 == digits[6] - '0';
    }
}
