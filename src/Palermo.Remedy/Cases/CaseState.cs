using NodaTime;
using Palermo.Knowledge;
using Palermo.Mitigate;
using Palermo.Mitigate.Clocks;

namespace Palermo.Remedy.Cases;

/// <summary>A step of a path under way.</summary>
/// <param name="Step">The step.</param>
/// <param name="Opened">When the path came to it.</param>
/// <param name="DoneBy">Who carried it out; null if nobody did yet.</param>
/// <param name="DoneAt">When.</param>
/// <param name="VerifiedAt">When somebody else verified it.</param>
public sealed record StepState(RemedyStep Step, Instant Opened, Guid? DoneBy, Instant? DoneAt, Instant? VerifiedAt);

/// <summary>A consent of the reporter.</summary>
/// <param name="Id">Id: number of the event.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Until">Last day.</param>
/// <param name="WithdrawnAt">When it was taken back.</param>
public sealed record ConsentState(string Id, string Purpose, LocalDate Until, Instant? WithdrawnAt)
{
    /// <summary>Whether it holds on a day.</summary>
    public bool HoldsOn(LocalDate day) => WithdrawnAt is null && day <= Until;
}

/// <summary>A case as its events make it. <see cref="After"/> is the only way on.</summary>
public sealed record CaseState
{
    private CaseState()
    {
    }

    /// <summary>How great the danger may be, the greatest first.</summary>
    public static IReadOnlyList<string> Dangers { get; } = ["immediate", "possible", "none-seen"];

    /// <summary>How great the risk of retaliation may be, the greatest first.</summary>
    public static IReadOnlyList<string> Retaliations { get; } = ["high", "some", "low"];

    /// <summary>How the people may fare when a case is closed.</summary>
    public static IReadOnlyList<string> Ends { get; } = ["better", "same", "worse", "not-known"];

    /// <summary>How a reporter may say that they were treated.</summary>
    public static IReadOnlyList<string> Ratings { get; } = ["well", "partly", "badly"];

    /// <summary>How a review may end.</summary>
    public static IReadOnlyList<string> ReviewEnds { get; } = ["upheld", "changed"];

    /// <summary>What a decision may be.</summary>
    public static IReadOnlyList<string> Decisions { get; } = ["founded", "partly-founded", "unfounded", "out-of-scope"];

    /// <summary>What consent may be for.</summary>
    public static IReadOnlyList<string> Purposes { get; } = ["tell-buyer", "tell-supplier", "tell-authority", "refer-to-help", "identity", "publish"];

    /// <summary>What kinds of harm a case may be about, after the ILO indicators of forced labour and this project's sectors.</summary>
    public static IReadOnlyList<string> Harms { get; } = ["recruitment-fees", "wages", "documents-kept", "movement", "violence", "debt", "deception", "working-hours", "living-conditions", "child-labour", "retaliation", "other"];

    /// <summary>All events.</summary>
    public IReadOnlyList<CaseEvent> Events { get; private init; } = [];

    /// <summary>Who handles it.</summary>
    public IReadOnlyList<Guid> Handlers { get; private init; } = [];

    /// <summary>Who must not.</summary>
    public IReadOnlyList<Guid> Recused { get; private init; } = [];

    /// <summary>Danger; blank until somebody assessed it.</summary>
    public string Danger { get; private init; } = "";

    /// <summary>The decision; blank until there is one.</summary>
    public string Decision { get; private init; } = "";

    /// <summary>Who decided.</summary>
    public Guid? DecidedBy { get; private init; }

    /// <summary>Kinds of harm.</summary>
    public IReadOnlyList<string> HarmKinds { get; private init; } = [];

    /// <summary>Whether a review was asked for and has not ended.</summary>
    public bool UnderReview { get; private init; }

    /// <summary>Consents.</summary>
    public IReadOnlyList<ConsentState> Consents { get; private init; } = [];

    /// <summary>Steps of all paths that were begun, in order.</summary>
    public IReadOnlyList<StepState> Steps { get; private init; } = [];

    /// <summary>How the reporter says that they were treated; blank if they did not say.</summary>
    public string Rating { get; private init; } = "";

    /// <summary>How it was closed; blank if it is open.</summary>
    public string ClosedAs { get; private init; } = "";

    /// <summary>Who asked that its keys be destroyed; null if nobody did.</summary>
    public Guid? PurgeAskedBy { get; private init; }

    /// <summary>Whether its keys were destroyed.</summary>
    public bool IsPurged { get; private init; }

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => ClosedAs.Length == 0;

    /// <summary>Whether it was found to be so, wholly or in part: the harm then counts as identified (Directive 2024/1760, article 14).</summary>
    public bool IsFounded => Decision is "founded" or "partly-founded";

    /// <summary>The case that events make.</summary>
    /// <exception cref="RefusedException">They can't have happened in this order.</exception>
    public static CaseState Of(IEnumerable<CaseEvent> events, Conduct conduct)
    {
        ArgumentNullException.ThrowIfNull(events);
        var state = new CaseState();
        foreach (var e in events)
        {
            state = state.After(e, conduct);
        }

        return state;
    }

    /// <summary>The case after an event.</summary>
    /// <exception cref="RefusedException">It may not happen as things stand; the key of the words that say why.</exception>
    public CaseState After(CaseEvent e, Conduct conduct)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(conduct);
        Refuse((Events.Count == 0) != (e.Kind == CaseKinds.Received), "case.not-received");
        Refuse(Events.Count > 0 && e.At < Events[^1].At, "case.before-last");
        // The reporter may always come back; nothing else happens to what is closed.
        Refuse(!IsOpen && e.Kind is not (CaseKinds.Reopened or CaseKinds.ReviewAsked or CaseKinds.Rated or CaseKinds.ConsentWithdrawn or CaseKinds.RetaliationAssessed or CaseKinds.Assigned or CaseKinds.Recused or CaseKinds.PurgeAsked or CaseKinds.Purged), "case.closed");
        Refuse(IsPurged, "case.purged");
        var channel = e.Kind is CaseKinds.Received or CaseKinds.Acknowledged or CaseKinds.ReviewAsked or CaseKinds.Rated or CaseKinds.Consent or CaseKinds.ConsentWithdrawn or CaseKinds.Assigned;
        Refuse(e.By is null && !channel, "case.nobody");
        Refuse(e.By is { } by && Recused.Contains(by), "case.recused");
        Refuse(e.By is { } who && !channel && e.Kind is not (CaseKinds.Recused or CaseKinds.StepVerified or CaseKinds.ReviewEnded) && !Handlers.Contains(who), "case.not-handler");
        return Next(e, conduct) with { Events = [.. Events, e] };
    }

    private CaseState Next(CaseEvent e, Conduct conduct)
    {
        switch (e.Kind)
        {
            case CaseKinds.Received:
                return this;
            case CaseKinds.Assigned:
                Refuse(e.Person is null, "case.person-missing");
                Refuse(Recused.Contains(e.Person!.Value), "case.recused");
                return this with { Handlers = [.. Handlers.Union([e.Person.Value])] };
            case CaseKinds.Recused:
                Refuse(e.Person is null, "case.person-missing");
                return this with { Recused = [.. Recused.Union([e.Person!.Value])], Handlers = [.. Handlers.Where(h => h != e.Person)] };
            case CaseKinds.Acknowledged or CaseKinds.PersonalAnswer or CaseKinds.Feedback or CaseKinds.AuthorityTold:
                return this;
            case CaseKinds.Triaged:
                Refuse(!Dangers.Contains(e.Word), "case.danger-missing");
                return this with { Danger = e.Word };
            case CaseKinds.Classified:
                Refuse(!Harms.Contains(e.Word), "case.harm-missing");
                return this with { HarmKinds = [.. HarmKinds.Union([e.Word])] };
            case CaseKinds.RetaliationAssessed:
                Refuse(!Retaliations.Contains(e.Word), "case.retaliation-missing");
                return this;
            case CaseKinds.Consent:
                Refuse(!Purposes.Contains(e.Word), "case.purpose-missing");
                Refuse(e.Until is null, "case.until-missing");
                return this with { Consents = [.. Consents, new ConsentState($"c{Consents.Count + 1}", e.Word, e.Until!.Value, null)] };
            case CaseKinds.ConsentWithdrawn:
                Refuse(Consents.All(c => c.Id != e.Ref || c.WithdrawnAt is not null), "case.consent-missing");
                return this with { Consents = [.. Consents.Select(c => c.Id == e.Ref ? c with { WithdrawnAt = e.At } : c)] };
            case CaseKinds.Disclosed:
                Refuse(!e.HasWords, "case.words-missing");
                Refuse(!MayDisclose(e.Word, e.At), "case.consent-missing");
                return this;
            case CaseKinds.Decided:
                Refuse(!Decisions.Contains(e.Word), "case.decision-missing");
                Refuse(!e.HasWords, "case.words-missing");
                Refuse(Danger.Length == 0, "case.not-triaged");
                return this with { Decision = e.Word, DecidedBy = e.By };
            case CaseKinds.ReviewAsked:
                Refuse(Decision.Length == 0, "case.not-decided");
                Refuse(UnderReview, "case.under-review");
                return this with { UnderReview = true, ClosedAs = "", PurgeAskedBy = null };
            case CaseKinds.Rated:
                // Nobody says it for them.
                Refuse(e.By is not null, "case.reporter-only");
                Refuse(Decision.Length == 0, "case.not-decided");
                Refuse(!Ratings.Contains(e.Word), "case.rating-missing");
                return this with { Rating = e.Word };
            case CaseKinds.ReviewEnded:
                Refuse(!UnderReview, "case.not-under-review");
                Refuse(e.By == DecidedBy, "case.review-own");
                Refuse(!e.HasWords, "case.words-missing");
                Refuse(!ReviewEnds.Contains(e.Word), "case.decision-missing");
                return this with { UnderReview = false, Decision = e.Word == "changed" ? (IsFounded ? "unfounded" : "founded") : Decision, DecidedBy = e.Word == "changed" ? e.By : DecidedBy };
            case CaseKinds.PathOpened:
                Refuse(!IsFounded, "case.not-founded");
                Refuse(!conduct.Paths.Contains(e.Word), "case.path-missing");
                Refuse(Steps.Any(s => s.Step.Path == e.Word), "case.path-twice");
                return this with { Steps = [.. Steps, new StepState(conduct.Steps.First(s => s.Path == e.Word), e.At, null, null, null)] };
            case CaseKinds.StepDone:
                var done = Find(e);
                Refuse(done.DoneAt is not null, "case.step-done");
                Refuse(!e.HasWords, "case.evidence-missing");
                Refuse(done.Step.NeedsConsent && !Consents.Any(c => c.HoldsOn(DayOf(e.At))), "case.consent-missing");
                return With(done with { DoneAt = e.At, DoneBy = e.By });
            case CaseKinds.StepVerified:
                var verified = Find(e);
                Refuse(verified.DoneAt is null, "case.step-not-done");
                Refuse(verified.VerifiedAt is not null, "case.step-done");
                Refuse(verified.DoneBy == e.By, "case.verify-own");
                var after = With(verified with { VerifiedAt = e.At });
                return conduct.Steps.FirstOrDefault(s => s.Path == verified.Step.Path && s.Order == verified.Step.Order + 1) is { } next ? after with { Steps = [.. after.Steps, new StepState(next, e.At, null, null, null)] } : after;
            case CaseKinds.Closed:
                Refuse(!Ends.Contains(e.Word), "case.better-missing");
                Refuse(!e.HasWords, "case.lesson-missing");
                Refuse(Decision.Length == 0, "case.not-decided");
                Refuse(UnderReview, "case.under-review");
                Refuse(IsFounded && Steps.Count == 0, "case.no-remedy");
                Refuse(Steps.Any(s => s.VerifiedAt is null), "case.steps-open");
                return this with { ClosedAs = e.Word };
            case CaseKinds.PurgeAsked:
                Refuse(IsOpen, "case.still-open");
                return this with { PurgeAskedBy = e.By };
            case CaseKinds.Purged:
                Refuse(IsOpen, "case.still-open");
                // What can't be undone takes two.
                Refuse(PurgeAskedBy is null, "case.purge-not-asked");
                Refuse(PurgeAskedBy == e.By, "case.purge-own");
                return this with { IsPurged = true };
            case CaseKinds.Reopened:
                Refuse(IsOpen, "case.still-open");
                return this with { ClosedAs = "", PurgeAskedBy = null };
            default:
                throw new RefusedException("case.unknown");
        }
    }

    /// <summary>Whether something may be disclosed for a purpose: under a consent that holds. An authority may be told without one only of immediate danger.</summary>
    public bool MayDisclose(string purpose, Instant at) => Consents.Any(c => c.Purpose == purpose && c.HoldsOn(DayOf(at))) || (purpose == "tell-authority" && Danger == "immediate");

    /// <summary>Clocks of the case.</summary>
    /// <param name="conduct">Rules.</param>
    /// <param name="country">Where it is handled.</param>
    /// <param name="now">The present.</param>
    /// <param name="channelIsExternal">Whether it is an external channel, where six months may be justified.</param>
    public IReadOnlyList<Clock> Clocks(Conduct conduct, string country, Instant now, bool channelIsExternal = false)
    {
        ArgumentNullException.ThrowIfNull(conduct);
        var words = new HashSet<string>(StringComparer.Ordinal) { country };
        if (channelIsExternal)
        {
            words.Add("extended");
        }

        if (UnderReview || Events.Any(e => e.Kind == CaseKinds.ReviewAsked))
        {
            words.Add("review");
        }

        var events = Events.Select(e => new Happened(e.Kind, e.At)).ToList();
        var place = Place.Of(country);
        // Without an acknowledgement the three months run from the end of the seven days (article 9(1)(f)).
        if (events.All(e => e.Kind != CaseKinds.Acknowledged) && conduct.Clocks.FirstOrDefault(c => c.Id == "case-acknowledge") is { } rule && events.Count > 0)
        {
            var end = Deadline.Of(events[0].At, rule.Limit, place);
            if (end <= now)
            {
                var unacknowledged = events.Append(new Happened(CaseKinds.Acknowledged, end)).ToArray();
                var feedback = ClockWork.Run(conduct.ClocksOf("case", words).Where(c => c.Starts == CaseKinds.Acknowledged), unacknowledged, [], place, now);
                return [.. ClockWork.Run(conduct.ClocksOf("case", words).Where(c => c.Starts != CaseKinds.Acknowledged), events, [], place, now).Concat(feedback).OrderBy(c => c.Due)];
            }
        }

        var clocks = ClockWork.Run(conduct.ClocksOf("case", words), events, [], place, now);
        // What is closed no longer waits to be looked at again.
        return IsOpen ? clocks : [.. clocks.Where(c => c.Done is not null)];
    }

    /// <summary>When the open steps are due.</summary>
    public IReadOnlyList<(StepState Step, Instant Due)> StepsDue(string country) => [.. Steps.Where(s => s.VerifiedAt is null).Select(s => (s, Deadline.Of(s.Opened, s.Step.Limit, Place.Of(country))))];

    private static LocalDate DayOf(Instant at) => at.InUtc().Date;

    private StepState Find(CaseEvent e) => Steps.FirstOrDefault(s => s.Step.Id == e.Word) ?? throw new RefusedException("case.step-missing");

    private CaseState With(StepState changed) => this with { Steps = [.. Steps.Select(s => s.Step.Id == changed.Step.Id ? changed : s)] };

    private static void Refuse(bool refuse, string key)
    {
        if (refuse)
        {
            throw new RefusedException(key);
        }
    }
}
