using NodaTime;
using Palermo.Knowledge.Rules;
using Palermo.Procurement;

namespace Palermo.Prevent.Facts;

/// <summary><see cref="LocalDay"/> for many texts: nearly all of them need no time zone, and each day becomes a fact only once. One for each thread.</summary>
internal sealed class LocalDays
{
    private const int FirstYear = 1990;
    private const int MinutesOfDay = 24 * 60;
    private static readonly int s_first = new DateOnly(FirstYear, 1, 1).DayNumber;
    private const int Years = 80; // publications are of these; what is older goes the slow way
    private readonly FactValue?[] _days = new FactValue?[Years * 366];
    private readonly Dictionary<string, (int Least, int Most)?[]> _offsets = new(StringComparer.Ordinal);
    private string? _country;
    private (int Least, int Most)?[] _ranges = [];

    /// <summary>The day of a text as a fact; null if it has none.</summary>
    public FactValue? Of(Utf8Text text, string country)
    {
        var span = text.Span;
        return Fast(span, country) is { } day ? Fact(day) : LocalDay.Of(text.ToString(), country) is { } slow ? Fact(slow) : null;
    }

    private FactValue Fact(DateOnly day)
    {
        var place = day.DayNumber - s_first;
        return place < 0 || place >= _days.Length ? FactValue.Of(day) : _days[place] ??= FactValue.Of(day);
    }

    // A plain date, a local time, or a time in UTC that no zone of the country moves to another day.
    private DateOnly? Fast(ReadOnlySpan<byte> text, string country)
    {
        if (text.Length < 10 || text[4] != '-' || text[7] != '-')
        {
            return null;
        }

        var (year, month, dayOfMonth) = ((100 * Two(text, 0)) + Two(text, 2), Two(text, 5), Two(text, 8));
        if (year is <= FirstYear or >= FirstYear + Years - 1 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        var day = new DateOnly(year, month, dayOfMonth);
        if (text.Length == 10)
        {
            return day;
        }

        if (text.Length != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
        {
            return null;
        }

        var (hour, minute, second) = (Two(text, 11), Two(text, 14), Two(text, 17));
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return null;
        }

        if (!ReferenceEquals(country, _country))
        {
            _country = country;
            if (!_offsets.TryGetValue(country, out _ranges!))
            {
                _offsets.Add(country, _ranges = new (int, int)?[Years]);
            }
        }

        var range = _ranges[year - FirstYear] ??= Range(country, year);
        var at = (hour * 60) + minute;
        var (early, late) = (Shift(at + range.Least), Shift(at + range.Most));
        return early == late ? day.AddDays(early) : null;
    }

    // The least and the greatest offset, in minutes, that a zone of the country has in a year. Asked for year by year: all years of all zones are thousands of intervals.
    private static (int Least, int Most) Range(string country, int year)
    {
        var (since, until) = (Instant.FromUtc(year, 1, 1, 0, 0), Instant.FromUtc(year + 1, 1, 1, 0, 0));
        var offsets = LocalDay.Zones(country).SelectMany(z => z.GetZoneIntervals(since, until)).Select(i => i.WallOffset.Seconds / 60.0).DefaultIfEmpty().ToArray();
        return ((int)Math.Floor(offsets.Min()), (int)Math.Ceiling(offsets.Max()));
    }

    // Days from the day of the time in UTC to that of the local time.
    private static int Shift(int minutes) => minutes < 0 ? -1 : minutes >= MinutesOfDay ? 1 : 0;

    // A number of two digits; far below zero, so that no sum with it is a year, where they are none.
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = ((uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
        return tens < 10 && ones < 10 ? (int)((10 * tens) + ones) : -100_000;
    }
}
