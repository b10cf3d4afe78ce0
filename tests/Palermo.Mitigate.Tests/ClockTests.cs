using CsCheck;
using NodaTime;
using Palermo.Knowledge;
using Palermo.Mitigate.Clocks;

namespace Palermo.Mitigate.Tests;

/// <summary>Lateness is derived, and nothing that is written later undoes it.</summary>
public sealed class ClockTests
{
    private static readonly Place s_place = Place.Of("DE");
    private static readonly ClockRule s_rule = new("r", "plan", "opened", "submitted", new TimeLimit(7, TimeUnit.Days, false), "*", new Said("", "", ""), default!);
    private static readonly Instant s_start = Instant.FromUtc(2026, 3, 2, 10, 0);
    private static readonly Instant s_due = Deadline.EndOf(new LocalDate(2026, 3, 9), s_place);

    private static Clock Run(Instant now, Happened[] more, params Extension[] extensions) => ClockWork.Run([s_rule], [new Happened("opened", s_start), .. more], extensions, s_place, now)[0];

    [Fact]
    public void In_time_until_the_last_moment_and_late_after_it()
    {
        Assert.Equal(s_due, Run(s_due, []).Due);
        Assert.False(Run(s_due, []).IsLate);
        Assert.Equal(Duration.FromSeconds(1), Run(s_due + Duration.FromSeconds(1), []).LateBy);
        Assert.True(Run(s_due, []).IsOpen);
    }

    [Fact]
    public void What_was_done_in_time_stays_so_and_what_was_late_too()
    {
        var later = s_due + Duration.FromDays(100);
        Assert.False(Run(later, [new Happened("submitted", s_due)]).IsLate);
        var late = Run(later, [new Happened("submitted", s_due + Duration.FromDays(3))]);
        Assert.Equal(Duration.FromDays(3), late.LateBy);
        Assert.False(late.IsOpen);
        // The future is not counted.
        Assert.True(Run(s_start, [new Happened("submitted", s_due)]).IsOpen);
    }

    [Fact]
    public void An_extension_gives_time_and_undoes_nothing()
    {
        var until = new LocalDate(2026, 3, 20);
        var inTime = Run(s_due + Duration.FromDays(5), [], new Extension("r", until, "strike", s_due - Duration.FromDays(1)));
        Assert.False(inTime.IsLate);
        Assert.Equal(Deadline.EndOf(until, s_place), inTime.Due);
        Assert.Equal(s_due, inTime.FirstDue);
        // Given two days too late: two days late for ever.
        var tooLate = Run(s_due + Duration.FromDays(5), [], new Extension("r", until, "strike", s_due + Duration.FromDays(2)));
        Assert.Equal(Duration.FromDays(2), tooLate.LateBy);
        // Of another clock, or shorter: nothing.
        Assert.True(Run(s_due + Duration.FromDays(5), [], new Extension("other", until, "strike", s_start)).IsLate);
        Assert.Equal(s_due, Run(s_due, [], new Extension("r", new LocalDate(2026, 3, 3), "less", s_start)).Due);
    }

    [Fact]
    public void A_clock_that_ends_itself_begins_anew()
    {
        var rule = s_rule with { Starts = "assessed", Ends = "assessed" };
        var clocks = ClockWork.Run([rule], [new Happened("assessed", s_start), new Happened("assessed", s_start + Duration.FromDays(3))], [], s_place, s_start + Duration.FromDays(4));
        Assert.Equal([false, true], clocks.Select(c => c.IsOpen));
    }

    [Fact]
    public void The_first_start_and_the_first_end_count_and_clocks_come_by_day_then_name()
    {
        Happened[] events = [new("submitted", s_due + Duration.FromDays(9)), new("submitted", s_due), new("opened", s_start + Duration.FromDays(5)), new("opened", s_start)];
        var clock = Assert.Single(ClockWork.Run([s_rule], events, [], s_place, s_due + Duration.FromDays(99)));
        Assert.Equal((s_start, s_due), (clock.Start.At, clock.Done));
        var rules = new[] { s_rule with { Id = "b" }, s_rule with { Id = "a" }, s_rule with { Id = "c", Limit = new TimeLimit(1, TimeUnit.Days, false) } };
        Assert.Equal(["c", "a", "b"], ClockWork.Run(rules, [new Happened("opened", s_start)], [], s_place, s_start).Select(c => c.Rule.Id));
    }

    [Fact]
    public void An_extension_counts_from_the_moment_it_is_given_to_the_moment_it_is_done()
    {
        var given = new Extension("r", new LocalDate(2026, 3, 20), "x", s_due);
        Assert.Single(Run(s_due, [], given).Extensions);
        Assert.Empty(Run(s_due - Duration.FromSeconds(1), [], given).Extensions);
        Assert.Single(Run(s_due + Duration.FromDays(1), [new Happened("submitted", s_due)], given).Extensions);
        Assert.Empty(Run(s_due + Duration.FromDays(1), [new Happened("submitted", s_due - Duration.FromSeconds(1))], given).Extensions);
        Assert.Single(Run(s_due, [], given with { At = s_start }).Extensions);
        Assert.Empty(Run(s_due, [], given with { At = s_start - Duration.FromSeconds(1) }).Extensions);
        // Two, told in the wrong order: late until the first came, then on time.
        var late = Run(s_due + Duration.FromDays(9), [], given with { At = s_due + Duration.FromDays(5), LastDay = new LocalDate(2026, 4, 1) }, given with { At = s_due + Duration.FromDays(1) });
        Assert.Equal(Duration.FromDays(1), late.LateBy);
        Assert.Equal([s_due + Duration.FromDays(1), s_due + Duration.FromDays(5)], late.Extensions.Select(x => x.At));
    }

    [Fact]
    public void Nothing_runs_that_did_not_start() => Assert.Empty(ClockWork.Run([s_rule], [new Happened("submitted", s_start)], [], s_place, s_due));

    private static readonly Gen<(int Now, int Done, (int At, int Until)[] Extensions)> s_any = Gen.Select(Gen.Int[0, 60], Gen.Int[0, 80], Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], (a, u) => (a, u)).Array[0, 4]);

    private static Clock Any(int now, int done, (int At, int Until)[] extensions) =>
        Run(s_start + Duration.FromDays(now), [new Happened("submitted", s_start + Duration.FromDays(done))], [.. extensions.Select(x => new Extension("r", new LocalDate(2026, 3, 2).PlusDays(x.Until), "x", s_start + Duration.FromDays(x.At)))]);

    [Fact]
    public void Lateness_never_shrinks_as_time_passes() => s_any.Sample((now, done, extensions) =>
        Assert.True(Any(now + 1, done, extensions).LateBy >= Any(now, done, extensions).LateBy), iter: 5000);

    [Fact]
    public void Lateness_lies_between_none_and_all_that_passed() => s_any.Sample((now, done, extensions) =>
    {
        var clock = Any(now, done, extensions);
        var end = s_start + Duration.FromDays(Math.Min(now, done));
        Assert.InRange(clock.LateBy, Duration.Zero, Duration.Max(Duration.Zero, end - s_due));
        Assert.True(clock.Due >= s_due);
        Assert.Equal(done > now, clock.IsOpen);
        // Without an extension it is just what passed.
        Assert.Equal(Duration.Max(Duration.Zero, end - s_due), Any(now, done, []).LateBy);
    }, iter: 5000);

    [Fact]
    public void The_order_in_which_things_are_told_does_not_matter() => s_any.Sample((now, done, extensions) =>
        Assert.Equal(Any(now, done, extensions).LateBy, Any(now, done, [.. extensions.Reverse()]).LateBy), iter: 2000);
}
