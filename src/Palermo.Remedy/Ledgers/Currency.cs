using System.Globalization;

namespace Palermo.Remedy.Ledgers;

/// <summary>Amounts in minor units (ISO 4217): cents, fils, yen. No fraction is ever lost.</summary>
public static class Currency
{
    /// <summary>Digits after the point.</summary>
    public static int Digits(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>Whether it looks like a code.</summary>
    public static bool IsCode(string currency) => currency is { Length: 3 } && currency.All(char.IsAsciiLetterUpper);

    /// <summary>Reads an amount: <c>1250.50</c>; null if it is none, or has more digits than the currency.</summary>
    public static long? Read(string text, string currency) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount * Power(currency) is var minor && minor == decimal.Truncate(minor) && minor <= long.MaxValue ? (long)minor : null;

    /// <summary>An amount as people write it.</summary>
    public static string Text(long minor, string currency) => $"{(minor / Power(currency)).ToString("F" + Digits(currency).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)} {currency}";

    private static decimal Power(string currency) => Digits(currency) switch { 0 => 1, 3 => 1000, _ => 100 };
}
