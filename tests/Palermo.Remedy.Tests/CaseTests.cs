using CsCheck;
using NodaTime;
using Palermo.Knowledge;
using Palermo.Mitigate;
using Palermo.Mitigate.Clocks;
using Palermo.Remedy.Cases;

namespace Palermo.Remedy.Tests;

public sealed class CaseTests
{
    private static readonly Conduct s_conduct = Conduct.Of(Catalogue.Default);
    private static readonly Guid s_ada = Guid.NewGuid(), s_ole = Guid.NewGuid(), s_named = Guid.NewGuid();
    private static readonly Instant s_start = Instant.FromUtc(2026, 3, 2, 10, 0);
    private int _hours = 1;

    private CaseEvent E(string kind, Guid? by = null, string word = "", Guid? person = null, bool words = true, LocalDate? until = null, string about = "") => new(kind, s_start + Duration.FromHours(_hours++), by, word, person, words, until, about);

    private static CaseState Case(params CaseEvent[] more) => CaseState.Of(
    [
        new(CaseKinds.Received, s_start, null, "worker"), new(CaseKinds.Assigned, s_start, null, "by-rule", s_ada), new(CaseKinds.Assigned, s_start, null, "by-rule", s_ole), new(CaseKinds.Acknowledged, s_start, null), .. more,
    ], s_conduct);

    private CaseState Founded() => Case(E(CaseKinds.Triaged, s_ada, "possible"), E(CaseKinds.Classified, s_ada, "recruitment-fees"), E(CaseKinds.Decided, s_ada, "founded"));

    private static void Refused(string key, Action act) => Assert.Equal(key, Assert.Throws<RefusedException>(act).Message);

    [Fact]
    public void A_case_goes_from_report_to_people_who_are_better_off()
    {
        var state = Founded().After(E(CaseKinds.PathOpened, s_ada, "recruitment-fees"), s_conduct).After(E(CaseKinds.Consent, word: "tell-buyer", until: new LocalDate(2027, 1, 1)), s_conduct);
        Refused("case.steps-open", () => state.After(E(CaseKinds.Closed, s_ada, "better"), s_conduct));
        foreach (var step in s_conduct.Steps.Where(s => s.Path == "recruitment-fees"))
        {
            Assert.Equal(step, state.Steps[^1].Step);
            state = state.After(E(CaseKinds.StepDone, s_ada, step.Id), s_conduct);
            Refused("case.verify-own", () => state.After(E(CaseKinds.StepVerified, s_ada, step.Id), s_conduct));
            state = state.After(E(CaseKinds.StepVerified, s_ole, step.Id), s_conduct);
        }

        Refused("case.lesson-missing", () => state.After(E(CaseKinds.Closed, s_ada, "better", words: false), s_conduct));
        Refused("case.better-missing", () => state.After(E(CaseKinds.Closed, s_ada, "fine"), s_conduct));
        var closed = state.After(E(CaseKinds.Closed, s_ada, "better"), s_conduct);
        Assert.False(closed.IsOpen);
        Refused("case.closed", () => closed.After(E(CaseKinds.Feedback, s_ada), s_conduct));
        Assert.True(closed.After(E(CaseKinds.ReviewAsked), s_conduct).IsOpen);
        Assert.True(closed.After(E(CaseKinds.Reopened, s_ada), s_conduct).IsOpen);
    }

    [Fact]
    public void All_kinds_are_all_kinds() =>
        Assert.Equal(typeof(CaseKinds).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Order(), CaseKinds.All.Order());

    [Fact]
    public void Who_is_named_is_out_for_good()
    {
        var state = Case(E(CaseKinds.Assigned, s_ada, "chosen", s_named), E(CaseKinds.Recused, s_ada, "named", s_named));
        Assert.DoesNotContain(s_named, state.Handlers);
        Refused("case.recused", () => state.After(E(CaseKinds.Assigned, s_ada, "chosen", s_named), s_conduct));
        Refused("case.recused", () => state.After(E(CaseKinds.Triaged, s_named, "possible"), s_conduct));
        Refused("case.recused", () => state.After(E(CaseKinds.StepVerified, s_named, "x"), s_conduct));
        Refused("case.not-handler", () => state.After(E(CaseKinds.Triaged, Guid.NewGuid(), "possible"), s_conduct));
        Refused("case.nobody", () => state.After(E(CaseKinds.Triaged, null, "possible"), s_conduct));
        var (buyer, supplier) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal("conflict.named", Conflict.Of(s_named, [], null, null, [s_named]));
        Assert.Equal("conflict.buyer", Conflict.Of(s_ada, [Guid.NewGuid(), buyer], buyer, supplier, []));
        Assert.Equal("conflict.supplier", Conflict.Of(s_ada, [supplier], buyer, supplier, []));
        Assert.Null(Conflict.Of(s_ada, [Guid.NewGuid()], buyer, supplier, [s_named]));
        Assert.Null(Conflict.Of(s_ada, [Guid.NewGuid()], null, null, []));
    }

    [Fact]
    public void Nothing_is_disclosed_without_a_consent_that_holds()
    {
        var state = Case(E(CaseKinds.Triaged, s_ada, "possible"));
        Refused("case.consent-missing", () => state.After(E(CaseKinds.Disclosed, s_ada, "tell-buyer"), s_conduct));
        var agreed = state.After(E(CaseKinds.Consent, word: "tell-buyer", until: new LocalDate(2026, 3, 2)), s_conduct);
        Assert.NotNull(agreed.After(E(CaseKinds.Disclosed, s_ada, "tell-buyer"), s_conduct));
        Refused("case.consent-missing", () => agreed.After(E(CaseKinds.Disclosed, s_ada, "tell-supplier"), s_conduct));
        Refused("case.words-missing", () => agreed.After(E(CaseKinds.Disclosed, s_ada, "tell-buyer", words: false), s_conduct));
        Refused("case.consent-missing", () => agreed.After(E(CaseKinds.Disclosed, s_ada, "tell-buyer") with { At = s_start + Duration.FromDays(1) }, s_conduct));
        var back = agreed.After(E(CaseKinds.ConsentWithdrawn, about: "c1"), s_conduct);
        Refused("case.consent-missing", () => back.After(E(CaseKinds.Disclosed, s_ada, "tell-buyer"), s_conduct));
        Refused("case.consent-missing", () => back.After(E(CaseKinds.ConsentWithdrawn, about: "c1"), s_conduct));
        Refused("case.purpose-missing", () => state.After(E(CaseKinds.Consent, word: "anything", until: new LocalDate(2026, 4, 1)), s_conduct));
        Refused("case.until-missing", () => state.After(E(CaseKinds.Consent, word: "tell-buyer"), s_conduct));
        // Of immediate danger an authority may be told.
        var danger = Case(E(CaseKinds.Triaged, s_ada, "immediate"));
        Assert.NotNull(danger.After(E(CaseKinds.Disclosed, s_ada, "tell-authority"), s_conduct));
        Refused("case.consent-missing", () => danger.After(E(CaseKinds.Disclosed, s_ada, "tell-buyer"), s_conduct));
    }

    [Fact]
    public void Decisions_have_reasons_and_can_be_looked_at_again_by_somebody_else()
    {
        Refused("case.not-triaged", () => Case(E(CaseKinds.Decided, s_ada, "founded")));
        Refused("case.words-missing", () => Case(E(CaseKinds.Triaged, s_ada, "possible"), E(CaseKinds.Decided, s_ada, "founded", words: false)));
        Refused("case.decision-missing", () => Case(E(CaseKinds.Triaged, s_ada, "possible"), E(CaseKinds.Decided, s_ada, "no")));
        Refused("case.danger-missing", () => Case(E(CaseKinds.Triaged, s_ada, "fine")));
        Refused("case.not-decided", () => Case(E(CaseKinds.ReviewAsked)));
        var unfounded = Case(E(CaseKinds.Triaged, s_ada, "none-seen"), E(CaseKinds.Decided, s_ada, "unfounded"));
        Refused("case.not-founded", () => unfounded.After(E(CaseKinds.PathOpened, s_ada, "general"), s_conduct));
        Refused("case.not-under-review", () => unfounded.After(E(CaseKinds.ReviewEnded, s_ole, "upheld"), s_conduct));
        var review = unfounded.After(E(CaseKinds.ReviewAsked), s_conduct);
        Refused("case.under-review", () => review.After(E(CaseKinds.ReviewAsked), s_conduct));
        Refused("case.under-review", () => review.After(E(CaseKinds.Closed, s_ada, "same"), s_conduct));
        Refused("case.review-own", () => review.After(E(CaseKinds.ReviewEnded, s_ada, "upheld"), s_conduct));
        Assert.Equal("unfounded", review.After(E(CaseKinds.ReviewEnded, s_ole, "upheld"), s_conduct).Decision);
        // How they were treated, only the reporter says: once it is decided, also when it is closed, and again.
        Refused("case.not-decided", () => Case(E(CaseKinds.Rated, word: "well")));
        Refused("case.reporter-only", () => unfounded.After(E(CaseKinds.Rated, s_ada, "well"), s_conduct));
        Refused("case.rating-missing", () => unfounded.After(E(CaseKinds.Rated, word: "fine"), s_conduct));
        var rated = unfounded.After(E(CaseKinds.Closed, s_ada, "same"), s_conduct).After(E(CaseKinds.Rated, word: "badly"), s_conduct);
        Assert.Equal(("badly", "same"), (rated.Rating, rated.ClosedAs));
        Assert.Equal(["well", "partly"], new[] { "well", "partly" }.Select(w => rated.After(E(CaseKinds.Rated, word: w), s_conduct).Rating));
        Assert.Equal("", unfounded.Rating);
        var changed = review.After(E(CaseKinds.ReviewEnded, s_ole, "changed"), s_conduct);
        Assert.True(changed.IsFounded);
        // What is founded is not closed without remedy.
        Refused("case.no-remedy", () => changed.After(E(CaseKinds.Closed, s_ada, "same"), s_conduct));
        Assert.Equal("same", unfounded.After(E(CaseKinds.Closed, s_ada, "same"), s_conduct).ClosedAs);
    }

    [Fact]
    public void To_destroy_the_keys_takes_two()
    {
        var closed = Case(E(CaseKinds.Triaged, s_ada, "none-seen"), E(CaseKinds.Decided, s_ada, "unfounded"), E(CaseKinds.Closed, s_ada, "same"));
        Refused("case.still-open", () => Case(E(CaseKinds.PurgeAsked, s_ada)));
        Refused("case.purge-not-asked", () => closed.After(E(CaseKinds.Purged, s_ole), s_conduct));
        var asked = closed.After(E(CaseKinds.PurgeAsked, s_ada), s_conduct);
        Refused("case.purge-own", () => asked.After(E(CaseKinds.Purged, s_ada), s_conduct));
        var purged = asked.After(E(CaseKinds.Purged, s_ole), s_conduct);
        Assert.True(purged.IsPurged);
        Refused("case.purged", () => purged.After(E(CaseKinds.ReviewAsked), s_conduct));
        // Opened again, it must be asked for anew.
        Refused("case.still-open", () => asked.After(E(CaseKinds.Reopened, s_ada), s_conduct).After(E(CaseKinds.Purged, s_ole), s_conduct));
    }

    [Fact]
    public void Steps_that_concern_people_need_their_consent()
    {
        var state = Founded().After(E(CaseKinds.PathOpened, s_ada, "forced-labour"), s_conduct);
        Refused("case.path-twice", () => state.After(E(CaseKinds.PathOpened, s_ada, "forced-labour"), s_conduct));
        Refused("case.path-missing", () => state.After(E(CaseKinds.PathOpened, s_ada, "nowhere"), s_conduct));
        Refused("case.step-missing", () => state.After(E(CaseKinds.StepDone, s_ada, "forced-labour-refer"), s_conduct));
        Refused("case.evidence-missing", () => state.After(E(CaseKinds.StepDone, s_ada, "forced-labour-danger", words: false), s_conduct));
        Refused("case.step-not-done", () => state.After(E(CaseKinds.StepVerified, s_ole, "forced-labour-danger"), s_conduct));
        state = state.After(E(CaseKinds.StepDone, s_ada, "forced-labour-danger"), s_conduct);
        Refused("case.step-done", () => state.After(E(CaseKinds.StepDone, s_ada, "forced-labour-danger"), s_conduct));
        state = state.After(E(CaseKinds.StepVerified, s_ole, "forced-labour-danger"), s_conduct);
        Refused("case.consent-missing", () => state.After(E(CaseKinds.StepDone, s_ada, "forced-labour-refer"), s_conduct));
        Assert.NotNull(state.After(E(CaseKinds.Consent, word: "refer-to-help", until: new LocalDate(2027, 1, 1)), s_conduct).After(E(CaseKinds.StepDone, s_ada, "forced-labour-refer"), s_conduct));
        Assert.Equal("forced-labour-refer", Assert.Single(state.StepsDue("NO")).Step.Step.Id);
    }

    [Fact]
    public void The_first_event_is_the_report_and_no_other_is()
    {
        Refused("case.not-received", () => CaseState.Of([E(CaseKinds.Acknowledged)], s_conduct));
        Refused("case.not-received", () => Case(E(CaseKinds.Received, word: "worker")));
        Refused("case.unknown", () => Case(E("invented", s_ada)));
        Refused("case.before-last", () => Case(E(CaseKinds.Feedback, s_ada) with { At = s_start - Duration.FromDays(1) }));
        Refused("case.still-open", () => Case(E(CaseKinds.Reopened, s_ada)));
        Refused("case.person-missing", () => Case(E(CaseKinds.Assigned, s_ada)));
        Refused("case.harm-missing", () => Case(E(CaseKinds.Classified, s_ada, "nothing")));
        Refused("case.retaliation-missing", () => Case(E(CaseKinds.RetaliationAssessed, s_ada, "nothing")));
    }

    private static Clock? ClockOf(CaseState state, string id, Instant now) => state.Clocks(s_conduct, "NO", now).FirstOrDefault(c => c.Rule.Id == id);

    [Fact]
    public void Seven_days_three_months()
    {
        var received = CaseState.Of([new CaseEvent(CaseKinds.Received, s_start, null, "worker")], s_conduct);
        var seven = Deadline.EndOf(new LocalDate(2026, 3, 9), Place.Of("NO"));
        Assert.Equal(seven, ClockOf(received, "case-acknowledge", s_start)!.Due);
        Assert.Null(ClockOf(received, "case-feedback", s_start));
        // Nobody acknowledged: the three months run from the end of the seven days (2019/1937, 9(1)(f)).
        Assert.Equal(Deadline.EndOf(new LocalDate(2026, 6, 10), Place.Of("NO")), ClockOf(received, "case-feedback", seven + Duration.FromDays(1))!.Due);
        Assert.True(ClockOf(received, "case-acknowledge", seven + Duration.FromDays(1))!.IsLate);
        var acknowledged = received.After(new CaseEvent(CaseKinds.Acknowledged, s_start + Duration.FromHours(1), null), s_conduct);
        Assert.Equal(Deadline.EndOf(new LocalDate(2026, 6, 2), Place.Of("NO")), ClockOf(acknowledged, "case-feedback", s_start + Duration.FromDays(1))!.Due);
        Assert.Null(ClockOf(acknowledged, "case-review", s_start + Duration.FromDays(1)));
        Assert.Null(ClockOf(acknowledged, "case-authority-far", s_start + Duration.FromDays(1)));
        Assert.NotNull(Founded().Clocks(s_conduct, "US", s_start + Duration.FromDays(9)).FirstOrDefault(c => c.Rule.Id == "case-authority-far"));
        Assert.Contains(acknowledged.Clocks(s_conduct, "NO", s_start + Duration.FromDays(1), channelIsExternal: true), c => c.Rule.Id == "case-feedback-justified");
    }

    private static readonly Gen<(int Kind, int By, int Word, int Person, bool Words, int About)[]> s_any = Gen.Select(Gen.Int[0, 20], Gen.Int[0, 3], Gen.Int[0, 40], Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 3]).Array[0, 60];

    /// <summary>Whatever is tried in whatever order: what must never be, never is.</summary>
    [Fact]
    public void No_order_of_events_breaks_the_rules()
    {
        var kinds = typeof(CaseKinds).GetFields().Select(f => (string)f.GetValue(null)!).ToArray();
        string[] words = ["immediate", "possible", "none-seen", "low", "better", "same", "upheld", "changed", .. CaseState.Decisions, .. CaseState.Purposes, .. CaseState.Harms.Take(3), .. s_conduct.Paths, .. s_conduct.Steps.Select(s => s.Id)];
        Guid?[] people = [null, s_ada, s_ole, s_named];
        s_any.Sample(tries =>
        {
            var state = Case(E(CaseKinds.Triaged, s_ada, "possible"), E(CaseKinds.Decided, s_ada, "founded"), E(CaseKinds.PathOpened, s_ada, "general"), E(CaseKinds.Recused, s_ada, "named", s_named));
            foreach (var (t, i) in tries.Select((t, i) => (t, i)))
            {
                try
                {
                    state = state.After(new CaseEvent(kinds[t.Kind % kinds.Length], s_start + Duration.FromDays(2) + Duration.FromHours(i), people[t.By], words[t.Word % words.Length], people[t.Person + 1], t.Words, new LocalDate(2026, 3, 6), $"c{t.About}"), s_conduct);
                }
                catch (RefusedException)
                {
                    continue;
                }
            }

            Assert.DoesNotContain(s_named, state.Handlers);
            Assert.DoesNotContain(state.Events, e => e.By == s_named);
            Assert.All(state.Steps.Where(s => s.VerifiedAt is not null), s => Assert.NotEqual(s.DoneBy, state.Events.First(e => e.Kind == CaseKinds.StepVerified && e.Word == s.Step.Id).By));
            Assert.All(state.Events.Where(e => e.Kind == CaseKinds.Disclosed), d => Assert.True(state.Consents.Any(c => c.Purpose == d.Word) || d.Word == "tell-authority"));
            Assert.True(state.IsOpen || !state.IsFounded || state.Steps.All(s => s.VerifiedAt is not null) || state.Events.Last(e => e.Kind is CaseKinds.Closed or CaseKinds.ReviewEnded).Kind == CaseKinds.ReviewEnded);
            Assert.Equal(state.Decision, CaseState.Of(state.Events, s_conduct).Decision);
        }, iter: 3000);
    }

    /// <summary>The words of the vocabulary, each of which the state machine takes, and no other.</summary>
    [Fact]
    public void Words_are_those_of_the_vocabulary()
    {
        var triaged = Case(E(CaseKinds.Triaged, s_ada, "possible"));
        void Takes(Func<CaseState> from, string kind, string refusal, params string[] words)
        {
            foreach (var word in words)
            {
                Assert.NotNull(from().After(E(kind, s_ada, word, until: new LocalDate(2027, 1, 1)), s_conduct));
            }

            Refused(refusal, () => from().After(E(kind, s_ada, "", until: new LocalDate(2027, 1, 1)), s_conduct));
        }

        Takes(() => triaged, CaseKinds.Triaged, "case.danger-missing", "immediate", "possible", "none-seen");
        Takes(() => triaged, CaseKinds.RetaliationAssessed, "case.retaliation-missing", "high", "some", "low");
        Takes(() => triaged, CaseKinds.Decided, "case.decision-missing", [.. CaseState.Decisions]);
        Takes(() => triaged, CaseKinds.Consent, "case.purpose-missing", [.. CaseState.Purposes]);
        Takes(() => triaged, CaseKinds.Classified, "case.harm-missing", [.. CaseState.Harms]);
        Takes(() => triaged.After(E(CaseKinds.Decided, s_ada, "unfounded"), s_conduct), CaseKinds.Closed, "case.better-missing", "better", "same", "worse", "not-known");
        Assert.Equal("immediate possible none-seen, high some low, better same worse not-known, upheld changed", string.Join(", ", new[] { CaseState.Dangers, CaseState.Retaliations, CaseState.Ends, CaseState.ReviewEnds }.Select(l => string.Join(' ', l))));
        Assert.Equal("founded partly-founded unfounded out-of-scope", string.Join(' ', CaseState.Decisions));
        Assert.Equal("tell-buyer tell-supplier tell-authority refer-to-help identity publish", string.Join(' ', CaseState.Purposes));
        Assert.Equal("recruitment-fees wages documents-kept movement violence debt deception working-hours living-conditions child-labour retaliation other", string.Join(' ', CaseState.Harms));
        Assert.Equal("what where when who danger want secret", string.Join(' ', ReportQuestions.All));
        Assert.Equal([true, true, false, false], CaseState.Decisions.Select(d => triaged.After(E(CaseKinds.Decided, s_ada, d), s_conduct).IsFounded));
        Assert.Equal("events", Assert.Throws<ArgumentNullException>(() => CaseState.Of(null!, s_conduct)).ParamName);
        Assert.Equal("e", Assert.Throws<ArgumentNullException>(() => triaged.After(null!, s_conduct)).ParamName);
        Assert.Equal("conduct", Assert.Throws<ArgumentNullException>(() => triaged.After(E(CaseKinds.Feedback, s_ada), null!)).ParamName);
        Assert.Equal("conduct", Assert.Throws<ArgumentNullException>(() => triaged.Clocks(null!, "NO", s_start)).ParamName);
    }

    [Fact]
    public void A_review_ends_in_one_of_two_ways_with_reasons_by_somebody_else()
    {
        var asked = Founded().After(E(CaseKinds.ReviewAsked), s_conduct);
        Refused("case.words-missing", () => asked.After(E(CaseKinds.ReviewEnded, s_ole, "upheld", words: false), s_conduct));
        Refused("case.decision-missing", () => asked.After(E(CaseKinds.ReviewEnded, s_ole, "perhaps"), s_conduct));
        Refused("case.review-own", () => asked.After(E(CaseKinds.ReviewEnded, s_ada, "upheld"), s_conduct));
        var upheld = asked.After(E(CaseKinds.ReviewEnded, s_ole, "upheld"), s_conduct);
        Assert.Equal(("founded", s_ada, false), (upheld.Decision, upheld.DecidedBy, upheld.UnderReview));
        var changed = asked.After(E(CaseKinds.ReviewEnded, s_ole, "changed"), s_conduct);
        Assert.Equal(("unfounded", s_ole), (changed.Decision, changed.DecidedBy));
        // Somebody from outside the team may look again, and may be the one to look at a step.
        Assert.NotNull(asked.After(E(CaseKinds.ReviewEnded, Guid.NewGuid(), "upheld"), s_conduct));
        var unfounded = Case(E(CaseKinds.Triaged, s_ada, "possible"), E(CaseKinds.Decided, s_ada, "unfounded"), E(CaseKinds.ReviewAsked)).After(E(CaseKinds.ReviewEnded, s_ole, "changed"), s_conduct);
        Assert.Equal("founded", unfounded.Decision);
        // The clock of the review runs once one was asked for, and is seen after it ended.
        bool Reviewed(CaseState state) => state.Clocks(s_conduct, "NO", s_start + Duration.FromDays(30)).Any(c => c.Rule.Id == "case-review");
        Assert.Equal([false, true, true], new[] { Founded(), asked, upheld }.Select(Reviewed));
        Refused("case.not-decided", () => Case(E(CaseKinds.Triaged, s_ada, "possible")).After(E(CaseKinds.Closed, s_ada, "same"), s_conduct));
        Refused("case.person-missing", () => Founded().After(E(CaseKinds.Assigned, s_ada), s_conduct));
        Refused("case.person-missing", () => Founded().After(E(CaseKinds.Recused, s_ada), s_conduct));
    }

    [Fact]
    public void Of_two_consents_and_two_paths_each_stands_for_itself()
    {
        var day = new LocalDate(2027, 1, 1);
        var state = Founded().After(E(CaseKinds.Consent, word: "tell-buyer", until: day), s_conduct).After(E(CaseKinds.Consent, word: "tell-supplier", until: day), s_conduct).After(E(CaseKinds.ConsentWithdrawn, about: "c2"), s_conduct);
        Assert.Equal([true, false], state.Consents.Select(c => c.WithdrawnAt is null));
        Assert.True(state.MayDisclose("tell-buyer", s_start));
        // One that is there can be taken back though another is not.
        Assert.Equal([false, false], state.After(E(CaseKinds.ConsentWithdrawn, about: "c1"), s_conduct).Consents.Select(c => c.WithdrawnAt is null));
        var paths = s_conduct.Paths.Take(2).ToArray();
        state = state.After(E(CaseKinds.PathOpened, s_ada, paths[0]), s_conduct).After(E(CaseKinds.PathOpened, s_ada, paths[1]), s_conduct);
        var second = state.Steps[1].Step.Id;
        state = state.After(E(CaseKinds.StepDone, s_ada, second), s_conduct);
        Assert.Equal([false, true], state.Steps.Select(s => s.DoneAt is not null));
        state = state.After(E(CaseKinds.StepVerified, s_ole, second), s_conduct);
        Refused("case.step-done", () => state.After(E(CaseKinds.StepVerified, s_ole, second), s_conduct));
        Refused("case.step-done", () => state.After(E(CaseKinds.StepDone, s_ada, second), s_conduct));
    }

    [Fact]
    public void Clocks_come_in_the_order_of_their_days_and_what_is_closed_waits_for_nobody()
    {
        var silent = CaseState.Of([new(CaseKinds.Received, s_start, null, "worker"), new(CaseKinds.Assigned, s_start, null, "by-rule", s_ada)], s_conduct);
        var end = Deadline.Of(s_start, s_conduct.Clocks.Single(c => c.Id == "case-acknowledge").Limit, Place.Of("DE"));
        bool Feedback(Instant now) => silent.Clocks(s_conduct, "DE", now).Any(c => c.Rule.Id == "case-feedback");
        // The three months run from the end of the seven days, to the moment.
        Assert.Equal([false, true], new[] { end - Duration.FromMilliseconds(1), end }.Select(Feedback));
        var clocks = silent.Clocks(s_conduct, "DE", end + Duration.FromDays(1));
        Assert.Equal(clocks.OrderBy(c => c.Due), clocks);
        Assert.Equal(end, clocks.Single(c => c.Rule.Id == "case-feedback").Start.At);
        Assert.Empty(CaseState.Of([], s_conduct).Clocks(s_conduct, "DE", end));
        var closed = Case(E(CaseKinds.Triaged, s_ada, "possible"), E(CaseKinds.Decided, s_ada, "unfounded"), E(CaseKinds.Closed, s_ada, "same"));
        Assert.All(closed.Clocks(s_conduct, "DE", end), c => Assert.NotNull(c.Done));
        Assert.NotEmpty(closed.Clocks(s_conduct, "DE", end));
    }
}
