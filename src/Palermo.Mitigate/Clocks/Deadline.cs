using NodaTime;
using Palermo.Knowledge;

namespace Palermo.Mitigate.Clocks;

/// <summary>Where something is due: whose working days and whose midnight count.</summary>
/// <param name="Calendar">Working days.</param>
/// <param name="Zone">Time zone.</param>
public sealed record Place(WorkCalendar Calendar, DateTimeZone Zone)
{
    // Offsets as they are in our days: what they were a century ago would name other zones.
    private static readonly Instant s_winter = Instant.FromUtc(2026, 1, 15, 0, 0), s_summer = Instant.FromUtc(2026, 7, 15, 0, 0);

    /// <summary>The place of a country: its working days, and the zone of its westernmost people if it has several, so that nobody loses a day.</summary>
    public static Place Of(string country)
    {
        var zones = NodaTime.TimeZones.TzdbDateTimeZoneSource.Default.ZoneLocations!.Where(z => z.CountryCode == country).Select(z => DateTimeZoneProviders.Tzdb[z.ZoneId]).ToArray();
        return new Place(WorkCalendar.Of(country), zones.Length == 0 ? DateTimeZone.Utc : zones.MinBy(z => z.GetUtcOffset(s_winter).Seconds + z.GetUtcOffset(s_summer).Seconds)!);
    }
}

/// <summary>
/// When a limit ends. As Regulation 1182/71, article 3, counts: the day of the event is not counted; months and years end on
/// the day of the same number, or the last of the month; the limit runs to the end of its last day; if that day is none on
/// which work is done, to the end of the next that is.
/// </summary>
public static class Deadline
{
    /// <summary>The last moment at which it is in time.</summary>
    /// <param name="start">When what starts it happened.</param>
    /// <param name="limit">How long.</param>
    /// <param name="place">Where it is due.</param>
    /// <returns>The instant after which it is late: at midnight, except for limits in hours.</returns>
    public static Instant Of(Instant start, TimeLimit limit, Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentOutOfRangeException.ThrowIfNegative(limit.Amount, nameof(limit));
        return limit.Unit == TimeUnit.Hours ? start + Duration.FromHours(limit.Amount) : EndOf(LastDay(start.InZone(place.Zone).Date, limit, place.Calendar), place);
    }

    /// <summary>The last day of a limit that begins on a day.</summary>
    public static LocalDate LastDay(LocalDate start, TimeLimit limit, WorkCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var last = limit.Unit switch
        {
            TimeUnit.Days => start.PlusDays(limit.Amount),
            TimeUnit.WorkingDays => calendar.Plus(start, limit.Amount),
            TimeUnit.Months => start.PlusMonths(limit.Amount),
            TimeUnit.Years => start.PlusYears(limit.Amount),
            _ => throw new ArgumentException("Hours end at an instant, not on a day.", nameof(limit)),
        };
        return limit.RollsForward ? calendar.OnOrAfter(last) : last;
    }

    /// <summary>The last day that is in time, of an instant after which it is late.</summary>
    public static LocalDate LastDayOf(Instant due, Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return (due - Duration.FromMilliseconds(1)).InZone(place.Zone).Date;
    }

    /// <summary>The end of a day: the first instant of the next. Days on which clocks change are as long as they are.</summary>
    public static Instant EndOf(LocalDate day, Place place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.Zone.AtStartOfDay(day.PlusDays(1)).ToInstant();
    }
}
