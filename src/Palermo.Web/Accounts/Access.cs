using Palermo.Storage.Changes;

namespace Palermo.Web.Accounts;

/// <summary>Who asks, and what they may do where. Read anew for each request: a role taken away is gone at once.</summary>
/// <param name="PersonId">The person; null for a program with a key.</param>
/// <param name="Name">Their name.</param>
/// <param name="Strong">Whether they proved it with more than a password.</param>
/// <param name="Permissions">What they may do, by organization.</param>
/// <param name="Organizations">Names of the organizations they see anything of.</param>
public sealed record Access(Guid? PersonId, string Name, bool Strong, IReadOnlyDictionary<Guid, IReadOnlySet<Permission>> Permissions, IReadOnlyDictionary<Guid, string> Organizations)
{
    /// <summary>For the ledger.</summary>
    public Actor Actor => new(PersonId, Name);

    /// <summary>Id of the key a program uses; null for a person.</summary>
    public string? ApiKeyId { get; init; }

    /// <summary>Who made the key, and answers for what the program does; null for a person.</summary>
    public Guid? OnBehalfOf { get; init; }

    /// <summary>Whether they may do it in some organization.</summary>
    public bool May(Permission permission) => Permissions.Values.Any(p => p.Contains(permission));

    /// <summary>Whether they may do it in an organization.</summary>
    public bool May(Permission permission, Guid organizationId) => Permissions.TryGetValue(organizationId, out var there) && there.Contains(permission);

    /// <summary>Organizations in which they may do it.</summary>
    public IReadOnlyList<Guid> Where(Permission permission) => [.. Permissions.Where(p => p.Value.Contains(permission)).Select(p => p.Key).OrderBy(o => Organizations[o], StringComparer.Ordinal)];
}
