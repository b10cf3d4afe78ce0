using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Palermo.Prevent.Output;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Hosting;
using Palermo.Web.Tenders;

namespace Palermo.Web.Api.Work;

/// <summary>Tenders of the workspace, for programs.</summary>
internal static class TendersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/tenders").WithTags("Tenders");
        group.MapGet("", ApiCall.Of(List)).WithMetadata(new Needs(Permission.ReadTenders)).WithName("ListTenders").WithSummary("Tenders of the key's organization, the newest first. cursor, limit, state.").Produces<Paged<TenderDocument>>();
        group.MapPost("", ApiCall.Of(Add)).WithMetadata(new Needs(Permission.PrepareTenders)).WithName("AddTender").WithSummary("Makes a tender. Idempotency-Key.").Accepts<TenderRequest>("application/json").Produces<TenderDocument>(201).ProducesProblem(422);
        group.MapGet("/{id}", ApiCall.Of(Get)).WithMetadata(new Needs(Permission.ReadTenders)).WithName("GetTender").WithSummary("A tender, with its version as ETag.").Produces<TenderDocument>().ProducesProblem(404);
        group.MapPut("/{id}", ApiCall.Of(Put)).WithMetadata(new Needs(Permission.PrepareTenders)).WithName("PutTender").WithSummary("Changes a tender. If-Match.").Accepts<TenderRequest>("application/json").Produces<TenderDocument>().ProducesProblem(404).ProducesProblem(412).ProducesProblem(422).ProducesProblem(428);
        group.MapGet("/{id}/ruling", ApiCall.Of(Ruling)).WithMetadata(new Needs(Permission.ReadTenders)).WithName("GetTenderRuling").WithSummary("Which regimes bind it today, and why (docs/schemas/rules.schema.json).").Produces<JsonElement>().ProducesProblem(404);
        group.MapGet("/{id}/pack", ApiCall.Of(Pack)).WithMetadata(new Needs(Permission.ReadTenders)).WithName("GetTenderDocuments").WithSummary("Its documents as ZIP, drawn up from what is known now.").Produces<byte[]>(200, "application/zip").ProducesProblem(404);
        group.MapGet("/{id}/records/{number:int}", ApiCall.Of(Record)).WithMetadata(new Needs(Permission.ReadTenders)).WithName("GetAssessmentRecord").WithSummary("An assessment record as it was made.").Produces<JsonElement>().ProducesProblem(404);
    }

    private static async Task<IResult> List(ApiCall call)
    {
        if (call.Limit() is not { } limit)
        {
            return ApiCall.WrongLimit;
        }

        await using var db = call.Open();
        var query = db.Tenders.Where(t => t.OrganizationId == call.Organization);
        if (Enum.TryParse<TenderState>(call.Query("state"), ignoreCase: true, out var state))
        {
            query = query.Where(t => t.State == state);
        }

        // Ids are made in the order of time.
        if (Guid.TryParse(call.Query("cursor"), out var cursor))
        {
            query = query.Where(t => t.Id.CompareTo(cursor) < 0);
        }

        var rows = await query.OrderByDescending(t => t.Id).Take(limit + 1).ToListAsync(call.Cancel);
        return ApiCall.Page([.. rows.Select(TenderDocument.Of)], limit, t => t.Id.ToString());
    }

    private static async Task<Tender?> Find(ApiCall call, Palermo.Storage.WorkspaceDb db)
    {
        var id = call.Id();
        return await db.Tenders.SingleOrDefaultAsync(t => t.Id == id && t.OrganizationId == call.Organization, call.Cancel);
    }

    private static async Task<IResult> Get(ApiCall call)
    {
        await using var db = call.Open();
        return await Find(call, db) is { } row ? call.Versioned(TenderDocument.Of(row), row.Version) : ApiCall.Missing("tender");
    }

    private static async Task<IResult> Add(ApiCall call)
    {
        var (request, text, problem) = await Read(call);
        return request is null ? problem! : await call.Once(text, change =>
        {
            var row = new Tender { Id = change.NewId(), OrganizationId = call.Organization, Title = request.Title!, Reference = request.Reference ?? "", PublishOn = request.PublishOn, Facts = request.FactsText(call.Knowledge), State = request.State ?? TenderState.Preparing, ResponsibleId = call.Who.OnBehalfOf!.Value, CreatedAt = change.At, ChangedAt = change.At };
            change.Db.Tenders.Add(row);
            change.Log("tender.made", row.Id, row.OrganizationId, row.Title);
            return Task.FromResult(new Answer(StatusCodes.Status201Created, TenderDocument.Of(row), $"/api/v1/tenders/{row.Id}", 1));
        });
    }

    private static async Task<IResult> Put(ApiCall call)
    {
        var (version, missing) = call.Expected();
        if (missing is not null)
        {
            return missing;
        }

        var (request, _, problem) = await Read(call);
        if (request is null)
        {
            return problem!;
        }

        var changed = await call.Store.Write(call.Who.Actor, async change =>
        {
            if (await Find(call, change.Db) is not { } row)
            {
                return null;
            }

            if (row.Version != version)
            {
                throw new DbUpdateConcurrencyException();
            }

            (row.Title, row.Reference, row.PublishOn, row.Facts, row.State, row.ChangedAt) = (request.Title!, request.Reference ?? "", request.PublishOn, request.FactsText(call.Knowledge), request.State ?? row.State, change.At);
            change.Log("tender.changed", row.Id, row.OrganizationId, "api");
            return row;
        }, call.Cancel);
        return changed is null ? ApiCall.Missing("tender") : call.Versioned(TenderDocument.Of(changed), changed.Version);
    }

    private static async Task<IResult> Ruling(ApiCall call)
    {
        await using var db = call.Open();
        if (await Find(call, db) is not { } row)
        {
            return ApiCall.Missing("tender");
        }

        var tender = await OpenTender.Of(db, row, call.Knowledge, "en", call.Cancel);
        using var stream = new MemoryStream();
        RulesJson.Write(stream, row.Id.ToString(), tender.Pack.Input.Facts, tender.Pack.Input.Ruling, null, call.Query("explain") == "true");
        return Results.Bytes(stream.ToArray(), "application/json");
    }

    private static async Task<IResult> Pack(ApiCall call)
    {
        await using var db = call.Open();
        if (await Find(call, db) is not { } row)
        {
            return ApiCall.Missing("tender");
        }

        var (pack, problem) = TenderPackApi.Of(OpenTender.FactsOf(row, call.Knowledge), call.Knowledge, call.Query("lang") is { Length: > 0 } language ? language : "en", call.Query("form"));
        return pack is null ? Problems.Of("invalid-input", problem!) : Results.Bytes(TenderPackApi.Zip(pack, 15, call.Service<TimeProvider>()), "application/zip", "tender-pack.zip");
    }

    private static async Task<IResult> Record(ApiCall call)
    {
        await using var db = call.Open();
        var number = int.Parse((string)call.Http.Request.RouteValues["number"]!, null);
        return await Find(call, db) is { } row && await db.AssessmentRecords.SingleOrDefaultAsync(r => r.TenderId == row.Id && r.Number == number, call.Cancel) is { } record
            ? Results.Bytes(Encoding.UTF8.GetBytes(record.Content), "application/json") : ApiCall.Missing("record");
    }

    private static Task<(TenderRequest? Request, string Text, IResult? Problem)> Read(ApiCall call) => call.Read<TenderRequest>("tender", request =>
    {
        if (string.IsNullOrWhiteSpace(request.Title) || request.Title.Length > 200)
        {
            return Problems.Of("invalid-input", "title: say what is bought in 1 to 200 characters.");
        }

        if (request.Facts is not { } facts)
        {
            return null;
        }

        var (read, problems, remarks) = call.Knowledge.Rules.ReadFacts(Encoding.UTF8.GetBytes(facts.GetRawText()), "facts");
        return read is null || problems.Count + remarks.Count > 0 ? Problems.Of([.. problems, .. remarks]) : null;
    });
}

/// <summary>A tender as it is sent.</summary>
/// <param name="Title">What is bought.</param>
/// <param name="Reference">Your reference.</param>
/// <param name="PublishOn">Day the notice is to go out.</param>
/// <param name="State">preparing, published or closed.</param>
/// <param name="Facts">A facts file: {"facts": {"buyer.country": "NO"}}.</param>
internal sealed record TenderRequest(string? Title, string? Reference, DateOnly? PublishOn, TenderState? State, JsonElement? Facts)
{
    public string FactsText(KnowledgeBase knowledge) =>
        OpenTender.Text((Facts is { } sent ? knowledge.Rules.ReadFacts(Encoding.UTF8.GetBytes(sent.GetRawText()), "facts").Facts! : new()) with { Title = Title! });
}

/// <summary>A tender.</summary>
internal sealed record TenderDocument(Guid Id, string Title, string Reference, DateOnly? PublishOn, TenderState State, JsonElement Facts, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    public static TenderDocument Of(Tender row) => new(row.Id, row.Title, row.Reference, row.PublishOn, row.State, JsonElement.Parse(row.Facts), row.CreatedAt, row.ChangedAt);
}
