using Palermo.Knowledge.Rules;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Explaining;

/// <summary>Kinds of <see cref="TraceNode"/>.</summary>
public enum TraceKind
{
    /// <summary>All parts must hold.</summary>
    All,

    /// <summary>One part must hold.</summary>
    Any,

    /// <summary>The part must not hold.</summary>
    Not,

    /// <summary>A condition the pack states by name.</summary>
    Defined,

    /// <summary>Another pack applies.</summary>
    Pack,

    /// <summary>A comparison of a fact.</summary>
    Fact,

    /// <summary>The days of the pack.</summary>
    Effective,
}

/// <summary>A condition as it was judged: what was seen, what was required, by which text.</summary>
public sealed record TraceNode
{
    /// <summary>Kind.</summary>
    public required TraceKind Kind { get; init; }

    /// <summary>Result.</summary>
    public required Truth Truth { get; init; }

    /// <summary>Parts, in the order of the pack.</summary>
    public IReadOnlyList<TraceNode> Children { get; init; } = [];

    /// <summary>Name of the fact, the definition or the day.</summary>
    public string? Name { get; init; }

    /// <summary>The comparison; null if it is none.</summary>
    public Leaf? Leaf { get; init; }

    /// <summary>The value seen; null if unknown.</summary>
    public FactValue? Observed { get; init; }

    /// <summary>The value required; null if none is.</summary>
    public FactValue? Required { get; init; }

    /// <summary>First day of the required value, or of the pack.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day of the pack.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Where the required value is written.</summary>
    public string? Citation { get; init; }

    /// <summary>How the required value was verified.</summary>
    public string? Checked { get; init; }

    /// <summary>First day of a parameter that is not yet in force.</summary>
    public DateOnly? NotYet { get; init; }

    /// <summary>The day up to which events are too old.</summary>
    public DateOnly? Cutoff { get; init; }

    /// <summary>The rate by which an amount was compared.</summary>
    public ExchangeRate? Rate { get; init; }

    /// <summary>What would settle it; null if it is settled.</summary>
    public string? Need { get; init; }

    /// <summary>True for a pack that is only proposed.</summary>
    public bool Proposed { get; init; }

    /// <summary>What would settle it, in the order of the pack, each once.</summary>
    public IReadOnlyList<string> Needs()
    {
        var needs = new List<string>();
        Collect(this, needs);
        return needs;
    }

    private static void Collect(TraceNode node, List<string> needs)
    {
        if (node.Truth != Truth.Unknown)
        {
            return;
        }

        if (node.Need is { } need && !needs.Contains(need))
        {
            needs.Add(need);
        }

        foreach (var child in node.Children)
        {
            Collect(child, needs);
        }
    }
}
