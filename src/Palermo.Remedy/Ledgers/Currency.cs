using System.Globalization;

namespace Palermo.Remedy.Ledgers;

/// <summary>Amounts in minor units (ISO 4217): cents, fils, yen. No fraction is ever lost.</summary>
public static class Currency
{
    private static readonly Dictionary<string, int> s_digits = new(StringComparer.Ordinal)
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["PYG"] = 0, ["RWF"] = 0, ["UGX"] = 0, ["UYI"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3,
    };

    /// <summary>Digits after the point.</summary>
    public static int Digits(string currency) => s_digits.GetValueOrDefault(currency, 2);

    /// <summary>Whether it looks like a code.</summary>
    public static bool IsCode(string currency) => currency is { Length: 3 } && currency.All(char.IsAsciiLetterUpper);

    /// <summary>Reads an amount: <c>1250.50</c>; null if it is none, or has more digits than the currency.</summary>
    public static long? Read(string text, string currency) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount * Power(currency) is var minor && minor == decimal.Truncate(minor) && minor <= long.MaxValue ? (long)minor : null;

    /// <summary>An amount as people write it.</summary>
    public static string Text(long minor, string currency) => $"{(minor / Power(currency)).ToString("F" + Digits(currency).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)} {currency}";

    private static decimal Power(string currency) => Digits(currency) switch { 0 => 1, 3 => 1000, _ => 100 };
}
