using NodaTime;

namespace Palermo.Mitigate.Plans;

/// <summary>Who acts on a plan.</summary>
public enum PlanSide
{
    /// <summary>Who bought.</summary>
    Buyer,

    /// <summary>Who supplies.</summary>
    Supplier,

    /// <summary>Somebody independent of both: a verifier, a representative of workers.</summary>
    Independent,
}

/// <summary>Somebody who acts.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name at that time.</param>
/// <param name="Side">For whom.</param>
public sealed record PlanActor(Guid Id, string Name, PlanSide Side);

/// <summary>What happened to a plan. A plan is its events: nothing is typed that follows from them.</summary>
/// <param name="Kind">One of <see cref="PlanKinds"/>.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Action">The action it is about; blank for the plan as a whole.</param>
/// <param name="Text">Words: the finding, the root cause, what is to be done, why.</param>
/// <param name="Word">A word that the kind defines: who owns an action, how it was verified, the rung of the ladder.</param>
/// <param name="Day">A day that the kind defines: when an action is due, until when time is extended.</param>
/// <param name="Effect">What it does to workers, where that must be said.</param>
/// <param name="Evidence">Files shown, by id.</param>
public sealed record PlanEvent(string Kind, Instant At, PlanActor By, string Action = "", string Text = "", string Word = "", LocalDate? Day = null, string Effect = "", IReadOnlyList<Guid>? Evidence = null);

/// <summary>Kinds of events of a plan.</summary>
public static class PlanKinds
{
    /// <summary>A finding was made, and a plan asked for; the word is <c>priority</c> or <c>other</c>.</summary>
    public const string Opened = "opened";

    /// <summary>The times that rules set which bind the contract, as they stood when the finding was made; the text is that of <see cref="BoundTime.Write"/>.</summary>
    public const string Bound = "bound";

    /// <summary>Why it happened.</summary>
    public const string RootCause = "root-cause";

    /// <summary>An action was proposed: text, who owns it (word), until when (day).</summary>
    public const string Action = "action";

    /// <summary>An action that proved unnecessary, with its reason.</summary>
    public const string NotNeeded = "not-needed";

    /// <summary>The supplier handed the plan in.</summary>
    public const string Submitted = "submitted";

    /// <summary>The buyer approved it.</summary>
    public const string Approved = "approved";

    /// <summary>The buyer gave it back, with reasons.</summary>
    public const string GivenBack = "given-back";

    /// <summary>Evidence that an action was done.</summary>
    public const string Evidence = "evidence";

    /// <summary>Somebody else than who did it verified it; the word says how: <c>document</c>, <c>visit</c>, <c>worker-interviews</c>.</summary>
    public const string Verified = "verified";

    /// <summary>The evidence does not show it, with reasons.</summary>
    public const string Returned = "returned";

    /// <summary>More time, with its reason: until a day, for the clock in the word or for an action.</summary>
    public const string Extended = "extended";

    /// <summary>A rung of the ladder was taken (word), with its reason and, where it must be, its effect on workers.</summary>
    public const string Escalated = "escalated";

    /// <summary>Something said to the other side.</summary>
    public const string Said = "said";

    /// <summary>All is verified: what was learnt.</summary>
    public const string Closed = "closed";

    /// <summary>It came back: the plan is open again.</summary>
    public const string Reopened = "reopened";
}
