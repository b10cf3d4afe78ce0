using Palermo.Identify.Indicators;
using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Bids;

/// <summary>
/// Judges what bidders returned: all by the same questions, the same rules and the same day. Free text is marked by
/// people; here it is only seen whether it is there. No outcome is a decision on a bidder.
/// </summary>
/// <param name="pack">The pack the bidders answered to.</param>
/// <param name="day">Day of the decision: look-backs end on it.</param>
public sealed class BidAssessor(TenderPack pack, DateOnly day)
{
    private static readonly Dictionary<string, (string Fact, string Date)> s_grounds = new(StringComparer.Ordinal)
    {
        ["human-traffic"] = ("supplier.conviction.trafficking.final", "supplier.conviction.trafficking.date"),
        ["labour-law"] = ("supplier.labourLawBreach.shown", "supplier.labourLawBreach.date"),
        ["socsec-law"] = ("supplier.labourLawBreach.shown", "supplier.labourLawBreach.date"),
    };

    /// <summary>Judges all bids of a lot.</summary>
    public IReadOnlyList<BidAssessment> Assess(IReadOnlyList<BidAnswers> bids, IReadOnlyList<Mark> marks, IReadOnlyList<BidDecision> decisions)
    {
        ArgumentNullException.ThrowIfNull(bids);
        ArgumentNullException.ThrowIfNull(marks);
        ArgumentNullException.ThrowIfNull(decisions);
        var engine = new RuleEngine(pack.Input.Rules);
        return [.. bids.Select(b => One(b, bids, [.. marks.Where(m => Same(m.Bidder, b.Bidder))], decisions.FirstOrDefault(d => Same(d.Bidder, b.Bidder)), engine))];
    }

    private static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    private BidAssessment One(BidAnswers bid, IReadOnlyList<BidAnswers> all, Mark[] marks, BidDecision? decision, RuleEngine engine)
    {
        var tests = new AnswerTests(bid);
        var answers = pack.Questionnaire.Questions.Select(q => Judge(q, bid, tests, marks)).ToArray();
        var asked = pack.Questionnaire.Questions.Select(q => q.Question.Id).ToHashSet(StringComparer.Ordinal);
        return new BidAssessment
        {
            Bid = bid,
            SameQuestionnaire = bid.Questionnaire.Length == 0 ? null : bid.Questionnaire == pack.Questionnaire.Hash,
            Answers = answers,
            NotAsked = [.. bid.Answers.Keys.Where(k => !asked.Contains(k)).Order(StringComparer.Ordinal)],
            Inconsistent = [.. pack.Input.Clauses.Consistency.Where(r => r.Tests.All(t => tests.Holds(t) == true)).DistinctBy(r => r.Id)],
            Grounds = Grounds(bid, tests, decision, engine),
            Admitted = [.. Admitted(bid, answers, tests)],
            OtherGrounds = [.. (bid.Espd?.Grounds ?? []).Where(g => g.Answer == true && !s_grounds.ContainsKey(g.Code)).Select(g => g.Name)],
            Score = Score(answers),
            LowPrices = LowPrices(bid, all, tests),
        };
    }

    private JudgedAnswer Judge(ChosenQuestion chosen, BidAnswers bid, AnswerTests tests, Mark[] marks)
    {
        var question = chosen.Question;
        var given = bid.Answers.GetValueOrDefault(question.Id);
        var text = given?.Text.Trim() ?? "";
        var own = marks.Where(m => m.Question == question.Id).ToArray();
        var asked = question.When is not { } when || tests.Holds(when) != false;
        if (!asked && text.Length == 0)
        {
            return new JudgedAnswer(chosen, AnswerState.NotAsked, "", false, question.Points > 0 ? 0 : null, own);
        }

        var state = AnswerValues.State(question.Answer, text, pack.Input.Catalogue);
        return new JudgedAnswer(chosen, state, text, asked && question.Evidence && state == AnswerState.Answered && given!.Evidence.Count == 0, Agreed(own), own);
    }

    // What was settled counts; else what all who marked agree on.
    private static int? Agreed(Mark[] marks) =>
        marks.FirstOrDefault(m => m.Evaluator.Equals("settled", StringComparison.OrdinalIgnoreCase)) is { } settled ? settled.Value
        : marks.Length > 0 && marks.All(m => m.Value == marks[0].Value) ? marks[0].Value : null;

    private decimal? Score(JudgedAnswer[] answers)
    {
        var scored = answers.Where(a => a.Question.Question.Points > 0).ToArray();
        return pack.Questionnaire.Weight == 0 || scored.Length == 0 || Array.Exists(scored, a => a.Mark is null) ? null
            : decimal.Round(scored.Sum(a => a.Question.Question.Points * a.Mark!.Value / (decimal)Questionnaire.HighestMark) / pack.Questionnaire.Points * pack.Questionnaire.Weight, 2);
    }

    private IReadOnlyList<JudgedGround> Grounds(BidAnswers bid, AnswerTests tests, BidDecision? decision, RuleEngine engine)
    {
        var facts = new Dictionary<string, FactValue>(pack.Input.Facts.Facts, StringComparer.Ordinal) { ["procedure.decisionDate"] = FactValue.Of(day) };
        foreach (var code in s_grounds.Keys)
        {
            Own(bid, tests, code, facts);
        }

        if (!facts.Keys.Any(k => k.StartsWith("supplier.", StringComparison.Ordinal)))
        {
            return [];
        }

        var found = new List<JudgedGround>();
        // Judged as if nothing were cleaned: what is open then is what the bidder is heard on.
        facts["supplier.selfCleaning.accepted"] = FactValue.Of(false);
        // Which regimes bind was settled on the day of the pack; how far back events count, on the day of the decision.
        var decided = Judged(engine, facts, day).ToDictionary(p => p.Pack.Id, StringComparer.Ordinal);
        foreach (var opened in Judged(engine, facts, pack.Input.Day).Where(p => p.Applies == Truth.True))
        {
            var ruling = decided[opened.Pack.Id] is { Applies: Truth.True } then ? then : opened;
            foreach (var judged in ruling.Provisions.Where(p => p.Provision is Determination { Kind: not "discretionary-remedy" } && p.Result != Truth.False))
            {
                var determination = (Determination)judged.Provision;
                // Only what the bidder's own answers point to: that other facts about it are unknown is no ground.
                if (judged.Result == Truth.Unknown && !judged.Needs.Any(n => n.EndsWith(".date", StringComparison.Ordinal) && facts.TryGetValue(n.Replace(".date", ".final", StringComparison.Ordinal), out var final) && final.IsTrue) && !judged.Needs.Any(n => n == "supplier.labourLawBreach.date" && facts.TryGetValue("supplier.labourLawBreach.shown", out var shown) && shown.IsTrue))
                {
                    continue;
                }

                var admitted = determination.Measures.All(m => m.Id != "no-self-cleaning");
                var state = judged.Result == Truth.Unknown ? GroundState.Unknown
                    : decision is null || !decision.Heard || (admitted && decision.SelfCleaning is null) ? GroundState.ToBeHeard
                    : admitted && decision.SelfCleaning == true ? GroundState.Cleaned
                    : GroundState.ToBeDecided;
                var reason = string.Join("; ", judged.Reason.Split("; ").Where(r => !r.StartsWith("supplier.selfCleaning.", StringComparison.Ordinal)));
                found.Add(new JudgedGround(ruling.Pack, determination, state, reason, judged.Needs));
            }
        }

        return found;
    }

    private IReadOnlyList<PackRuling> Judged(RuleEngine engine, Dictionary<string, FactValue> facts, DateOnly on)
    {
        var sheet = engine.NewSheet();
        sheet.Load(pack.Input.Facts with { Facts = facts, AsOf = on });
        return RulingMaker.Make(engine, sheet).Packs;
    }

    // The questionnaire and the ESPD ask for the same; where either says yes, it is looked at.
    private static void Own(BidAnswers bid, AnswerTests tests, string code, Dictionary<string, FactValue> facts)
    {
        var (fact, dateFact) = s_grounds[code];
        var espd = bid.Espd?.Grounds.FirstOrDefault(g => g.Code == code);
        var asked = code == "human-traffic" ? tests.YesNo("question.conviction") : tests.YesNo("question.breach");
        if (espd?.Answer is null && asked is null)
        {
            return;
        }

        var applies = espd?.Answer == true || asked == true;
        if (applies || !facts.ContainsKey(fact))
        {
            facts[fact] = FactValue.Of(applies);
        }

        if (espd?.Date is { } date)
        {
            facts[dateFact] = FactValue.Of(date);
        }
        else if (applies && code == "human-traffic" && tests.Day("question.conviction-date") is { } told)
        {
            facts[dateFact] = FactValue.Of(told);
        }
    }

    // Whatever the rules make of it, what a bidder says of itself is never passed over.
    private static IEnumerable<Admission> Admitted(BidAnswers bid, JudgedAnswer[] answers, AnswerTests tests) =>
        answers.Where(a => a is { Question.Question: { Kind: QuestionKind.Exclusion, Answer: AnswerType.YesNo } } && AnswerValues.YesNo(a.Text) == true)
            .Select(a => new Admission(a.Question.Question.Id, tests.Day(a.Question.Question.Id + "-date")))
            .Concat((bid.Espd?.Grounds ?? []).Where(g => g.Answer == true && s_grounds.ContainsKey(g.Code)).Select(g => new Admission("espd." + g.Code, g.Date)));

    private IReadOnlyList<LowPrice> LowPrices(BidAnswers bid, IReadOnlyList<BidAnswers> all, AnswerTests tests)
    {
        var found = new List<LowPrice>();
        if (bid.Price is not { } price || price <= 0)
        {
            return found;
        }

        var others = all.Where(o => !ReferenceEquals(o, bid) && o.Price > 0 && o.Currency == bid.Currency).Select(o => o.Price!.Value).Order().ToArray();
        if (others.Length >= LowBidLimits.FewestOthers)
        {
            var median = others.Length % 2 == 1 ? others[others.Length / 2] : (others[(others.Length / 2) - 1] + others[others.Length / 2]) / 2;
            if (price < LowBidLimits.OfOthers * median)
            {
                found.Add(new LowPrice("others", price, median, others, 0, 0, LowBidLimits.OfOthers));
            }
        }

        if (pack.Input.Facts.Facts.TryGetValue("tender.value", out var estimate) && estimate.Currency == bid.Currency && price < LowBidLimits.OfEstimate * estimate.Number)
        {
            found.Add(new LowPrice("estimate", price, estimate.Number, [], 0, 0, LowBidLimits.OfEstimate));
        }

        if (tests.Number("question.hours-offered") is { } hours && tests.Number("question.labour-cost") is { } cost && hours * cost > price)
        {
            found.Add(new LowPrice("labour", price, hours * cost, [], hours, cost, 1));
        }

        return found;
    }
}
