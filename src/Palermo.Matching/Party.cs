namespace Palermo.Matching;

/// <summary>What is known of a party, for comparison. Only names are needed.</summary>
public sealed record Party
{
    /// <summary>Names, the main one first; in any script.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Person, organization, or not said.</summary>
    public PartyKind Kind { get; init; }

    /// <summary>Countries of registration, operation or nationality: ISO 3166-1 codes or names.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Addresses, as written.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Dates of birth or of foundation: ISO 8601, or a year, or year and month, or eight digits.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>Registry, tax and other numbers; <c>scheme:value</c>, or the value alone.</summary>
    public IReadOnlyList<string> Identifiers { get; init; } = [];

    /// <summary>Telephone numbers.</summary>
    public IReadOnlyList<string> Phones { get; init; } = [];
}
