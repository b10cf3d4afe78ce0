using Palermo.Identify.Recognition;
using Palermo.Knowledge;

namespace Palermo.Identify.Indicators;

/// <summary>Where the work is done or a party sits: weak evidence alone, stronger in combination. See docs/indicators/place.md.</summary>
internal sealed class PlaceRisk : IIndicator
{
    // What is said of a country is the same for every process.
    private readonly Dictionary<(string Country, string Who, bool Combined), Finding?> _said = [];

    public static IndicatorInfo Info { get; } = new("place", "Places with state-imposed forced labour or a low tier in the trafficking report");

    private static readonly Unknown s_nowhere = Unknown.Shared(Info.Id, partly: false, "No party and no delivery has a country.", "parties/address/country", "parties/address/countryName", "tender/items/deliveryAddress");
    private static readonly Unknown s_onlyBuyer = Unknown.Shared(Info.Id, partly: true, "Only the buyer's country is known; where the supplier sits and the work is done is not.", "parties/address/countryName", "tender/items/deliveryAddress");

    public IndicatorInfo About => Info;

    /// <summary>True if a verified statement puts the country on the two lowest tiers or names state-imposed forced labour.</summary>
    public static bool IsReported(Country country) => SeverityOf(country) > Severity.Circumstance;

    /// <summary>What is reported of the country.</summary>
    public static string Describe(Country country) =>
        country.StateSponsored == true && country.Basis.Verified ? "where the State itself is reported to impose forced labour or traffic people (2025)"
        : country.TipTierVerified && country.TipTier == "3" ? $"on Tier 3 of the U.S. Trafficking in Persons Report ({country.TipTierYear})"
        : country.TipTierVerified && country.TipTier == "2WL" ? $"on the Tier 2 Watch List of the U.S. Trafficking in Persons Report ({country.TipTierYear})"
        : Unratified(country);

    // After the indicators on goods, measures and sectors: what it says depends on what they found.
    public void Judge(Judgement judgement)
    {
        var reading = judgement.Reading;
        if (reading.Places.Count == 0 && reading.BuyerPlace is null)
        {
            judgement.Unknowns.Add(s_nowhere);
            return;
        }

        if (reading.Places.Count == 0)
        {
            judgement.Unknowns.Add(s_onlyBuyer);
        }

        var combined = judgement.Findings.Exists(static f => f.Level > Level.Hint);
        for (var i = 0; i < reading.Places.Count; i++)
        {
            if (!Stands(reading.Places, i, reading.Places[i].Country))
            {
                Judge(judgement, reading.Places[i], combined);
            }
        }

        if (reading.BuyerPlace is { } buyer && !Stands(reading.Places, reading.Places.Count, buyer.Country))
        {
            Judge(judgement, buyer, combined);
        }
    }

    // A country counts once, at the first place that names it.
    private static bool Stands(List<Place> places, int before, Country country)
    {
        for (var i = 0; i < before; i++)
        {
            if (ReferenceEquals(places[i].Country, country))
            {
                return true;
            }
        }

        return false;
    }

    private void Judge(Judgement judgement, Place place, bool combined)
    {
        if (!_said.TryGetValue((place.Country.Id, place.Who, combined), out var said))
        {
            _said.Add((place.Country.Id, place.Who, combined), said = Say(place, combined));
        }

        if (said is not null)
        {
            judgement.Findings.Add(said with { Path = place.Path, Evidence = $"{place.Who}: {place.Text}" });
        }
    }

    private static Finding? Say(Place place, bool combined)
    {
        var country = place.Country;
        var severity = SeverityOf(country);
        var unratified = Unratified(country);
        if (severity == Severity.Circumstance && (!combined || unratified.Length == 0))
        {
            return null; // a treaty that is not ratified says nothing of a contract by itself
        }

        // Alone it stays low; with a finding on the good or the sector it weighs by its severity.
        var level = combined ? Salience.Of(severity, Likelihood.Possible) : Level.Low;
        var described = Describe(country);
        var more = described != unratified && unratified.Length > 0 ? $"; {unratified}" : "";
        return new Finding
        {
            Indicator = Info.Id,
            Level = level,
            Severity = severity,
            Likelihood = Likelihood.Possible,
            Subject = country.Id,
            Path = "",
            Evidence = "",
            Sentence = $"The {place.Who} is in {country.Name}, {described}{more}{(combined ? "" : "; weak evidence by itself")}.",
            Question = "Ask where the work is done and who can check it there without the employer's leave.",
            Sources = country.Basis.SourceIds,
            Verified = true,
            Country = country.Id,
        };
    }

    private static Severity SeverityOf(Country country) =>
        country.StateSponsored == true && country.Basis.Verified ? Severity.Gravest
        : country.TipTierVerified && country.TipTier == "3" ? Severity.Grave
        : country.TipTierVerified && country.TipTier == "2WL" ? Severity.Serious
        : Severity.Circumstance;

    private static string Unratified(Country country)
    {
        List<string> missing = [];
        if (country.C029 == false)
        {
            missing.Add("C029 on forced labour");
        }

        if (country.C105 == false)
        {
            missing.Add("C105 on its abolition");
        }

        if (country.PalermoParty == false)
        {
            missing.Add("the Trafficking Protocol");
        }

        return missing.Count == 0 ? "" : $"where {Phrases.Few(missing)} {(missing.Count == 1 ? "was" : "were")} not in force in August 2022";
    }
}
