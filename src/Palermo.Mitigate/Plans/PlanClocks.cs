using NodaTime;
using Palermo.Knowledge;
using Palermo.Mitigate.Clocks;

namespace Palermo.Mitigate.Plans;

/// <summary>How late an action is, or was.</summary>
/// <param name="Action">The action.</param>
/// <param name="Due">The last moment in time.</param>
/// <param name="LateBy">How long it is or was late: until evidence was shown that held.</param>
/// <param name="IsOpen">Whether it still runs.</param>
public sealed record ActionClock(PlanAction Action, Instant Due, Duration LateBy, bool IsOpen);

/// <summary>Clocks of a plan, from its events.</summary>
public static class PlanClocks
{
    /// <summary>The plan's own clocks, and those of verifying each action.</summary>
    public static IReadOnlyList<Clock> Of(CorrectivePlan plan, Conduct conduct, Place place, Instant now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(conduct);
        ArgumentNullException.ThrowIfNull(place);
        var words = new HashSet<string>(StringComparer.Ordinal) { place.Calendar.Country };
        if (plan.HasPriority)
        {
            words.Add("priority");
        }

        // Of a clock for priority findings and one for others, the one that is meant.
        var laid = conduct.With(plan.Bound);
        var rules = laid.ClocksOf("plan", words).GroupBy(r => (r.Starts, r.Ends)).Select(g => g.OrderBy(r => r.Applies == "*" ? 1 : 0).First());
        var events = plan.Events.Where(e => e.Action.Length == 0).Select(e => new Happened(e.Kind is PlanKinds.Approved or PlanKinds.GivenBack ? "answered" : e.Kind, e.At));
        var clocks = ClockWork.Run(rules, events, plan.Extensions, place, now).ToList();
        foreach (var action in plan.Actions)
        {
            var own = plan.Events.Where(e => e.Action == action.Id && e.Kind is (PlanKinds.Evidence or PlanKinds.Verified or PlanKinds.Returned)).Select(e => new Happened(e.Kind == PlanKinds.Returned ? "verified" : e.Kind, e.At)).ToArray();
            clocks.AddRange(ClockWork.Run(laid.ClocksOf("action", words), own, [], place, now));
        }

        return [.. clocks.OrderBy(c => c.Due)];
    }

    /// <summary>Lateness of each action: against its last day, from the events alone. Evidence that was returned does not stop it.</summary>
    public static IReadOnlyList<ActionClock> Actions(CorrectivePlan plan, Place place, Instant now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var clocks = new List<ActionClock>();
        foreach (var action in plan.Actions)
        {
            var stopped = action.Stage is ActionStage.Shown or ActionStage.Verified ? action.ShownAt : action.Stage == ActionStage.NotNeeded ? plan.Events.Last(e => e.Kind == PlanKinds.NotNeeded && e.Action == action.Id).At : null;
            var until = stopped ?? now;
            var extensions = plan.Events.Where(e => e.Kind == PlanKinds.Extended && e.Action == action.Id && e.At <= until).Select(e => (e.At, Deadline.EndOf(e.Day!.Value, place)));
            var (due, late) = Lateness.Of(Deadline.EndOf(action.FirstDue, place), extensions, until);
            clocks.Add(new ActionClock(action, due, late, stopped is null));
        }

        return clocks;
    }
}
