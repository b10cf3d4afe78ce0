using System.Globalization;
using Palermo.Knowledge.Clauses;
using Palermo.Prevent.Drafting.Model;

namespace Palermo.Prevent.Drafting;

/// <summary>Everything a tender needs on this subject: what was chosen, why, and the documents made of it.</summary>
public sealed record TenderPack
{
    /// <summary>What it was drawn up from.</summary>
    public required DraftInput Input { get; init; }

    /// <summary>The risk.</summary>
    public required RiskView Risk { get; init; }

    /// <summary>True if the light form was used.</summary>
    public required bool IsLight { get; init; }

    /// <summary>Demands of the regimes that bind.</summary>
    public required IReadOnlyList<BoundDemand> Demands { get; init; }

    /// <summary>Texts chosen.</summary>
    public required IReadOnlyList<ChosenText> Texts { get; init; }

    /// <summary>The questionnaire.</summary>
    public required Questionnaire Questionnaire { get; init; }

    /// <summary>What falls due.</summary>
    public required IReadOnlyList<CalendarItem> Calendar { get; init; }

    /// <summary>Fill-ins with their values.</summary>
    public required IReadOnlyDictionary<string, ResolvedFillIn> FillIns { get; init; }

    /// <summary>What the buyer should weigh: a demand beyond the risk, a value laxer than a rule.</summary>
    public required IReadOnlyList<DraftWarning> Warnings { get; init; }

    /// <summary>The documents: risk brief, officer's file, bidding documents, notice to workers.</summary>
    public IReadOnlyList<DraftDocument> Documents { get; init; } = [];

    /// <summary>Draws up a pack.</summary>
    /// <exception cref="ArgumentException">The language is not there, a text of <see cref="DraftInput.Include"/> does not exist, or a fill-in does not fit.</exception>
    public static TenderPack Draft(DraftInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check(input);
        var words = new Words(input.Clauses.Languages[input.Language], input.Catalogue);
        var risk = RiskView.Of(input);
        var light = input.Light ?? (risk is { Level: ChosenFrom.Low } && IsLowValue(input));
        var bound = BoundDemand.Of(input.Ruling);
        var chooser = new TextChooser(input, risk, bound, light);
        var fillIns = FillInResolver.Resolve(input, bound);
        var texts = chooser.Texts();
        var scored = texts.Exists(t => t.Block.Id == "award.criterion");
        var questionnaire = Questionnaire.Of(chooser.Questions(), scored ? int.Parse(fillIns["award.weight"].Value!, CultureInfo.InvariantCulture) : 0, words);
        var pack = new TenderPack
        {
            Input = input,
            Risk = risk,
            IsLight = light,
            Demands = bound,
            Texts = texts,
            Questionnaire = questionnaire,
            Calendar = ContractCalendar.Of(input, chooser, fillIns, words),
            FillIns = fillIns,
            Warnings = Proportionality.Warn(input, risk, light, texts, questionnaire, fillIns),
        };
        return pack with { Documents = [new RiskBrief(pack, words).Write(), new OfficerFile(pack, words).Write(), new BiddingDocuments(pack, words).Write(), WorkerNotice.Write(pack, words)] };
    }

    /// <summary>The notice to workers in every language there is.</summary>
    public IReadOnlyList<DraftDocument> Notices() => [.. Input.Clauses.Languages.Values.Select(l => WorkerNotice.Write(this, new Words(l, Input.Catalogue)))];

    private static void Check(DraftInput input)
    {
        if (!input.Clauses.Languages.ContainsKey(input.Language))
        {
            throw new ArgumentException($"There are no texts in \"{input.Language}\"; there are {string.Join(", ", input.Clauses.Languages.Keys)}. A folder of data/clauses is a language.");
        }

        foreach (var id in input.Include.Concat(input.Exclude).Where(i => !input.Clauses.Blocks.Any(b => b.Id == i) && !input.Clauses.Questions.Any(q => q.Id == i)))
        {
            throw new ArgumentException($"There is no text \"{id}\". There are {string.Join(", ", input.Clauses.Blocks.Select(b => b.Id))}; and questions {string.Join(", ", input.Clauses.Questions.Select(q => q.Id))}.");
        }

        foreach (var (name, value) in input.Facts.FillIns)
        {
            var fillIn = input.Clauses.FillIns.FirstOrDefault(f => f.Id == name) ?? throw new ArgumentException($"There is no fill-in \"{name}\". There are {string.Join(", ", input.Clauses.FillIns.Select(f => f.Id))}.");
            if (FillInValue.Problem(fillIn, value) is { } problem)
            {
                throw new ArgumentException($"The fill-in {name}: {problem}");
            }
        }
    }

    private static bool IsLowValue(DraftInput input) =>
        input.Facts.Facts.TryGetValue("tender.value", out var value) && input.Clauses.LowValues.TryGetValue(value.Currency, out var low) && value.Number <= low;
}
