using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Web.Hosting;

namespace Palermo.Web.Working;

/// <summary>Takes away what has served: answers kept for repeats, deliveries that were taken, files whose upload was cut short.</summary>
internal sealed class Housekeeping(Workspace store, WorkspaceSettings settings, ILogger<Housekeeping> log) : Rounds(log, TimeSpan.FromHours(1))
{
    private static readonly TimeSpan s_answers = TimeSpan.FromDays(7), s_deliveries = TimeSpan.FromDays(30), s_files = TimeSpan.FromDays(1);

    protected override string Trouble => "Old things could not be taken away";

    protected override async Task Round(CancellationToken stop)
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
