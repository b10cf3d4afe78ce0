using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;

namespace Palermo.Storage.Tests;

public sealed class JobTests(Stores stores)
{
    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public async Task Each_job_is_taken_by_one_worker(StoreKind kind)
    {
        const int Jobs = 40, Workers = 6;
        var workspace = await stores.New(kind);
        var queue = new JobQueue(workspace);
        await workspace.Write(Actor.Program, change =>
        {
            for (var i = 0; i < Jobs; i++)
            {
                JobQueue.Ask(change, "test", i, null);
            }

            return Task.CompletedTask;
        });
        var taken = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            var worker = Guid.NewGuid();
            while (await queue.Take(worker) is { } job)
            {
                taken.Add(job.Subject);
                Assert.True(await queue.Finish(job.Id, worker, JobState.Done, "", change =>
                {
                    change.Log("test.done", job.Subject, null);
                    return Task.CompletedTask;
                }));
            }
        })));
        Assert.Equal(Jobs, taken.Distinct().Count());
        Assert.Equal(Jobs, taken.Count);
        await using var db = workspace.Open();
        Assert.Equal(Jobs, await db.Ledger.CountAsync());
    }

    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public async Task What_a_dead_worker_held_is_taken_over_and_counts_once(StoreKind kind)
    {
        var clock = new SetClock();
        var workspace = await stores.New(kind, clock);
        var queue = new JobQueue(workspace);
        await workspace.Write(Actor.Program, change =>
        {
            JobQueue.Ask(change, "test", "x", null);
            return Task.CompletedTask;
        });
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var job = (await queue.Take(first))!;
        Assert.Null(await queue.Take(second));
        clock.Now += JobQueue.Lease / 2;
        Assert.True(await queue.Beat(job.Id, first, 0.5, "half"));
        clock.Now += JobQueue.Lease - TimeSpan.FromSeconds(1);
        Assert.Null(await queue.Take(second));
        clock.Now += TimeSpan.FromSeconds(2);
        var again = (await queue.Take(second))!;
        Assert.Equal((job.Id, 2), (again.Id, again.Attempts));

        // The first was only slow: what it did is not counted, and it is told.
        Assert.False(await queue.Beat(job.Id, first, 0.9, "late"));
        var led = 0;
        Task Lead(Change change)
        {
            led++;
            return Task.CompletedTask;
        }

        Assert.False(await queue.Finish(job.Id, first, JobState.Done, "", Lead));
        Assert.True(await queue.Finish(job.Id, second, JobState.Done, "", Lead));
        Assert.False(await queue.Finish(job.Id, second, JobState.Done, "", Lead));
        Assert.Equal(1, led);
    }

    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public async Task A_job_that_kills_its_worker_each_time_fails_and_one_given_back_does_not(StoreKind kind)
    {
        var clock = new SetClock();
        var workspace = await stores.New(kind, clock);
        var queue = new JobQueue(workspace);
        await workspace.Write(Actor.Program, change =>
        {
            JobQueue.Ask(change, "test", "x", null);
            return Task.CompletedTask;
        });
        for (var i = 0; i < JobQueue.MostAttempts * 2; i++)
        {
            var worker = Guid.NewGuid();
            var job = (await queue.Take(worker))!;
            await queue.GiveBack(job.Id, worker, TimeSpan.FromMinutes(1), "stopping");
            Assert.Null(await queue.Take(worker));
            clock.Now += TimeSpan.FromMinutes(1);
        }

        for (var i = 0; i < JobQueue.MostAttempts; i++)
        {
            Assert.NotNull(await queue.Take(Guid.NewGuid()));
            clock.Now += JobQueue.Lease + TimeSpan.FromSeconds(1);
        }

        Assert.Null(await queue.Take(Guid.NewGuid()));
        await using var db = workspace.Open();
        Assert.Equal(JobState.Failed, (await db.Jobs.SingleAsync()).State);
    }
}
