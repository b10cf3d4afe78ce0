namespace Palermo.Storage.Model;

/// <summary>
/// What happened, who did it and when: one entry for each change, in the same transaction. Each holds the hash of the one
/// before it, so that an entry changed or taken out later shows (<c>palermo db verify</c>).
/// </summary>
public sealed class LedgerEntry : IAppendOnly
{
    /// <summary>Counts from 1 without gaps.</summary>
    public long Number { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who; null for the program itself.</summary>
    public Guid? ById { get; set; }

    /// <summary>Their name at that time.</summary>
    public required string ByName { get; set; }

    /// <summary>Whose data; null for the workspace as a whole.</summary>
    public Guid? OrganizationId { get; set; }

    /// <summary>What: <c>tender.changed</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>What it was done to.</summary>
    public required string Subject { get; set; }

    /// <summary>More, in words or a hash; never what somebody must not read.</summary>
    public required string Detail { get; set; }

    /// <summary>Hash of the entry before; 64 zeros for the first.</summary>
    public required string Previous { get; set; }

    /// <summary>SHA-256 over the entry and <see cref="Previous"/>, hex.</summary>
    public required string Hash { get; set; }
}
