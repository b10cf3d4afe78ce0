using System.Collections.Concurrent;
using NodaTime;
using PublicHoliday;

namespace Palermo.Mitigate.Clocks;

/// <summary>Which days are worked in a country: its weekend and its national holidays. Regional holidays are not known here.</summary>
public sealed class WorkCalendar
{
    private static readonly ConcurrentDictionary<string, WorkCalendar> s_known = new(StringComparer.Ordinal);

    // Weekends that are not Saturday and Sunday, as Unicode CLDR's supplemental data lists them (known, not fetched here).
    private static readonly Dictionary<string, IsoDayOfWeek[]> s_weekends = new(StringComparer.Ordinal)
    {
        ["AF"] = [IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday],
        ["IR"] = [IsoDayOfWeek.Friday],
        ["IN"] = [IsoDayOfWeek.Sunday],
        ["UG"] = [IsoDayOfWeek.Sunday],
        ["NP"] = [IsoDayOfWeek.Saturday],
    };

    private static readonly string[] s_fridayAndSaturday = ["BD", "BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "MV", "OM", "PS", "QA", "SA", "SD", "SY", "YE"];

    // The library knows its countries by their codes. "Po" is a wrong code for Poland that it keeps beside the right one; Montenegro is missing in its list though it has the days.
    private static readonly Dictionary<string, Func<IPublicHolidays>> s_holidays = Enum.GetValues<PublicHolidayCountryCode>().Where(c => c.ToString() != "Po").Select(c => (Country: c.ToString().ToUpperInvariant(), Make: (Func<IPublicHolidays>)(() => PublicHolidayFactory.GetPublicHolidayForCountry(c))))
        .Append(("ME", () => new MontenegroPublicHoliday())).ToDictionary(c => c.Country, c => c.Make, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<int, IReadOnlySet<LocalDate>> _years = new();
    private readonly IsoDayOfWeek[] _weekend;
    private readonly Func<IPublicHolidays>? _holidays;

    private WorkCalendar(string country)
    {
        Country = country;
        _weekend = s_weekends.GetValueOrDefault(country) ?? (s_fridayAndSaturday.Contains(country) ? [IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday] : [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday]);
        _holidays = s_holidays.GetValueOrDefault(country);
    }

    /// <summary>Country (ISO 3166-1 alpha-2); empty if none is known.</summary>
    public string Country { get; }

    /// <summary>Whether its holidays are known; if not, only weekends are kept free, and whoever shows a day says so.</summary>
    public bool KnowsHolidays => _holidays is not null;

    /// <summary>Countries whose holidays are known.</summary>
    public static IReadOnlyCollection<string> Known => s_holidays.Keys;

    /// <summary>The calendar of a country.</summary>
    public static WorkCalendar Of(string country)
    {
        ArgumentNullException.ThrowIfNull(country);
        return s_known.GetOrAdd(country, c => new WorkCalendar(c));
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

    private IReadOnlySet<LocalDate> Holidays(int year) => _years.GetOrAdd(year, y => _holidays is null ? new HashSet<LocalDate>() : _holidays().PublicHolidays(y).Select(d => LocalDate.FromDateTime(d)).ToHashSet());
}
