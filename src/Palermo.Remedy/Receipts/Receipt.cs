using System.Globalization;
using Geralt;

namespace Palermo.Remedy.Receipts;

/// <summary>
/// What a worker keeps to come back: 24 digits, in groups of four. Six find the case, sixteen open it (53 bits, each guess
/// costs what <see cref="ReceiptKey"/> costs), two check for slips (ISO/IEC 7064, MOD 97-10). Digits because most people read
/// and hear them, whatever their language.
/// </summary>
public sealed class Receipt
{
    /// <summary>Digits in all.</summary>
    public const int Length = LocatorLength + SecretLength + CheckLength;

    /// <summary>Digits that find the case.</summary>
    public const int LocatorLength = 6;

    private const int SecretLength = 16, CheckLength = 2, Group = 4, Modulus = 97, Remainder = 98;
    private readonly string _digits;

    private Receipt(string digits) => _digits = digits;

    /// <summary>The digits that find the case. They open nothing.</summary>
    public string Locator => _digits[..LocatorLength];

    /// <summary>The digits that open it.</summary>
    internal string Secret => _digits[LocatorLength..(LocatorLength + SecretLength)];

    /// <summary>Draws a new one.</summary>
    public static Receipt Make()
    {
        Span<char> digits = stackalloc char[LocatorLength + SecretLength];
        SecureRandom.GenerateString(digits, SecureRandom.NumericChars);
        var text = digits.ToString();
        return new Receipt(text + Check(text));
    }

    /// <summary>Reads what somebody typed: digits of any script, whatever stands between them.</summary>
    /// <returns>The receipt, or null and the key of the words that say what is wrong: <c>receipt.short</c>, <c>receipt.long</c>, <c>receipt.slip</c>.</returns>
    public static (Receipt? Receipt, string Problem) Read(string? typed)
    {
        var digits = string.Concat((typed ?? "").EnumerateRunes().Where(r => System.Text.Rune.GetUnicodeCategory(r) == UnicodeCategory.DecimalDigitNumber).Select(r => (int)System.Text.Rune.GetNumericValue(r)));
        return digits.Length < Length ? (null, "receipt.short")
            : digits.Length > Length ? (null, "receipt.long")
            : Check(digits[..^CheckLength]) != digits[^CheckLength..] ? (null, "receipt.slip")
            : (new Receipt(digits), "");
    }

    /// <summary>In groups of four.</summary>
    public override string ToString() => string.Join(' ', _digits.Chunk(Group).Select(g => new string(g)));

    // The number with its check digits is 1 modulo 97.
    private static string Check(string digits)
    {
        var rest = 0;
        foreach (var digit in digits)
        {
            rest = ((rest * 10) + (digit - '0')) % Modulus;
        }

        return (Remainder - (rest * 100 % Modulus)).ToString("D2", CultureInfo.InvariantCulture);
    }
}
