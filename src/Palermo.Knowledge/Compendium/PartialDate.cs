using System.Globalization;

namespace Palermo.Knowledge.Compendium;

/// <summary>A day of which perhaps only the month or the year is known.</summary>
/// <param name="Text">As written: <c>2024</c>, <c>2024-11</c> or <c>2024-11-27</c>.</param>
/// <param name="First">The first day it can be.</param>
/// <param name="Last">The last day it can be.</param>
public readonly record struct PartialDate(string Text, DateOnly First, DateOnly Last)
{
    /// <summary>Reads a date. False if it is none.</summary>
    public static bool TryParse(string? text, out PartialDate date)
    {
        date = default;
        if (text is null)
        {
            return false;
        }

        if (text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 1000)
        {
            date = new(text, new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        }
        else if (text.Length == 7 && DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            date = new(text, month, month.AddMonths(1).AddDays(-1));
        }
        else if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            date = new(text, day, day);
        }

        return date.Text is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
