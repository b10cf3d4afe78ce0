namespace Palermo.Knowledge.Compendium;

/// <summary>Where an initiative stands on a day.</summary>
public enum Standing
{
    /// <summary>Not adopted yet, or only proposed.</summary>
    NotYet,

    /// <summary>Adopted and not applicable yet.</summary>
    Adopted,

    /// <summary>In force, or current where it does not bind.</summary>
    InForce,

    /// <summary>Expired, repealed or superseded.</summary>
    Ended,

    /// <summary>The dates collected do not settle it.</summary>
    Unknown,
}

/// <summary>A figure from which an initiative applies.</summary>
/// <param name="Amount">The figure.</param>
/// <param name="Currency">ISO 4217 code; null if it is no amount of money.</param>
/// <param name="Basis">What is measured.</param>
/// <param name="Note">A remark; null if none.</param>
public sealed record ThresholdNote(decimal Amount, string? Currency, string Basis, string? Note);

/// <summary>An entry of the compendium: something a State or organization has adopted.</summary>
public sealed record Initiative
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>The State or organization.</summary>
    public required Jurisdiction Jurisdiction { get; init; }

    /// <summary>Title in English.</summary>
    public required string Title { get; init; }

    /// <summary>Title in the language of the text; null if it is English or not known.</summary>
    public required string? TitleLocal { get; init; }

    /// <summary>law, regulation, policy, national-action-plan, guideline, contract-clause, treaty, tool, code-of-conduct, recommendation, registry or trade-measure.</summary>
    public required string Kind { get; init; }

    /// <summary>Status when last reviewed.</summary>
    public required string Status { get; init; }

    /// <summary>When it was adopted.</summary>
    public required PartialDate? Adopted { get; init; }

    /// <summary>When it entered into force.</summary>
    public required PartialDate? InForce { get; init; }

    /// <summary>Its last day.</summary>
    public required PartialDate? Ended { get; init; }

    /// <summary>Ids of initiatives it took the place of.</summary>
    public required IReadOnlyList<string> Supersedes { get; init; }

    /// <summary>Who issued it; null if not known.</summary>
    public required string? Issuer { get; init; }

    /// <summary>Whether it is about public purchasing.</summary>
    public required bool Procurement { get; init; }

    /// <summary>Buyers it covers, in words; null if none or not known.</summary>
    public required string? CoveredBuyers { get; init; }

    /// <summary>Suppliers it covers, in words; null if none or not known.</summary>
    public required string? CoveredSuppliers { get; init; }

    /// <summary>Figures from which it applies.</summary>
    public required IReadOnlyList<ThresholdNote> Thresholds { get; init; }

    /// <summary>Sectors; <c>all</c> if it is not about some industry.</summary>
    public required IReadOnlyList<string> Sectors { get; init; }

    /// <summary>Ids of the measures it contains.</summary>
    public required IReadOnlyList<string> Measures { get; init; }

    /// <summary>Steps of due diligence: identify, prevent, mitigate, remedy.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>trafficking, forced-labour, child-labour.</summary>
    public required IReadOnlyList<string> Risks { get; init; }

    /// <summary>What it does, in our own words.</summary>
    public required string Summary { get; init; }

    /// <summary>Citation; null if none was found.</summary>
    public required string? Citation { get; init; }

    /// <summary>Address of the official source; null if none was found.</summary>
    public required string? Source { get; init; }

    /// <summary>Address of a page that reports on it; null if none.</summary>
    public required string? Evidence { get; init; }

    /// <summary><c>source</c>: seen in the text or an official page; <c>memory</c>: not seen, to be verified.</summary>
    public required string Checked { get; init; }

    /// <summary>Ids of the packs that make it run.</summary>
    public required IReadOnlyList<string> Packs { get; init; }

    /// <summary>Line in its file.</summary>
    public required int Line { get; init; }

    /// <summary>True if it was seen in its source.</summary>
    public bool IsVerified => Checked == "source";

    /// <summary>Where it stood on a day, as far as the dates collected tell.</summary>
    public Standing On(DateOnly day)
    {
        if (Status == "proposed")
        {
            return Standing.NotYet;
        }

        if (Ended is { } end && day > end.Last)
        {
            return Standing.Ended;
        }

        if (Ended is null && Status is "expired" or "superseded" or "repealed")
        {
            // Its end is not known, only that it has come.
            return day >= Jurisdiction.Reviewed ? Standing.Ended : Began(day) is Standing.NotYet ? Standing.NotYet : Standing.Unknown;
        }

        return Ended is { } last && day > last.First && last.First != last.Last ? Standing.Unknown : Began(day);
    }

    private Standing Began(DateOnly day)
    {
        // What is adopted and has no day of entry into force recorded counts from its adoption, unless it is known not to apply yet.
        var start = Status == "adopted-not-yet-applicable" ? null : InForce ?? Adopted;
        if (start is { } first)
        {
            return day >= first.Last ? Standing.InForce
                : day >= first.First ? Standing.Unknown
                : Adopted is { } adopted && day >= adopted.Last ? Standing.Adopted
                : Standing.NotYet;
        }

        if (Status == "adopted-not-yet-applicable")
        {
            return Adopted is { } since && day < since.First ? Standing.NotYet : Standing.Adopted;
        }

        return day >= Jurisdiction.Reviewed ? Standing.InForce : Standing.Unknown;
    }
}

/// <summary>A State, a part of one, or an organization.</summary>
/// <param name="Code">ISO 3166-1 alpha-2 or ISO 3166-2 code, or a code of ours for an organization.</param>
/// <param name="Name">Name.</param>
/// <param name="Level"><c>state-or-territory</c>, <c>subnational</c> or <c>organization</c>.</param>
/// <param name="Reviewed">Day at which its entries were last gone through: a status without a date counts from here.</param>
public sealed record Jurisdiction(string Code, string Name, string Level, DateOnly Reviewed);
