using System.Collections.Concurrent;
using NodaTime;
using PublicHoliday;

namespace Palermo.Mitigate.Clocks;

/// <summary>Which days are worked in a country: its weekend and its national holidays. Regional holidays are not known here.</summary>
public sealed class WorkCalendar
{
    private static readonly ConcurrentDictionary<(string Country, int Year), IReadOnlySet<LocalDate>> s_years = new();
    private readonly IsoDayOfWeek[] _weekend;
    private readonly IPublicHolidays? _holidays;

    private WorkCalendar(string country)
    {
        Country = country;
        _weekend = WeekendOf(country);
        _holidays = HolidaysOf(country);
    }

    /// <summary>Country (ISO 3166-1 alpha-2); empty if none is known.</summary>
    public string Country { get; }

    /// <summary>Whether its holidays are known; if not, only weekends are kept free, and whoever shows a day says so.</summary>
    public bool KnowsHolidays => _holidays is not null;

    /// <summary>Countries whose holidays are known.</summary>
    public static IReadOnlyCollection<string> Known => [.. Enum.GetNames<PublicHolidayCountryCode>().Select(n => n.ToUpperInvariant()).Append("ME").Distinct().Where(c => Of(c).KnowsHolidays)];

    /// <summary>The calendar of a country.</summary>
    public static WorkCalendar Of(string country)
    {
        ArgumentNullException.ThrowIfNull(country);
        return new WorkCalendar(country);
    }

    /// <summary>Whether a day is worked.</summary>
    public bool IsWorkingDay(LocalDate day) => !_weekend.Contains(day.DayOfWeek) && !Holidays(day.Year).Contains(day);

    /// <summary>The day itself if it is worked, or the next that is.</summary>
    public LocalDate OnOrAfter(LocalDate day)
    {
        while (!IsWorkingDay(day))
        {
            day = day.PlusDays(1);
        }

        return day;
    }

    /// <summary>So many working days later.</summary>
    public LocalDate Plus(LocalDate day, int workingDays)
    {
        for (var left = workingDays; left > 0;)
        {
            day = day.PlusDays(1);
            left -= IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    private IReadOnlySet<LocalDate> Holidays(int year) => _holidays is null ? new HashSet<LocalDate>() : s_years.GetOrAdd((Country, year), _ => _holidays.PublicHolidays(year).Select(d => LocalDate.FromDateTime(d)).ToHashSet());

    // Weekends that are not Saturday and Sunday, as Unicode CLDR's supplemental data lists them (known, not fetched here).
    private static IsoDayOfWeek[] WeekendOf(string country) => country switch
    {
        "AF" => [IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday],
        "IR" => [IsoDayOfWeek.Friday],
        "IN" or "UG" => [IsoDayOfWeek.Sunday],
        "NP" => [IsoDayOfWeek.Saturday],
        "BD" or "BH" or "DZ" or "EG" or "IL" or "IQ" or "JO" or "KW" or "LY" or "MV" or "OM" or "PS" or "QA" or "SA" or "SD" or "SY" or "YE" => [IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday],
        _ => [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday],
    };

    // The library knows its countries by their codes. "Po" is a wrong code for Poland that it keeps beside the right one;
    // Montenegro is missing in its list though it has the days.
    private static IPublicHolidays? HolidaysOf(string country) => country switch
    {
        "ME" => new MontenegroPublicHoliday(),
        "PO" => null,
        [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] when Enum.TryParse<PublicHolidayCountryCode>(country, ignoreCase: true, out var code) => PublicHolidayFactory.GetPublicHolidayForCountry(code),
        _ => null,
    };
}
