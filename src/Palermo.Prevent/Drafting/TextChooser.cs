using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Rules;

namespace Palermo.Prevent.Drafting;

/// <summary>Why something stands in the documents.</summary>
public enum Reason
{
    /// <summary>A rule that binds asks for it.</summary>
    Rule,

    /// <summary>The level of risk or a kind of harm calls for it; no rule does.</summary>
    Risk,

    /// <summary>The buyer asked for it beyond rule and risk.</summary>
    Buyer,
}

/// <summary>A text that was chosen.</summary>
/// <param name="Block">The text.</param>
/// <param name="Why">Why.</param>
/// <param name="Demands">Demands it carries out; those that only permit it are among them.</param>
/// <param name="IsLight">True if its short form is used.</param>
public sealed record ChosenText(ClauseBlock Block, Reason Why, IReadOnlyList<BoundDemand> Demands, bool IsLight);

/// <summary>A question that was chosen.</summary>
/// <param name="Question">The question.</param>
/// <param name="Why">Why.</param>
/// <param name="Demands">Demands it serves.</param>
public sealed record ChosenQuestion(ClauseQuestion Question, Reason Why, IReadOnlyList<BoundDemand> Demands);

/// <summary>Chooses texts and questions by the rules that bind and by the risk.</summary>
internal sealed class TextChooser(DraftInput input, RiskView risk, IReadOnlyList<BoundDemand> bound, bool light)
{
    private const string OwnGround = "exclusion.own-policy";
    private const string Official = "contract.official-clauses";
    private static readonly string[] s_grounds = ["exclusion.conviction", "exclusion.breach", "exclusion.fine", "exclusion.missing-due-diligence"];
    private readonly string? _category = input.Facts.Facts.TryGetValue("procurement.category", out var category) ? category.Codes[0] : null;

    public List<ChosenText> Texts()
    {
        var chosen = new List<ChosenText>();
        foreach (var block in input.Clauses.Blocks.Where(b => !input.Exclude.Contains(b.Id, StringComparer.Ordinal)))
        {
            var demands = Demands(block.Choice);
            if (Choose(block.Choice, demands) is { } why && Fits(block))
            {
                chosen.Add(new ChosenText(block, why, demands, light && why != Reason.Rule && Text(block.Id).Light.Count > 0));
            }
            else if (input.Include.Contains(block.Id, StringComparer.Ordinal))
            {
                chosen.Add(new ChosenText(block, Reason.Buyer, demands, false));
            }
        }

        CoverWhatRulesAsk(chosen);

        // A ground of the buyer's own stands in only where no rule gives one.
        if (chosen.Exists(c => s_grounds.Contains(c.Block.Id)))
        {
            chosen.RemoveAll(c => c.Block.Id == OwnGround && c.Why != Reason.Buyer);
        }

        return chosen;
    }

    // A text made for other categories or sectors is better than none where a rule that binds asks for its measure.
    private void CoverWhatRulesAsk(List<ChosenText> chosen)
    {
        foreach (var measure in bound.Where(d => d.Asks && d.Demand.Strength != Strength.May).Select(d => d.Demand.Use.Id).Distinct(StringComparer.Ordinal))
        {
            var able = input.Clauses.Blocks.Where(b => b.Part != "brief" && b.Choice.Measures.Contains(measure, StringComparer.Ordinal) && Fits(b)).ToArray();
            if (able.Length > 0 && !chosen.Exists(c => c.Block.Part != "brief" && c.Block.Choice.Measures.Contains(measure, StringComparer.Ordinal)) && !Array.Exists(able, b => input.Exclude.Contains(b.Id, StringComparer.Ordinal)))
            {
                var at = chosen.FindIndex(c => c.Block.Order > able[0].Order);
                chosen.Insert(at < 0 ? chosen.Count : at, new ChosenText(able[0], Reason.Rule, Demands(able[0].Choice), false));
            }
        }
    }

    public List<ChosenQuestion> Questions()
    {
        var chosen = new List<ChosenQuestion>();
        foreach (var question in input.Clauses.Questions.Where(q => !input.Exclude.Contains(q.Id, StringComparer.Ordinal)))
        {
            var demands = Demands(question.Choice);
            // In the light form a small supplier is asked only what low risk asks; what a rule demands is demanded by its text.
            if (Choose(question.Choice, light ? [] : demands) is { } why)
            {
                chosen.Add(new ChosenQuestion(question, why, demands));
            }
            else if (input.Include.Contains(question.Id, StringComparer.Ordinal))
            {
                chosen.Add(new ChosenQuestion(question, Reason.Buyer, demands));
            }
        }

        return chosen;
    }

    public Reason? Choose(Choice choice, IReadOnlyList<BoundDemand> demands)
    {
        if ((_category is not null && choice.Categories.Count > 0 && !choice.Categories.Contains(_category, StringComparer.Ordinal))
            || (choice.Sectors.Count > 0 && !choice.Sectors.Intersect(risk.Sectors, StringComparer.Ordinal).Any()))
        {
            return null;
        }

        return demands.Any(d => d.Asks) ? Reason.Rule
            : choice.From <= risk.Level || choice.Harms.Intersect(risk.Harms, StringComparer.Ordinal).Any() ? Reason.Risk
            : null;
    }

    public IReadOnlyList<BoundDemand> Demands(Choice choice) => [.. bound.Where(d => choice.Measures.Contains(d.Demand.Use.Id, StringComparer.Ordinal))];

    // Official clauses are named only where a rule names some.
    private bool Fits(ClauseBlock block) => block.Id != Official || bound.Any(d => d.Demand.Provision is Obligation { Clauses.Count: > 0 });

    private ClauseText Text(string id) => input.Clauses.Languages[input.Language].Texts[id];
}
