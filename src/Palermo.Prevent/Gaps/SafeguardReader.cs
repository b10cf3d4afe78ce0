using System.Text;
using Palermo.Knowledge;
using Palermo.Knowledge.Rules;
using Palermo.Knowledge.Words;
using Palermo.Procurement;

namespace Palermo.Prevent.Gaps;

/// <summary>Looks in a publication for the signals of measures. One for each thread.</summary>
public sealed class SafeguardReader
{
    /// <summary>Signals that a measure may name, in the order of <see cref="Read"/>.</summary>
    internal static readonly string[] Signals = ["exclusion-ground", "breach-ground", "exclusion-ground-espd", "performance-terms", "social-objective", "selection-criterion", "supply-chain-criterion", "planning-risk"];

    private readonly (string Signal, string Folded)[] _phrases;
    private readonly (Shown Status, string Evidence)[] _found = new (Shown, string)[Signals.Length];

    /// <summary>Prepares a reader.</summary>
    public SafeguardReader(Catalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        var table = catalogue.Tables.First(t => t.Name == "safeguards/phrases");
        _phrases = [.. Enumerable.Range(0, table.Count).Select(r => (table[r, "signal"], Folding.Fold(table[r, "phrase"])))];
    }

    /// <summary>Reads all signals of a publication; ask for them with <see cref="Of"/>.</summary>
    public void Read(ContractingProcess process)
    {
        ArgumentNullException.ThrowIfNull(process);
        var published = process.Safeguards;
        // eForms has a place for each of these; other publications only where they use it.
        var isNotice = process.Ocid.Value.StartsWith("eforms-", StringComparison.Ordinal);
        var ground = Phrase(published.Texts, "exclusion-ground");
        Set(0, Ground(published, isNotice, ground, "exg-crim-traffick"u8, "human-traffic"u8));
        Set(1, Ground(published, isNotice, null, "exg-mis-bre-lab-law"u8, "labour-law"u8));
        Set(2, published.ExclusionGroundSources.Exists(s => s.Is("epo-acc-espd-request"u8)) ? (Shown.Shown, "the notice points to an ESPD request, which asks for self-cleaning") : (Shown.CannotBeSeen, "self-cleaning is asked for in the ESPD, not in a notice"));
        var clause = Phrase(published.Texts, "labour-clause");
        Set(3, clause is not null ? (Shown.Shown, clause)
            : published.HasPerformanceTerms ? (Shown.NotShown, "terms of performance are published; none was recognised that speaks of it")
            : (Shown.CannotBeSeen, "no terms of performance are published; the contract documents may have them"));
        Set(4, Goal(published) is { } goal ? (Shown.Shown, goal)
            : isNotice || published.Goals.Count > 0 ? (Shown.NotShown, "no social objective of human rights or working conditions is stated (BT-775)")
            : (Shown.CannotBeSeen, "the publication has no field for social objectives"));
        Set(5, published.SelectionCriteria.Count > 0 && clause is not null ? (Shown.Shown, clause)
            : published.SelectionCriteria.Count > 0 ? (Shown.NotShown, "selection criteria are published; none was recognised that speaks of it")
            : (Shown.CannotBeSeen, "no selection criteria are published; the documents may have them"));
        Set(6, published.SelectionCriteria.Exists(c => c.Is("slc-abil-mgmt-supply"u8)) ? (Shown.Shown, "selection criterion slc-abil-mgmt-supply (supply chain management)")
            : published.SelectionCriteria.Count > 0 ? (Shown.NotShown, "selection criteria are published; supply chain management is not among them")
            : (Shown.CannotBeSeen, "no selection criteria are published; the documents may have them"));
        Set(7, (Shown.CannotBeSeen, "an assessment of risk is kept in the buyer's file"));
    }

    /// <summary>What was read of a measure; null if no signal of it is known.</summary>
    public (Shown Status, string Evidence)? Of(Measure measure) => Of(PlacesOf(measure));

    /// <summary>The places of a measure's signals among those that are read.</summary>
    internal static int[] PlacesOf(Measure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return [.. measure.Appearance.Signals.Select(s => Array.IndexOf(Signals, s))];
    }

    /// <summary>The same for who asks of millions of publications.</summary>
    /// <param name="places">As of <see cref="PlacesOf"/>.</param>
    internal (Shown Status, string Evidence)? Of(int[] places)
    {
        (Shown Status, string Evidence)? best = null;
        foreach (var place in places)
        {
            if (best is null || _found[place].Status < best.Value.Status)
            {
                best = _found[place];
            }
        }

        return best;
    }

    private void Set(int signal, (Shown, string) found) => _found[signal] = found;

    private static (Shown, string) Ground(Safeguards published, bool isNotice, string? phrase, ReadOnlySpan<byte> code, ReadOnlySpan<byte> older)
    {
        foreach (var ground in published.ExclusionGrounds)
        {
            if (ground.Is(code) || ground.Is(older))
            {
                return (Shown.Shown, $"exclusion ground {Encoding.UTF8.GetString(code)}");
            }
        }

        if (phrase is not null)
        {
            return (Shown.Shown, phrase);
        }

        foreach (var source in published.ExclusionGroundSources)
        {
            if (!source.Is("epo-notice"u8))
            {
                return (Shown.CannotBeSeen, source.Is("epo-acc-espd-request"u8) ? "the notice says that the grounds stand in an ESPD request" : "the notice says that the grounds stand in the procurement documents");
            }
        }

        return published.ExclusionGrounds.Count > 0 ? (Shown.NotShown, "exclusion grounds are listed; this one is not among them")
            : isNotice ? (Shown.NotShown, "the notice states no exclusion grounds and not where they stand (BT-67, BT-806)")
            : (Shown.CannotBeSeen, "the publication has no field for exclusion grounds");
    }

    private static string? Goal(Safeguards published)
    {
        foreach (var goal in published.Goals)
        {
            // The code list of the profile and that of the extension spell it differently; both are read.
            if (goal.Is("social.humanRightsInSupplyChains"u8) || goal.Is("social.humanRightsInSupplyChain"u8) || goal.Is("social.laborRightsPromotion"u8))
            {
                return $"goal {goal}";
            }
        }

        return null;
    }

    private string? Phrase(List<Passage> texts, string signal)
    {
        foreach (var passage in texts)
        {
            var folded = " " + Folding.Fold(passage.Text.ToString()) + " ";
            foreach (var (of, phrase) in _phrases)
            {
                // A stem may go on ("ihmiskaup-pa"), a phrase begins where a word does.
                if (of == signal && folded.Contains(" " + phrase, StringComparison.Ordinal))
                {
                    return $"{passage.Path} says \"{phrase}\"";
                }
            }
        }

        return null;
    }
}
