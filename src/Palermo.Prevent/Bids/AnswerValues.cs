using System.Globalization;
using Palermo.Knowledge;
using Palermo.Knowledge.Clauses;

namespace Palermo.Prevent.Bids;

/// <summary>Reads answers by their type, in the forms people write them.</summary>
internal static class AnswerValues
{
    private static readonly string[] s_yes = ["yes", "y", "oui", "o", "sí", "si", "s", "true", "1", "x", "ja", "sim"];
    private static readonly string[] s_no = ["no", "n", "non", "false", "0", "nein", "não", "nao"];
    private static readonly string[] s_unknown = ["not known", "unknown", "don't know", "inconnu", "je ne sais pas", "no se sabe", "desconocido", "unbekannt", "n/k"];

    public static AnswerState State(AnswerType type, string text, Catalogue catalogue)
    {
        if (text.Length == 0)
        {
            return AnswerState.Missing;
        }

        if (s_unknown.Contains(text.TrimEnd('.'), StringComparer.OrdinalIgnoreCase))
        {
            return AnswerState.NotKnown;
        }

        return type switch
        {
            AnswerType.YesNo => YesNo(text) is null,
            AnswerType.Number or AnswerType.Money => !(Number(text) >= 0),
            AnswerType.Percent => !(Number(text) is >= 0 and <= 100),
            AnswerType.Date => Day(text) is null,
            AnswerType.Countries => Countries(text, catalogue) is null,
            _ => false,
        }
        ? AnswerState.Unreadable : AnswerState.Answered;
    }

    public static bool? YesNo(string text)
    {
        // "No, never": the first word says it.
        var word = text.Split([' ', ',', '.', ';', ':'], 2)[0].Trim();
        return s_yes.Contains(word, StringComparer.OrdinalIgnoreCase) ? true : s_no.Contains(word, StringComparer.OrdinalIgnoreCase) ? false : null;
    }

    /// <summary>A number with or without separators, unit or currency; null if it can be read in two ways or not at all.</summary>
    public static decimal? Number(string text)
    {
        var digits = string.Concat(text.Where(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-'));
        if (digits.Length == 0 || digits.LastIndexOf('-') > 0 || text.Count(char.IsAsciiLetter) > 12)
        {
            return null;
        }

        var comma = digits.LastIndexOf(',');
        var point = digits.LastIndexOf('.');
        if (comma >= 0 && point >= 0)
        {
            // The one that comes last is the decimal mark.
            digits = comma > point ? digits.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : digits.Replace(",", "", StringComparison.Ordinal);
        }
        else if (comma >= 0 || point >= 0)
        {
            var mark = comma >= 0 ? ',' : '.';
            var parts = digits.Split(mark);
            var grouped = parts.Length > 1 && parts.Skip(1).All(p => p.Length == 3) && parts[0].TrimStart('-').Length is > 0 and <= 3;
            if (grouped && parts.Length == 2 && parts[0].TrimStart('-') != "0")
            {
                return null; // "1.234" is a thousand in one country and one and a bit in another: the bidder is asked
            }

            grouped &= parts.Length > 2;
            digits = grouped ? digits.Replace(mark.ToString(), "", StringComparison.Ordinal) : parts.Length == 2 ? digits.Replace(mark, '.') : "";
        }

        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    public static DateOnly? Day(string text) => DateOnly.TryParseExact(text.Trim(), ["yyyy-MM-dd", "d.M.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static IReadOnlyList<string>? Countries(string text, Catalogue catalogue)
    {
        var found = text.Split([',', ';', '/', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(p => catalogue.FindCountry(p)?.Id).ToArray();
        return found.Length == 0 || Array.Exists(found, f => f is null) ? null : [.. found.OfType<string>()];
    }
}

/// <summary>Numbers as people write them.</summary>
public static class BidNumbers
{
    /// <summary>A number with or without separators, unit or currency; null if it can be read in two ways or not at all.</summary>
    public static decimal? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AnswerValues.Number(text);
    }
}
