using Palermo.Knowledge;
using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Rules;
using Palermo.Knowledge.Words;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Explaining;

namespace Palermo.Prevent.Checking;

/// <summary>What a draft does about a measure.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Demands">Demands for it that bind; none if nothing binding asks.</param>
/// <param name="Passages">Passages that do it, with what showed it: the id of a text, or the words recognised.</param>
/// <param name="Texts">Ids of texts of the library that would do it.</param>
public sealed record MeasureInDraft(Measure Measure, IReadOnlyList<BoundDemand> Demands, IReadOnlyList<(DraftPassage Passage, string ShownBy)> Passages, IReadOnlyList<string> Texts);

/// <summary>What was found in a draft.</summary>
/// <param name="Covered">Measures that bind and that the draft has.</param>
/// <param name="Missing">Measures that bind and that were not found.</param>
/// <param name="Open">Measures that a rule only permits, such as a discretionary ground, and that were not found.</param>
/// <param name="NotRequired">Measures that the draft has and nothing binding asks for: the buyer ties them to the subject-matter.</param>
/// <param name="Elsewhere">Measures that bind and are done outside the documents: an assessment, a report.</param>
/// <param name="OpenPlaces">Fill-ins still open.</param>
public sealed record DraftFindings(IReadOnlyList<MeasureInDraft> Covered, IReadOnlyList<MeasureInDraft> Missing, IReadOnlyList<MeasureInDraft> Open, IReadOnlyList<MeasureInDraft> NotRequired, IReadOnlyList<MeasureInDraft> Elsewhere, IReadOnlyList<string> OpenPlaces);

/// <summary>
/// Reads a draft against the rules that bind. A passage shows a measure if it was drawn up from a text that carries it and
/// still says something, or by words of data/clauses/recognition.csv. What is not found may be there in other words: a
/// reason to look, no verdict on the draft.
/// </summary>
public sealed class DraftCheck
{
    private const int ShortestText = 40; // fewer letters in a tagged passage are what is left of a deleted one
    private static readonly string[] s_parts = ["exclusion", "selection", "award", "contract", "plan", "certificate", "notice"];
    private readonly ClauseLibrary _clauses;
    private readonly MeasureList _measures;
    private readonly (string Measure, string Phrase, string[] Stems)[] _phrases;

    /// <summary>Prepares a check.</summary>
    public DraftCheck(ClauseLibrary clauses, MeasureList measures, Catalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        _clauses = clauses;
        _measures = measures;
        var table = catalogue.Tables.First(t => t.Name == "clauses/recognition");
        _phrases = [.. Enumerable.Range(0, table.Count).Select(r => (table[r, "measure"], table[r, "phrase"], table[r, "phrase"].Split('&', StringSplitOptions.TrimEntries).Select(s => " " + Folding.Fold(s).Trim()).ToArray()))];
    }

    /// <summary>Checks a draft.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="ruling">Which rules bind; null if nothing is known of the tender: then every measure found is one that nothing is known to require.</param>
    public DraftFindings Check(DraftText draft, Ruling? ruling)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var bound = ruling is null ? [] : BoundDemand.Of(ruling);
        var found = Recognise(draft);
        List<MeasureInDraft> covered = [], missing = [], open = [], extra = [], elsewhere = [];
        foreach (var measure in _measures.All)
        {
            var demands = bound.Where(b => b.Demand.Use.Id == measure.Id).ToArray();
            var passages = found.TryGetValue(measure.Id, out var some) ? some : [];
            var texts = _clauses.Blocks.Where(b => s_parts.Contains(b.Part) && b.Choice.Measures.Contains(measure.Id)).Select(b => b.Id).ToArray();
            var result = new MeasureInDraft(measure, demands, passages, texts);
            if (Array.Exists(demands, d => d.Asks))
            {
                (passages.Count > 0 ? covered : texts.Length == 0 ? elsewhere : Array.TrueForAll(demands, d => d.Demand.Strength == Strength.May) ? open : missing).Add(result);
            }
            else if (passages.Count > 0)
            {
                extra.Add(result);
            }
        }

        return new DraftFindings(covered, missing, open, extra, elsewhere, draft.OpenPlaces);
    }

    private Dictionary<string, List<(DraftPassage, string)>> Recognise(DraftText draft)
    {
        var found = new Dictionary<string, List<(DraftPassage, string)>>(StringComparer.Ordinal);
        void Add(string measure, DraftPassage passage, string shownBy)
        {
            var list = found.TryGetValue(measure, out var there) ? there : found[measure] = [];
            if (!list.Exists(l => l.Item1.Number == passage.Number || (passage.Block.Length > 0 && l.Item1.Block == passage.Block)))
            {
                list.Add((passage, shownBy));
            }
        }

        foreach (var passage in draft.Passages.Where(p => !p.IsHeading))
        {
            if (passage.Block.Length > 0 && passage.Text.Length >= ShortestText && _clauses.Blocks.FirstOrDefault(b => b.Id == passage.Block) is { } block)
            {
                foreach (var measure in block.Choice.Measures)
                {
                    Add(measure, passage, passage.Block);
                }

                continue; // what a text of ours mentions by the way is not what it is for
            }

            if (passage.Block.Length > 0)
            {
                continue;
            }

            var folded = " " + Folding.Fold(passage.Heading) + " " + Folding.Fold(passage.Text) + " ";
            foreach (var (measure, phrase, stems) in _phrases)
            {
                if (Array.TrueForAll(stems, s => folded.Contains(s, StringComparison.Ordinal)))
                {
                    Add(measure, passage, $"\"{phrase.Replace(" & ", " … ", StringComparison.Ordinal)}\"");
                }
            }
        }

        return found;
    }
}
