namespace Palermo.Storage.Model;

/// <summary>A node of the Merkle tree over the ledger (RFC 6962): whole ones only, so that none ever changes.</summary>
public sealed class LogNode : IAppendOnly
{
    /// <summary>Level and index in one number: <c>level·2^56 + index</c>.</summary>
    public long Position { get; set; }

    /// <summary>Its hash.</summary>
    public required byte[] Hash { get; set; }
}

/// <summary>A signed checkpoint of the log: published, so that nobody can show different pasts to different people.</summary>
public sealed class LogCheckpoint : IAppendOnly
{
    /// <summary>Entries it covers.</summary>
    public long Size { get; set; }

    /// <summary>The signed note.</summary>
    public required string Note { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}
