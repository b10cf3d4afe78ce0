using Palermo.Identify.Recognition;
using Palermo.Knowledge;

namespace Palermo.Identify.Indicators;

/// <summary>Services and works known for trafficking for labour exploitation, with the conditions that aggravate it. See docs/indicators/high-risk-sector.md.</summary>
internal sealed class HighRiskSector : IIndicator
{
    private const int ManyConditions = 3;
    // What is said where the text names no condition: the same for every process with such a place.
    private readonly Dictionary<(int Sector, string Who, string Country), Finding> _plain = [];

    public static IndicatorInfo Info { get; } = new("high-risk-sector", "Sectors known for labour exploitation");

    public IndicatorInfo About => Info;

    public void Judge(Judgement judgement)
    {
        judgement.NoteWhatCouldNotBeRead(Info.Id);
        foreach (var recognised in judgement.Reading.Sectors)
        {
            judgement.Findings.Add(Judge(judgement, recognised));
        }
    }

    private Finding Judge(Judgement judgement, RecognisedSector recognised)
    {
        var place = recognised.Sector.Kind != "goods" ? ReportedPlace(judgement.Reading) : null;
        if (judgement.Reading.Conditions.Count > 0)
        {
            return Make(judgement, recognised, place);
        }

        var key = (recognised.Sector.Index, place?.Who ?? "", place?.Country.Id ?? "");
        if (!_plain.TryGetValue(key, out var plain))
        {
            _plain.Add(key, plain = Make(judgement, recognised, place));
        }

        return plain with { Path = recognised.Path, Evidence = recognised.Evidence };
    }

    private static Place? ReportedPlace(ProcessReading reading)
    {
        if (reading.BuyerPlace is { } buyer && PlaceRisk.IsReported(buyer.Country))
        {
            return buyer;
        }

        foreach (var place in reading.Places)
        {
            if (PlaceRisk.IsReported(place.Country))
            {
                return place;
            }
        }

        return null;
    }

    private static Finding Make(Judgement judgement, RecognisedSector recognised, Place? place)
    {
        var sector = recognised.Sector;
        // The conditions are those of labour; in a goods sector the work is done elsewhere and they say nothing of it.
        var hasLabour = sector.Kind != "goods";
        var conditions = hasLabour ? judgement.Reading.Conditions.Select(c => $"{char.ToLowerInvariant(c.Name[0])}{c.Name[1..]} ({c.Path}: {c.Evidence})").ToList() : [];
        var sources = sector.Basis.SourceIds.Concat(hasLabour ? judgement.Reading.Conditions.SelectMany(c => c.Basis.SourceIds) : []);
        if (place is not null)
        {
            conditions.Add($"the {place.Who} is in {place.Country.Name}, {PlaceRisk.Describe(place.Country)}");
            sources = sources.Concat(place.Country.Basis.SourceIds);
        }

        var likelihood = conditions.Count == 0 ? Likelihood.Possible : conditions.Count < ManyConditions ? Likelihood.Indicated : Likelihood.Stated;
        var verified = sector.Basis.Verified;
        return new Finding
        {
            Indicator = Info.Id,
            Level = verified ? Salience.Of((Severity)sector.Severity, likelihood) : Level.Hint,
            Severity = (Severity)sector.Severity,
            Likelihood = likelihood,
            Subject = sector.Id,
            Path = recognised.Path,
            Evidence = recognised.Evidence,
            Sentence = $"{sector.Name}: {sector.Reason.TrimEnd('.')}{(conditions.Count > 0 ? $". Aggravating here: {string.Join("; ", conditions)}" : "")}{Phrases.Unverified(verified)}.",
            Question = "Ask bidders who will employ the workers, through which agencies and subcontractors, and how pay, hours and recruitment fees are checked; price the labour before judging bids.",
            Sources = [.. sources.Distinct(StringComparer.Ordinal)],
            Verified = verified,
        };
    }
}
