using NodaTime;
using Palermo.Knowledge;
using Palermo.Mitigate.Clocks;

namespace Palermo.Mitigate.Plans;

/// <summary>Where a plan stands.</summary>
public enum PlanStage
{
    /// <summary>Asked for, not handed in.</summary>
    Asked,

    /// <summary>Handed in, not answered.</summary>
    Submitted,

    /// <summary>Approved: actions are carried out.</summary>
    UnderWay,

    /// <summary>All verified and closed.</summary>
    Closed,

    /// <summary>The contract was ended.</summary>
    Terminated,
}

/// <summary>Where an action stands.</summary>
public enum ActionStage
{
    /// <summary>To be done.</summary>
    Open,

    /// <summary>Evidence waits to be verified.</summary>
    Shown,

    /// <summary>Verified by somebody else.</summary>
    Verified,

    /// <summary>Not needed after all.</summary>
    NotNeeded,
}

/// <summary>An action of a plan.</summary>
/// <param name="Id">Id in the plan: <c>a1</c>.</param>
/// <param name="Text">What is to be done.</param>
/// <param name="Owner">Whose it is: <c>supplier</c> or <c>buyer</c>.</param>
/// <param name="Due">Last day, with extensions.</param>
/// <param name="FirstDue">Last day as first agreed.</param>
public sealed record PlanAction(string Id, string Text, string Owner, LocalDate Due, LocalDate FirstDue)
{
    /// <summary>Where it stands.</summary>
    public ActionStage Stage { get; init; }

    /// <summary>Who showed evidence last; null if nobody did.</summary>
    public Guid? ShownBy { get; init; }

    /// <summary>When evidence was shown last.</summary>
    public Instant? ShownAt { get; init; }

    /// <summary>When it was verified.</summary>
    public Instant? VerifiedAt { get; init; }

    /// <summary>Who verified it.</summary>
    public string VerifiedBy { get; init; } = "";

    /// <summary>How it was verified.</summary>
    public string How { get; init; } = "";

    /// <summary>Whether nothing more is to be done.</summary>
    public bool IsDone => Stage is ActionStage.Verified or ActionStage.NotNeeded;
}

/// <summary>
/// A corrective action plan as its events make it. <see cref="After"/> is the only way on: what may not happen is refused with
/// the key of the words that say why.
/// </summary>
public sealed record CorrectivePlan
{
    private const string Supplier = "supplier", Buyer = "buyer";

    /// <summary>Ways to verify, weakest first.</summary>
    public static IReadOnlyList<string> Ways { get; } = ["document", "visit", "worker-interviews"];

    private CorrectivePlan()
    {
    }

    /// <summary>The finding.</summary>
    public string Finding { get; private init; } = "";

    /// <summary>Whether it has priority.</summary>
    public bool HasPriority { get; private init; }

    /// <summary>Root cause; blank if nobody said it yet.</summary>
    public string RootCause { get; private init; } = "";

    /// <summary>Where it stands.</summary>
    public PlanStage Stage { get; private init; }

    /// <summary>Actions.</summary>
    public IReadOnlyList<PlanAction> Actions { get; private init; } = [];

    /// <summary>Rungs of the ladder that were taken, in order.</summary>
    public IReadOnlyList<string> Rungs { get; private init; } = [];

    /// <summary>Times that rules set which bind the contract.</summary>
    public IReadOnlyList<BoundTime> Bound { get; private init; } = [];

    /// <summary>All events.</summary>
    public IReadOnlyList<PlanEvent> Events { get; private init; } = [];

    /// <summary>Extensions of the plan's own clocks.</summary>
    public IReadOnlyList<Extension> Extensions { get; private init; } = [];

    /// <summary>What was learnt; blank until it is closed.</summary>
    public string Lesson { get; private init; } = "";

    /// <summary>Opens a plan.</summary>
    /// <exception cref="RefusedException">The event does not open one.</exception>
    public static CorrectivePlan Open(PlanEvent opened)
    {
        ArgumentNullException.ThrowIfNull(opened);
        Refuse(opened.Kind != PlanKinds.Opened, "plan.not-open");
        Refuse(opened.By.Side != PlanSide.Buyer, "plan.buyer-only");
        Refuse(opened.Text.Length == 0 || opened.Word is not ("priority" or "other"), "plan.finding-missing");
        return new CorrectivePlan { Finding = opened.Text, HasPriority = opened.Word == "priority", Events = [opened] };
    }

    /// <summary>The plan that events make.</summary>
    /// <exception cref="RefusedException">They can't have happened in this order.</exception>
    public static CorrectivePlan Of(IEnumerable<PlanEvent> events, Conduct conduct)
    {
        ArgumentNullException.ThrowIfNull(events);
        CorrectivePlan? plan = null;
        foreach (var e in events)
        {
            plan = plan is null ? Open(e) : plan.After(e, conduct);
        }

        return plan ?? throw new RefusedException("plan.not-open");
    }

    /// <summary>The plan after an event.</summary>
    /// <exception cref="RefusedException">It may not happen as things stand.</exception>
    public CorrectivePlan After(PlanEvent e, Conduct conduct)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(conduct);
        Refuse(e.At < Events[^1].At, "plan.before-last");
        Refuse(Stage == PlanStage.Terminated && e.Kind != PlanKinds.Said, "plan.terminated");
        Refuse(Stage == PlanStage.Closed && e.Kind is not (PlanKinds.Reopened or PlanKinds.Said), "plan.closed");
        return Next(e, conduct) with { Events = [.. Events, e] };
    }

    private CorrectivePlan Next(PlanEvent e, Conduct conduct)
    {
        var side = e.By.Side;
        switch (e.Kind)
        {
            case PlanKinds.Bound:
                Refuse(side != PlanSide.Buyer, "plan.buyer-only");
                Refuse(Events.Count != 1, "plan.bound-late");
                try
                {
                    return this with { Bound = BoundTime.Read(e.Text) };
                }
                catch (FormatException)
                {
                    throw new RefusedException("plan.unknown");
                }

            case PlanKinds.RootCause:
                Refuse(side == PlanSide.Independent, "plan.parties-only");
                return this with { RootCause = Words(e) };
            case PlanKinds.Action:
                Refuse(side == PlanSide.Independent, "plan.parties-only");
                Refuse(e.Word is not (Supplier or Buyer), "plan.owner-missing");
                Refuse(e.Day is null, "plan.day-missing");
                // Once approved, the other side can't be given work without a plan handed in anew.
                return this with { Actions = [.. Actions, new PlanAction($"a{Actions.Count + 1}", Words(e), e.Word, e.Day!.Value, e.Day.Value)] };
            case PlanKinds.Submitted:
                Refuse(side != PlanSide.Supplier, "plan.supplier-only");
                Refuse(Stage != PlanStage.Asked, "plan.submitted-already");
                Refuse(RootCause.Length == 0, "plan.root-cause-missing");
                Refuse(Actions.Count == 0, "plan.actions-missing");
                return this with { Stage = PlanStage.Submitted };
            case PlanKinds.Approved:
                Refuse(side != PlanSide.Buyer, "plan.buyer-only");
                Refuse(Stage != PlanStage.Submitted, "plan.not-submitted");
                return this with { Stage = PlanStage.UnderWay };
            case PlanKinds.GivenBack:
                Refuse(side != PlanSide.Buyer, "plan.buyer-only");
                Refuse(Stage != PlanStage.Submitted, "plan.not-submitted");
                _ = Words(e);
                return this with { Stage = PlanStage.Asked };
            case PlanKinds.Evidence:
                _ = Words(e);
                var shown = Find(e);
                Refuse(Stage != PlanStage.UnderWay, "plan.not-approved");
                Refuse(shown.IsDone, "plan.action-done");
                Refuse((shown.Owner == Supplier) != (side == PlanSide.Supplier) || side == PlanSide.Independent, "plan.owner-only");
                return With(shown with { Stage = ActionStage.Shown, ShownBy = e.By.Id, ShownAt = e.At });
            case PlanKinds.Verified:
                var verified = Find(e);
                Refuse(verified.Stage != ActionStage.Shown, "plan.evidence-missing");
                Refuse(!Ways.Contains(e.Word), "plan.way-missing");
                Refuse(e.By.Id == verified.ShownBy || (verified.Owner == Supplier ? side == PlanSide.Supplier : side == PlanSide.Buyer), "plan.verify-own");
                return With(verified with { Stage = ActionStage.Verified, VerifiedAt = e.At, VerifiedBy = e.By.Name, How = e.Word });
            case PlanKinds.Returned:
                var returned = Find(e);
                Refuse(returned.Stage != ActionStage.Shown, "plan.evidence-missing");
                Refuse(e.By.Id == returned.ShownBy, "plan.verify-own");
                _ = Words(e);
                return With(returned with { Stage = ActionStage.Open });
            case PlanKinds.NotNeeded:
                Refuse(side != PlanSide.Buyer, "plan.buyer-only");
                _ = Words(e);
                var dropped = Find(e);
                Refuse(dropped.IsDone, "plan.action-done");
                return With(dropped with { Stage = ActionStage.NotNeeded });
            case PlanKinds.Extended:
                Refuse(side != PlanSide.Buyer, "plan.buyer-only");
                Refuse(e.Day is null, "plan.day-missing");
                var reason = Words(e);
                if (e.Action.Length == 0)
                {
                    Refuse(conduct.Clocks.All(c => c.Id != e.Word), "plan.clock-missing");
                    return this with { Extensions = [.. Extensions, new Extension(e.Word, e.Day!.Value, reason, e.At)] };
                }

                var longer = Find(e);
                Refuse(longer.IsDone, "plan.action-done");
                Refuse(e.Day <= longer.Due, "plan.day-not-later");
                return With(longer with { Due = e.Day!.Value });
            case PlanKinds.Escalated:
                return Escalate(e, conduct);
            case PlanKinds.Said:
                _ = Words(e);
                return this;
            case PlanKinds.Closed:
                Refuse(side != PlanSide.Buyer, "plan.buyer-only");
                Refuse(Stage != PlanStage.UnderWay, "plan.not-approved");
                Refuse(!Actions.All(a => a.IsDone) || Actions.All(a => a.Stage == ActionStage.NotNeeded), "plan.not-verified");
                return this with { Stage = PlanStage.Closed, Lesson = Words(e) };
            case PlanKinds.Reopened:
                Refuse(side != PlanSide.Buyer, "plan.buyer-only");
                Refuse(Stage != PlanStage.Closed, "plan.not-closed");
                _ = Words(e);
                return this with { Stage = PlanStage.Asked, Lesson = "" };
            default:
                throw new RefusedException("plan.unknown");
        }
    }

    private CorrectivePlan Escalate(PlanEvent e, Conduct conduct)
    {
        Refuse(e.By.Side != PlanSide.Buyer, "plan.buyer-only");
        var rung = conduct.Ladder.FirstOrDefault(r => r.Id == e.Word) ?? throw new RefusedException("plan.rung-missing");
        _ = Words(e);
        Refuse(rung.NeedsEffect && e.Effect.Trim().Length == 0, "plan.effect-missing");
        // The last resort is the last: somebody talked, and a milder consequence was tried.
        Refuse(rung.Order == conduct.Ladder[^1].Order && (!Rungs.Contains(conduct.Ladder[0].Id) || !Rungs.Any(r => conduct.Ladder.First(l => l.Id == r) is { Order: > 2 } taken && taken.Order < rung.Order)), "plan.last-resort");
        return this with { Rungs = [.. Rungs, rung.Id], Stage = rung.Order == conduct.Ladder[^1].Order ? PlanStage.Terminated : Stage };
    }

    private static string Words(PlanEvent e) => e.Text.Trim() is { Length: > 0 } text ? text : throw new RefusedException("plan.words-missing");

    private PlanAction Find(PlanEvent e) => Actions.FirstOrDefault(a => a.Id == e.Action) ?? throw new RefusedException("plan.action-missing");

    private CorrectivePlan With(PlanAction changed) => this with { Actions = [.. Actions.Select(a => a.Id == changed.Id ? changed : a)] };

    private static void Refuse(bool refuse, string key)
    {
        if (refuse)
        {
            throw new RefusedException(key);
        }
    }
}
