using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api.Work;

/// <summary>Dossiers of suppliers, and the ledger, for programs.</summary>
internal static class SuppliersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/suppliers").WithTags("Suppliers");
        group.MapGet("", ApiCall.Of(List)).WithMetadata(new Needs(Permission.ReadSuppliers)).WithName("ListSuppliers").WithSummary("Suppliers of the key's organization. cursor, limit.").Produces<Paged<SupplierDocument>>();
        group.MapPost("", ApiCall.Of(Add)).WithMetadata(new Needs(Permission.JudgeSuppliers)).WithName("AddSupplier").WithSummary("Opens a dossier. Idempotency-Key.").Accepts<SupplierRequest>("application/json").Produces<SupplierDocument>(201).ProducesProblem(422);
        group.MapGet("/{id}", ApiCall.Of(Get)).WithMetadata(new Needs(Permission.ReadSuppliers)).WithName("GetSupplier").WithSummary("A supplier with decisions on listings, and its version as ETag.").Produces<SupplierDocument>().ProducesProblem(404);
        group.MapPut("/{id}", ApiCall.Of(Put)).WithMetadata(new Needs(Permission.JudgeSuppliers)).WithName("PutSupplier").WithSummary("Changes who a supplier is. If-Match.").Accepts<SupplierRequest>("application/json").Produces<SupplierDocument>().ProducesProblem(404).ProducesProblem(412).ProducesProblem(422).ProducesProblem(428);
        api.MapGet("/ledger", ApiCall.Of(Ledger)).WithTags("Ledger").WithMetadata(new Needs(Permission.ReadLedger)).WithName("ReadLedger").WithSummary("What happened in the key's organization, oldest first: after= the number you have. limit.").Produces<Paged<LedgerDocument>>();
    }

    private static async Task<IResult> List(ApiCall call)
    {
        if (call.Limit() is not { } limit)
        {
            return ApiCall.WrongLimit;
        }

        await using var db = call.Open();
        var query = db.Suppliers.Where(s => s.OrganizationId == call.Organization);
        if (Guid.TryParse(call.Query("cursor"), out var cursor))
        {
            query = query.Where(s => s.Id.CompareTo(cursor) < 0);
        }

        var rows = await query.OrderByDescending(s => s.Id).Take(limit + 1).ToListAsync(call.Cancel);
        return ApiCall.Page([.. rows.Select(s => SupplierDocument.Of(s, []))], limit, s => s.Id.ToString());
    }

    private static async Task<IResult> Get(ApiCall call)
    {
        await using var db = call.Open();
        var id = call.Id();
        if (await db.Suppliers.SingleOrDefaultAsync(s => s.Id == id && s.OrganizationId == call.Organization, call.Cancel) is not { } row)
        {
            return ApiCall.Missing("supplier");
        }

        var decisions = await db.ListingDecisions.Where(d => d.SupplierId == id).OrderBy(d => d.At).ToListAsync(call.Cancel);
        return call.Versioned(SupplierDocument.Of(row, decisions), row.Version);
    }

    private static async Task<IResult> Add(ApiCall call)
    {
        var (request, text, problem) = await Read(call);
        return request is null ? problem! : await call.Once(text, change =>
        {
            var row = new Supplier { Id = change.NewId(), OrganizationId = call.Organization, Name = "", CreatedAt = change.At };
            request.Into(row);
            row.ChangedAt = change.At;
            change.Db.Suppliers.Add(row);
            change.Log("supplier.made", row.Id, row.OrganizationId, row.Name);
            return Task.FromResult(new Answer(StatusCodes.Status201Created, SupplierDocument.Of(row, []), $"/api/v1/suppliers/{row.Id}", 1));
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

        var id = call.Id();
        var changed = await call.Store.Write(call.Who.Actor, async change =>
        {
            if (await change.Db.Suppliers.SingleOrDefaultAsync(s => s.Id == id && s.OrganizationId == call.Organization, call.Cancel) is not { } row)
            {
                return null;
            }

            if (row.Version != version)
            {
                throw new DbUpdateConcurrencyException();
            }

            request.Into(row);
            row.ChangedAt = change.At;
            change.Log("supplier.changed", row.Id, row.OrganizationId, row.Name);
            return row;
        }, call.Cancel);
        return changed is null ? ApiCall.Missing("supplier") : call.Versioned(SupplierDocument.Of(changed, []), changed.Version);
    }

    private static Task<(SupplierRequest? Request, string Text, IResult? Problem)> Read(ApiCall call) => call.Read<SupplierRequest>("supplier", request =>
        string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 200 ? Problems.Of("invalid-input", "name: 1 to 200 characters were expected.")
        : request.Country is { Length: > 0 } country && !call.Knowledge.Catalogue.Countries.ContainsKey(country) ? Problems.Of("invalid-input", $"country: {country} is no ISO 3166-1 alpha-2 code.")
        : null);

    private static async Task<IResult> Ledger(ApiCall call)
    {
        if (call.Limit() is not { } limit)
        {
            return ApiCall.WrongLimit;
        }

        await using var db = call.Open();
        _ = long.TryParse(call.Query("after") is { Length: > 0 } after ? after : call.Query("cursor"), out var from);
        var rows = await db.Ledger.Where(l => l.OrganizationId == call.Organization && l.Number > from).OrderBy(l => l.Number).Take(limit + 1).ToListAsync(call.Cancel);
        return ApiCall.Page([.. rows.Select(l => new LedgerDocument(l.Number, l.At, l.Kind, l.Subject, l.Detail, l.ByName, l.Hash))], limit, l => l.Number.ToString(null, null));
    }
}

/// <summary>A supplier as it is sent.</summary>
/// <param name="Name">Name.</param>
/// <param name="OtherNames">Other names, in any script.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Identifiers">Identifiers: "LEI 5493…".</param>
/// <param name="Address">Address in one line.</param>
internal sealed record SupplierRequest(string? Name, IReadOnlyList<string>? OtherNames, string? Country, IReadOnlyList<string>? Identifiers, string? Address)
{
    public void Into(Supplier row) => (row.Name, row.OtherNames, row.Country, row.Identifiers, row.Address) = (Name!, Lines(OtherNames), Country ?? "", Lines(Identifiers), Address ?? "");

    private static string Lines(IReadOnlyList<string>? texts) => string.Join('\n', (texts ?? []).Select(t => t.Trim().Replace('\n', ' ')).Where(t => t.Length > 0));
}

/// <summary>A decision on a listing.</summary>
internal sealed record DecisionDocument(string List, string Party, DateOnly Edition, string Choice, string Reason, string By, DateTimeOffset At);

/// <summary>A supplier.</summary>
internal sealed record SupplierDocument(Guid Id, string Name, IReadOnlyList<string> OtherNames, string Country, IReadOnlyList<string> Identifiers, string Address, IReadOnlyList<DecisionDocument> Decisions, DateTimeOffset ChangedAt)
{
    public static SupplierDocument Of(Supplier s, IReadOnlyList<ListingDecision> decisions) => new(s.Id, s.Name, s.OtherNames.Split('\n', StringSplitOptions.RemoveEmptyEntries), s.Country, s.Identifiers.Split('\n', StringSplitOptions.RemoveEmptyEntries), s.Address, [.. decisions.Select(d => new DecisionDocument(d.ListId, d.PartyId, d.Edition, d.Choice, d.Reason, d.ByName, d.At))], s.ChangedAt);
}

/// <summary>An entry of the ledger.</summary>
internal sealed record LedgerDocument(long Number, DateTimeOffset At, string Type, string Subject, string Detail, string By, string Hash);
