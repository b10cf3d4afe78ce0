using Palermo.Knowledge.Rules;
using Palermo.Knowledge.Words;

namespace Palermo.Knowledge.Compendium;

/// <summary>What entries are wanted; a facet that is blank or empty takes all.</summary>
/// <param name="Text">Words to find; each must be there, if need be with a slip of the pen.</param>
public sealed record CompendiumQuery(string Text = "")
{
    /// <summary>Codes of jurisdictions; one of a State takes in its parts with <see cref="WithParts"/>.</summary>
    public IReadOnlyList<string> Jurisdictions { get; init; } = [];

    /// <summary>Whether the parts of a State count as the State.</summary>
    public bool WithParts { get; init; }

    /// <summary>Kinds.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Ids of measures, any of them.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>Sectors; without <c>all</c>, entries about every sector are left out.</summary>
    public IReadOnlyList<string> Sectors { get; init; } = [];

    /// <summary>Steps of due diligence.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Risks.</summary>
    public IReadOnlyList<string> Risks { get; init; } = [];

    /// <summary>Levels of jurisdictions.</summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>Where they must stand on <see cref="AsOf"/>.</summary>
    public IReadOnlyList<Standing> Standings { get; init; } = [];

    /// <summary>The day.</summary>
    public DateOnly AsOf { get; init; }

    /// <summary>Words of the buyers covered.</summary>
    public string Buyer { get; init; } = "";

    /// <summary>Only entries about public purchasing.</summary>
    public bool ProcurementOnly { get; init; }
}

/// <summary>Finds entries of the compendium by words and facets.</summary>
public sealed class CompendiumSearch
{
    private readonly CompendiumData _data;
    private readonly Dictionary<string, List<(int Entry, int Weight)>> _words = new(StringComparer.Ordinal);
    private readonly string[] _vocabulary;

    /// <summary>Makes the index; a few milliseconds.</summary>
    public CompendiumSearch(CompendiumData data, MeasureList measures)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(measures);
        _data = data;
        for (var i = 0; i < data.Initiatives.Count; i++)
        {
            var entry = data.Initiatives[i];
            Add(i, 8, entry.Id, entry.Title, entry.TitleLocal);
            Add(i, 4, entry.Jurisdiction.Name, entry.Jurisdiction.Code, entry.Citation, string.Join(' ', entry.Sectors));
            Add(i, 2, [.. entry.Measures.Select(m => measures.Find(m)!.Title), .. entry.Measures, entry.Issuer, entry.Kind, .. entry.Risks]);
            Add(i, 1, entry.Summary, entry.CoveredBuyers, entry.CoveredSuppliers);
        }

        _vocabulary = [.. _words.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Entries that fit, the best first; without words, in the order of jurisdictions and ids.</summary>
    public IReadOnlyList<Initiative> Find(CompendiumQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var words = Folding.Fold(query.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<int, double>? scores = null;
        foreach (var word in words)
        {
            var found = Score(word);
            scores = scores is null ? found : scores.Where(s => found.ContainsKey(s.Key)).ToDictionary(s => s.Key, s => s.Value + found[s.Key]);
        }

        var buyer = Folding.Fold(query.Buyer);
        return [.. _data.Initiatives.Select((entry, place) => (entry, place))
            .Where(e => (scores is null || scores.ContainsKey(e.place)) && Fits(e.entry, query, buyer))
            .OrderByDescending(e => scores?[e.place] ?? 0).ThenBy(e => e.place).Select(e => e.entry)];
    }

    private static bool Fits(Initiative entry, CompendiumQuery query, string buyer) =>
        Any(query.Jurisdictions, j => j == entry.Jurisdiction.Code || (query.WithParts && entry.Jurisdiction.Code.StartsWith(j + "-", StringComparison.Ordinal)))
        && Any(query.Kinds, k => k == entry.Kind)
        && Any(query.Measures, entry.Measures.Contains)
        && Any(query.Sectors, entry.Sectors.Contains)
        && Any(query.Steps, entry.Steps.Contains)
        && Any(query.Risks, entry.Risks.Contains)
        && Any(query.Levels, l => l == entry.Jurisdiction.Level)
        && (query.Standings.Count == 0 || query.Standings.Contains(entry.On(query.AsOf)))
        && (!query.ProcurementOnly || entry.Procurement)
        && (buyer.Length == 0 || Folding.Fold(entry.CoveredBuyers ?? "").Contains(buyer, StringComparison.Ordinal));

    private static bool Any(IReadOnlyList<string> wanted, Func<string, bool> has) => wanted.Count == 0 || wanted.Any(has);

    private void Add(int entry, int weight, params IReadOnlyList<string?> texts)
    {
        foreach (var word in texts.SelectMany(t => Folding.Fold(t ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal))
        {
            if (!_words.TryGetValue(word, out var places))
            {
                _words.Add(word, places = []);
            }

            places.Add((entry, weight));
        }
    }

    // As written, then as the beginning of a word, then with one slip (two in long words); rarer words weigh more.
    private Dictionary<int, double> Score(string word)
    {
        var scores = new Dictionary<int, double>();
        var slips = word.Length >= 8 ? 2 : word.Length >= 4 ? 1 : 0;
        foreach (var known in _vocabulary)
        {
            var closeness = known == word ? 1.0
                : word.Length >= 3 && known.StartsWith(word, StringComparison.Ordinal) ? 0.7
                : slips > 0 && Math.Abs(known.Length - word.Length) <= slips && EditDistance.Of(known, word, slips) <= slips ? 0.4
                : 0;
            if (closeness == 0)
            {
                continue;
            }

            var places = _words[known];
            var rarity = Math.Log(1.0 + ((double)_data.Initiatives.Count / places.Count));
            foreach (var (entry, weight) in places)
            {
                scores[entry] = Math.Max(scores.GetValueOrDefault(entry), closeness * rarity * (1 + Math.Log2(weight)));
            }
        }

        return scores;
    }
}
