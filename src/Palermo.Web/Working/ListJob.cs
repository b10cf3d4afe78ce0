using System.Text.Json;
using Palermo.Storage.Model;
using Palermo.Web.Hosting;

namespace Palermo.Web.Working;

/// <summary>What is asked of an edition that was brought.</summary>
/// <param name="Format">Format of the file.</param>
/// <param name="Id">Id of the list; empty for the format's.</param>
/// <param name="Title">Title; empty for the format's.</param>
/// <param name="Licence">Terms of use; empty if not stated.</param>
/// <param name="Map">Columns of a table; empty to recognise them.</param>
/// <param name="Date">Day from which it counts; empty for today.</param>
/// <param name="File">Name of the file beside.</param>
internal sealed record ListRequest(string Format, string Id, string Title, string Licence, string Map, string Date, string File);

/// <summary>Adds an edition of an exclusion list by the same command that people run: a broken file never replaces a good edition.</summary>
internal sealed class ListJob(WorkspaceSettings settings) : IJobHandler
{
    public const string Name = "list";

    private const int LongestMessage = 500;

    private const string RequestFile = "request.json";

    public string Kind => Name;

    /// <summary>Keeps a file and what is asked of it; the job is named after the folder.</summary>
    public static async Task<Guid> Keep(WorkspaceSettings settings, DateTimeOffset now, ListRequest request, Stream content, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7(now);
        var folder = Folder(settings, id);
        Directory.CreateDirectory(folder);
        await using (var kept = new FileStream(Path.Combine(folder, request.File), FileMode.CreateNew))
        {
            await content.CopyToAsync(kept, cancel);
            kept.Flush(flushToDisk: true);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, RequestFile), JsonSerializer.Serialize(request), cancel);
        return id;
    }

    public async Task<JobOutcome> Do(Job job, Action<double, string> say, CancellationToken stop)
    {
        var folder = Folder(settings, Guid.Parse(job.Subject));
        if (!Directory.Exists(folder))
        {
            return new JobOutcome(JobState.Failed, "The file that was brought is not in the data folder of this node. Nodes must share it.", _ => Task.CompletedTask);
        }

        var request = JsonSerializer.Deserialize<ListRequest>(await File.ReadAllTextAsync(Path.Combine(folder, RequestFile), stop))!;
        string[] arguments =
        [
            "lists", "add", request.Format, Path.Combine(folder, request.File), "--data", Path.GetDirectoryName(Path.GetFullPath(settings.Lists))!,
            .. new[] { ("--id", request.Id), ("--title", request.Title), ("--licence", request.Licence), ("--map", request.Map), ("--date", request.Date) }.Where(o => o.Item2.Length > 0).SelectMany(o => new[] { o.Item1, o.Item2 }),
        ];
        say(0.2, "reading the list");
        var (code, output, error) = await PalermoProgram.Run(arguments, folder, stop);
        var done = code == 0;
        var message = done ? output.Split('\n')[0] : error;
        message = message[..Math.Min(message.Length, LongestMessage)];
        return new JobOutcome(done ? JobState.Done : JobState.Failed, message, change =>
        {
            change.Log(done ? "list.updated" : "list.refused", request.Id.Length > 0 ? request.Id : request.Format, job.OrganizationId, message);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            return Task.CompletedTask;
        });
    }

    private static string Folder(WorkspaceSettings settings, Guid id) => Path.Combine(settings.Data, "lists-brought", id.ToString());
}
