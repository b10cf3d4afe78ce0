using Palermo.Identify.Recognition;
using Palermo.Knowledge;

namespace Palermo.Identify.Indicators;

/// <summary>An item is made with an input that is listed (cotton, polysilicon, cobalt, palm oil …). See docs/indicators/downstream-good.md.</summary>
internal sealed class DownstreamGood(Catalogue catalogue, DateOnly asOf) : IIndicator
{
    private readonly DownstreamLink[][] _inForce = [.. catalogue.DownstreamOf.Select(links => links.Where(l => Editions.InForce(l.Edition, asOf)).ToArray())];
    private readonly Finding?[] _unknownOrigin = new Finding?[catalogue.DownstreamOf.Count];

    private static readonly Func<DownstreamLink[], string, bool> s_names = static (all, country) =>
    {
        foreach (var link in all)
        {
            if (Names(link, country))
            {
                return true;
            }
        }

        return false;
    };

    public static IndicatorInfo Info { get; } = new("downstream-good", "Goods made with a listed input");

    public IndicatorInfo About => Info;

    public void Judge(Judgement judgement)
    {
        judgement.NoteWhatCouldNotBeRead(Info.Id);
        foreach (var (recognised, count) in judgement.Reading.Goods)
        {
            if (_inForce[recognised.Good.Index] is { Length: > 0 } links)
            {
                judgement.Findings.Add(Judge(judgement, recognised, count, links));
            }
        }
    }

    private Finding Judge(Judgement judgement, RecognisedGood good, int count, DownstreamLink[] links)
    {
        if (good.Origin.IsStated ? Array.Exists(links, l => Names(l, good.Origin.Country)) : judgement.PlaceIn(links, s_names) is not null)
        {
            return Make(judgement, good, count, links);
        }

        // What is said of an origin that is not known, or of none that is listed, is the same for every process.
        ref var known = ref _unknownOrigin[good.Good.Index];
        known ??= Make(judgement, good, count, links);
        return known with { Path = good.Path, Evidence = good.Evidence, Occurrences = count };
    }

    private static Finding Make(Judgement judgement, RecognisedGood good, int count, DownstreamLink[] links)
    {
        var likelihood = Likelihood.Possible;
        var evidence = good.Evidence;
        var path = good.Path;
        var tail = "; where the input comes from is not known";
        if (good.Origin.IsStated && Array.Find(links, l => Names(l, good.Origin.Country)) is { } stated)
        {
            links = [stated];
            likelihood = Likelihood.Stated;
            evidence = $"{good.Evidence}; {good.Origin.Text}";
            path = good.Origin.Path;
            tail = $"; the origin stated is {judgement.NameOf(good.Origin.Country)}";
        }
        else if (!good.Origin.IsStated && judgement.PlaceIn(links, s_names) is { } place)
        {
            links = [Array.Find(links, l => Names(l, place.Country.Id))!];
            likelihood = Likelihood.Indicated;
            evidence = $"{good.Evidence}; {place.Who}: {place.Text}";
            tail = $"; the {place.Who} is in {place.Country.Name}";
        }

        var verified = Array.Exists(links, l => l.Basis.Verified);
        var severity = links.Where(l => l.Basis.Verified == verified).Max(l => Harm.Of(judgement, l.ForcedLabour, l.InputCountry));
        var inputs = Phrases.Few([.. links.Select(l => $"{l.Input.Name.ToLowerInvariant()} from {judgement.NameOf(l.InputCountry)}").Distinct()]);
        return new Finding
        {
            Indicator = Info.Id,
            Level = verified ? Salience.Of(severity, likelihood) : Level.Hint,
            Severity = severity,
            Likelihood = likelihood,
            Subject = good.Good.Id,
            Path = path,
            Evidence = evidence,
            Sentence = $"{good.Good.Name} may be made with {inputs}, which is listed for {Phrases.Labour(links.Any(l => l.ChildLabour), links.Any(l => l.ForcedLabour))} (U.S. Department of Labor list, edition {links.Max(l => l.Edition)}){tail}{Phrases.Unverified(verified)}.",
            Question = $"Ask bidders where the {Phrases.Few([.. links.Select(l => l.Input.Name.ToLowerInvariant()).Distinct()])} comes from and how it is traced through each tier.",
            Sources = [.. links.SelectMany(l => l.Basis.SourceIds).Distinct(StringComparer.Ordinal)],
            Verified = verified,
            Occurrences = count,
            Country = links.Length == 1 ? links[0].InputCountry : "",
        };
    }

    private static bool Names(DownstreamLink link, string country) => country.Length > 0 && (link.ProducingCountry == country || link.InputCountry == country);
}
