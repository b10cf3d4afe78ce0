namespace Palermo.Storage.Model;

/// <summary>Lets a program in. Only a hash of the key is kept.</summary>
public sealed class ApiKey : IVersioned
{
    /// <summary>Id; the first part of the key.</summary>
    public required string Id { get; set; }

    /// <summary>Whose data it opens.</summary>
    public Guid OrganizationId { get; set; }

    /// <summary>Name for people.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the secret part, hex. The secret is 256 random bits: no slow hash is needed.</summary>
    public required string SecretHash { get; set; }

    /// <summary>What it may do, separated by blanks.</summary>
    public required string Scopes { get; set; }

    /// <summary>Requests a day.</summary>
    public int DailyQuota { get; set; }

    /// <summary>Day of the count.</summary>
    public DateOnly CountedOn { get; set; }

    /// <summary>Requests on that day.</summary>
    public int Count { get; set; }

    /// <summary>Last day it can be used.</summary>
    public DateOnly ExpiresOn { get; set; }

    /// <summary>When it was withdrawn; null if it was not.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Who made it.</summary>
    public Guid ById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}

/// <summary>An answer given to a request with an Idempotency-Key, given again when the request comes again.</summary>
public sealed class IdempotentAnswer
{
    /// <summary>The key of the API that asked.</summary>
    public required string ApiKeyId { get; set; }

    /// <summary>The header.</summary>
    public required string Key { get; set; }

    /// <summary>SHA-256 of method, address and body, hex.</summary>
    public required string RequestHash { get; set; }

    /// <summary>Status.</summary>
    public int Status { get; set; }

    /// <summary>Header Location, or empty.</summary>
    public string Location { get; set; } = "";

    /// <summary>Header ETag, or empty.</summary>
    public string Tag { get; set; } = "";

    /// <summary>Body.</summary>
    public string Body { get; set; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>An address that is told what happens.</summary>
public sealed class Webhook : IVersioned
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose events.</summary>
    public Guid OrganizationId { get; set; }

    /// <summary>Address.</summary>
    public required string Url { get; set; }

    /// <summary>Secret that signs, protected by the keys of the workspace.</summary>
    public required string Secret { get; set; }

    /// <summary>Kinds of events, separated by blanks; <c>*</c> for all.</summary>
    public required string Kinds { get; set; }

    /// <summary>When it was switched off; null if it is on.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}

/// <summary>One event for one webhook: sent until it is taken, or given up after some days.</summary>
public sealed class Delivery : IVersioned
{
    /// <summary>Id: the header webhook-id.</summary>
    public Guid Id { get; set; }

    /// <summary>The webhook.</summary>
    public Guid WebhookId { get; set; }

    /// <summary>Number of the entry in the ledger.</summary>
    public long EntryNumber { get; set; }

    /// <summary>What is sent, JSON.</summary>
    public required string Body { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When to try; null when it is over.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>When it was taken; null if it was not.</summary>
    public DateTimeOffset? TakenAt { get; set; }

    /// <summary>What the other side said last, or why it could not be reached.</summary>
    public string LastAnswer { get; set; } = "";

    /// <inheritdoc/>
    public long Version { get; set; }
}
