using Palermo.Identify.Recognition;
using Palermo.Knowledge;

namespace Palermo.Identify.Indicators;

/// <summary>An item is a good that a source lists as made with forced or child labour. See docs/indicators/listed-good.md.</summary>
internal sealed class ListedGood : IIndicator
{
    private readonly Listing[][] _inForce;
    private readonly Finding?[] _unknownOrigin;
    private readonly Dictionary<(string Listing, string Who), Finding> _inCountry = [];

    public ListedGood(Catalogue catalogue, DateOnly asOf)
    {
        _inForce = [.. catalogue.ListingsOf.Select(listings => listings.Where(l => Editions.InForce(l, asOf)).ToArray())];
        _unknownOrigin = new Finding?[_inForce.Length];
    }

    public static IndicatorInfo Info { get; } = new("listed-good", "Goods listed as made with forced or child labour");

    public IndicatorInfo About => Info;

    public void Judge(Judgement judgement)
    {
        judgement.NoteWhatCouldNotBeRead(Info.Id);
        foreach (var (recognised, count) in judgement.Reading.Goods)
        {
            var listings = _inForce[recognised.Good.Index];
            if (listings.Length > 0 && Judge(judgement, recognised, count, listings) is { } finding)
            {
                judgement.Findings.Add(finding);
            }
        }
    }

    private Finding? Judge(Judgement judgement, RecognisedGood good, int count, Listing[] listings)
    {
        if (good.Origin.IsStated)
        {
            // Stated, and of a country that is not listed for it: no finding.
            var listing = Find(listings, good.Origin.Country);
            return listing is null ? null : Make(judgement, good, count, [listing], Likelihood.Stated, good.Origin.Path, good.Origin.Text,
                $"{good.Good.Name} from {judgement.NameOf(listing.Country)}, the origin stated, is listed for {Phrases.Labour(listing.ChildLabour, listing.ForcedLabour)}");
        }

        if (judgement.PlaceIn(listings, static (all, country) => Find(all, country) is not null) is { } place)
        {
            var listing = Find(listings, place.Country.Id)!;
            if (!_inCountry.TryGetValue((listing.Id, place.Who), out var there))
            {
                there = Make(judgement, good, count, [listing], Likelihood.Indicated, "", "",
                    $"{good.Good.Name} from {place.Country.Name} is listed for {Phrases.Labour(listing.ChildLabour, listing.ForcedLabour)}; the {place.Who} is there, the origin is not stated");
                _inCountry.Add((listing.Id, place.Who), there);
            }

            return there with { Path = good.Path, Evidence = $"{good.Evidence}; {place.Who}: {place.Text}", Occurrences = count };
        }

        // The question is the same for every process that names the good without its origin.
        var asked = _unknownOrigin[good.Good.Index] ??= AskForOrigin(judgement, good, listings);
        return asked.Sources.Count == 0 ? null : asked with { Path = good.Path, Evidence = good.Evidence, Occurrences = count };
    }

    private Finding AskForOrigin(Judgement judgement, RecognisedGood good, Listing[] listings)
    {
        // An origin barred from trade as a whole is no likely one as long as nothing points to it.
        listings = [.. listings.Where(l => !Harm.IsBarredFromTrade(judgement, l.Country))];
        if (listings.Length == 0)
        {
            return Make(judgement, good, 1, _inForce[good.Good.Index], Likelihood.Possible, "", "", "") with { Sources = [] };
        }

        // Where there is a verified row, the unverified ones add no country and no severity.
        var verified = listings.Where(l => l.Basis.Verified).ToArray();
        var counted = verified.Length > 0 ? verified : listings;
        var origins = Phrases.Few([.. counted.OrderByDescending(l => Harm.Of(judgement, l)).ThenBy(l => l.Country, StringComparer.Ordinal).Select(l => judgement.NameOf(l.Country))]);
        return Make(judgement, good, 1, counted, Likelihood.Possible, "", "",
            $"{good.Good.Name} is listed for {Phrases.Labour(counted.Any(l => l.ChildLabour), counted.Any(l => l.ForcedLabour))} when it comes from {origins}; the origin is not known");
    }

    private static Listing? Find(Listing[] listings, string country)
    {
        foreach (var listing in listings)
        {
            if (listing.Country == country)
            {
                return listing;
            }
        }

        return null;
    }

    private static Finding Make(Judgement judgement, RecognisedGood good, int count, Listing[] listings, Likelihood likelihood, string path, string evidence, string sentence)
    {
        var verified = Array.Exists(listings, l => l.Basis.Verified);
        var severity = listings.Where(l => l.Basis.Verified == verified).Max(l => Harm.Of(judgement, l));
        var edition = listings.Max(l => l.Edition)!;
        return new Finding
        {
            Indicator = Info.Id,
            Level = verified ? Salience.Of(severity, likelihood) : Level.Hint,
            Severity = severity,
            Likelihood = likelihood,
            Subject = good.Good.Id,
            Path = path,
            Evidence = evidence,
            Sentence = $"{sentence} (U.S. Department of Labor list, edition {edition}){Phrases.Unverified(verified)}.",
            Question = likelihood == Likelihood.Stated
                ? "Ask the supplier for the tier map down to the raw material and for evidence of how workers there were recruited and paid."
                : $"Ask bidders for the country of origin of the {good.Good.Name.ToLowerInvariant()} and of its raw material.",
            Sources = Sources(listings, severity == Severity.Gravest && listings.Any(l => Harm.IsStateImposed(judgement, l)) ? "cia-factbook-tip-2025" : null),
            Verified = verified,
            Occurrences = count,
            Country = listings.Length == 1 ? listings[0].Country : "",
        };
    }

    private static IReadOnlyList<string> Sources(Listing[] listings, string? more) =>
        [.. listings.SelectMany(l => l.Basis.SourceIds).Concat(more is null ? [] : [more]).Distinct(StringComparer.Ordinal)];
}
