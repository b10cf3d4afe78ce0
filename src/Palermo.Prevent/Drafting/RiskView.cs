using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Knowledge.Clauses;

namespace Palermo.Prevent.Drafting;

/// <summary>The risk as documents need it: a level, the sectors concerned and the kinds of harm.</summary>
public sealed record RiskView
{
    /// <summary>low, medium or high.</summary>
    public required ChosenFrom Level { get; init; }

    /// <summary>How the level was set: <c>stated</c>, <c>screened</c>, <c>nothing-found</c> (judged, and nothing found: low until more is known) or <c>unknown</c> (medium is taken, as a precaution).</summary>
    public required string How { get; init; }

    /// <summary>Ids of the sectors that goods and services belong to.</summary>
    public required IReadOnlyList<string> Sectors { get; init; }

    /// <summary>Kinds of harm, the gravest first: <c>state-imposed</c>, <c>forced-child-labour</c>, <c>forced-labour</c>, <c>child-labour</c>, <c>bound-workers</c>, <c>labour-exploitation</c>.</summary>
    public required IReadOnlyList<string> Harms { get; init; }

    /// <summary>Findings, the most salient first, each subject once.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    private static readonly string[] s_harms = ["state-imposed", "forced-child-labour", "forced-labour", "child-labour", "bound-workers", "labour-exploitation"];

    internal static RiskView Of(DraftInput input)
    {
        var (level, how) = LevelOf(input);
        var findings = input.Assessment?.Findings ?? [];
        var sectors = new SortedSet<string>(StringComparer.Ordinal);
        var harms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in findings)
        {
            Read(input.Catalogue, finding, sectors, harms);
        }

        return new RiskView
        {
            Level = level,
            How = how,
            Sectors = [.. sectors],
            Harms = [.. s_harms.Where(harms.Contains)],
            Findings = [.. findings.DistinctBy(f => (f.Indicator, f.Subject, f.Country))],
        };
    }

    // What is stated by the buyer comes first; what can't be judged is not low.
    private static (ChosenFrom, string) LevelOf(DraftInput input)
    {
        if (input.Facts.Facts.TryGetValue("risk.level", out var stated))
        {
            var screened = input.Facts.Origins.TryGetValue("risk.level", out var origin) && origin == "palermo screen";
            return (stated.Codes[0] switch { "high" => ChosenFrom.High, "low" => ChosenFrom.Low, _ => ChosenFrom.Medium }, screened ? "screened" : "stated");
        }

        return input.Assessment is { Salience: Identify.Level.None } ? (ChosenFrom.Low, "nothing-found") : (ChosenFrom.Medium, "unknown");
    }

    private static void Read(Catalogue catalogue, Finding finding, SortedSet<string> sectors, HashSet<string> harms)
    {
        if (finding.Indicator is "listed-good" or "downstream-good" && catalogue.Goods.FirstOrDefault(g => g.Id == finding.Subject) is { } good)
        {
            AddGood(catalogue, good, finding, sectors, harms);
        }
        else if (catalogue.Sectors.FirstOrDefault(s => s.Id == finding.Subject) is { } sector)
        {
            sectors.Add(sector.Id);
            harms.Add(sector.Kind == "goods" ? "forced-labour" : sector.Severity == 3 ? "bound-workers" : "labour-exploitation");
        }
        else if (finding.Indicator == "import-measure")
        {
            harms.Add(finding.Severity == Severity.Gravest ? "state-imposed" : "forced-labour");
        }
        else if (finding.Indicator is "abnormally-low-bid" or "labour-chain" or "rush")
        {
            harms.Add("labour-exploitation");
        }
    }

    private static void AddGood(Catalogue catalogue, Good good, Finding finding, SortedSet<string> sectors, HashSet<string> harms)
    {
        if (good.Sector.Length > 0)
        {
            sectors.Add(good.Sector);
        }

        var listings = catalogue.ListingsOf[good.Index].Where(l => !l.Removed && (finding.Country.Length == 0 || l.Country == finding.Country)).Select(l => (l.ChildLabour, l.ForcedLabour, l.ForcedChildLabour, l.Country))
            .Concat(catalogue.DownstreamOf[good.Index].Where(d => finding.Country.Length == 0 || d.ProducingCountry == finding.Country || d.InputCountry == finding.Country).Select(d => (d.ChildLabour, d.ForcedLabour, false, Country: d.InputCountry)));
        foreach (var (child, forced, forcedChild, country) in listings)
        {
            if (forcedChild)
            {
                harms.Add("forced-child-labour");
            }

            if (child)
            {
                harms.Add("child-labour");
            }

            if (forced)
            {
                harms.Add(catalogue.Countries.TryGetValue(country, out var place) && place.StateSponsored == true ? "state-imposed" : "forced-labour");
            }
        }
    }
}
