namespace Palermo.Storage.Model;

/// <summary>A data set that was brought and screened: its input, and the results as Parquet, lie in the folder of runs.</summary>
public sealed class ScreeningRun : IVersioned
{
    /// <summary>Id; the name of its folder too.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose it is.</summary>
    public Guid OrganizationId { get; set; }

    /// <summary>Name for people.</summary>
    public required string Title { get; set; }

    /// <summary>Name of the file that was brought.</summary>
    public required string Source { get; set; }

    /// <summary>Size of the file in bytes.</summary>
    public long Bytes { get; set; }

    /// <summary>SHA-256 of the file, hex.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>Contracting processes in it; null until it is screened.</summary>
    public long? Processes { get; set; }

    /// <summary>Errors in the data: places that could not be read.</summary>
    public long Problems { get; set; }

    /// <summary>Who brought it.</summary>
    public Guid ById { get; set; }

    /// <summary>When it was brought.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the screening was done; null if it is not.</summary>
    public DateTimeOffset? ScreenedAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}

/// <summary>A selection in a run that somebody wants to see again.</summary>
public sealed class SavedView
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The run.</summary>
    public Guid RunId { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>The query of its address.</summary>
    public required string Query { get; set; }

    /// <summary>Who saved it.</summary>
    public Guid ById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}
