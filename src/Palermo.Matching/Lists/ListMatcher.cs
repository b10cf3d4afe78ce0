using Palermo.Matching.Index;
using Palermo.Matching.Scoring;

namespace Palermo.Matching.Lists;

/// <summary>A listed party that may be the one asked for.</summary>
/// <param name="List">Id of the list.</param>
/// <param name="Edition">Day of its edition.</param>
/// <param name="Party">The party as listed.</param>
/// <param name="Comparison">How it compares, with the reasons.</param>
/// <param name="Owners">Who owns the listed party according to the list, the nearest first: name, id and share as far as given.</param>
public sealed record ListCandidate(string List, DateOnly Edition, ListedParty Party, Comparison Comparison, IReadOnlyList<string> Owners);

/// <summary>Finds parties on lists, with reasons. Not for more than one thread at a time: make one for each; they share the indexes.</summary>
public sealed class ListMatcher
{
    // A name is followed up if it comes within so many bits of what is asked for: other facts may lift it.
    private const double Reserve = 4;
    private const int LongestChain = 8;

    private readonly IReadOnlyList<ListIndex> _lists;
    private readonly NameSearcher[][] _searchers;
    private readonly PartyComparer _comparer = new();
    private readonly List<Hit> _hits = [];

    /// <summary>A matcher over lists.</summary>
    public ListMatcher(IReadOnlyList<ListIndex> lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        _lists = lists;
        _searchers = [.. lists.Select(l => l.Parts.Select(p => new NameSearcher(p)).ToArray())];
    }

    /// <summary>The best candidates of all lists, the most probable first.</summary>
    /// <param name="party">Who is asked for.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="least">At least this probability.</param>
    /// <param name="explain">Whether evidence is wanted; without it a search takes less time.</param>
    public IReadOnlyList<ListCandidate> Find(Party party, int most = 5, double least = Bands.Review, bool explain = true)
    {
        ArgumentNullException.ThrowIfNull(party);
        var found = new List<ListCandidate>();
        var leastBits = Math.Log2(least / (1 - least)) - Reserve;
        for (var l = 0; l < _lists.Count; l++)
        {
            for (var part = 0; part < _lists[l].Parts.Count; part++)
            {
                foreach (var entity in Entities(l, part, party, most, leastBits))
                {
                    if (_lists[l].IsGone(part, entity))
                    {
                        continue;
                    }

                    var listed = _lists[l].Party(part, entity);
                    var comparison = _comparer.CompareFound(party, listed, explain);
                    if (comparison.Probability >= least)
                    {
                        found.Add(new ListCandidate(_lists[l].Edition.Source.Id, _lists[l].Edition.Date, listed, comparison, OwnersOf(_lists[l], listed)));
                    }
                }
            }
        }

        return [.. found.OrderByDescending(c => c.Comparison.Bits).ThenBy(c => c.List, StringComparer.Ordinal).ThenBy(c => c.Party.Id, StringComparer.Ordinal).Take(most)];
    }

    // Chains may be circular, and a party may have several owners: the first of each is followed.
    private static List<string> OwnersOf(ListIndex list, ListedParty party)
    {
        var owners = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { party.Id };
        for (var at = party; at is not null && owners.Count < LongestChain;)
        {
            var relation = at.Relations.FirstOrDefault(r => r.Role == "owner");
            if (relation is null || !seen.Add(relation.Party))
            {
                break;
            }

            at = list.Find(relation.Party);
            owners.Add($"{(at is null ? relation.Party : $"{at.Caption} ({at.Id})")}{(relation.Share.Length > 0 ? $", {relation.Share} %" : "")}");
        }

        return owners;
    }

    private HashSet<int> Entities(int list, int part, Party party, int most, double leastBits)
    {
        var entities = new HashSet<int>();
        foreach (var name in party.Names)
        {
            _searchers[list][part].Search(name, party.Kind, most, leastBits, _hits);
            entities.UnionWith(_hits.Select(h => h.Entity));
        }

        var index = _lists[list].Parts[part];
        foreach (var identifier in party.Identifiers)
        {
            if (NameIndexBuilder.IdentifierKey(identifier) is { } hash)
            {
                foreach (var key in KeyTable.Find(index.Get<int>(Section.IdentifierKeyStarts), index.Get<Key>(Section.IdentifierKeys), hash))
                {
                    entities.Add(key.Value);
                }
            }
        }

        return entities;
    }
}
