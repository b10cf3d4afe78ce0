using Palermo.Knowledge.Rules;

namespace Palermo.Prevent.Rules;

/// <summary>Judges which packs bind a tender and what of them. Immutable: one engine serves all threads, each with a sheet of its own.</summary>
/// <remarks>Packs are judged in ordinal order of their ids; the same facts give the same results, byte for byte.</remarks>
public sealed class RuleEngine
{
    private readonly Dictionary<string, int> _symbols = new(StringComparer.Ordinal);
    private readonly int[] _offsets;
    private readonly int _country;

    // Places, in order, of the packs to judge: where the buyer's country is not known (all but those of one country), where no pack names it, and by country.
    private readonly int[] _ofNone;
    private readonly int[] _elsewhere;
    private readonly Dictionary<int, int[]> _of;

    /// <summary>Makes packs ready.</summary>
    /// <param name="library">The library.</param>
    /// <param name="judged">The packs to judge; all of the library if null. Others of the library are only looked up where one applies where another does.</param>
    public RuleEngine(RuleLibrary library, IReadOnlyList<Pack>? judged = null)
    {
        ArgumentNullException.ThrowIfNull(library);
        Library = library;
        var others = library.Packs.ToDictionary(p => p.Id, StringComparer.Ordinal);
        Packs = [.. (judged ?? library.Packs).OrderBy(p => p.Id, StringComparer.Ordinal).Select(p => new CompiledPack(p, library.Facts, Intern, others.GetValueOrDefault))];
        _country = library.Facts.IndexOf("buyer.country");
        int[][] countries = [.. Packs.Select(p => CountriesOf(p.Pack.Applies) is { } codes ? Array.ConvertAll(codes, Symbol) : [])];
        _ofNone = [.. Enumerable.Range(0, Packs.Length).Where(i => countries[i].Length != 1)];
        _elsewhere = [.. Enumerable.Range(0, Packs.Length).Where(i => countries[i].Length == 0)];
        _of = countries.SelectMany(c => c).Distinct().ToDictionary(c => c, c => Enumerable.Range(0, Packs.Length).Where(i => countries[i].Length == 0 || countries[i].Contains(c)).ToArray());
        _offsets = new int[Packs.Length + 1];
        for (var i = 0; i < Packs.Length; i++)
        {
            _offsets[i + 1] = _offsets[i] + Packs[i].Provisions.Length + 1;
        }
    }

    /// <summary>The library.</summary>
    public RuleLibrary Library { get; }

    /// <summary>Places that <see cref="Judge"/> needs.</summary>
    public int ResultCount => _offsets[^1];

    internal CompiledPack[] Packs { get; }

    /// <summary>A sheet for the facts of a tender.</summary>
    public FactSheet NewSheet() => new(this);

    /// <summary>Judges all packs. Allocates nothing.</summary>
    /// <param name="sheet">The facts.</param>
    /// <param name="results">Takes <see cref="ResultCount"/> results: for each pack whether it applies, then its obligations, then its determinations.</param>
    public void Judge(FactSheet sheet, Span<Truth> results)
    {
        for (var i = 0; i < Packs.Length; i++)
        {
            Packs[i].Judge(sheet, results[_offsets[i].._offsets[i + 1]]);
        }
    }

    /// <summary>Judges which packs apply, and the provisions of those that do: for runs over many tenders, where what is open is only counted.</summary>
    /// <param name="sheet">The facts.</param>
    /// <param name="results">As for <see cref="Judge"/>; the results of packs that do not certainly apply are left as they were.</param>
    /// <param name="binding">Takes the places of the packs that apply, in order.</param>
    /// <returns>How many packs it is open of whether they apply.</returns>
    internal int JudgeBinding(FactSheet sheet, Span<Truth> results, List<int> binding)
    {
        binding.Clear();
        // Another country's packs are not looked at: nothing else matters there. Of a country's regime nothing certain is said as long as the country is not known.
        var known = sheet.Slots[_country].Value is not null;
        var places = !known ? _ofNone : _of.TryGetValue(sheet.Slots[_country].Symbol, out var own) ? own : _elsewhere;
        var open = known ? 0 : Packs.Length - places.Length;
        foreach (var i in places)
        {
            var pack = Packs[i];
            var asOf = pack.AsOf(sheet);
            var applies = pack.JudgeApplies(sheet, asOf);
            if (applies == Truth.True)
            {
                binding.Add(i);
                pack.JudgeProvisions(sheet, asOf, applies, results[(_offsets[i] + 1).._offsets[i + 1]]);
            }
            else if (applies == Truth.Unknown)
            {
                open++;
            }
        }

        return open;
    }

    /// <summary>Place of a pack's first result.</summary>
    internal int Offset(int pack) => _offsets[pack];

    /// <summary>A code as a number; -1 for one that no condition names.</summary>
    internal int Symbol(string code) => _symbols.GetValueOrDefault(code, -1);

    /// <summary>Codes as numbers.</summary>
    internal int[] Symbols(FactValue value)
    {
        return Array.ConvertAll(value.CodeArray, Symbol);
    }

    // The buyers' countries that a condition needs to hold; null if it needs none in particular.
    private static string[]? CountriesOf(Condition condition) => condition switch
    {
        Leaf { Fact: "buyer.country", Operator: Operator.Eq or Operator.In, Value: { } value } => value.CodeArray,
        AllOf all => all.Parts.Select(CountriesOf).FirstOrDefault(c => c is not null),
        _ => null,
    };

    private int[] Intern(FactValue value)
    {
        var symbols = new int[value.Codes.Count];
        for (var i = 0; i < symbols.Length; i++)
        {
            if (!_symbols.TryGetValue(value.Codes[i], out symbols[i]))
            {
                symbols[i] = _symbols.Count;
                _symbols.Add(value.Codes[i], symbols[i]);
            }
        }

        return symbols;
    }
}
