using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Palermo.Prevent.Facts;

/// <summary>The calendar day of a published time, local to the buyer: rules change at midnight there, not in Greenwich.</summary>
internal static class LocalDay
{
    // Ids only: a zone is read when a time of its country has to be moved.
    private static readonly Lazy<ILookup<string, string>> s_zones = new(() => TzdbDateTimeZoneSource.Default.ZoneLocations!.ToLookup(l => l.CountryCode, l => l.ZoneId, StringComparer.Ordinal));

    /// <summary>The time zones of a country; none if it is not known.</summary>
    public static IEnumerable<DateTimeZone> Zones(string country) => s_zones.Value[country].Select(id => DateTimeZoneProviders.Tzdb[id]);

    /// <summary>The day of a date or date-time as OCDS publishes it.</summary>
    /// <param name="text">RFC 3339, or a plain date.</param>
    /// <param name="country">ISO 3166-1 alpha-2 code of the buyer's country; blank if not known.</param>
    /// <returns>The day; null if it is none, or if a time in UTC falls on different days in the country's zones.</returns>
    /// <remarks>A time with an offset of its own is a local time already. One in UTC ("Z") is moved to the zones of the country.</remarks>
    public static DateOnly? Of(string text, string country)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date })
        {
            return date.ToDateOnly();
        }

        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is not { Success: true, Value: var time })
        {
            // A time without an offset says where it is by saying nothing: it is local.
            return LocalDateTimePattern.ExtendedIso.Parse(text) is { Success: true, Value: var local } ? local.Date.ToDateOnly() : null;
        }

        if (time.Offset != Offset.Zero || !s_zones.Value.Contains(country))
        {
            return time.Date.ToDateOnly();
        }

        DateOnly? day = null;
        foreach (var zone in Zones(country))
        {
            var there = time.ToInstant().InZone(zone).Date.ToDateOnly();
            if (day is not null && day != there)
            {
                return null;
            }

            day = there;
        }

        return day;
    }
}
