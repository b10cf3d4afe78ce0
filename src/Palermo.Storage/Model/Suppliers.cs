namespace Palermo.Storage.Model;

/// <summary>A supplier that an organization keeps a dossier of.</summary>
public sealed class Supplier : IVersioned
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose dossier it is.</summary>
    public Guid OrganizationId { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Other names, in any script, one a line.</summary>
    public string OtherNames { get; set; } = "";

    /// <summary>Country (ISO 3166-1 alpha-2), or empty.</summary>
    public string Country { get; set; } = "";

    /// <summary>Identifiers, one a line: <c>SCHEME ID</c>, with the scheme as in org-id.guide or LEI.</summary>
    public string Identifiers { get; set; } = "";

    /// <summary>Address in one line, or empty.</summary>
    public string Address { get; set; } = "";

    /// <summary>The supplier's own organization in this workspace; null if it has none.</summary>
    public Guid? AccountId { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}

/// <summary>Whether a party of a list is this supplier, as somebody decided. The last on a party counts, earlier ones stay.</summary>
public sealed class ListingDecision : IAppendOnly
{
    /// <summary>Id; ids of later entries are greater.</summary>
    public Guid Id { get; set; }

    /// <summary>The supplier.</summary>
    public Guid SupplierId { get; set; }

    /// <summary>The list.</summary>
    public required string ListId { get; set; }

    /// <summary>The party in it.</summary>
    public required string PartyId { get; set; }

    /// <summary>Edition of the list that was looked at.</summary>
    public DateOnly Edition { get; set; }

    /// <summary>What was decided: <c>match</c>, <c>not-a-match</c>, <c>unsure</c>.</summary>
    public required string Choice { get; set; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; set; }

    /// <summary>Who.</summary>
    public Guid ById { get; set; }

    /// <summary>Their name at that time.</summary>
    public required string ByName { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>What a supplier, or somebody for it, says against what the dossier shows; answered, never removed.</summary>
public sealed class SupplierNote : IAppendOnly
{
    /// <summary>Id; ids of later entries are greater.</summary>
    public Guid Id { get; set; }

    /// <summary>The supplier.</summary>
    public Guid SupplierId { get; set; }

    /// <summary><c>contest</c>, <c>answer</c> or <c>note</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>The note it answers; null if none.</summary>
    public Guid? ToId { get; set; }

    /// <summary>What it is about: a listing, a finding.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Words.</summary>
    public required string Text { get; set; }

    /// <summary>Who wrote it down.</summary>
    public Guid ById { get; set; }

    /// <summary>Their name at that time.</summary>
    public required string ByName { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>Answers of a supplier to the questionnaire, as they came, by the year they speak of.</summary>
public sealed class SupplierAnswers : IAppendOnly
{
    /// <summary>Id; ids of later entries are greater.</summary>
    public Guid Id { get; set; }

    /// <summary>The supplier.</summary>
    public Guid SupplierId { get; set; }

    /// <summary>Year.</summary>
    public int Year { get; set; }

    /// <summary>Answers by question, JSON object of texts.</summary>
    public required string Answers { get; set; }

    /// <summary>Where they came from: name of a file, a tender.</summary>
    public string Source { get; set; } = "";

    /// <summary>Who brought them.</summary>
    public Guid ById { get; set; }

    /// <summary>Their name at that time.</summary>
    public required string ByName { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}
