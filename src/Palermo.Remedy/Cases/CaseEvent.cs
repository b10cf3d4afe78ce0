using NodaTime;

namespace Palermo.Remedy.Cases;

/// <summary>
/// What happened to a case, in codes: what was said stands sealed beside it. The codes are what clocks, paths and public
/// figures need; they name nobody who reported.
/// </summary>
/// <param name="Kind">One of <see cref="CaseKinds"/>.</param>
/// <param name="At">When.</param>
/// <param name="By">Who; null for the channel itself and for the reporter.</param>
/// <param name="Word">A word that the kind defines: the danger, the decision, the path, the step.</param>
/// <param name="Person">A person of the workspace it is about; null if none.</param>
/// <param name="HasWords">Whether reasons stand sealed beside it.</param>
/// <param name="Until">A day that the kind defines: the end of a consent.</param>
/// <param name="Ref">An earlier event it is about: a consent; blank if none.</param>
public sealed record CaseEvent(string Kind, Instant At, Guid? By, string Word = "", Guid? Person = null, bool HasWords = false, LocalDate? Until = null, string Ref = "");

/// <summary>Kinds of events of a case.</summary>
public static class CaseKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Received, Assigned, Recused, Acknowledged, PersonalAnswer, Triaged, Classified, RetaliationAssessed, Consent, ConsentWithdrawn, Disclosed, Feedback, AuthorityTold, Decided, ReviewAsked, ReviewEnded, Rated,
        PathOpened, StepDone, StepVerified, Closed, Reopened, PurgeAsked, Purged,
    ];

    /// <summary>A report came in. The word is how: <c>worker</c>, <c>on-behalf</c>, <c>paper</c>.</summary>
    public const string Received = "received";

    /// <summary>Somebody handles it.</summary>
    public const string Assigned = "assigned";

    /// <summary>Somebody must not handle it: named in it, or near to who is.</summary>
    public const string Recused = "recused";

    /// <summary>The reporter was told that it arrived.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>Somebody answered in person.</summary>
    public const string PersonalAnswer = "personal-answer";

    /// <summary>Danger first: <c>immediate</c>, <c>possible</c>, <c>none-seen</c>.</summary>
    public const string Triaged = "triaged";

    /// <summary>What it is about: a good, a sector, a kind of harm; for figures and for the risk it shows.</summary>
    public const string Classified = "classified";

    /// <summary>Risk of retaliation: <c>high</c>, <c>some</c>, <c>low</c>. Repeated.</summary>
    public const string RetaliationAssessed = "retaliation-assessed";

    /// <summary>The reporter agreed to something: the word is the purpose, with an end.</summary>
    public const string Consent = "consent";

    /// <summary>The reporter took a consent back.</summary>
    public const string ConsentWithdrawn = "consent-withdrawn";

    /// <summary>Something was disclosed under a consent.</summary>
    public const string Disclosed = "disclosed";

    /// <summary>The reporter was told what was done or will be.</summary>
    public const string Feedback = "feedback";

    /// <summary>An authority was told.</summary>
    public const string AuthorityTold = "authority-told";

    /// <summary>Decided, with reasons: <c>founded</c>, <c>partly-founded</c>, <c>unfounded</c>, <c>out-of-scope</c>.</summary>
    public const string Decided = "decided";

    /// <summary>The reporter asked to look again.</summary>
    public const string ReviewAsked = "review-asked";

    /// <summary>Somebody else looked again: <c>upheld</c>, <c>changed</c>.</summary>
    public const string ReviewEnded = "review-ended";

    /// <summary>The reporter says how they were treated: <c>well</c>, <c>partly</c>, <c>badly</c>. The last word counts.</summary>
    public const string Rated = "rated";

    /// <summary>A path of remedy was begun.</summary>
    public const string PathOpened = "path-opened";

    /// <summary>A step was carried out.</summary>
    public const string StepDone = "step-done";

    /// <summary>Somebody else verified a step.</summary>
    public const string StepVerified = "step-verified";

    /// <summary>Closed. The word says whether the people harmed are <c>better</c>, <c>same</c> or <c>worse</c> off, or <c>not-known</c>; the lesson stands sealed.</summary>
    public const string Closed = "closed";

    /// <summary>Open again.</summary>
    public const string Reopened = "reopened";

    /// <summary>Somebody asks that its keys be destroyed.</summary>
    public const string PurgeAsked = "purge-asked";

    /// <summary>Somebody else destroyed them: nobody can read it any more.</summary>
    public const string Purged = "purged";
}
