using Microsoft.AspNetCore.Identity;

namespace Palermo.Storage.Model;

/// <summary>What somebody does in an organization. What each may do stands in docs/authorization.md.</summary>
public enum Role
{
    /// <summary>Prepares tenders.</summary>
    Officer,

    /// <summary>Watches contracts.</summary>
    ContractManager,

    /// <summary>Screens and explores data sets.</summary>
    Analyst,

    /// <summary>Handles grievances.</summary>
    CaseHandler,

    /// <summary>Reads everything, changes nothing.</summary>
    Auditor,

    /// <summary>People, organizations, keys, lists.</summary>
    Administrator,

    /// <summary>Works on corrective action plans for a supplier.</summary>
    Supplier,
}

/// <summary>Somebody with an account. Signs in with a passkey, with a password and a second factor, or through the organization's own provider.</summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>Name shown to others.</summary>
    public required string Name { get; set; }

    /// <summary>Language of the screens: <c>en</c>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>Since when the account is closed; null if it is open. Accounts are closed, not deleted: what they did stays theirs.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Roles.</summary>
    public List<Membership> Memberships { get; set; } = [];
}

/// <summary>A buyer, a ministry, an agency. What is kept belongs to one.</summary>
public sealed class Organization : IVersioned
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Country (ISO 3166-1 alpha-2), or empty for an international organization.</summary>
    public string Country { get; set; } = "";

    /// <summary>Whether it runs the workspace: its administrators see to organizations, lists and backups.</summary>
    public bool IsOperator { get; set; }

    /// <summary>Whether it is a supplier: its people work on plans that buyers ask of it.</summary>
    public bool IsSupplier { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}

/// <summary>A role of a person in an organization.</summary>
public sealed class Membership
{
    /// <summary>The person.</summary>
    public Guid PersonId { get; set; }

    /// <summary>The organization.</summary>
    public Guid OrganizationId { get; set; }

    /// <summary>The role.</summary>
    public Role Role { get; set; }
}

/// <summary>Analysts and auditors of one organization may read what another keeps: a ministry and its agencies.</summary>
public sealed class Oversight
{
    /// <summary>Who reads.</summary>
    public Guid OverseerId { get; set; }

    /// <summary>Whose is read.</summary>
    public Guid OverseenId { get; set; }
}

/// <summary>An invitation to make an account, or to get back into one. Only a hash of its code is kept.</summary>
public sealed class Invitation
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>SHA-256 of the code, hex.</summary>
    public required string CodeHash { get; set; }

    /// <summary>E-mail address of the one invited.</summary>
    public required string Email { get; set; }

    /// <summary>Organization whose member they become.</summary>
    public Guid OrganizationId { get; set; }

    /// <summary>Roles, separated by commas.</summary>
    public required string Roles { get; set; }

    /// <summary>Until when it can be used.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was used; null if it was not.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
