using System.Globalization;
using System.Runtime.InteropServices;
using Palermo.Matching;
using Palermo.Matching.Lists;
using Palermo.Procurement;
using MatchingParty = Palermo.Matching.Party;
using Party = Palermo.Procurement.Party;

namespace Palermo.Identify.Indicators;

/// <summary>Tenderers, suppliers and subcontractors whose names come near to a party on an exclusion list. See docs/indicators/listed-party.md.</summary>
internal sealed class ListedParty : IIndicator
{
    private const int MostRemembered = 200_000;
    private const int MostCandidates = 3;

    private static readonly Unknown s_nobody = Unknown.Shared("listed-party", partly: false, "Nobody who offers, delivers or subcontracts is named.", "parties/name", "awards/suppliers");

    private readonly ListMatcher _matcher;
    private readonly Dictionary<string, ListSource> _sources;
    private readonly Dictionary<(string Name, string Identifier, string Country), IReadOnlyList<ListCandidate>> _known = [];

    public ListedParty(IReadOnlyList<ListIndex> lists)
    {
        _matcher = new ListMatcher(lists);
        _sources = lists.Select(l => l.Edition.Source).DistinctBy(s => s.Id).ToDictionary(s => s.Id, StringComparer.Ordinal);
    }

    public static IndicatorInfo Info { get; } = new("listed-party", "Parties that may be on an exclusion list");

    public IndicatorInfo About => Info;

    public void Judge(Judgement judgement)
    {
        var any = false;
        var told = new HashSet<(string, string)>();
        foreach (var party in CollectionsMarshal.AsSpan(judgement.Process.Parties))
        {
            if ((party.Roles & PartyRoles.Deliverer) == 0 || party.Name.IsEmpty)
            {
                continue;
            }

            any = true;
            var country = judgement.Reading.Places.Find(p => ReferenceEquals(p.Party, party))?.Country.Id ?? "";
            foreach (var candidate in Candidates(party, country))
            {
                // One organization named as tenderer and as supplier is one finding.
                if (told.Add((candidate.List + candidate.Party.Id, party.Name.ToString())))
                {
                    Say(judgement, party, country, candidate);
                }
            }
        }

        if (!any)
        {
            judgement.Unknowns.Add(s_nobody);
        }
    }

    private IReadOnlyList<ListCandidate> Candidates(Party party, string country)
    {
        var key = (party.Name.ToString(), party.IdentifierId.ToString(), country);
        if (!_known.TryGetValue(key, out var candidates))
        {
            if (_known.Count >= MostRemembered)
            {
                _known.Clear();
            }

            List<string> names = [key.Item1];
            if (!party.LegalName.IsEmpty && !party.LegalName.Is(party.Name.Span))
            {
                names.Add(party.LegalName.ToString());
            }

            candidates = _matcher.Find(new MatchingParty
            {
                Names = names,
                Countries = country.Length > 0 ? [country] : [],
                Identifiers = key.Item2.Length > 0 ? [party.IdentifierScheme.IsEmpty ? key.Item2 : $"{party.IdentifierScheme}:{key.Item2}"] : [],
            }, MostCandidates);
            _known.Add(key, candidates);
        }

        return candidates;
    }

    private void Say(Judgement judgement, Party party, string country, ListCandidate candidate)
    {
        var source = _sources[candidate.List];
        var owned = candidate.Owners.Count > 0;
        var band = candidate.Comparison.Band;
        var same = band >= MatchBand.Likely;
        var (severity, likelihood) = source.ForcedLabour
            ? (Harm.Of(judgement, forced: true, country), band == MatchBand.Certain ? Likelihood.Indicated : Likelihood.Possible)
            : (Severity.Circumstance, Likelihood.Possible);
        var ended = candidate.Party.Until.Length >= 10 && DateOnly.TryParseExact(candidate.Party.Until[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until) && until < judgement.AsOf;
        judgement.Findings.Add(new Finding
        {
            Indicator = Info.Id,
            // What a coincidence of names may explain is shown and not counted.
            Level = same && !ended ? Salience.Of(severity, likelihood) : Level.Hint,
            Severity = severity,
            Likelihood = likelihood,
            Subject = !same ? "possible-same-as" : owned ? "owned" : "listed",
            Path = $"{party.Path}.name",
            Evidence = $"\"{party.Name}\"{(country.Length > 0 ? $", {judgement.NameOf(country)}" : "")}",
            Sentence = $"{Sentences.Of(candidate.Comparison)[..^1]}. The second stands on {source.Title} ({(source.Publisher.Length > 0 ? source.Publisher : "publisher not stated")}), edition of {candidate.Edition:yyyy-MM-dd}, as {candidate.Party.Id}{Owner(candidate)}{Grounds(candidate.Party)}{(ended ? $"; that listing ended on {candidate.Party.Until}" : "")}.",
            Question = "A name is not an identity: compare registry number, address and owners with the list, hear the party, and let a person decide (palermo match decide keeps the decision).",
            Sources = ["exclusion-list"],
            Verified = true,
            Country = country,
        });
    }

    private static string Owner(ListCandidate candidate) =>
        candidate.Owners.Count > 0 ? $", which the list ties to {string.Join(", owned by ", candidate.Owners)} as its owner" : "";

    private static string Grounds(Palermo.Matching.Lists.ListedParty party) =>
        (party.From.Length > 0 ? $", from {party.From}" : "") + (party.Grounds.Count > 0 ? $": {string.Join("; ", party.Grounds.Take(3).Select(g => g.Length > 120 ? g[..120] + "…" : g))}" : "");
}
