namespace Palermo.Knowledge.Rules;

/// <summary>Which way a parameter of a measure gets stricter.</summary>
public enum Direction
{
    /// <summary>A greater value asks for more.</summary>
    Higher,

    /// <summary>A smaller value asks for more.</summary>
    Lower,

    /// <summary>More members ask for more.</summary>
    Union,

    /// <summary>True asks for more.</summary>
    True,
}

/// <summary>A parameter of a measure.</summary>
/// <param name="Name">Name.</param>
/// <param name="Type">Number, money, codes or boolean.</param>
/// <param name="Unit">What it counts: years, days, EUR …</param>
/// <param name="Stricter">Which way it gets stricter.</param>
/// <param name="Limits">Name of the parameter that caps it (an upper bound protects the other side); null if none does.</param>
/// <param name="Description">What it is.</param>
public sealed record MeasureParameter(string Name, FactType Type, string Unit, Direction Stricter, string? Limits, string Description);

/// <summary>How a publication shows that a measure was taken.</summary>
/// <param name="Eforms">Business terms and codes, in words; null if eForms has no place for it.</param>
/// <param name="Espd">Criterion and code; null if the ESPD has no place for it.</param>
/// <param name="Ocds">Path; null if OCDS has no place for it.</param>
/// <param name="Signals">Signals, as the safeguard reader knows them; none if a notice can't show it.</param>
public sealed record Appearance(string? Eforms, string? Espd, string? Ocds, IReadOnlyList<string> Signals);

/// <summary>A canonical thing that rules ask for.</summary>
public sealed record Measure
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>Short title.</summary>
    public required string Title { get; init; }

    /// <summary>Phase it belongs to first.</summary>
    public required string Phase { get; init; }

    /// <summary>Who acts.</summary>
    public required string Actor { get; init; }

    /// <summary>Step of due diligence: identify, prevent, mitigate or remedy.</summary>
    public required string Step { get; init; }

    /// <summary>Definition in plain words.</summary>
    public required string Definition { get; init; }

    /// <summary>What it rests on: an article of the UNGP, the OECD guidance, an ILO convention.</summary>
    public required string Standard { get; init; }

    /// <summary>Parameters, in ordinal order of their names.</summary>
    public required IReadOnlyList<MeasureParameter> Parameters { get; init; }

    /// <summary>How publications show it.</summary>
    public required Appearance Appearance { get; init; }

    /// <summary>The measure that can't be done together with it; null if none.</summary>
    public required string? Contrary { get; init; }
}

/// <summary>The vocabulary of measures.</summary>
public sealed class MeasureList(IReadOnlyList<Measure> all)
{
    private readonly Dictionary<string, Measure> _byId = all.ToDictionary(m => m.Id, StringComparer.Ordinal);

    /// <summary>All measures, in the order of the vocabulary.</summary>
    public IReadOnlyList<Measure> All { get; } = all;

    /// <summary>The measure of an id; null if there is none.</summary>
    public Measure? Find(string id) => _byId.GetValueOrDefault(id);
}
