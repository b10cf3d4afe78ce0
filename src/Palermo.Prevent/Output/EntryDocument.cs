using System.Text.Json.Serialization;
using Palermo.Knowledge.Compendium;

namespace Palermo.Prevent.Output;

/// <summary>An entry of the compendium as programs read it, from the command line and from the API alike.</summary>
public sealed record EntryDocument
{
    /// <summary>Id; it never changes.</summary>
    public required string Id { get; init; }

    /// <summary>Code of the State or organization.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>Its name.</summary>
    public required string JurisdictionName { get; init; }

    /// <summary>Title in English.</summary>
    public required string Title { get; init; }

    /// <summary>Title in the language of the text.</summary>
    public string? TitleLocal { get; init; }

    /// <summary>law, regulation, policy, national-action-plan, guideline …</summary>
    public required string Kind { get; init; }

    /// <summary>Where it stands on <see cref="AsOf"/>: not-yet, adopted, in-force, ended, unknown.</summary>
    public required string Standing { get; init; }

    /// <summary>The day.</summary>
    public required string AsOf { get; init; }

    /// <summary>Status when last reviewed.</summary>
    public required string Status { get; init; }

    /// <summary>Adopted: a day, a month or a year.</summary>
    public string? Adopted { get; init; }

    /// <summary>In force from.</summary>
    public string? InForce { get; init; }

    /// <summary>Its last day.</summary>
    public string? Ended { get; init; }

    /// <summary>Who issued it.</summary>
    public string? Issuer { get; init; }

    /// <summary>Whether it is about public purchasing.</summary>
    public required bool Procurement { get; init; }

    /// <summary>Buyers it covers.</summary>
    public string? CoveredBuyers { get; init; }

    /// <summary>Suppliers it covers.</summary>
    public string? CoveredSuppliers { get; init; }

    /// <summary>Sectors; "all" if it is not about some industry.</summary>
    public required IReadOnlyList<string> Sectors { get; init; }

    /// <summary>Ids of measures.</summary>
    public required IReadOnlyList<string> Measures { get; init; }

    /// <summary>identify, prevent, mitigate, remedy.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>trafficking, forced-labour, child-labour.</summary>
    public required IReadOnlyList<string> Risks { get; init; }

    /// <summary>What it does, in Palermo's words.</summary>
    public required string Summary { get; init; }

    /// <summary>Citation.</summary>
    public string? Citation { get; init; }

    /// <summary>Address of the official source.</summary>
    public string? Source { get; init; }

    /// <summary>Address of a page that reports on it.</summary>
    public string? Evidence { get; init; }

    /// <summary>source: seen in the text or an official page; memory: not seen, to be verified.</summary>
    public required string Checked { get; init; }

    /// <summary>Ids of the packs that make it run.</summary>
    public required IReadOnlyList<string> Packs { get; init; }

    /// <summary>An entry, with its standing on a day.</summary>
    public static EntryDocument Of(Initiative e, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(e);
        return new EntryDocument
        {
            Id = e.Id,
            Jurisdiction = e.Jurisdiction.Code,
            JurisdictionName = e.Jurisdiction.Name,
            Title = e.Title,
            TitleLocal = e.TitleLocal,
            Kind = e.Kind,
            Standing = Wording.Of(e.On(asOf)),
            AsOf = asOf.ToString("yyyy-MM-dd", null),
            Status = e.Status,
            Adopted = e.Adopted?.Text,
            InForce = e.InForce?.Text,
            Ended = e.Ended?.Text,
            Issuer = e.Issuer,
            Procurement = e.Procurement,
            CoveredBuyers = e.CoveredBuyers,
            CoveredSuppliers = e.CoveredSuppliers,
            Sectors = e.Sectors,
            Measures = e.Measures,
            Steps = e.Steps,
            Risks = e.Risks,
            Summary = e.Summary,
            Citation = e.Citation,
            Source = e.Source,
            Evidence = e.Evidence,
            Checked = e.Checked,
            Packs = e.Packs,
        };
    }
}

/// <summary>Serialization without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EntryDocument))]
internal sealed partial class EntryJson : JsonSerializerContext;
