using System.Security.Cryptography;
using System.Text;
using DuckDB.NET.Data;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;
using Palermo.Identify.Output;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Hosting;
using Palermo.Web.Routing;

namespace Palermo.Web.Portfolio;

/// <summary>The portfolio: data sets brought, screened in the background, and explored by filters that stand in the address.</summary>
internal static class RunPages
{
    private const int PageSize = 25;

    public static void Map(WorkRoutes routes, WorkspaceSettings settings)
    {
        routes.Get("/runs", Permission.ReadRuns, List);
        routes.Post("/runs", Permission.MakeRuns, Bring).WithMetadata(new UploadLimit((long)settings.MaxUploadMegabytes << 20));
        routes.Get("/runs/{id}", Permission.ReadRuns, v => With(v, Show));
        routes.Get("/runs/{id}/processes", Permission.ReadRuns, v => WithTable(v, ShowProcesses));
        routes.Get("/runs/{id}/processes/{ocid}", Permission.ReadRuns, v => WithTable(v, ShowProcess));
        routes.Get("/runs/{id}/processes.csv", Permission.ReadRuns, v => WithTable(v, Export));
        routes.Get("/runs/{id}/findings.parquet", Permission.ReadRuns, v => With(v, (r, _) => Task.FromResult(Download(v, r.Id, f => f.Findings, "application/vnd.apache.parquet"))));
        routes.Get("/runs/{id}/run.json", Permission.ReadRuns, v => With(v, (r, _) => Task.FromResult(Download(v, r.Id, f => f.Record, "application/json"))));
        routes.Get("/runs/{id}/problems.jsonl", Permission.ReadRuns, v => With(v, (r, _) => Task.FromResult(Download(v, r.Id, f => f.Problems, "application/x-ndjson"))));
        routes.Post("/runs/{id}/again", Permission.MakeRuns, v => With(v, Again));
        routes.Post("/runs/{id}/remove", Permission.MakeRuns, v => With(v, Remove));
        routes.Post("/runs/{id}/views", Permission.ReadRuns, v => With(v, SaveView));
        routes.Post("/runs/{id}/views/remove", Permission.ReadRuns, v => With(v, RemoveView));
    }

    private static async Task<IResult> List(Visit v)
    {
        await using var db = v.Open();
        var where = v.Who.Where(Permission.ReadRuns);
        var runs = await db.Runs.Where(r => where.Contains(r.OrganizationId)).OrderByDescending(r => r.CreatedAt).ToListAsync(v.Cancel);
        var ids = runs.Where(r => r.ScreenedAt is null).Select(r => r.Id.ToString()).ToArray();
        var jobs = (await db.Jobs.Where(j => j.Kind == ScreenJob.Name && ids.Contains(j.Subject)).ToListAsync(v.Cancel)).ToDictionary(j => j.Subject, StringComparer.Ordinal);
        return v.Page<RunListPage>((nameof(RunListPage.Runs), runs), (nameof(RunListPage.Jobs), jobs), (nameof(RunListPage.Form), v.Form), (nameof(RunListPage.Organizations), v.Organizations(Permission.MakeRuns)));
    }

    private static async Task<IResult> Bring(Visit v)
    {
        var organization = v.Organization(Permission.MakeRuns);
        var file = v.Form.Files?.GetFile("file");
        if (file is not { Length: > 0 })
        {
            v.Form.Wrong("file", "runs.file-missing");
        }

        if (!v.Form.IsRight)
        {
            return await List(v);
        }

        await using var content = file!.OpenReadStream();
        var id = await NewRun(v.Store, v.Service<WorkspaceSettings>(), v.Who.Actor, organization, v.Form["title"], file.FileName, content, v.Cancel);
        return v.To($"/runs/{id}");
    }

    /// <summary>Keeps a data set and asks for its screening.</summary>
    public static async Task<Guid> NewRun(Workspace store, WorkspaceSettings settings, Actor by, Guid organization, string title, string source, Stream content, CancellationToken cancel)
    {
        var kept = await Keep(store, settings, source, content, cancel);
        return await store.Write(by, change => Task.FromResult(Register(change, kept, organization, title, source, by.Id!.Value).Id), cancel);
    }

    /// <summary>Keeps a data set in the folder of runs: whole, before anything speaks of it.</summary>
    public static async Task<(Guid Id, long Bytes, string Sha256)> Keep(Workspace store, WorkspaceSettings settings, string source, Stream content, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7(store.Now);
        var path = new RunFolder(settings, id).Input(source);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var kept = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous });
        await content.CopyToAsync(kept, cancel);
        kept.Flush(flushToDisk: true);
        kept.Position = 0;
        return (id, kept.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(kept, cancel)));
    }

    /// <summary>Adds a run whose data set is kept, and asks for its screening.</summary>
    public static ScreeningRun Register(Change change, (Guid Id, long Bytes, string Sha256) kept, Guid organization, string title, string source, Guid by)
    {
        var row = new ScreeningRun { Id = kept.Id, OrganizationId = organization, Title = title.Length > 0 ? title[..Math.Min(title.Length, 200)] : source[..Math.Min(source.Length, 200)], Source = source[..Math.Min(source.Length, 200)], Bytes = kept.Bytes, Sha256 = kept.Sha256, ById = by, CreatedAt = change.At };
        change.Db.Runs.Add(row);
        JobQueue.Ask(change, ScreenJob.Name, kept.Id, organization);
        change.Log("run.brought", kept.Id, organization, $"{row.Source} sha256 {kept.Sha256}");
        return row;
    }

    private static async Task<IResult> With(Visit v, Func<ScreeningRun, Visit, Task<IResult>> act)
    {
        await using var db = v.Open();
        var id = v.Id();
        return await db.Runs.SingleOrDefaultAsync(r => r.Id == id, v.Cancel) is { } run && v.Who.May(Permission.ReadRuns, run.OrganizationId) ? await act(run, v) : v.NotFound();
    }

    private static Task<IResult> WithTable(Visit v, Func<ScreeningRun, DuckDBConnection, Visit, Task<IResult>> act) => With(v, async (run, visit) =>
    {
        var table = run.ScreenedAt is null ? null : visit.Service<PortfolioStore>().Open(run.Id);
        if (table is null)
        {
            return visit.To($"/runs/{run.Id}");
        }

        using (table)
        {
            return await act(run, table, visit);
        }
    });

    private static async Task<IResult> Show(ScreeningRun run, Visit v)
    {
        using var table = run.ScreenedAt is null ? null : v.Service<PortfolioStore>().Open(run.Id);
        if (table is null)
        {
            await using var db = v.Open();
            var subject = run.Id.ToString();
            var job = await db.Jobs.Where(j => j.Subject == subject).OrderByDescending(j => j.CreatedAt).FirstOrDefaultAsync(v.Cancel);
            return v.Page<RunWaitPage>((nameof(RunWaitPage.Run), run), (nameof(RunWaitPage.Job), job));
        }

        var filter = PortfolioFilter.Read(v.Http.Request.Query);
        var look = await Task.Run(() => PortfolioQueries.Look(table, filter), v.Cancel);
        await using var store = v.Open();
        var views = await store.SavedViews.Where(s => s.RunId == run.Id).OrderBy(s => s.Name).ToListAsync(v.Cancel);
        return v.Page<RunPage>((nameof(RunPage.Run), run), (nameof(RunPage.Filter), filter), (nameof(RunPage.Look), look), (nameof(RunPage.Views), views), (nameof(RunPage.Named), Named(table, filter)));
    }

    // What failed may be tried again, or taken away; what was screened stays.
    private static async Task<IResult> Again(ScreeningRun run, Visit v)
    {
        if (run.ScreenedAt is not null || !v.Who.May(Permission.MakeRuns, run.OrganizationId))
        {
            return v.NotFound();
        }

        await v.Write(async change =>
        {
            var subject = run.Id.ToString();
            if (!await change.Db.Jobs.AnyAsync(j => j.Subject == subject && (j.State == JobState.Queued || j.State == JobState.Running), v.Cancel))
            {
                JobQueue.Ask(change, ScreenJob.Name, run.Id, run.OrganizationId);
                change.Log("run.asked-again", run.Id, run.OrganizationId);
            }
        });
        return v.To($"/runs/{run.Id}");
    }

    private static async Task<IResult> Remove(ScreeningRun run, Visit v)
    {
        if (!v.Who.May(Permission.MakeRuns, run.OrganizationId))
        {
            return v.NotFound();
        }

        var removed = await v.Write(async change =>
        {
            var subject = run.Id.ToString();
            var row = await change.Db.Runs.SingleAsync(r => r.Id == run.Id, v.Cancel);
            if (row.ScreenedAt is not null || await change.Db.Jobs.AnyAsync(j => j.Subject == subject && (j.State == JobState.Queued || j.State == JobState.Running), v.Cancel))
            {
                return false;
            }

            change.Db.Runs.Remove(row);
            change.Log("run.removed", run.Id, run.OrganizationId, $"{run.Source} sha256 {run.Sha256}");
            return true;
        });
        var folder = new RunFolder(v.Service<WorkspaceSettings>(), run.Id).Path;
        if (removed && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return v.To(removed ? "/runs" : $"/runs/{run.Id}");
    }

    // Names of the buyer and the supplier that stand in the address as numbers.
    private static Dictionary<string, string> Named(DuckDBConnection table, PortfolioFilter filter)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (filter.Buyer is { } buyer)
        {
            names["buyer"] = PortfolioQueries.NameOf(table, "buyer", buyer) ?? "?";
        }

        if (filter.Supplier is { } supplier)
        {
            names["supplier"] = PortfolioQueries.NameOf(table, "supplier", supplier) ?? "?";
        }

        return names;
    }

    private static Task<IResult> ShowProcesses(ScreeningRun run, DuckDBConnection table, Visit v)
    {
        var filter = PortfolioFilter.Read(v.Http.Request.Query);
        var page = Math.Max(1, int.TryParse(v.Query("page"), out var asked) ? Math.Min(asked, 1_000_000) : 1);
        var (count, rows) = PortfolioQueries.Processes(table, filter, page, PageSize);
        return Task.FromResult(v.Page<ProcessListPage>((nameof(ProcessListPage.Run), run), (nameof(ProcessListPage.Filter), filter), (nameof(ProcessListPage.Named), Named(table, filter)), (nameof(ProcessListPage.Count), count), (nameof(ProcessListPage.Rows), rows), (nameof(ProcessListPage.Number), page), (nameof(ProcessListPage.Pages), (int)Math.Min(int.MaxValue, (count + PageSize - 1) / PageSize))));
    }

    private static Task<IResult> ShowProcess(ScreeningRun run, DuckDBConnection table, Visit v) =>
        Task.FromResult(PortfolioQueries.Process(table, v.Route("ocid")) is { } process ? v.Page<ProcessPage>((nameof(ProcessPage.Run), run), (nameof(ProcessPage.Process), process)) : v.NotFound());

    private static async Task<IResult> Export(ScreeningRun run, DuckDBConnection table, Visit v)
    {
        v.Http.Response.ContentType = "text/csv; charset=utf-8";
        v.Http.Response.Headers.ContentDisposition = "attachment; filename=processes.csv";
        await using var writer = new StreamWriter(v.Http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteAsync("ocid,date,title,buyer,suppliers,countries,value,currency,salience,explanation\r\n");
        foreach (var row in PortfolioQueries.Export(table, PortfolioFilter.Read(v.Http.Request.Query)))
        {
            await writer.WriteAsync(string.Join(',', row.Select(cell => AssessmentCsv.Cell(cell switch { null => "", DateTime date => date.ToString("yyyy-MM-dd", null), double number => number.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture), _ => cell.ToString()! }))) + "\r\n");
        }

        return Results.Empty;
    }

    private static IResult Download(Visit v, Guid id, Func<RunFolder, string> which, string type)
    {
        var file = which(new RunFolder(v.Service<WorkspaceSettings>(), id));
        return File.Exists(file) ? Results.File(file, type, Path.GetFileName(file), enableRangeProcessing: true) : v.NotFound();
    }

    private static async Task<IResult> SaveView(ScreeningRun run, Visit v)
    {
        var query = PortfolioFilter.Read(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(v.Form["query"])).ToString();
        var name = v.Form["name"];
        if (name.Length is 0 or > 200)
        {
            return v.To($"/runs/{run.Id}{query}");
        }

        await v.Write(change =>
        {
            change.Db.SavedViews.Add(new SavedView { Id = change.NewId(), RunId = run.Id, Name = name, Query = query, ById = v.Who.PersonId!.Value, At = change.At });
            change.Log("run.view-saved", run.Id, run.OrganizationId, name);
            return Task.CompletedTask;
        });
        return v.To($"/runs/{run.Id}{query}", "saved");
    }

    private static async Task<IResult> RemoveView(ScreeningRun run, Visit v)
    {
        _ = Guid.TryParse(v.Form["view"], out var id);
        await v.Write(async change =>
        {
            if (await change.Db.SavedViews.SingleOrDefaultAsync(s => s.Id == id && s.RunId == run.Id && s.ById == v.Who.PersonId, v.Cancel) is { } view)
            {
                change.Db.SavedViews.Remove(view);
                change.Log("run.view-removed", run.Id, run.OrganizationId, view.Name);
            }
        });
        return v.To($"/runs/{run.Id}");
    }

    /// <summary>A data set is larger than other bodies.</summary>
    private sealed record UploadLimit(long Bytes) : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => Bytes;
    }
}
