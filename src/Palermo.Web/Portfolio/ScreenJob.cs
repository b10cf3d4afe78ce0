using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Palermo.Matching.Lists;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Contracts;
using Palermo.Web.Hosting;
using Palermo.Web.Working;

namespace Palermo.Web.Portfolio;

/// <summary>Screens a data set that was brought, by the same command that people run, in a process of its own: what a broken file does to it, it does to nobody else.</summary>
internal sealed class ScreenJob(Workspace workspace, WorkspaceSettings settings, KnowledgeBase knowledge) : IJobHandler
{
    public const string Name = "screen";

    private const int BadInput = 3;

    public string Kind => Name;

    public async Task<JobOutcome> Do(Job job, Action<double, string> say, CancellationToken stop)
    {
        var id = Guid.Parse(job.Subject);
        await using var db = workspace.Open();
        if (await db.Runs.SingleOrDefaultAsync(r => r.Id == id, stop) is not { } run)
        {
            return Failed("The run is gone.");
        }

        var folder = new RunFolder(settings, id);
        var input = folder.Input(run.Source);
        if (!File.Exists(input))
        {
            return Failed("The file that was brought is not in the data folder of this node. Nodes must share it.");
        }

        // Each try has a folder of its own; only a whole one gets the name that is read.
        var work = Path.Combine(folder.Path, $"work-{job.Attempts}-{Guid.NewGuid():n}");
        Directory.CreateDirectory(work);
        var kept = false;
        try
        {
            say(0.1, "screening");
            var (code, error) = await Screen(input, work, stop);
            if (code is not (0 or BadInput) || !File.Exists(Path.Combine(work, "findings.parquet")))
            {
                return Failed(error.Length > 0 ? error : $"palermo screen ended with {code}.");
            }

            say(0.7, "making the table");
            var processes = await Task.Run(() => PortfolioBuilder.Build(Path.Combine(work, "findings.parquet"), Path.Combine(work, "portfolio.duckdb"), stop), stop);
            if (processes == 0)
            {
                return Failed(error.Length > 0 ? error : "The file has no contracting process.");
            }

            var problems = File.Exists(Path.Combine(work, "problems.jsonl")) ? File.ReadLines(Path.Combine(work, "problems.jsonl")).LongCount() : 0;
            stop.ThrowIfCancellationRequested();
            kept = true;
            var result = Path.GetDirectoryName(folder.Findings)!;
            return new JobOutcome(JobState.Done, $"{processes.ToString("N0", CultureInfo.InvariantCulture)} processes", async change =>
            {
                var row = await change.Db.Runs.SingleAsync(r => r.Id == id);
                row.Processes = processes;
                row.Problems = problems;
                row.ScreenedAt = change.At;
                change.Log("run.screened", id, row.OrganizationId, $"{processes}");
                // Contracts that were published may stand in it with something new.
                foreach (var contract in await change.Db.Contracts.Where(c => c.OrganizationId == row.OrganizationId && c.Ocid != "").Select(c => c.Id).ToListAsync())
                {
                    JobQueue.Ask(change, JudgeJob.Name, contract, row.OrganizationId);
                }

                // Renamed last: if the commit fails after it, the next try finds the name taken and makes it anew.
                if (Directory.Exists(work))
                {
                    if (Directory.Exists(result))
                    {
                        Directory.Delete(result, recursive: true);
                    }

                    Directory.Move(work, result);
                }

                foreach (var left in Directory.EnumerateDirectories(folder.Path, "work-*"))
                {
                    Directory.Delete(left, recursive: true);
                }
            });
        }
        finally
        {
            if (!kept)
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }

    private async Task<(int Code, string Error)> Screen(string input, string work, CancellationToken stop)
    {
        var lists = new ListStore(settings.Lists).Lists().SelectMany(l => new[] { "--list", l.Id }).ToArray();
        if (lists.Length > 0 && Path.GetFileName(Path.GetFullPath(settings.Lists)) != "lists")
        {
            return (BadInput, $"The folder of lists must be named lists, so that palermo screen finds it: {settings.Lists}");
        }

        string[] arguments =
        [
            "screen", input, "--format", "parquet", "--output", Path.Combine(work, "findings.parquet"), "--run-record", Path.Combine(work, "run.json"), "--problems", Path.Combine(work, "problems.jsonl"),
            "--as-of", knowledge.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "--data", Path.GetDirectoryName(Path.GetFullPath(settings.Lists))!, "--quiet", .. lists,
        ];
        var (code, _, error) = await PalermoProgram.Run(arguments, work, stop);
        return (code, error);
    }

    private static JobOutcome Failed(string message) => new(JobState.Failed, message, _ => Task.CompletedTask);
}
