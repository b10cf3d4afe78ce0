using Palermo.Procurement;

namespace Palermo.Identify;

/// <summary>The findings and the salience of one process, with what is unknown.</summary>
public sealed class Assessment
{
    /// <summary>The process.</summary>
    public required Ocid Ocid { get; init; }

    /// <summary>Where it was read.</summary>
    public required ProcessOrigin Origin { get; init; }

    /// <summary>Title of the tender.</summary>
    public string Title { get; init; } = "";

    /// <summary>Date of the release, as published.</summary>
    public string Date { get; init; } = "";

    /// <summary>Name of the buyer.</summary>
    public string BuyerName { get; init; } = "";

    /// <summary>Local id of the buyer.</summary>
    public string BuyerId { get; init; } = "";

    /// <summary>Names of the suppliers.</summary>
    public IReadOnlyList<string> Suppliers { get; init; } = [];

    /// <summary>Value, awarded if there are awards.</summary>
    public Money? Value { get; init; }

    /// <summary>Countries of deliverers, delivery and buyer: ISO 3166-1 alpha-2.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Salience of the process.</summary>
    public required Level Salience { get; init; }

    /// <summary>The salience in one sentence.</summary>
    public required string Explanation { get; init; }

    /// <summary>Findings, the most salient first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What could not be judged.</summary>
    public required IReadOnlyList<Unknown> Unknowns { get; init; }
}
