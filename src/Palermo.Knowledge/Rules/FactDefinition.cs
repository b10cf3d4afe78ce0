namespace Palermo.Knowledge.Rules;

/// <summary>A fact that conditions may read.</summary>
public sealed record FactDefinition
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is made of.</summary>
    public required FactType Type { get; init; }

    /// <summary>The question that settles it, in plain words.</summary>
    public required string Question { get; init; }

    /// <summary>Who knows: <c>buyer</c>, <c>bidder</c>, <c>notice</c> or <c>palermo</c> (the risk screening).</summary>
    public required string Known { get; init; }

    /// <summary>Codes it may hold, with their meaning; empty if any code may stand.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Codes { get; init; }

    /// <summary>Where OCDS publishes it; null if nowhere.</summary>
    public required string? Ocds { get; init; }

    /// <summary>Where eForms publishes it; null if nowhere.</summary>
    public required string? Eforms { get; init; }
}

/// <summary>The vocabulary of facts.</summary>
public sealed class FactList(IReadOnlyList<FactDefinition> all)
{
    private readonly Dictionary<string, int> _places = all.Select((f, i) => (f.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);

    /// <summary>All facts, in ordinal order of their names.</summary>
    public IReadOnlyList<FactDefinition> All { get; } = all;

    /// <summary>Place of a fact in <see cref="All"/>; -1 if there is none of that name.</summary>
    public int IndexOf(string name) => _places.GetValueOrDefault(name, -1);

    /// <summary>The fact of a name; null if there is none.</summary>
    public FactDefinition? Find(string name) => _places.TryGetValue(name, out var place) ? All[place] : null;
}
