using CsCheck;
using NodaTime;
using NodaTime.Text;
using Palermo.Knowledge;
using Palermo.Mitigate.Clocks;

namespace Palermo.Mitigate.Tests;

/// <summary>Deadlines at the edges of the calendar.</summary>
public sealed class DeadlineTests
{
    private static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;

    private static TimeLimit Limit(int amount, TimeUnit unit, bool rolls = false) => new(amount, unit, rolls);

    [Theory]
    // The day of the event is not counted.
    [InlineData("2026-03-02", 7, TimeUnit.Days, false, "DE", "2026-03-09")]
    // Ends on a Sunday: the next working day (Regulation 1182/71, 3(4)).
    [InlineData("2026-03-01", 7, TimeUnit.Days, true, "DE", "2026-03-09")]
    [InlineData("2026-03-01", 7, TimeUnit.Days, false, "DE", "2026-03-08")]
    // Good Friday to Easter Monday.
    [InlineData("2026-03-27", 7, TimeUnit.Days, true, "DE", "2026-04-07")]
    // In the United States neither is a federal holiday.
    [InlineData("2026-03-27", 7, TimeUnit.Days, true, "US", "2026-04-03")]
    [InlineData("2026-07-02", 1, TimeUnit.WorkingDays, false, "US", "2026-07-06")]
    // Months end on the day of the same number, or the last.
    [InlineData("2026-11-30", 3, TimeUnit.Months, false, "FR", "2027-02-28")]
    [InlineData("2027-11-30", 3, TimeUnit.Months, false, "FR", "2028-02-29")]
    [InlineData("2028-02-29", 1, TimeUnit.Years, false, "FR", "2029-02-28")]
    [InlineData("2027-02-28", 1, TimeUnit.Years, false, "FR", "2028-02-28")]
    [InlineData("2028-02-28", 1, TimeUnit.Days, false, "FR", "2028-02-29")]
    // Christmas.
    [InlineData("2026-12-23", 2, TimeUnit.WorkingDays, false, "NO", "2026-12-28")]
    // Friday and Saturday are free in Bangladesh, Sunday is worked.
    [InlineData("2026-03-05", 1, TimeUnit.WorkingDays, false, "BD", "2026-03-08")]
    [InlineData("2026-03-05", 1, TimeUnit.Days, true, "BD", "2026-03-08")]
    // No working day is lost where nothing is known of holidays.
    [InlineData("2026-03-06", 1, TimeUnit.WorkingDays, false, "XX", "2026-03-09")]
    [InlineData("2026-03-02", 0, TimeUnit.Days, false, "DE", "2026-03-02")]
    [InlineData("2026-03-01", 0, TimeUnit.Days, true, "DE", "2026-03-02")]
    public void The_last_day_is_the_one_the_rule_says(string start, int amount, TimeUnit unit, bool rolls, string country, string last) =>
        Assert.Equal(Day(last), Deadline.LastDay(Day(start), Limit(amount, unit, rolls), WorkCalendar.Of(country)));

    [Theory]
    [InlineData("DE", "2026-12-25")]
    [InlineData("DE", "2026-10-03")]
    [InlineData("FR", "2026-07-14")]
    [InlineData("GB", "2026-12-28")]
    [InlineData("NO", "2026-05-17")]
    [InlineData("US", "2026-11-26")]
    [InlineData("BR", "2026-09-07")]
    [InlineData("PL", "2026-11-11")]
    [InlineData("ZA", "2026-04-27")]
    [InlineData("JP", "2026-05-05")]
    public void Holidays_are_kept(string country, string day) => Assert.False(WorkCalendar.Of(country).IsWorkingDay(Day(day)));

    // Friday and Saturday, Thursday and Friday, Friday alone, Sunday alone, Saturday alone, and what most have.
    [Fact]
    public void Of_several_zones_the_one_counts_in_which_the_day_ends_last() =>
        Assert.True(Deadline.EndOf(Day("2026-03-02"), Place.Of("US")) >= Deadline.EndOf(Day("2026-03-02"), new Place(WorkCalendar.Of("US"), DateTimeZoneProviders.Tzdb["America/New_York"])));

    [Fact]
    public void Every_country_known_has_working_days_and_holidays()
    {
        foreach (var country in WorkCalendar.Known)
        {
            var calendar = WorkCalendar.Of(country);
            Assert.True(calendar.KnowsHolidays);
            var days = Enumerable.Range(0, 366).Select(i => Day("2028-01-01").PlusDays(i)).ToArray();
            Assert.InRange(days.Count(calendar.IsWorkingDay), 235, 258);
        }

        Assert.False(WorkCalendar.Of("XX").KnowsHolidays);
    }

    [Fact]
    public void A_day_ends_at_midnight_where_it_is_due_however_long_it_is()
    {
        // Spring: 29 March 2026 has 23 hours in Berlin.
        var berlin = Place.Of("DE");
        Assert.Equal(Instant.FromUtc(2026, 3, 29, 22, 0), Deadline.EndOf(Day("2026-03-29"), berlin));
        Assert.Equal(Duration.FromHours(23), Deadline.EndOf(Day("2026-03-29"), berlin) - Deadline.EndOf(Day("2026-03-28"), berlin));
        Assert.Equal(Duration.FromHours(25), Deadline.EndOf(Day("2026-10-25"), berlin) - Deadline.EndOf(Day("2026-10-24"), berlin));
        // Hours pass whatever the clocks on the wall do.
        Assert.Equal(Instant.FromUtc(2026, 3, 29, 12, 0), Deadline.Of(Instant.FromUtc(2026, 3, 28, 12, 0), Limit(24, TimeUnit.Hours), berlin));
    }

    [Fact]
    public void The_day_of_the_event_is_the_day_where_it_is_due()
    {
        // 23:30 UTC is the next day in Oslo and the same in Washington.
        var late = Instant.FromUtc(2026, 6, 1, 23, 30);
        Assert.Equal(Deadline.EndOf(Day("2026-06-09"), Place.Of("NO")), Deadline.Of(late, Limit(7, TimeUnit.Days), Place.Of("NO")));
        Assert.Equal(Deadline.EndOf(Day("2026-06-08"), Place.Of("US")), Deadline.Of(late, Limit(7, TimeUnit.Days), Place.Of("US")));
        Assert.Equal(DateTimeZone.Utc, Place.Of("").Zone);
    }

    [Theory]
    [InlineData("US")]
    [InlineData("MY")]
    [InlineData("NZ")]
    [InlineData("")]
    public void The_day_shown_is_the_last_day_where_it_is_due(string country) =>
        Assert.Equal(Day("2026-11-23"), Deadline.LastDayOf(Deadline.EndOf(Day("2026-11-23"), Place.Of(country)), Place.Of(country)));

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.Of(default, Limit(-1, TimeUnit.Days), Place.Of("DE")));
        Assert.Contains("instant", Assert.Throws<ArgumentException>(() => Deadline.LastDay(Day("2026-01-01"), Limit(1, TimeUnit.Hours), WorkCalendar.Of("DE"))).Message, StringComparison.Ordinal);
    }

    private static readonly Gen<(LocalDate Day, int Amount, TimeUnit Unit, bool Rolls, string Country)> s_any = Gen.Select(
        Gen.Int[0, 20_000].Select(d => new LocalDate(2010, 1, 1).PlusDays(d)), Gen.Int[0, 60], Pick.Of(TimeUnit.Days, TimeUnit.WorkingDays, TimeUnit.Months, TimeUnit.Years), Gen.Bool, Pick.Of("DE", "US", "BD", "XX", "BR", "IR"));

    [Fact]
    public void More_time_is_never_less() => s_any.Sample((day, amount, unit, rolls, country) =>
    {
        var calendar = WorkCalendar.Of(country);
        var last = Deadline.LastDay(day, Limit(amount, unit, rolls), calendar);
        Assert.True(last >= day);
        Assert.True(Deadline.LastDay(day, Limit(amount + 1, unit, rolls), calendar) >= last);
        Assert.True(Deadline.LastDay(day.PlusDays(1), Limit(amount, unit, rolls), calendar) >= last);
        Assert.True(Deadline.LastDay(day, Limit(amount, unit, true), calendar) >= Deadline.LastDay(day, Limit(amount, unit, false), calendar));
        Assert.True(!rolls || calendar.IsWorkingDay(last));
    }, iter: 3000);

    [Fact]
    public void Working_days_are_counted_one_by_one() => s_any.Sample((day, amount, _, _, country) =>
    {
        var calendar = WorkCalendar.Of(country);
        var last = calendar.Plus(day, amount);
        Assert.Equal(amount, Enumerable.Range(1, Period.DaysBetween(day, last)).Count(i => calendar.IsWorkingDay(day.PlusDays(i))));
        Assert.True(amount == 0 || calendar.IsWorkingDay(last));
    }, iter: 1000);

    /// <summary>Weekends as Unicode CLDR's supplemental data lists them.</summary>
    [Theory]
    [InlineData("AF", IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday)]
    [InlineData("IR", IsoDayOfWeek.Friday, IsoDayOfWeek.None)]
    [InlineData("IN", IsoDayOfWeek.Sunday, IsoDayOfWeek.None)]
    [InlineData("UG", IsoDayOfWeek.Sunday, IsoDayOfWeek.None)]
    [InlineData("NP", IsoDayOfWeek.Saturday, IsoDayOfWeek.None)]
    [InlineData("BD,BH,DZ,EG,IL,IQ,JO,KW,LY,MV,OM,PS,QA,SA,SD,SY,YE", IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday)]
    [InlineData("NO,MY,CN,VN,BR,,XX", IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday)]
    public void Weekends_are_those_of_the_country(string countries, IsoDayOfWeek one, IsoDayOfWeek other)
    {
        // A week without a national holiday of any of them.
        var week = Enumerable.Range(0, 7).Select(d => new LocalDate(2026, 7, 6).PlusDays(d)).ToArray();
        foreach (var country in countries.Split(','))
        {
            var calendar = WorkCalendar.Of(country);
            Assert.Equal(country, calendar.Country);
            Assert.All(week, day => Assert.True((day.DayOfWeek != one && day.DayOfWeek != other) == calendar.IsWorkingDay(day), $"{country}: {day.DayOfWeek}"));
        }
    }

    [Fact]
    public void Countries_whose_holidays_are_known_go_by_their_codes()
    {
        Assert.DoesNotContain("PO", WorkCalendar.Known);
        Assert.Contains("PL", WorkCalendar.Known);
        Assert.True(WorkCalendar.Of("ME").KnowsHolidays);
        // Statehood Day of Montenegro, a Monday.
        Assert.False(WorkCalendar.Of("ME").IsWorkingDay(new LocalDate(2026, 7, 13)));
        Assert.False(WorkCalendar.Of("MY").KnowsHolidays);
    }

    [Theory]
    [InlineData("US", "Pacific/Honolulu")]
    [InlineData("ES", "Atlantic/Canary")]
    [InlineData("PT", "Atlantic/Azores")]
    [InlineData("RU", "Europe/Kaliningrad")]
    [InlineData("CL", "Pacific/Easter")]
    [InlineData("NO", "Europe/Berlin")]
    public void A_day_ends_where_it_ends_last_in_the_country(string country, string zone)
    {
        var (place, expected) = (Place.Of(country), NodaTime.DateTimeZoneProviders.Tzdb[zone]);
        foreach (var day in new[] { new LocalDate(2026, 1, 31), new LocalDate(2026, 7, 31) })
        {
            Assert.Equal(expected.AtStartOfDay(day.PlusDays(1)).ToInstant(), Deadline.EndOf(day, place));
        }
    }
}
