using System.Collections.Concurrent;
using Palermo.Matching;
using Palermo.Matching.Lists;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api.Matching;

/// <summary>
/// The exclusion lists of this installation, opened and shared. A new edition is taken up at the next request after
/// <see cref="s_lookAgain"/>; requests under way finish on the edition they began with.
/// </summary>
public sealed class ListShelf(WorkspaceSettings settings, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(10);
    private readonly ListStore _store = new(settings.Lists);
    private readonly Lock _lock = new();
    private Shelf _current = new([]);
    private DateTimeOffset _looked = DateTimeOffset.MinValue;

    /// <summary>Editions that count today, by id of their list.</summary>
    public IReadOnlyList<ListEdition> Editions => [.. Current().Indexes.Select(i => i.Edition)];

    /// <summary>What keeps a list from being opened; null if all open.</summary>
    public string? Problem()
    {
        try
        {
            Current();
            return null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return $"The lists in the folder given can't be opened: {e.Message}";
        }
    }

    /// <summary>Whether there is such a list, or all are meant.</summary>
    public bool Has(string dataset) => dataset == AllLists || Current().Indexes.Any(i => i.Edition.Source.Id == dataset);

    /// <summary>The name under which all lists are searched together.</summary>
    public const string AllLists = "default";

    /// <summary>Finds a party on lists.</summary>
    public IReadOnlyList<ListCandidate> Find(string dataset, Party party, int most, double least) => Current().Use(dataset, m => m.Find(party, most, least));

    /// <summary>Finds many, with one matcher.</summary>
    public IReadOnlyList<IReadOnlyList<ListCandidate>> FindAll(string dataset, IReadOnlyList<Party> parties, int most, double least) => Current().Use(dataset, m => parties.Select(p => m.Find(p, most, least)).ToArray());

    /// <summary>The listed party of an id, with its edition; null if no list has it. The id may carry its list: <c>list:id</c>.</summary>
    public (ListedParty Party, ListEdition Edition)? Entity(string id)
    {
        foreach (var index in Current().Indexes)
        {
            var own = index.Edition.Source.Id + ":";
            if (index.Find(id.StartsWith(own, StringComparison.Ordinal) ? id[own.Length..] : id) is { } party)
            {
                return (party, index.Edition);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var index in _current.Indexes)
        {
            index.Dispose();
        }
    }

    private Shelf Current()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now - _looked < s_lookAgain)
            {
                return _current;
            }

            var editions = _store.Lists().Select(l => _store.Current(l.Id, null)).OfType<ListEdition>().ToArray();
            if (!editions.Select(e => (e.Source.Id, e.Date, e.Hash)).SequenceEqual(_current.Indexes.Select(i => (i.Edition.Source.Id, i.Edition.Date, i.Edition.Hash))))
            {
                // The old ones are left to the collector: a request may still read them.
                _current = new Shelf([.. editions.Select(e => _store.Open(e.Source.Id, null))]);
            }

            _looked = now;
            return _current;
        }
    }

    private sealed class Shelf(IReadOnlyList<ListIndex> indexes)
    {
        private readonly ConcurrentDictionary<string, ConcurrentBag<ListMatcher>> _idle = new(StringComparer.Ordinal);

        public IReadOnlyList<ListIndex> Indexes { get; } = indexes;

        // A matcher serves one thread at a time; those that are idle are kept.
        public T Use<T>(string dataset, Func<ListMatcher, T> use)
        {
            var idle = _idle.GetOrAdd(dataset, _ => []);
            var matcher = idle.TryTake(out var found) ? found : new ListMatcher([.. Indexes.Where(i => dataset == AllLists || i.Edition.Source.Id == dataset)]);
            try
            {
                return use(matcher);
            }
            finally
            {
                idle.Add(matcher);
            }
        }
    }
}
