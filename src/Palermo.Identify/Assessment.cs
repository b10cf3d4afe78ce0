using Palermo.Procurement;

namespace Palermo.Identify;

/// <summary>The findings and the salience of one process, with what is unknown.</summary>
/// <remarks>Valid until the next process is judged: its texts and lists are those of the reader and the screener. Whoever keeps it longer keeps what <see cref="Kept"/> returns.</remarks>
public sealed class Assessment
{
    /// <summary>The process.</summary>
    public required Ocid Ocid { get; init; }

    /// <summary>Where it was read.</summary>
    public required ProcessOrigin Origin { get; init; }

    /// <summary>Title of the tender.</summary>
    public Utf8Text Title { get; init; }

    /// <summary>Date of the release, as published.</summary>
    public Utf8Text Date { get; init; }

    /// <summary>Name of the buyer.</summary>
    public Utf8Text BuyerName { get; init; }

    /// <summary>Local id of the buyer.</summary>
    public Utf8Text BuyerId { get; init; }

    /// <summary>Names of the suppliers.</summary>
    public IReadOnlyList<Utf8Text> Suppliers { get; init; } = [];

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

    /// <summary>The same assessment with texts and lists of its own, to be kept.</summary>
    public Assessment Kept() => new()
    {
        Ocid = Ocid,
        Origin = Origin,
        Title = Title.Copy(),
        Date = Date.Copy(),
        BuyerName = BuyerName.Copy(),
        BuyerId = BuyerId.Copy(),
        Suppliers = [.. Suppliers.Select(s => s.Copy())],
        Value = Value,
        Countries = [.. Countries],
        Salience = Salience,
        Explanation = Explanation,
        Findings = [.. Findings],
        Unknowns = [.. Unknowns],
    };
}
