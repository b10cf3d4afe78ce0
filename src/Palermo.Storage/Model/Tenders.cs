namespace Palermo.Storage.Model;

/// <summary>Where a tender stands.</summary>
public enum TenderState
{
    /// <summary>Facts are gathered, documents drawn up.</summary>
    Preparing,

    /// <summary>The notice is out.</summary>
    Published,

    /// <summary>Given up or done; kept to be read.</summary>
    Closed,
}

/// <summary>A tender that somebody prepares.</summary>
public sealed class Tender : IVersioned
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose it is.</summary>
    public Guid OrganizationId { get; set; }

    /// <summary>The organization's own reference; may be empty.</summary>
    public string Reference { get; set; } = "";

    /// <summary>What is bought, in a few words.</summary>
    public required string Title { get; set; }

    /// <summary>Facts file (JSON) as <c>palermo tender</c> reads it.</summary>
    public required string Facts { get; set; }

    /// <summary>Where it stands.</summary>
    public TenderState State { get; set; }

    /// <summary>Who sees to it.</summary>
    public Guid ResponsibleId { get; set; }

    /// <summary>Day the notice is to go out; null if none is set.</summary>
    public DateOnly? PublishOn { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}

/// <summary>Why something was decided: about a finding, an obligation, an open question. The last on a subject counts, earlier ones stay.</summary>
public sealed class TenderReason : IAppendOnly
{
    /// <summary>Id; ids of later entries are greater.</summary>
    public Guid Id { get; set; }

    /// <summary>The tender.</summary>
    public Guid TenderId { get; set; }

    /// <summary>What it is about: <c>obligation:PACK/ID</c>, <c>fact:NAME</c>, <c>risk</c>, <c>safeguard:PACK/ID</c>.</summary>
    public required string Subject { get; set; }

    /// <summary>What was decided: <c>follow</c>, <c>adapt</c>, <c>leave-out</c>, <c>note</c>.</summary>
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

/// <summary>A published notice brought to a tender: the file as it came.</summary>
public sealed class TenderNotice : IAppendOnly
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The tender.</summary>
    public Guid TenderId { get; set; }

    /// <summary>The contracting process in it.</summary>
    public required string Ocid { get; set; }

    /// <summary>The file.</summary>
    public required byte[] Content { get; set; }

    /// <summary>SHA-256 of the file, hex.</summary>
    public required string Sha256 { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>The assessment made before a notice goes out: facts, risk, obligations, reasons, editions, as they were that day. Never changed.</summary>
public sealed class AssessmentRecord : IAppendOnly
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The tender.</summary>
    public Guid TenderId { get; set; }

    /// <summary>Counts the records of a tender, from 1.</summary>
    public int Number { get; set; }

    /// <summary>The record, JSON.</summary>
    public required string Content { get; set; }

    /// <summary>SHA-256 of <see cref="Content"/>, hex. The ledger holds it too.</summary>
    public required string Sha256 { get; set; }

    /// <summary>Who made it.</summary>
    public Guid ById { get; set; }

    /// <summary>Their name at that time.</summary>
    public required string ByName { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}
