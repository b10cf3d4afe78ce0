using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Mitigate.Clocks;
using Palermo.Mitigate.Plans;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Storage.Plans;
using Palermo.Web.Accounts;
using Palermo.Web.Contracts;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api.Work;

/// <summary>Contracts under watch, with alerts and plans, for programs. Grievance cases have no API: a program holds no handler's key.</summary>
internal static class ContractsApi
{
    private const int LongestTitle = 200;

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/contracts").WithTags("Contracts");
        group.MapGet("", ApiCall.Of(List)).WithMetadata(new Needs(Permission.ReadContracts)).WithName("ListContracts").WithSummary("Contracts of the key's organization. cursor, limit.").Produces<Paged<ContractDocument>>();
        group.MapPost("", ApiCall.Of(Add)).WithMetadata(new Needs(Permission.WatchContracts)).WithName("AddContract").WithSummary("Watches a contract; it is judged in the background. Idempotency-Key.").Accepts<ContractRequest>("application/json").Produces<ContractDocument>(201).ProducesProblem(422);
        group.MapGet("/{id}", ApiCall.Of(Get)).WithMetadata(new Needs(Permission.ReadContracts)).WithName("GetContract").WithSummary("A contract with its alerts and corrective action plans, and its version as ETag.").Produces<ContractDocument>().ProducesProblem(404);
    }

    private static async Task<IResult> List(ApiCall call)
    {
        if (call.Limit() is not { } limit)
        {
            return ApiCall.WrongLimit;
        }

        await using var db = call.Open();
        var query = db.Contracts.Where(c => c.OrganizationId == call.Organization);
        if (Guid.TryParse(call.Query("cursor"), out var cursor))
        {
            query = query.Where(c => c.Id.CompareTo(cursor) < 0);
        }

        var rows = await query.OrderByDescending(c => c.Id).Take(limit + 1).ToListAsync(call.Cancel);
        return ApiCall.Page([.. rows.Select(c => ContractDocument.Of(c, [], []))], limit, c => c.Id.ToString());
    }

    private static async Task<IResult> Get(ApiCall call)
    {
        await using var db = call.Open();
        var id = call.Id();
        if (await db.Contracts.SingleOrDefaultAsync(c => c.Id == id && c.OrganizationId == call.Organization, call.Cancel) is not { } row)
        {
            return ApiCall.Missing("contract");
        }

        var alerts = await db.Alerts.Where(a => a.ContractId == id).OrderBy(a => a.At).ThenBy(a => a.CauseKey).ToListAsync(call.Cancel);
        var plans = await db.Plans.Where(p => p.ContractId == id).Select(p => p.Id).ToArrayAsync(call.Cancel);
        var conduct = call.Service<Conduct>();
        var states = PlanRows.StatesOf(await db.PlanEntries.Where(e => plans.Contains(e.PlanId)).ToListAsync(call.Cancel), conduct);
        var (place, now) = (Place.Of(row.Country), call.Store.Now.ToInstant());
        return call.Versioned(ContractDocument.Of(row, alerts, [.. states.OrderBy(s => s.Key).Select(s => PlanDocument.Of(s.Key, s.Value, conduct, place, now))]), row.Version);
    }

    private static async Task<IResult> Add(ApiCall call)
    {
        var (request, text, problem) = await call.Read<ContractRequest>("contract", r =>
            string.IsNullOrWhiteSpace(r.Title) || r.Title.Length > LongestTitle ? Problems.Of("invalid-input", "title: 1 to 200 characters were expected.")
            : r.StartOn is null ? Problems.Of("invalid-input", "startOn: a day such as 2026-03-01 was expected.")
            : r.Country is { Length: > 0 } country && !call.Knowledge.Catalogue.Countries.ContainsKey(country) ? Problems.Of("invalid-input", $"country: {country} is no ISO 3166-1 alpha-2 code.")
            : null);
        if (request is null)
        {
            return problem!;
        }

        await using var db = call.Open();
        if (request.SupplierId is { } supplier && !await db.Suppliers.AnyAsync(s => s.Id == supplier && s.OrganizationId == call.Organization, call.Cancel))
        {
            return Problems.Of("invalid-input", "supplierId: there is no such supplier.");
        }

        // A program answers for nobody: somebody of the organization does.
        var responsible = await db.Memberships.Where(m => m.OrganizationId == call.Organization && (m.Role == Role.ContractManager || m.Role == Role.Officer || m.Role == Role.Administrator)).OrderBy(m => m.Role == Role.ContractManager ? 0 : m.Role == Role.Officer ? 1 : 2).Select(m => m.PersonId).FirstAsync(call.Cancel);
        return await call.Once(text, async change =>
        {
            var row = new Contract
            {
                Id = change.NewId(), OrganizationId = call.Organization, Title = request.Title!, Reference = request.Reference ?? "", Ocid = request.Ocid ?? "", Items = string.Join('\n', (request.Items ?? []).Select(i => i.Replace('\n', ' ').Trim()).Where(i => i.Length > 0)), Country = request.Country ?? "", SupplierId = request.SupplierId,
                StartOn = request.StartOn!.Value, EndOn = request.EndOn, ResponsibleId = responsible, ChannelCode = await NewCode(change.Db, call.Cancel), CreatedAt = change.At,
            };
            change.Db.Contracts.Add(row);
            JobQueue.Ask(change, JudgeJob.Name, row.Id, row.OrganizationId);
            change.Log("contract.made", row.Id, row.OrganizationId, row.Title);
            return new Answer(StatusCodes.Status201Created, ContractDocument.Of(row, [], []), $"/api/v1/contracts/{row.Id}", 1);
        });
    }

    /// <summary>A number for notices to workers that no contract has yet.</summary>
    public static async Task<string> NewCode(Storage.WorkspaceDb db, CancellationToken cancel)
    {
        while (true)
        {
            var code = RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
            if (!await db.Contracts.AnyAsync(c => c.ChannelCode == code, cancel))
            {
                return code;
            }
        }
    }
}

/// <summary>A contract as it is sent.</summary>
/// <param name="Title">What is bought.</param>
/// <param name="Reference">The buyer's own reference.</param>
/// <param name="Ocid">The contracting process, if it was published.</param>
/// <param name="Items">What is bought, in words and CPV codes, one item each.</param>
/// <param name="Country">Where it is carried out: ISO 3166-1 alpha-2.</param>
/// <param name="SupplierId">The supplier's dossier.</param>
/// <param name="StartOn">First day.</param>
/// <param name="EndOn">Last day.</param>
internal sealed record ContractRequest(string? Title, string? Reference, string? Ocid, IReadOnlyList<string>? Items, string? Country, Guid? SupplierId, DateOnly? StartOn, DateOnly? EndOn);

/// <summary>A reason to look at a contract.</summary>
internal sealed record AlertDocument(string Cause, string Kind, string Level, string Sentence, string Sources, DateTimeOffset At, AlertState State, DateOnly? Until, string Reason, string By, bool Holds);

/// <summary>An action of a plan.</summary>
internal sealed record ActionDocument(string Id, string Text, string Owner, DateOnly Due, DateOnly FirstDue, ActionStage Stage, double DaysLate);

/// <summary>A corrective action plan.</summary>
internal sealed record PlanDocument(Guid Id, string Finding, bool Priority, PlanStage Stage, string RootCause, IReadOnlyList<ActionDocument> Actions, IReadOnlyList<string> Consequences, bool IsLate)
{
    public static PlanDocument Of(Guid id, CorrectivePlan plan, Conduct conduct, Place place, NodaTime.Instant now) => new(id, plan.Finding, plan.HasPriority, plan.Stage, plan.RootCause,
        [.. PlanClocks.Actions(plan, place, now).Select(a => new ActionDocument(a.Action.Id, a.Action.Text, a.Action.Owner, a.Action.Due.ToDateOnly(), a.Action.FirstDue.ToDateOnly(), a.Action.Stage, Math.Round(a.LateBy.TotalDays, 2)))], plan.Rungs, Plans.PlanListPage.IsLate(plan, conduct, place, now));
}

/// <summary>A contract.</summary>
internal sealed record ContractDocument(Guid Id, string Title, string Reference, string Ocid, IReadOnlyList<string> Items, string Country, Guid? SupplierId, DateOnly StartOn, DateOnly? EndOn, string Risk, string ChannelCode, DateTimeOffset? JudgedAt, IReadOnlyList<AlertDocument> Alerts, IReadOnlyList<PlanDocument> Plans)
{
    public static ContractDocument Of(Contract c, IReadOnlyList<Alert> alerts, IReadOnlyList<PlanDocument> plans) => new(c.Id, c.Title, c.Reference, c.Ocid, c.Items.Split('\n', StringSplitOptions.RemoveEmptyEntries), c.Country, c.SupplierId, c.StartOn, c.EndOn, c.Risk, c.ChannelCode, c.JudgedAt,
        [.. alerts.Select(a => new AlertDocument(a.CauseKey, a.Kind, a.Level, a.Sentence, a.Sources, a.At, a.State, a.Until, a.Reason, a.ByName, a.GoneAt is null))], plans);
}
