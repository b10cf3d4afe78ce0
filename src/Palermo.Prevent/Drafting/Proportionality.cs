using Palermo.Knowledge.Clauses;

namespace Palermo.Prevent.Drafting;

/// <summary>Something for the buyer to weigh.</summary>
/// <param name="Kind"><c>beyond-risk</c>, <c>no-rule</c>, <c>laxer-than-rule</c>, <c>left-out</c>, <c>light-at-risk</c> or <c>many-questions</c>.</param>
/// <param name="Subject">Text, question or fill-in it is about; blank if the pack as a whole.</param>
/// <param name="Detail">What a rule asks for, or a number; blank if nothing.</param>
public sealed record DraftWarning(string Kind, string Subject, string Detail);

/// <summary>Looks for demands that exceed the risk, and for what was weakened below a rule.</summary>
internal static class Proportionality
{
    private const int ManyQuestionsLight = 12;

    public static IReadOnlyList<DraftWarning> Warn(DraftInput input, RiskView risk, bool light, IReadOnlyList<ChosenText> texts, Questionnaire questionnaire, IReadOnlyDictionary<string, ResolvedFillIn> fillIns)
    {
        var warnings = new List<DraftWarning>();
        warnings.AddRange(texts.Where(t => t.Why == Reason.Buyer).Select(t => new DraftWarning("beyond-risk", t.Block.Id, "")));
        warnings.AddRange(questionnaire.Questions.Where(q => q.Why == Reason.Buyer).Select(q => new DraftWarning("beyond-risk", q.Question.Id, "")));
        // What only the risk calls for is lawful where it is tied to the subject-matter: the buyer says how.
        warnings.AddRange(texts.Where(t => t.Why == Reason.Risk && t.Block.Part is "selection" or "award").Where(t => t.Why == Reason.Risk).Select(t => new DraftWarning("no-rule", t.Block.Id, "")));
        warnings.AddRange(fillIns.Values.Where(f => f.Remark is not null).Select(f => new DraftWarning("laxer-than-rule", f.FillIn.Id, $"{f.Remark} ({string.Join(", ", f.Demands.Select(d => $"{d.Provision.Id}, {d.Provision.Citation}"))})")));
        foreach (var id in input.Exclude)
        {
            if (input.Clauses.Blocks.FirstOrDefault(b => b.Id == id) is { } block
                && BoundDemand.Of(input.Ruling).Where(d => d.Asks && block.Choice.Measures.Contains(d.Demand.Use.Id)).Select(d => $"{d.Demand.Provision.Id}, {d.Demand.Provision.Citation}").Distinct(StringComparer.Ordinal).ToArray() is { Length: > 0 } demanded)
            {
                warnings.Add(new DraftWarning("left-out", id, string.Join("; ", demanded)));
            }
        }

        if (light && risk.Level > ChosenFrom.Low)
        {
            warnings.Add(new DraftWarning("light-at-risk", "", ""));
        }

        if (light && questionnaire.Questions.Count > ManyQuestionsLight)
        {
            warnings.Add(new DraftWarning("many-questions", "", questionnaire.Questions.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return warnings;
    }
}
