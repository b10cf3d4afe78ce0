using System.Text.Json;
using DuckDB.NET.Data;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Hosting;
using Palermo.Web.Portfolio;

namespace Palermo.Web.Api.Work;

/// <summary>Runs: data sets brought, screened in the background, summed up and read.</summary>
internal static class RunsApi
{
    public static void Map(RouteGroupBuilder api, WorkspaceSettings settings)
    {
        var group = api.MapGroup("/runs").WithTags("Runs");
        group.MapGet("", ApiCall.Of(List)).WithMetadata(new Needs(Permission.ReadRuns)).WithName("ListRuns").WithSummary("Runs of the key's organization, the newest first. cursor, limit.").Produces<Paged<RunDocument>>();
        group.MapPost("", ApiCall.Of(Add)).WithMetadata(new Needs(Permission.MakeRuns), new SizeLimit((long)settings.MaxUploadMegabytes << 20)).WithName("AddRun").WithSummary("Brings a data set (the body: OCDS, eForms, CSV, XLSX) and has it screened in the background. name= says how it is read, title= is for people. Idempotency-Key. Answers 202 with the address to ask.").Accepts<byte[]>("application/octet-stream").Produces<RunDocument>(202).ProducesProblem(413).ProducesProblem(422);
        group.MapGet("/{id}", ApiCall.Of(c => With(c, Get))).WithMetadata(new Needs(Permission.ReadRuns)).WithName("GetRun").WithSummary("A run: state, progress, counts.").Produces<RunDocument>().ProducesProblem(404);
        group.MapGet("/{id}/summary", ApiCall.Of(c => WithTable(c, Summary))).WithMetadata(new Needs(Permission.ReadRuns)).WithName("SumUpRun").WithSummary("A selection summed up, with denominators: q, salience, indicator, subject, country, year, buyer, supplier.").Produces<PortfolioLook>().ProducesProblem(404).ProducesProblem(409);
        group.MapGet("/{id}/processes", ApiCall.Of(c => WithTable(c, Processes))).WithMetadata(new Needs(Permission.ReadRuns)).WithName("ListRunProcesses").WithSummary("Processes of a selection, the most salient first. The same filters; cursor, limit.").Produces<Paged<ProcessLine>>().ProducesProblem(404).ProducesProblem(409);
        group.MapGet("/{id}/processes/{ocid}", ApiCall.Of(c => WithTable(c, Process))).WithMetadata(new Needs(Permission.ReadRuns)).WithName("GetRunProcess").WithSummary("A process with its findings and their evidence.").Produces<ProcessDetail>().ProducesProblem(404).ProducesProblem(409);
        group.MapGet("/{id}/findings.parquet", ApiCall.Of(c => With(c, (_, run) => Task.FromResult(Parquet(c, run))))).WithMetadata(new Needs(Permission.ReadRuns)).WithName("GetRunFindings").WithSummary("All findings as Parquet (docs/schemas/findings-parquet.md).").Produces<byte[]>(200, "application/vnd.apache.parquet").ProducesProblem(404);
    }

    private static async Task<IResult> List(ApiCall call)
    {
        if (call.Limit() is not { } limit)
        {
            return ApiCall.WrongLimit;
        }

        await using var db = call.Open();
        var query = db.Runs.Where(r => r.OrganizationId == call.Organization);
        if (Guid.TryParse(call.Query("cursor"), out var cursor))
        {
            query = query.Where(r => r.Id.CompareTo(cursor) < 0);
        }

        var rows = await query.OrderByDescending(r => r.Id).Take(limit + 1).ToListAsync(call.Cancel);
        return ApiCall.Page([.. rows.Select(r => RunDocument.Of(r, null))], limit, r => r.Id.ToString());
    }

    private static async Task<IResult> Add(ApiCall call)
    {
        var settings = call.Service<WorkspaceSettings>();
        var source = call.Query("name") is { Length: > 0 } name ? name : "data.jsonl";
        var kept = await RunPages.Keep(call.Store, settings, source, call.Http.Request.Body, call.Cancel);
        if (kept.Bytes == 0)
        {
            Directory.Delete(new RunFolder(settings, kept.Id).Path, recursive: true);
            return Problems.Of("invalid-input", "The body is empty. Send the data set itself.");
        }

        var used = false;
        var result = await call.Once(kept.Sha256, change =>
        {
            used = true;
            var row = RunPages.Register(change, kept, call.Organization, call.Query("title"), source, call.Who.OnBehalfOf!.Value);
            return Task.FromResult(new Answer(StatusCodes.Status202Accepted, RunDocument.Of(row, null), $"/api/v1/runs/{row.Id}"));
        });
        if (!used)
        {
            // Brought before: this copy is not needed.
            Directory.Delete(new RunFolder(settings, kept.Id).Path, recursive: true);
        }

        return result;
    }

    private static async Task<IResult> With(ApiCall call, Func<ApiCall, ScreeningRun, Task<IResult>> act)
    {
        await using var db = call.Open();
        var id = call.Id();
        return await db.Runs.SingleOrDefaultAsync(r => r.Id == id && r.OrganizationId == call.Organization, call.Cancel) is { } run ? await act(call, run) : ApiCall.Missing("run");
    }

    private static Task<IResult> WithTable(ApiCall call, Func<ApiCall, ScreeningRun, DuckDBConnection, IResult> act) => With(call, (_, run) => Task.Run(() =>
    {
        using var table = run.ScreenedAt is null ? null : call.Service<PortfolioStore>().Open(run.Id);
        return table is null ? Problems.Of("not-screened", $"The run is not screened yet: ask /api/v1/runs/{run.Id}.") : act(call, run, table);
    }, call.Cancel));

    private static async Task<IResult> Get(ApiCall call, ScreeningRun run)
    {
        await using var db = call.Open();
        var subject = run.Id.ToString();
        return Results.Json(RunDocument.Of(run, await db.Jobs.Where(j => j.Subject == subject).OrderByDescending(j => j.CreatedAt).FirstOrDefaultAsync(call.Cancel)), call.Json);
    }

    private static IResult Summary(ApiCall call, ScreeningRun run, DuckDBConnection table) => Results.Json(PortfolioQueries.Look(table, PortfolioFilter.Read(call.Http.Request.Query)), call.Json);

    private static IResult Processes(ApiCall call, ScreeningRun run, DuckDBConnection table)
    {
        if (call.Limit() is not { } limit)
        {
            return ApiCall.WrongLimit;
        }

        var page = int.TryParse(call.Query("cursor"), out var asked) && asked > 0 ? asked : 1;
        var (count, rows) = PortfolioQueries.Processes(table, PortfolioFilter.Read(call.Http.Request.Query), page, limit);
        return Results.Json(new Paged<ProcessLine>(rows, (long)page * limit < count ? (page + 1).ToString(null, null) : null), call.Json);
    }

    private static IResult Process(ApiCall call, ScreeningRun run, DuckDBConnection table) =>
        PortfolioQueries.Process(table, (string)call.Http.Request.RouteValues["ocid"]!) is { } process ? Results.Json(process, call.Json) : ApiCall.Missing("process");

    private static IResult Parquet(ApiCall call, ScreeningRun run)
    {
        var file = new RunFolder(call.Service<WorkspaceSettings>(), run.Id).Findings;
        return File.Exists(file) ? Results.File(file, "application/vnd.apache.parquet", "findings.parquet", enableRangeProcessing: true) : ApiCall.Missing("run");
    }

    private sealed record SizeLimit(long Bytes) : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => Bytes;
    }
}

/// <summary>A run.</summary>
internal sealed record RunDocument(Guid Id, string Title, string Source, long Bytes, string Sha256, DateTimeOffset CreatedAt, DateTimeOffset? ScreenedAt, long? Processes, long Problems, string State, double? Progress, string? Message)
{
    public static RunDocument Of(ScreeningRun r, Job? job) => new(r.Id, r.Title, r.Source, r.Bytes, r.Sha256, r.CreatedAt, r.ScreenedAt, r.Processes, r.Problems, r.ScreenedAt is not null ? "done" : job?.State.ToString().ToLowerInvariant() ?? "queued", r.ScreenedAt is not null ? 1 : job?.Progress, job?.Message);
}
