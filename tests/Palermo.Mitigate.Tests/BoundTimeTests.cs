using NodaTime;
using Palermo.Knowledge;
using Palermo.Knowledge.Rules;
using Palermo.Mitigate.Clocks;
using Palermo.Mitigate.Plans;

namespace Palermo.Mitigate.Tests;

/// <summary>Times that rules set which bind a contract are laid over the clocks of data/clocks.</summary>
public sealed class BoundTimeTests
{
    private static readonly Conduct s_conduct = Conduct.Of(Catalogue.Default);
    private static readonly Instant s_start = Instant.FromUtc(2026, 3, 2, 10, 0);

    private static BoundTime Time(string measure, string parameter, int amount, string pack = "own@1#0", bool verified = true) => new(measure, parameter, amount, pack, "P-1", "Act, s. 1", verified);

    [Fact]
    public void A_pack_sets_the_times_its_law_sets()
    {
        var pack = RuleLibrary.Shipped.Packs.Single(p => p.Id == "us-az-35-394");
        var times = pack.Obligations.SelectMany(o => BoundTime.Of(pack, o, s_conduct)).ToArray();
        Assert.Equal([("report-incidents", "noticeWorkingDays", 5, "AZ-02"), ("corrective-action", "withinDays", 180, "AZ-03")], times.Select(t => (t.Measure, t.Parameter, t.Amount, t.Provision)));
        Assert.All(times, t => Assert.True(t.Verified && t.Citation.StartsWith("A.R.S.", StringComparison.Ordinal) && t.Pack == pack.Pin));
        Assert.Equal(times.OrderBy(t => t.Measure), BoundTime.Read(BoundTime.Write(times)));
        Assert.Equal(BoundTime.Write(times), BoundTime.Write(times.Reverse()));
        Assert.Empty(BoundTime.Read(BoundTime.Write([])));
        Assert.Throws<FormatException>(() => BoundTime.Read("corrective-action\tsoon"));
    }

    [Fact]
    public void Every_time_a_measure_may_set_names_a_parameter_of_that_measure_in_its_unit()
    {
        foreach (var clock in s_conduct.MeasureClocks)
        {
            var parameter = RuleLibrary.Shipped.Measures.Find(clock.Measure)!.Parameters.Single(p => p.Name == clock.Parameter);
            Assert.Equal(clock.Clock.Limit.Unit switch { TimeUnit.WorkingDays => "working days", var unit => unit.ToString().ToLowerInvariant() }, parameter.Unit);
        }
    }

    [Fact]
    public void Of_several_the_strictest_counts_and_it_takes_the_place_of_ours_only_where_it_is_no_longer()
    {
        var own = s_conduct.Clocks.Single(c => c.Id == "contract-audit");
        Assert.Equal(("started", "audit", new TimeLimit(1, TimeUnit.Years, true)), (own.Starts, own.Ends, own.Limit));
        var strict = s_conduct.With([Time("audit-monitoring", "everyMonths", 12, "b@1#0"), Time("audit-monitoring", "everyMonths", 6, "a@1#0")]);
        Assert.Equal(6, strict.Clocks.Single(c => c.Id == "bound-audit").Limit.Amount);
        Assert.Contains("a@1#0", strict.Clocks.Single(c => c.Id == "bound-audit").Ground.Locator, StringComparison.Ordinal);
        Assert.DoesNotContain(strict.Clocks, c => c.Id == "contract-audit");
        Assert.DoesNotContain(s_conduct.With([Time("audit-monitoring", "everyMonths", 12)]).Clocks, c => c.Id == "contract-audit");
        Assert.Contains(s_conduct.With([Time("audit-monitoring", "everyMonths", 24)]).Clocks, c => c.Id == "contract-audit");
        Assert.Same(s_conduct, s_conduct.With(Array.Empty<BoundTime>()));
        Assert.Equal(s_conduct.Clocks, s_conduct.With([Time("no-such-measure", "withinDays", 1)]).Clocks);
    }

    [Fact]
    public void A_plan_is_mended_within_the_time_that_bound_when_it_was_opened()
    {
        var ada = new PlanActor(Guid.NewGuid(), "Ada", PlanSide.Buyer);
        var opened = CorrectivePlan.Open(new PlanEvent(PlanKinds.Opened, s_start, ada, Text: "Fees were taken", Word: "other"));
        var bound = new PlanEvent(PlanKinds.Bound, s_start, ada, Text: BoundTime.Write([Time("corrective-action", "withinDays", 30)]));
        var plan = opened.After(bound, s_conduct);
        var place = Place.Of("US");
        var clock = PlanClocks.Of(plan, s_conduct, place, s_start + Duration.FromDays(40)).Single(c => c.Rule.Id == "bound-mend");
        Assert.Equal(new LocalDate(2026, 4, 1), Deadline.LastDayOf(clock.Due, place));
        Assert.True(clock.IsOpen && clock.IsLate && clock.Rule.Ground.Basis.Verified);
        Assert.DoesNotContain(PlanClocks.Of(opened, s_conduct, place, s_start), c => c.Rule.Id == "bound-mend");
        // What the law gives, a buyer can't lengthen; and what binds is said at the beginning, by the buyer.
        var more = new PlanEvent(PlanKinds.Extended, s_start + Duration.FromDays(1), ada, Text: "why", Word: "bound-mend", Day: new LocalDate(2026, 9, 1));
        Assert.Equal("plan.clock-missing", Assert.Throws<RefusedException>(() => plan.After(more, s_conduct)).Message);
        Assert.Equal("plan.bound-late", Assert.Throws<RefusedException>(() => plan.After(bound, s_conduct)).Message);
        Assert.Equal("plan.buyer-only", Assert.Throws<RefusedException>(() => opened.After(bound with { By = ada with { Side = PlanSide.Supplier } }, s_conduct)).Message);
    }

    [Fact]
    public void Each_incident_has_its_own_time_once_the_one_before_was_reported()
    {
        var rules = s_conduct.With([Time("report-incidents", "noticeDays", 0)]).Clocks.Where(c => c.Id == "bound-report");
        Happened At(string kind, int hours) => new(kind, s_start + Duration.FromHours(hours));
        var now = s_start + Duration.FromDays(30);
        // Two that become known before the first is reported share its time: the earlier one counts.
        var clocks = ClockWork.Run(rules, [At("incident", 0), At("incident", 1), At("incident-reported", 2), At("incident", 48), At("incident-reported", 100), At("incident", 200)], [], Place.Of("US"), now);
        Assert.Equal([(0, false, false), (48, true, false), (200, true, true)], clocks.Select(c => ((int)(c.Start.At - s_start).TotalHours, c.IsLate, c.IsOpen)));
        // A report at the very moment of an incident ends it.
        Assert.False(ClockWork.Run(rules, [At("incident", 0), At("incident-reported", 0)], [], Place.Of("US"), now).Single().IsOpen);
        // Ours start once.
        var once = s_conduct.Clocks.Single(c => c.Id == "plan-answer");
        Assert.Single(ClockWork.Run([once], [At("submitted", 0), At("answered", 1), At("submitted", 2)], [], Place.Of("US"), now));
    }
}
