using Palermo.Storage.Changes;
using Palermo.Storage.Model;

namespace Palermo.Web.Working;

/// <summary>What a job leads to, committed with its end.</summary>
/// <param name="State">Done or failed.</param>
/// <param name="Message">In words.</param>
/// <param name="Lead">What it changes; only if the job was still this worker's.</param>
internal sealed record JobOutcome(JobState State, string Message, Func<Change, Task> Lead);

/// <summary>Does jobs of one kind. May be begun anew from the start at any time: what it leaves before its end counts for nothing.</summary>
internal interface IJobHandler
{
    /// <summary>Kind of its jobs.</summary>
    string Kind { get; }

    /// <summary>Does one.</summary>
    /// <param name="job">The job.</param>
    /// <param name="say">Says how far it is.</param>
    /// <param name="stop">The program stops, or another worker took the job over.</param>
    Task<JobOutcome> Do(Job job, Action<double, string> say, CancellationToken stop);
}
