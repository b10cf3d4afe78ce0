namespace Palermo.Storage.Model;

/// <summary>The key pair of somebody who handles cases: the public key, and the private one under a passphrase that only they know.</summary>
public sealed class HandlerKey
{
    /// <summary>The person.</summary>
    public Guid PersonId { get; set; }

    /// <summary>Public key.</summary>
    public required byte[] PublicKey { get; set; }

    /// <summary>Salt of the passphrase.</summary>
    public required byte[] Salt { get; set; }

    /// <summary>Private key under the passphrase.</summary>
    public required byte[] Box { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A handler's private key while they work: under a secret that only their browser holds.</summary>
public sealed class UnlockedKey
{
    /// <summary>SHA-256 of the browser's secret, hex.</summary>
    public required string Id { get; set; }

    /// <summary>The person.</summary>
    public Guid PersonId { get; set; }

    /// <summary>The key.</summary>
    public required byte[] Box { get; set; }

    /// <summary>Until when.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>A key that opens every case of a channel, and that only several people together can use.</summary>
public sealed class RecoveryKey : IVersioned
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose channel.</summary>
    public Guid OrganizationId { get; set; }

    /// <summary>Public key.</summary>
    public required byte[] PublicKey { get; set; }

    /// <summary>How many are needed.</summary>
    public int Needed { get; set; }

    /// <summary>Ids of the people, separated by blanks, in the order of their numbers.</summary>
    public required string People { get; set; }

    /// <summary>The private key in layers for each group, JSON.</summary>
    public required string Layers { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When another took its place; null if none did.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}

/// <summary>A recovery under way: one after the other takes their layer off.</summary>
public sealed class Recovery : IVersioned
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The key.</summary>
    public Guid RecoveryKeyId { get; set; }

    /// <summary>Who gets the cases.</summary>
    public Guid ForId { get; set; }

    /// <summary>Why.</summary>
    public required string Reason { get; set; }

    /// <summary>Whose turn it is and who follows, ids separated by blanks; empty when done.</summary>
    public required string Left { get; set; }

    /// <summary>What is left of the layers; empty when done.</summary>
    public required byte[] Box { get; set; }

    /// <summary>When it was begun.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}

/// <summary>A grievance case. What was said is sealed; what stands here in the clear finds it and opens nothing.</summary>
public sealed class Case : IVersioned
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Who runs the channel.</summary>
    public Guid OrganizationId { get; set; }

    /// <summary>First digits of the receipt.</summary>
    public required string Locator { get; set; }

    /// <summary>Salt of the receipt.</summary>
    public required byte[] Salt { get; set; }

    /// <summary>Public key of the receipt.</summary>
    public required byte[] ReporterKey { get; set; }

    /// <summary>Public key of the case: anybody can add, only holders of a wrapped key can read.</summary>
    public required byte[] PublicKey { get; set; }

    /// <summary>Commitment of the receipt, as the ledger has it.</summary>
    public required string Commitment { get; set; }

    /// <summary>Language of the reporter.</summary>
    public required string Language { get; set; }

    /// <summary>The contract it is about; null if none is known.</summary>
    public Guid? ContractId { get; set; }

    /// <summary>Where it was sealed: <c>browser</c> or <c>server</c>.</summary>
    public required string SealedAt { get; set; }

    /// <summary>When it came in.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When its keys were destroyed; null if they were not.</summary>
    public DateTimeOffset? PurgedAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}

/// <summary>The private key of a case, sealed to one who may read it. Without any, the case is gone for ever.</summary>
public sealed class CaseKeyCopy
{
    /// <summary>The case.</summary>
    public Guid CaseId { get; set; }

    /// <summary>Whose: <c>handler</c>, <c>recovery</c>, <c>reporter</c>.</summary>
    public required string Holder { get; set; }

    /// <summary>The person or the recovery key; the case itself for the reporter.</summary>
    public Guid HolderId { get; set; }

    /// <summary>The key.</summary>
    public required byte[] Box { get; set; }
}

/// <summary>Something said in a case, sealed to it.</summary>
public sealed class CaseMessage
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The case.</summary>
    public Guid CaseId { get; set; }

    /// <summary><c>reporter</c>, <c>handler</c>, <c>note</c> among handlers, or <c>words</c> of the event with the same id.</summary>
    public required string From { get; set; }

    /// <summary>The content.</summary>
    public required byte[] Box { get; set; }

    /// <summary>Name of the handler; blank for the reporter.</summary>
    public string ByName { get; set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>A file of a case, sealed to it.</summary>
public sealed class CaseFile
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The case.</summary>
    public Guid CaseId { get; set; }

    /// <summary>Who brought it, as with messages.</summary>
    public required string From { get; set; }

    /// <summary>Its name, sealed.</summary>
    public required byte[] NameBox { get; set; }

    /// <summary>Its key, sealed.</summary>
    public required byte[] Key { get; set; }

    /// <summary>Its content.</summary>
    public required byte[] Content { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>Who the reporter is, if they said so: sealed to two people together.</summary>
public sealed class CaseIdentity
{
    /// <summary>The case.</summary>
    public Guid CaseId { get; set; }

    /// <summary>The content, sealed to a key of its own.</summary>
    public required byte[] Box { get; set; }

    /// <summary>That key in layers for each two of the handlers, JSON.</summary>
    public required string Layers { get; set; }
}

/// <summary>A request to see who the reporter is: one asks, another agrees.</summary>
public sealed class IdentityRequest : IVersioned
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The case.</summary>
    public Guid CaseId { get; set; }

    /// <summary>Who asks.</summary>
    public Guid AskedById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset AskedAt { get; set; }

    /// <summary>Who agreed; null if nobody did.</summary>
    public Guid? AgreedById { get; set; }

    /// <summary>The key, sealed to who asked; null until somebody agreed.</summary>
    public byte[]? Box { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}

/// <summary>What happened to a case, in codes.</summary>
public sealed class CaseEntry : IAppendOnly
{
    /// <summary>Id; words sealed beside it have the same.</summary>
    public Guid Id { get; set; }

    /// <summary>The case.</summary>
    public Guid CaseId { get; set; }

    /// <summary>Counts the entries of the case, from 1.</summary>
    public int Number { get; set; }

    /// <summary>What.</summary>
    public required string Kind { get; set; }

    /// <summary>A word that the kind defines.</summary>
    public string Word { get; set; } = "";

    /// <summary>Whom it is about; null if nobody.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>Whether words stand sealed beside it.</summary>
    public bool HasWords { get; set; }

    /// <summary>A day that the kind defines.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>An earlier one it is about.</summary>
    public string Ref { get; set; } = "";

    /// <summary>Who; null for the channel and the reporter.</summary>
    public Guid? ById { get; set; }

    /// <summary>Their name at that time; blank for the reporter.</summary>
    public string ByName { get; set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>What is owed to workers of a case and what was paid, by pseudonym.</summary>
public sealed class RemedyPosting : IAppendOnly
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The case.</summary>
    public Guid CaseId { get; set; }

    /// <summary>Counts the postings of the case, from 1.</summary>
    public int Number { get; set; }

    /// <summary>What it says.</summary>
    public required string Kind { get; set; }

    /// <summary>The worker, by pseudonym.</summary>
    public required string Worker { get; set; }

    /// <summary>What for.</summary>
    public required string Component { get; set; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; set; }

    /// <summary>Amount in minor units.</summary>
    public long Minor { get; set; }

    /// <summary>How well it is known.</summary>
    public required string Grade { get; set; }

    /// <summary>How it was paid or verified.</summary>
    public string Method { get; set; } = "";

    /// <summary>The posting it is about.</summary>
    public Guid? ToId { get; set; }

    /// <summary>Why.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Day on which it happened.</summary>
    public DateOnly OnDay { get; set; }

    /// <summary><c>payer</c> or <c>independent</c>.</summary>
    public required string Side { get; set; }

    /// <summary>Who wrote it.</summary>
    public Guid ById { get; set; }

    /// <summary>Their name at that time.</summary>
    public required string ByName { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}
