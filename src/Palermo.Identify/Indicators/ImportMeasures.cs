using Palermo.Identify.Recognition;
using Palermo.Knowledge;
using Palermo.Procurement;

namespace Palermo.Identify.Indicators;

/// <summary>A product or party under an import ban for forced labour, active at the date. See docs/indicators/import-measure.md.</summary>
internal sealed class ImportMeasures : IIndicator
{
    private readonly OrganizationNames _names;
    private readonly Dictionary<int, ImportMeasure[]> _byGood;
    private readonly Dictionary<(string Measure, int Good, string Who), Finding> _said = [];

    public ImportMeasures(Catalogue catalogue, DateOnly asOf)
    {
        var active = catalogue.ImportMeasures.Where(m => m.Scope != MeasureScope.Framework && IsActive(m, asOf)).ToArray();
        _names = new OrganizationNames(catalogue, active, asOf);
        _byGood = active.Where(m => m.Scope != MeasureScope.Entity)
            .SelectMany(m => m.Goods, (m, g) => (m, g))
            .GroupBy(p => p.g.Index, p => p.m)
            .ToDictionary(g => g.Key, g => g.ToArray());
    }

    public static IndicatorInfo Info { get; } = new("import-measure", "Products and parties under an import ban for forced labour");

    private static readonly Unknown s_nobody = Unknown.Shared(Info.Id, partly: true, "No tenderer or supplier is named; only the product was judged.", "parties/name", "awards/suppliers");

    public IndicatorInfo About => Info;

    /// <summary>Active from its date until the date of a state that ends it. Without a date: seen on the list, so active.</summary>
    public static bool IsActive(ImportMeasure measure, DateOnly asOf)
    {
        if (Editions.Date(measure.Date) is { } from && asOf < from)
        {
            return false;
        }

        var ends = measure.Status is not ("active" or "listed" or "partially active" or "status not seen");
        return !ends || (Editions.Date(measure.StatusDate) is { } until && asOf < until);
    }

    public void Judge(Judgement judgement)
    {
        var anyParty = false;
        foreach (var party in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(judgement.Process.Parties))
        {
            if ((party.Roles & PartyRoles.Buyer) == 0 && !party.Name.IsEmpty)
            {
                anyParty = true;
                JudgeParty(judgement, party);
            }
        }

        var before = judgement.Unknowns.Count;
        judgement.NoteWhatCouldNotBeRead(Info.Id);
        if (!anyParty)
        {
            if (judgement.Unknowns.Count == before || judgement.Unknowns[^1].Partly)
            {
                judgement.Unknowns.Add(s_nobody);
            }
        }
        else if (judgement.Unknowns.Count > before && !judgement.Unknowns[^1].Partly)
        {
            judgement.Unknowns[^1] = judgement.Unknowns[^1] with { Partly = true };
        }

        foreach (var (recognised, count) in judgement.Reading.Goods)
        {
            if (_byGood.TryGetValue(recognised.Good.Index, out var measures))
            {
                JudgeGood(judgement, recognised, count, measures);
            }
        }
    }

    private void JudgeParty(Judgement judgement, Party party)
    {
        if ((_names.Find(party.Name.Span) ?? (party.LegalName.IsEmpty || party.LegalName.Is(party.Name.Span) ? null : _names.Find(party.LegalName.Span))) is { } match)
        {
            AddParty(judgement, party, match);
        }
    }

    private static void AddParty(Judgement judgement, Party party, ListedOrganization match)
    {
        var country = judgement.Reading.Places.Find(p => ReferenceEquals(p.Party, party))?.Country.Id ?? "";
        var agrees = match.Country.Length > 0 && match.Country == country;
        var severity = Harm.Of(judgement, forced: true, match.Country);
        var likelihood = agrees ? Likelihood.Stated : Likelihood.Indicated;
        judgement.Findings.Add(new Finding
        {
            Indicator = Info.Id,
            Level = match.Verified ? Salience.Of(severity, likelihood) : Level.Hint,
            Severity = severity,
            Likelihood = likelihood,
            Subject = match.Id,
            Path = $"{party.Path}.name",
            Evidence = $"\"{party.Name}\"{(country.Length > 0 ? $", {judgement.NameOf(country)}" : "")}",
            Sentence = $"The name equals \"{match.Name}\", named in {match.What}{(agrees ? ", and the country agrees" : country.Length > 0 && match.Country.Length > 0 ? ", but the country is another" : "")}{Phrases.Unverified(match.Verified)}.",
            Question = "A name is not an identity: compare registry number and address with the published order, and let a person decide.",
            Sources = match.Sources,
            Verified = match.Verified,
            Country = match.Country,
        });
    }

    private void JudgeGood(Judgement judgement, RecognisedGood good, int count, ImportMeasure[] measures)
    {
        // The measure to which the process comes closest speaks for the others on the same good.
        ImportMeasure? best = null;
        var bestLikelihood = Likelihood.Possible;
        Place? bestPlace = null;
        foreach (var measure in measures)
        {
            if (Closeness(judgement, good, measure, out var place) is not { } likelihood)
            {
                continue;
            }

            if (best is null || likelihood > bestLikelihood || (likelihood == bestLikelihood && Breadth(measure) > Breadth(best)))
            {
                (best, bestLikelihood, bestPlace) = (measure, likelihood, place);
            }
        }

        if (best is null)
        {
            return;
        }

        // Only an origin that is stated is told in the words of the process.
        var key = (best.Id, good.Good.Index, bestPlace?.Who ?? "");
        if (good.Origin.IsStated || !_said.TryGetValue(key, out var said))
        {
            said = Say(judgement, good, measures.Length, best, bestLikelihood, bestPlace);
            if (!good.Origin.IsStated)
            {
                _said.Add(key, said);
            }
        }

        judgement.Findings.Add(said with
        {
            Path = bestLikelihood == Likelihood.Stated ? good.Origin.Path : good.Path,
            Evidence = bestPlace is null ? good.Evidence : $"{good.Evidence}; {bestPlace.Who}: {bestPlace.Text}",
            Occurrences = count,
        });
    }

    private static Finding Say(Judgement judgement, RecognisedGood good, int reaching, ImportMeasure best, Likelihood likelihood, Place? place)
    {
        var severity = Harm.Of(judgement, forced: true, best.Country);
        var where = best.RegionId.Length > 0 ? judgement.Catalogue.Regions.First(r => r.Id == best.RegionId).Name : judgement.NameOf(best.Country);
        var because = likelihood switch
        {
            Likelihood.Stated => $"the origin stated is {good.Origin.Text}",
            Likelihood.Indicated when place is not null => $"the {place.Who} is in {place.Country.Name}",
            Likelihood.Indicated => $"the origin stated is {judgement.NameOf(good.Origin.Country)}",
            _ => "the origin is not known",
        };
        var others = reaching > 1 ? $" ({reaching} measures reach this product)" : "";
        return new Finding
        {
            Indicator = Info.Id,
            Level = best.Basis.Verified ? Salience.Of(severity, likelihood) : Level.Hint,
            Severity = severity,
            Likelihood = likelihood,
            Subject = best.Id,
            Path = "",
            Evidence = "",
            Sentence = $"{best.Regime}, {best.Measure}{Since(best)}, reaches: {best.Product} ({where}){others}; {because}{Phrases.Unverified(best.Basis.Verified)}.",
            Question = $"Ask for the origin of the {good.Good.Name.ToLowerInvariant()} down to the raw material. The measure binds imports into its own market; elsewhere it is a reason to ask.",
            Sources = best.Basis.SourceIds,
            Verified = best.Basis.Verified,
            Country = best.Country,
        };
    }

    private static Likelihood? Closeness(Judgement judgement, RecognisedGood good, ImportMeasure measure, out Place? place)
    {
        place = null;
        if (good.Origin.IsStated)
        {
            if (good.Origin.Country != measure.Country)
            {
                return null;
            }

            return measure.Scope == MeasureScope.Country || (measure.RegionId.Length > 0 && good.Origin.Region == measure.RegionId) ? Likelihood.Stated : Likelihood.Indicated;
        }

        place = judgement.PlaceIn(measure, static (m, country) => m.Country == country);
        return place is null ? Likelihood.Possible : Likelihood.Indicated;
    }

    private static int Breadth(ImportMeasure measure) => measure.Scope switch { MeasureScope.Region => 3, MeasureScope.Country => 2, _ => 1 };

    private static string Since(ImportMeasure measure) => measure.Date.Length > 0 ? $" of {measure.Date}" : "";
}
