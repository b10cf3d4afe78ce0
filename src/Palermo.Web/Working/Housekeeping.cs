using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Web.Hosting;

namespace Palermo.Web.Working;

/// <summary>Takes away what has served: answers kept for repeats, deliveries that were taken, files whose upload was cut short.</summary>
internal sealed class Housekeeping(Workspace store, WorkspaceSettings settings, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromHours(1), s_answers = TimeSpan.FromDays(7), s_deliveries = TimeSpan.FromDays(30), s_files = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TidyUp(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is System.Data.Common.DbException or TimeoutException or InvalidOperationException or IOException or UnauthorizedAccessException)
            {
                log.LogError("Old things could not be taken away: {Reason}", e.GetType().Name);
            }

            await Task.Delay(s_look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TidyUp(CancellationToken stop)
    {
        await using var db = store.Open();
        var now = store.Now;
        var (answers, deliveries) = (now - s_answers, now - s_deliveries);
        await db.IdempotentAnswers.Where(a => a.At < answers).ExecuteDeleteAsync(stop);
        await db.Deliveries.Where(d => d.TakenAt != null && d.TakenAt < deliveries).ExecuteDeleteAsync(stop);
        var folder = Path.Combine(settings.Data, "runs");
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var run in new DirectoryInfo(folder).EnumerateDirectories().Where(d => now - d.LastWriteTimeUtc > s_files))
        {
            if (Guid.TryParse(run.Name, out var id) && !await db.Runs.AnyAsync(r => r.Id == id, stop))
            {
                run.Delete(recursive: true);
            }
        }
    }
}
