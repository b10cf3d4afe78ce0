using Palermo.Identify.Recognition;
using Palermo.Knowledge;

namespace Palermo.Identify.Indicators;

/// <summary>Services and works known for trafficking for labour exploitation, with the conditions that aggravate it. See docs/indicators/high-risk-sector.md.</summary>
internal sealed class HighRiskSector : IIndicator
{
    private const int ManyConditions = 3;

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

    private static Finding Judge(Judgement judgement, RecognisedSector recognised)
    {
        var sector = recognised.Sector;
        // The conditions are those of labour; in a goods sector the work is done elsewhere and they say nothing of it.
        var hasLabour = sector.Kind != "goods";
        var conditions = hasLabour ? judgement.Reading.Conditions.Select(c => $"{char.ToLowerInvariant(c.Name[0])}{c.Name[1..]} ({c.Path}: {c.Evidence})").ToList() : [];
        var sources = sector.Basis.SourceIds.Concat(hasLabour ? judgement.Reading.Conditions.SelectMany(c => c.Basis.SourceIds) : []);
        if (hasLabour && judgement.Reading.Places.Prepend(judgement.Reading.BuyerPlace).FirstOrDefault(p => p is not null && PlaceRisk.IsReported(p.Country)) is { } place)
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
