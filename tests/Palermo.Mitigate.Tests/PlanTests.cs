using CsCheck;
using NodaTime;
using Palermo.Knowledge;
using Palermo.Mitigate.Clocks;
using Palermo.Mitigate.Plans;

namespace Palermo.Mitigate.Tests;

public sealed class PlanTests
{
    private static readonly Conduct s_conduct = Conduct.Of(Catalogue.Default);
    private static readonly PlanActor s_buyer = new(Guid.NewGuid(), "Ada", PlanSide.Buyer), s_other = new(Guid.NewGuid(), "Ole", PlanSide.Buyer), s_supplier = new(Guid.NewGuid(), "Wei", PlanSide.Supplier), s_independent = new(Guid.NewGuid(), "Union", PlanSide.Independent);
    private static readonly Instant s_start = Instant.FromUtc(2026, 3, 2, 10, 0);
    private int _hours;

    private PlanEvent E(string kind, PlanActor by, string action = "", string text = "because", string word = "", LocalDate? day = null, string effect = "") => new(kind, s_start + Duration.FromHours(_hours++), by, action, text, word, day, effect);

    private CorrectivePlan Opened(string word = "other") => CorrectivePlan.Open(E(PlanKinds.Opened, s_buyer, text: "Fees were taken from workers", word: word));

    private CorrectivePlan UnderWay()
    {
        var plan = Opened();
        foreach (var e in new[] { E(PlanKinds.RootCause, s_supplier), E(PlanKinds.Action, s_supplier, text: "Repay", word: "supplier", day: new LocalDate(2026, 4, 1)), E(PlanKinds.Action, s_supplier, text: "Pay on time", word: "buyer", day: new LocalDate(2026, 4, 1)), E(PlanKinds.Submitted, s_supplier), E(PlanKinds.Approved, s_buyer) })
        {
            plan = plan.After(e, s_conduct);
        }

        return plan;
    }

    private static void Refused(string key, Action act) => Assert.Equal(key, Assert.Throws<RefusedException>(act).Message);

    [Fact]
    public void A_plan_goes_from_finding_to_lesson()
    {
        var plan = UnderWay();
        plan = plan.After(E(PlanKinds.Evidence, s_supplier, "a1"), s_conduct).After(E(PlanKinds.Verified, s_buyer, "a1", word: "worker-interviews"), s_conduct);
        plan = plan.After(E(PlanKinds.Evidence, s_buyer, "a2"), s_conduct).After(E(PlanKinds.Verified, s_independent, "a2", word: "document"), s_conduct);
        plan = plan.After(E(PlanKinds.Closed, s_buyer, text: "Ask recruiters first"), s_conduct);
        Assert.Equal((PlanStage.Closed, "Ask recruiters first"), (plan.Stage, plan.Lesson));
        Refused("plan.closed", () => plan.After(E(PlanKinds.Evidence, s_supplier, "a1"), s_conduct));
        Assert.Equal(PlanStage.Asked, plan.After(E(PlanKinds.Reopened, s_buyer), s_conduct).Stage);
        Assert.Equal(plan.Events.Count, CorrectivePlan.Of(plan.Events, s_conduct).Events.Count);
    }

    [Fact]
    public void Nobody_verifies_what_they_did_themselves()
    {
        var plan = UnderWay().After(E(PlanKinds.Evidence, s_supplier, "a1"), s_conduct).After(E(PlanKinds.Evidence, s_buyer, "a2"), s_conduct);
        Refused("plan.verify-own", () => plan.After(E(PlanKinds.Verified, s_supplier, "a1", word: "visit"), s_conduct));
        // Nor does another of the same side.
        Refused("plan.verify-own", () => plan.After(E(PlanKinds.Verified, new PlanActor(Guid.NewGuid(), "Li", PlanSide.Supplier), "a1", word: "visit"), s_conduct));
        Refused("plan.verify-own", () => plan.After(E(PlanKinds.Verified, s_other, "a2", word: "visit"), s_conduct));
        Refused("plan.verify-own", () => plan.After(E(PlanKinds.Returned, s_supplier, "a1"), s_conduct));
        Refused("plan.way-missing", () => plan.After(E(PlanKinds.Verified, s_buyer, "a1", word: "trust"), s_conduct));
        Assert.Equal(ActionStage.Verified, plan.After(E(PlanKinds.Verified, s_supplier, "a2", word: "document"), s_conduct).Actions[1].Stage);
    }

    [Fact]
    public void Each_side_does_its_own()
    {
        Refused("plan.buyer-only", () => CorrectivePlan.Open(E(PlanKinds.Opened, s_supplier, word: "other")));
        Refused("plan.finding-missing", () => CorrectivePlan.Open(E(PlanKinds.Opened, s_buyer, text: "", word: "other")));
        Refused("plan.finding-missing", () => CorrectivePlan.Open(E(PlanKinds.Opened, s_buyer, word: "soon")));
        Refused("plan.not-open", () => CorrectivePlan.Open(E(PlanKinds.Said, s_buyer)));
        Refused("plan.not-open", () => CorrectivePlan.Of([], s_conduct));
        Refused("plan.parties-only", () => Opened().After(E(PlanKinds.RootCause, s_independent), s_conduct));
        Refused("plan.parties-only", () => Opened().After(E(PlanKinds.Action, s_independent, word: "buyer", day: new LocalDate(2026, 5, 1)), s_conduct));
        Refused("plan.supplier-only", () => Opened().After(E(PlanKinds.Submitted, s_buyer), s_conduct));
        Refused("plan.not-submitted", () => Opened().After(E(PlanKinds.Approved, s_buyer), s_conduct));
        Refused("plan.owner-only", () => UnderWay().After(E(PlanKinds.Evidence, s_buyer, "a1"), s_conduct));
        Refused("plan.owner-only", () => UnderWay().After(E(PlanKinds.Evidence, s_supplier, "a2"), s_conduct));
        foreach (var kind in new[] { PlanKinds.Approved, PlanKinds.GivenBack, PlanKinds.NotNeeded, PlanKinds.Extended, PlanKinds.Escalated, PlanKinds.Closed })
        {
            Refused("plan.buyer-only", () => UnderWay().After(E(kind, s_supplier, "a1", day: new LocalDate(2026, 9, 1)), s_conduct));
        }

        Refused("plan.buyer-only", () => UnderWay().After(E(PlanKinds.Approved, s_independent), s_conduct));
    }

    [Fact]
    public void A_plan_without_root_cause_or_actions_is_none()
    {
        Refused("plan.root-cause-missing", () => Opened().After(E(PlanKinds.Submitted, s_supplier), s_conduct));
        Refused("plan.actions-missing", () => Opened().After(E(PlanKinds.RootCause, s_supplier), s_conduct).After(E(PlanKinds.Submitted, s_supplier), s_conduct));
        Refused("plan.owner-missing", () => Opened().After(E(PlanKinds.Action, s_supplier, word: "nobody", day: new LocalDate(2026, 5, 1)), s_conduct));
        Refused("plan.day-missing", () => Opened().After(E(PlanKinds.Action, s_supplier, word: "buyer"), s_conduct));
        Refused("plan.words-missing", () => Opened().After(E(PlanKinds.Action, s_supplier, text: " ", word: "buyer", day: new LocalDate(2026, 5, 1)), s_conduct));
        Refused("plan.unknown", () => Opened().After(E("invented", s_buyer), s_conduct));
        Refused("plan.before-last", () => Opened().After(E(PlanKinds.Said, s_buyer) with { At = s_start - Duration.FromDays(1) }, s_conduct));
    }

    [Fact]
    public void Nothing_closes_before_everything_is_verified()
    {
        Refused("plan.not-approved", () => Opened().After(E(PlanKinds.Closed, s_buyer), s_conduct));
        Refused("plan.not-verified", () => UnderWay().After(E(PlanKinds.Closed, s_buyer), s_conduct));
        var half = UnderWay().After(E(PlanKinds.Evidence, s_supplier, "a1"), s_conduct).After(E(PlanKinds.Verified, s_buyer, "a1", word: "visit"), s_conduct);
        Refused("plan.not-verified", () => half.After(E(PlanKinds.Closed, s_buyer), s_conduct));
        Assert.Equal(PlanStage.Closed, half.After(E(PlanKinds.NotNeeded, s_buyer, "a2"), s_conduct).After(E(PlanKinds.Closed, s_buyer), s_conduct).Stage);
        // A plan of which nothing was needed mended nothing.
        var nothing = UnderWay().After(E(PlanKinds.NotNeeded, s_buyer, "a1"), s_conduct).After(E(PlanKinds.NotNeeded, s_buyer, "a2"), s_conduct);
        Refused("plan.not-verified", () => nothing.After(E(PlanKinds.Closed, s_buyer), s_conduct));
        Refused("plan.action-done", () => half.After(E(PlanKinds.NotNeeded, s_buyer, "a1"), s_conduct));
        Refused("plan.action-done", () => half.After(E(PlanKinds.Evidence, s_supplier, "a1"), s_conduct));
        Refused("plan.action-missing", () => half.After(E(PlanKinds.Evidence, s_supplier, "a9"), s_conduct));
        Refused("plan.evidence-missing", () => UnderWay().After(E(PlanKinds.Verified, s_buyer, "a1", word: "visit"), s_conduct));
        Refused("plan.evidence-missing", () => UnderWay().After(E(PlanKinds.Returned, s_buyer, "a1"), s_conduct));
        Refused("plan.not-approved", () => Opened().After(E(PlanKinds.Action, s_supplier, word: "supplier", day: new LocalDate(2026, 5, 1)), s_conduct).After(E(PlanKinds.Evidence, s_supplier, "a1"), s_conduct));
        Refused("plan.not-closed", () => UnderWay().After(E(PlanKinds.Reopened, s_buyer), s_conduct));
        Refused("plan.submitted-already", () => UnderWay().After(E(PlanKinds.Submitted, s_supplier), s_conduct));
        var returned = UnderWay().After(E(PlanKinds.Evidence, s_supplier, "a1"), s_conduct).After(E(PlanKinds.Returned, s_buyer, "a1"), s_conduct);
        Assert.Equal(ActionStage.Open, returned.Actions[0].Stage);
    }

    [Fact]
    public void Ending_a_contract_is_the_last_resort()
    {
        var plan = UnderWay();
        Refused("plan.effect-missing", () => plan.After(E(PlanKinds.Escalated, s_buyer, word: "suspend"), s_conduct));
        Refused("plan.effect-missing", () => plan.After(E(PlanKinds.Escalated, s_buyer, word: "terminate"), s_conduct));
        Refused("plan.last-resort", () => plan.After(E(PlanKinds.Escalated, s_buyer, word: "terminate", effect: "120 lose work"), s_conduct));
        Refused("plan.rung-missing", () => plan.After(E(PlanKinds.Escalated, s_buyer, word: "shout"), s_conduct));
        var talked = plan.After(E(PlanKinds.Escalated, s_buyer, word: "talk"), s_conduct);
        Refused("plan.last-resort", () => talked.After(E(PlanKinds.Escalated, s_buyer, word: "terminate", effect: "120 lose work"), s_conduct));
        var asked = talked.After(E(PlanKinds.Escalated, s_buyer, word: "plan"), s_conduct);
        Refused("plan.last-resort", () => asked.After(E(PlanKinds.Escalated, s_buyer, word: "terminate", effect: "120 lose work"), s_conduct));
        var ended = asked.After(E(PlanKinds.Escalated, s_buyer, word: "withhold"), s_conduct).After(E(PlanKinds.Escalated, s_buyer, word: "terminate", effect: "120 lose work; wages are paid from the retention"), s_conduct);
        Assert.Equal(PlanStage.Terminated, ended.Stage);
        Refused("plan.terminated", () => ended.After(E(PlanKinds.Evidence, s_supplier, "a1"), s_conduct));
        Assert.Equal(PlanStage.Terminated, ended.After(E(PlanKinds.Said, s_supplier), s_conduct).Stage);
    }

    [Theory]
    [InlineData("priority", "plan-submit-priority", "2026-03-09")]
    [InlineData("other", "plan-submit", "2026-03-16")]
    public void The_clock_of_handing_in_hangs_on_priority(string word, string clock, string day)
    {
        var clocks = PlanClocks.Of(Opened(word), s_conduct, Place.Of("DE"), s_start + Duration.FromDays(1));
        Assert.Equal([clock], clocks.Select(c => c.Rule.Id));
        Assert.Equal(Deadline.EndOf(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value, Place.Of("DE")), clocks[0].Due);
    }

    [Fact]
    public void An_action_is_late_by_its_day_and_stays_late()
    {
        var place = Place.Of("DE");
        var due = Deadline.EndOf(new LocalDate(2026, 4, 1), place);
        var plan = UnderWay();
        Assert.False(PlanClocks.Actions(plan, place, due)[0].LateBy > Duration.Zero);
        Assert.Equal(Duration.FromDays(2), PlanClocks.Actions(plan, place, due + Duration.FromDays(2))[0].LateBy);
        PlanEvent Extend(Instant at) => E(PlanKinds.Extended, s_buyer, "a1", day: new LocalDate(2026, 6, 1)) with { At = at };
        Assert.Equal(Duration.FromDays(2), PlanClocks.Actions(plan.After(Extend(due + Duration.FromDays(2)), s_conduct), place, due + Duration.FromDays(20))[0].LateBy);
        Assert.Equal(Duration.Zero, PlanClocks.Actions(plan.After(Extend(due - Duration.FromDays(1)), s_conduct), place, due + Duration.FromDays(20))[0].LateBy);
        Refused("plan.day-not-later", () => plan.After(E(PlanKinds.Extended, s_buyer, "a1", day: new LocalDate(2026, 4, 1)), s_conduct));
        Refused("plan.clock-missing", () => plan.After(E(PlanKinds.Extended, s_buyer, word: "no-clock", day: new LocalDate(2026, 4, 1)), s_conduct));
        // Evidence stops it; evidence that is returned does not.
        var shown = plan.After(E(PlanKinds.Evidence, s_supplier, "a1") with { At = due }, s_conduct);
        Assert.Equal(Duration.Zero, PlanClocks.Actions(shown, place, due + Duration.FromDays(9))[0].LateBy);
        var returned = shown.After(E(PlanKinds.Returned, s_buyer, "a1") with { At = due + Duration.FromDays(1) }, s_conduct);
        Assert.Equal(Duration.FromDays(9), PlanClocks.Actions(returned, place, due + Duration.FromDays(9))[0].LateBy);
        // The clock of verifying runs from the evidence to the answer.
        Assert.Contains(PlanClocks.Of(shown, s_conduct, place, due + Duration.FromDays(1)), c => c.Rule.Id == "action-verify" && c.IsOpen);
        Assert.Contains(PlanClocks.Of(returned, s_conduct, place, due + Duration.FromDays(2)), c => c.Rule.Id == "action-verify" && !c.IsOpen);
    }

    [Fact]
    public void What_is_refused_has_its_own_word()
    {
        var plan = UnderWay();
        Refused("plan.not-submitted", () => plan.After(E(PlanKinds.GivenBack, s_buyer), s_conduct));
        Assert.Equal(PlanStage.Asked, Opened().After(E(PlanKinds.RootCause, s_supplier), s_conduct).After(E(PlanKinds.Action, s_buyer, word: "buyer", day: new LocalDate(2026, 5, 1)), s_conduct).After(E(PlanKinds.Submitted, s_supplier), s_conduct).After(E(PlanKinds.GivenBack, s_buyer), s_conduct).Stage);
        Refused("plan.day-missing", () => plan.After(E(PlanKinds.Extended, s_buyer, "a1"), s_conduct));
        var dropped = plan.After(E(PlanKinds.NotNeeded, s_buyer, "a2"), s_conduct);
        Refused("plan.action-done", () => dropped.After(E(PlanKinds.Extended, s_buyer, "a2", day: new LocalDate(2026, 9, 1)), s_conduct));
        var closed = dropped.After(E(PlanKinds.Evidence, s_supplier, "a1"), s_conduct).After(E(PlanKinds.Verified, s_buyer, "a1", word: "visit"), s_conduct).After(E(PlanKinds.Closed, s_buyer), s_conduct);
        Refused("plan.buyer-only", () => closed.After(E(PlanKinds.Reopened, s_supplier), s_conduct));
        Assert.Equal("", closed.After(E(PlanKinds.Reopened, s_buyer), s_conduct).Lesson);
        Assert.Equal(("", "", ""), (plan.Lesson, plan.Actions[0].VerifiedBy, plan.Actions[0].How));
        Assert.Equal(("Ada", "visit"), (closed.Actions[0].VerifiedBy, closed.Actions[0].How));
        Assert.Equal("Fees were taken from workers", closed.Finding);
        // At the same moment is in order.
        Assert.Equal(2, Opened().After(new PlanEvent(PlanKinds.Said, s_start + Duration.FromHours(_hours - 1), s_buyer, Text: "x"), s_conduct).Events.Count);
        // Any clock of any subject may be named.
        Assert.Single(plan.After(E(PlanKinds.Extended, s_buyer, word: "plan-submit", day: new LocalDate(2026, 9, 1)), s_conduct).Extensions);
        // The last resort is not its own milder consequence.
        var talked = plan.After(E(PlanKinds.Escalated, s_buyer, word: "talk"), s_conduct);
        Refused("plan.last-resort", () => talked.After(E(PlanKinds.Escalated, s_buyer, word: "terminate", effect: "x"), s_conduct));
    }

    [Fact]
    public void Clocks_of_one_action_are_not_those_of_another()
    {
        var place = Place.Of("DE");
        var plan = UnderWay();
        var (due, shown) = (Deadline.EndOf(new LocalDate(2026, 4, 1), place), s_start + Duration.FromDays(3));
        plan = plan.After(E(PlanKinds.Evidence, s_supplier, "a1") with { At = shown }, s_conduct);
        Assert.Single(PlanClocks.Of(plan, s_conduct, place, shown + Duration.FromDays(1)), c => c.Rule.Id == "action-verify");
        plan = plan.After(E(PlanKinds.NotNeeded, s_buyer, "a2") with { At = due + Duration.FromDays(2) }, s_conduct);
        var clocks = PlanClocks.Actions(plan, place, due + Duration.FromDays(30));
        Assert.Equal([(Duration.Zero, false), (Duration.FromDays(2), false)], clocks.Select(c => (c.LateBy, c.IsOpen)));
        Assert.All(PlanClocks.Actions(UnderWay(), place, due), c => Assert.True(c.IsOpen));
        // An answer stops the clock of answering; clocks come by day.
        var all = PlanClocks.Of(plan, s_conduct, place, due);
        Assert.False(all.Single(c => c.Rule.Id == "plan-answer").IsOpen);
        Assert.Equal(all.OrderBy(c => c.Due), all);
        Assert.True(PlanClocks.Of(Opened().After(E(PlanKinds.RootCause, s_supplier), s_conduct).After(E(PlanKinds.Action, s_buyer, word: "buyer", day: new LocalDate(2026, 5, 1)), s_conduct).After(E(PlanKinds.Submitted, s_supplier), s_conduct), s_conduct, place, due).Single(c => c.Rule.Id == "plan-answer").IsOpen);
    }

    private static readonly Gen<(string Kind, int By, string Action, string Word, int Day, bool Effect)[]> s_any = Gen.Select(
        Pick.Of(typeof(PlanKinds).GetFields().Select(f => (string)f.GetValue(null)!).ToArray()), Gen.Int[0, 3], Pick.Of("", "a1", "a2"),
        Pick.Of("", "supplier", "buyer", "visit", "talk", "withhold", "terminate", "priority", "plan-submit"), Gen.Int[0, 60], Gen.Bool).Array[0, 40];

    /// <summary>Whatever is tried in whatever order: what must never be, never is.</summary>
    [Fact]
    public void No_order_of_events_breaks_the_rules() => s_any.Sample(tries =>
    {
        PlanActor[] actors = [s_buyer, s_other, s_supplier, s_independent];
        var plan = CorrectivePlan.Open(new PlanEvent(PlanKinds.Opened, s_start, s_buyer, Text: "x", Word: "other"));
        foreach (var (t, i) in tries.Select((t, i) => (t, i)))
        {
            try
            {
                plan = plan.After(new PlanEvent(t.Kind, s_start + Duration.FromHours(i), actors[t.By], t.Action, "words", t.Word, new LocalDate(2026, 3, 5).PlusDays(t.Day), t.Effect ? "effect" : ""), s_conduct);
            }
            catch (RefusedException)
            {
                continue;
            }
        }

        foreach (var verified in plan.Events.Where(e => e.Kind == PlanKinds.Verified))
        {
            var shown = plan.Events.Last(e => e.Kind == PlanKinds.Evidence && e.Action == verified.Action && e.At < verified.At);
            Assert.NotEqual(shown.By.Id, verified.By.Id);
            Assert.NotEqual(shown.By.Side, verified.By.Side);
        }

        Assert.True(plan.Stage != PlanStage.Closed || plan.Actions.All(a => a.IsDone));
        Assert.True(plan.Stage != PlanStage.Terminated || (plan.Rungs.Contains("talk") && plan.Rungs.Count >= 3));
        Assert.True(plan.Stage is PlanStage.Asked or PlanStage.Terminated || plan.RootCause.Length > 0);
        Assert.Equal(plan.Stage, CorrectivePlan.Of(plan.Events, s_conduct).Stage);
    }, iter: 3000);

    /// <summary>Rules as a pack of another country might have them: who is meant by words, and which of two holds.</summary>
    [Fact]
    public void Of_a_rule_for_all_and_one_for_some_the_narrower_holds()
    {
        var all = s_conduct.Clocks.First(c => c.Subject == "plan");
        var conduct = s_conduct.With([all with { Id = "for-all", Applies = "*" }, all with { Id = "for-norway", Applies = "NO" }, all with { Id = "for-priority", Applies = "priority", Ends = "closed" }]);
        IEnumerable<string> Ids(string country, string word) => PlanClocks.Of(Opened(word), conduct, Place.Of(country), s_start + Duration.FromDays(1)).Select(c => c.Rule.Id).Order();
        Assert.Equal(["for-norway"], Ids("NO", "other"));
        Assert.Equal(["for-all"], Ids("DE", "other"));
        Assert.Equal(["for-all"], Ids("", "other"));
        Assert.Equal(["for-norway", "for-priority"], Ids("NO", "priority"));
        Assert.Equal("place", Assert.Throws<ArgumentNullException>(() => PlanClocks.Of(Opened(), conduct, null!, s_start)).ParamName);
    }

    [Fact]
    public void Each_action_has_clocks_of_its_own()
    {
        var place = Place.Of("DE");
        var due = Deadline.EndOf(new LocalDate(2026, 4, 1), place);
        // Evidence for the first alone starts the clock of looking at it, once.
        var shown = UnderWay().After(E(PlanKinds.Action, s_buyer, text: "Ask", word: "buyer", day: new LocalDate(2026, 4, 1)), s_conduct).After(E(PlanKinds.Evidence, s_supplier, "a1"), s_conduct);
        Assert.Single(PlanClocks.Of(shown, s_conduct, place, due), c => c.Rule.Id == "action-verify");
        Assert.Equal(s_start + Duration.FromHours(_hours - 1), PlanClocks.Of(shown, s_conduct, place, due).Single(c => c.Rule.Id == "action-verify").Start.At);
        var late = due + Duration.FromDays(3);
        PlanEvent At(Instant at, string kind, PlanActor by, string action, LocalDate? day = null) => new(kind, at, by, action, "because", "", day, "");
        // The second and third were not needed, the first is: what was said of the one stops no clock of the other, and later words move nothing.
        var plan = shown.After(At(due + Duration.FromDays(1), PlanKinds.NotNeeded, s_buyer, "a2"), s_conduct).After(At(late, PlanKinds.Returned, s_buyer, "a1"), s_conduct).After(At(late, PlanKinds.NotNeeded, s_buyer, "a3"), s_conduct).After(At(late + Duration.FromDays(1), PlanKinds.Said, s_buyer, ""), s_conduct);
        var clocks = PlanClocks.Actions(plan, place, late + Duration.FromDays(2));
        Assert.Equal([(true, Duration.FromDays(5)), (false, Duration.FromDays(1)), (false, Duration.FromDays(3))], clocks.Select(c => (c.IsOpen, c.LateBy)));
        // More time given at the very moment one looks counts.
        var extended = plan.After(At(late + Duration.FromDays(2), PlanKinds.Extended, s_buyer, "a1", new LocalDate(2026, 5, 1)), s_conduct);
        Assert.Equal(Deadline.EndOf(new LocalDate(2026, 5, 1), place), PlanClocks.Actions(extended, place, late + Duration.FromDays(2))[0].Due);
    }
}
