using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Model;

namespace Palermo.Storage.Changes;

/// <summary>
/// Work that outlives the process that began it. Taking a job is one conditional update, so no two workers hold it; what a
/// job leads to is committed with its end, and only by the one who still holds it: nothing is lost, nothing done twice.
/// </summary>
public sealed class JobQueue(Workspace workspace)
{
    /// <summary>How often a job is begun before it counts as failed: a job that kills its process must not kill it for ever.</summary>
    public const int MostAttempts = 5;

    /// <summary>For how long a worker is believed to live after it was heard of.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <summary>Asks for work, within a change.</summary>
    public static Job Ask(Change change, string kind, object subject, Guid? organizationId)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(subject);
        var job = new Job { Id = change.NewId(), Kind = kind, Subject = subject.ToString()!, OrganizationId = organizationId, RunAfter = change.At, ById = change.By.Id, CreatedAt = change.At };
        change.Db.Jobs.Add(job);
        return job;
    }

    /// <summary>Takes the next job that waits, or one whose worker was not heard of; null if there is none.</summary>
    public async Task<Job?> Take(Guid worker, CancellationToken cancel = default)
    {
        while (true)
        {
            await using var db = workspace.Open();
            var now = workspace.Now;
            var next = await db.Jobs.Where(j => (j.State == JobState.Queued && j.RunAfter <= now) || (j.State == JobState.Running && j.LeaseUntil < now)).OrderBy(j => j.RunAfter).FirstOrDefaultAsync(cancel).ConfigureAwait(false);
            if (next is null)
            {
                return null;
            }

            var tooOften = next.Attempts >= MostAttempts;
            var until = now + Lease;
            var taken = await db.Jobs.Where(j => j.Id == next.Id && j.Version == next.Version).ExecuteUpdateAsync(s => s
                .SetProperty(j => j.State, tooOften ? JobState.Failed : JobState.Running)
                .SetProperty(j => j.Message, j => tooOften ? "The program stopped each time it was at this." : j.Message)
                .SetProperty(j => j.FinishedAt, tooOften ? now : null)
                .SetProperty(j => j.Worker, tooOften ? null : worker)
                .SetProperty(j => j.LeaseUntil, until)
                .SetProperty(j => j.Attempts, j => j.Attempts + 1)
                .SetProperty(j => j.Version, j => j.Version + 1), cancel).ConfigureAwait(false);
            if (taken == 1 && !tooOften)
            {
                return await db.Jobs.SingleAsync(j => j.Id == next.Id, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Says that the worker lives and how far it is.</summary>
    /// <returns>False if the job is no longer the worker's: it is to stop.</returns>
    public async Task<bool> Beat(Guid jobId, Guid worker, double progress, string message, CancellationToken cancel = default)
    {
        await using var db = workspace.Open();
        var until = workspace.Now + Lease;
        return await db.Jobs.Where(j => j.Id == jobId && j.Worker == worker && j.State == JobState.Running).ExecuteUpdateAsync(s => s
            .SetProperty(j => j.LeaseUntil, until)
            .SetProperty(j => j.Progress, progress)
            .SetProperty(j => j.Message, message)
            .SetProperty(j => j.Version, j => j.Version + 1), cancel).ConfigureAwait(false) == 1;
    }

    /// <summary>Ends a job together with what it leads to; nothing happens if it is no longer the worker's.</summary>
    public Task<bool> Finish(Guid jobId, Guid worker, JobState state, string message, Func<Change, Task> lead, CancellationToken cancel = default) => workspace.Write(Actor.Program, async change =>
    {
        ArgumentNullException.ThrowIfNull(lead);
        var job = await change.Db.Jobs.SingleOrDefaultAsync(j => j.Id == jobId && j.Worker == worker && j.State == JobState.Running, cancel).ConfigureAwait(false);
        if (job is null)
        {
            return false;
        }

        job.State = state;
        job.Message = message;
        job.Progress = state == JobState.Done ? 1 : job.Progress;
        job.FinishedAt = change.At;
        job.Worker = null;
        job.LeaseUntil = null;
        await lead(change).ConfigureAwait(false);
        return true;
    }, cancel);

    /// <summary>Gives a job back, to be taken again later: the process stops, or the other side was not there.</summary>
    public async Task GiveBack(Guid jobId, Guid worker, TimeSpan wait, string message, CancellationToken cancel = default)
    {
        await using var db = workspace.Open();
        var after = workspace.Now + wait;
        await db.Jobs.Where(j => j.Id == jobId && j.Worker == worker && j.State == JobState.Running).ExecuteUpdateAsync(s => s
            .SetProperty(j => j.State, JobState.Queued)
            .SetProperty(j => j.Worker, (Guid?)null)
            .SetProperty(j => j.RunAfter, after)
            .SetProperty(j => j.Message, message)
            .SetProperty(j => j.Attempts, j => j.Attempts - 1)
            .SetProperty(j => j.Version, j => j.Version + 1), cancel).ConfigureAwait(false);
    }
}
