using System.Globalization;

namespace Palermo.Knowledge.Clauses;

/// <summary>Checks what is put into a fill-in.</summary>
public static class FillInValue
{
    private const int LongestText = 2_000;

    /// <summary>What is wrong with a value; null if it fits.</summary>
    public static string? Problem(FillIn fillIn, string value)
    {
        ArgumentNullException.ThrowIfNull(fillIn);
        ArgumentNullException.ThrowIfNull(value);
        return fillIn.Type switch
        {
            FillInType.Number => !decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? $"\"{value}\" is no number."
                : number < fillIn.Minimum || number > fillIn.Maximum ? $"{value} is not between {fillIn.Minimum} and {fillIn.Maximum} {fillIn.Unit}."
                : decimal.Truncate(number) != number ? $"{value} is no whole number of {fillIn.Unit}."
                : null,
            FillInType.Date => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null : $"\"{value}\" is no day (YYYY-MM-DD).",
            _ => value.Length > LongestText ? $"the text is longer than {LongestText} characters."
                : value.Any(c => char.IsControl(c)) ? "the text has a line break or a control character." : null,
        };
    }
}
