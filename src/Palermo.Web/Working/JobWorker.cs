using Palermo.Storage;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Hosting;

namespace Palermo.Web.Working;

/// <summary>Takes jobs one after the other, keeps their lease while it works, and gives back what it can't end before the program stops.</summary>
internal sealed class JobWorker(JobQueue queue, IEnumerable<IJobHandler> handlers, ILogger<JobWorker> log) : BackgroundService
{
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1), s_beat = JobQueue.Lease / 4, s_again = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(h => h.Kind, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var worker = Guid.NewGuid();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await queue.Take(worker, stoppingToken) is { } job)
                {
                    await Work(job, worker, stoppingToken);
                }
                else
                {
                    await Task.Delay(s_idle, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (StoreTrouble.Is(e))
            {
                // The store is away for a while: jobs wait in it.
                log.LogError("The store could not be asked for work: {Reason}", e.GetType().Name);
                await Task.Delay(s_again, stoppingToken);
            }
        }
    }

    private async Task Work(Job job, Guid worker, CancellationToken stopping)
    {
        if (!_handlers.TryGetValue(job.Kind, out var handler))
        {
            await queue.Finish(job.Id, worker, JobState.Failed, $"This program does no {job.Kind}.", _ => Task.CompletedTask, stopping);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        (double Progress, string Message) said = (0, "");
        var beating = Beat(job, worker, () => said, stop);
        JobOutcome outcome;
        try
        {
            outcome = await handler.Do(job, (progress, message) => said = (progress, message), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (stopping.IsCancellationRequested)
            {
                await queue.GiveBack(job.Id, worker, TimeSpan.Zero, "The program was stopped; it goes on when it starts again.", CancellationToken.None);
            }

            return;
        }
#pragma warning disable CA1031 // Whatever goes wrong in a job is told where the job is shown; the worker goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "A job of kind {Kind} failed.", job.Kind);
            outcome = new JobOutcome(JobState.Failed, $"A fault of Palermo: {e.GetType().Name}.", _ => Task.CompletedTask);
        }
        finally
        {
            await stop.CancelAsync();
            await beating;
        }

        await queue.Finish(job.Id, worker, outcome.State, outcome.Message, outcome.Lead, CancellationToken.None);
        Telemetry.Jobs.Add(1, new("kind", job.Kind), new("state", outcome.State.ToString()));
    }

    private async Task Beat(Job job, Guid worker, Func<(double Progress, string Message)> said, CancellationTokenSource stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var (progress, message) = said();
                if (!await queue.Beat(job.Id, worker, progress, message, stop.Token))
                {
                    await stop.CancelAsync();
                    return;
                }

                await Task.Delay(s_beat, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The job is over.
        }
        catch (Exception e) when (StoreTrouble.Is(e))
        {
            // Without a lease another may begin: this one must not end it too.
            log.LogError("The lease of a job could not be kept: {Reason}", e.GetType().Name);
            await stop.CancelAsync();
        }
    }
}
