using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Working;

namespace Palermo.Web.Contracts;

/// <summary>Judges a contract again in the background; begun anew, it says nothing twice.</summary>
internal sealed class JudgeJob(Workspace store, ContractJudge judge) : IJobHandler
{
    public const string Name = "judge";

    public string Kind => Name;

    public async Task<JobOutcome> Do(Job job, Action<double, string> say, CancellationToken stop)
    {
        var id = Guid.Parse(job.Subject);
        await using var db = store.Open();
        if (await db.Contracts.SingleOrDefaultAsync(c => c.Id == id, stop) is not { } contract)
        {
            return new JobOutcome(JobState.Failed, "The contract is gone.", _ => Task.CompletedTask);
        }

        say(0.3, "judging");
        var (causes, level) = await judge.Causes(db, contract, stop);
        // What a job leads to is written after its own time is over: it has no use for its token.
        return new JobOutcome(JobState.Done, $"{causes.Count} causes, {level}", change => judge.Write(change, id, causes, level, CancellationToken.None));
    }
}

/// <summary>Looks for contracts whose judgement rests on what is no longer so: a new edition of a list or of the data, another day, a case decided. However many nodes look, each is judged once.</summary>
internal sealed class Watcher(Workspace store, ContractJudge judge, ILogger<Watcher> log) : Rounds(log, TimeSpan.FromSeconds(60))
{
    private const int Most = 500;

    protected override string Trouble => "Contracts could not be looked at";

    protected override async Task Round(CancellationToken stop)
    {
        var fingerprint = judge.Fingerprint;
        await using var db = store.Open();
        var stale = await db.Contracts.Where(c => !db.ContractEvents.Any(e => e.ContractId == c.Id && e.Kind == "judged" && e.Text == fingerprint)).Select(c => new { c.Id, c.OrganizationId }).Take(Most).ToListAsync(stop);
        foreach (var contract in stale)
        {
            var subject = contract.Id.ToString();
            await store.Write(Actor.Program, async change =>
            {
                await store.Alone(change, stop);
                if (!await change.Db.Jobs.AnyAsync(j => j.Kind == JudgeJob.Name && j.Subject == subject && (j.State == JobState.Queued || j.State == JobState.Running), stop))
                {
                    JobQueue.Ask(change, JudgeJob.Name, contract.Id, contract.OrganizationId);
                }
            }, stop);
        }
    }
}
