using System.Buffers.Text;

namespace Palermo.Identify.Indicators;

/// <summary>Days of published dates.</summary>
internal static class Dates
{
    /// <summary>The day of an RFC 3339 date or date-time; null if it is none. The day is that of the publisher's clock.</summary>
    public static DateOnly? Day(ReadOnlySpan<byte> text) =>
        text.Length >= 10 && text[4] == '-' && text[7] == '-'
        && Utf8Parser.TryParse(text[..4], out int year, out var y) && y == 4
        && Utf8Parser.TryParse(text.Slice(5, 2), out int month, out var m) && m == 2
        && Utf8Parser.TryParse(text.Slice(8, 2), out int day, out var d) && d == 2
        && year is > 1900 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
}
