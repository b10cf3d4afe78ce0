using System.Globalization;

namespace Palermo.Procurement.Tables;

/// <summary>Reads amounts and dates as a table writes them; finds out its ways from the first rows.</summary>
internal sealed class TableValues
{
    private readonly char _decimal;
    private readonly bool _dayFirst;

    /// <param name="amounts">Amounts of the first rows.</param>
    /// <param name="dates">Dates of the first rows.</param>
    /// <param name="mapping">What the user says.</param>
    /// <param name="notes">Receives what is not sure.</param>
    public TableValues(IReadOnlyCollection<string> amounts, IReadOnlyCollection<string> dates, TableMapping mapping, List<string> notes)
    {
        _decimal = mapping.Decimal.Length > 0 ? mapping.Decimal[0] : FindDecimal(amounts, notes);
        _dayFirst = mapping.Dates.Length > 0 ? mapping.Dates == "dmy" : FindDayFirst(dates, notes);
    }

    public string Decimal => _decimal.ToString();

    public string Dates => _dayFirst ? "day first" : "month first";

    /// <summary>An amount, or null if it is none. Currency signs and blanks do not matter.</summary>
    public decimal? Amount(string text)
    {
        Span<char> digits = stackalloc char[40];
        var length = 0;
        var grouped = -1; // digits since the last thousands sign, or -1
        var decimals = false;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) || (c == '-' && length == 0))
            {
                if (length == digits.Length - 1)
                {
                    return null;
                }

                digits[length++] = c;
                grouped += grouped >= 0 && !decimals ? 1 : 0;
            }
            else if (c == _decimal)
            {
                if (decimals || grouped is >= 0 and not 3)
                {
                    return null; // a second decimal sign, or "12,34.5"
                }

                decimals = true;
                digits[length++] = '.';
            }
            else if (c is ',' or '.')
            {
                if (decimals)
                {
                    return null;
                }

                grouped = 0;
            }
            else if (char.IsLetter(c) ? length > 0 && !IsCurrencyTail(text) : c is not ('\'' or '’' or ' ' or '\u00A0' or '\u202F' or '€' or '$' or '£' or '¥' or '₴' or '₸' or '₹'))
            {
                return null; // "2 lots of 5"
            }
        }

        return length > 0 && grouped is < 0 or 3 && decimal.TryParse(digits[..length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : null;
    }

    /// <summary>A date (and time) as RFC 3339, or null if it is none.</summary>
    public string? Date(string text)
    {
        if (text.Length >= 10 && text[4] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact))
        {
            return exact.ToString(exact.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        }

        var part = Parts(text);
        if (part is null)
        {
            return null;
        }

        var (a, b, year) = part.Value;
        var (day, month) = _dayFirst ? (a, b) : (b, a);
        return month is >= 1 and <= 12 && day >= 1 && year is > 1900 and < 2200 && day <= DateTime.DaysInMonth(year, month) ? $"{year:0000}-{month:00}-{day:00}T00:00:00Z" : null;
    }

    private static bool IsCurrencyTail(string text) => text.Length > 3 && char.IsLetter(text[^1]) && text.Count(char.IsLetter) <= 4;

    private static (int A, int B, int Year)? Parts(string text)
    {
        var first = text.Split(' ', 'T')[0].Split('/', '.', '-');
        return first is [{ Length: 1 or 2 } a, { Length: 1 or 2 } b, { Length: 2 or 4 } y] && int.TryParse(a, out var ia) && int.TryParse(b, out var ib) && int.TryParse(y, out var iy)
            ? (ia, ib, y.Length == 2 ? 2000 + iy : iy)
            : null;
    }

    // The last of two different signs is the decimal one; so is one with other than three digits behind it.
    private static char FindDecimal(IReadOnlyCollection<string> amounts, List<string> notes)
    {
        var ambiguous = "";
        foreach (var text in amounts)
        {
            var comma = text.LastIndexOf(',');
            var point = text.LastIndexOf('.');
            if (comma >= 0 && point >= 0)
            {
                return comma > point ? ',' : '.';
            }

            var at = Math.Max(comma, point);
            if (at < 0)
            {
                continue;
            }

            var sign = text[at];
            var digits = text[(at + 1)..].TakeWhile(char.IsAsciiDigit).Count();
            if (text.Count(c => c == sign) > 1)
            {
                return sign == ',' ? '.' : ',';
            }

            if (digits != 3)
            {
                return sign;
            }

            ambiguous = text;
        }

        if (ambiguous.Length > 0)
        {
            var sign = ambiguous.Contains(',') ? ',' : '.';
            notes.Add($"Amounts such as \"{ambiguous}\" may have thousands or three decimals; they are read as thousands. Say \"decimal\": \"{sign}\" in a mapping (--columns) if that is wrong.");
            return sign == ',' ? '.' : ',';
        }

        return '.';
    }

    private static bool FindDayFirst(IReadOnlyCollection<string> dates, List<string> notes)
    {
        var seen = "";
        foreach (var text in dates)
        {
            if (Parts(text) is { } parts)
            {
                if (parts.A > 12)
                {
                    return true;
                }

                if (parts.B > 12)
                {
                    return false;
                }

                seen = text;
            }
        }

        if (seen.Length > 0)
        {
            notes.Add($"Dates such as \"{seen}\" do not tell day from month; the day is taken to stand first. Say \"dates\": \"mdy\" in a mapping (--columns) if that is wrong.");
        }

        return true;
    }
}
