namespace Palermo.Storage.Model;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>Waits.</summary>
    Queued,

    /// <summary>Somebody works on it.</summary>
    Running,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Can't be done; <see cref="Job.Message"/> says why.</summary>
    Failed,
}

/// <summary>Work in the background. It outlives the process: who takes it holds a lease, and when that runs out another takes it over.</summary>
public sealed class Job : IVersioned
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>What is to be done: <c>screen</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>For whom; null for the workspace itself.</summary>
    public Guid? OrganizationId { get; set; }

    /// <summary>What it is done to: an id.</summary>
    public required string Subject { get; set; }

    /// <summary>Where it stands.</summary>
    public JobState State { get; set; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>Who works on it; null if nobody.</summary>
    public Guid? Worker { get; set; }

    /// <summary>Until when the worker is believed to live.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Not before.</summary>
    public DateTimeOffset RunAfter { get; set; }

    /// <summary>How far it is, of 1.</summary>
    public double Progress { get; set; }

    /// <summary>Where it is, or why it failed, in words.</summary>
    public string Message { get; set; } = "";

    /// <summary>Who asked for it; null for the program itself.</summary>
    public Guid? ById { get; set; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}
