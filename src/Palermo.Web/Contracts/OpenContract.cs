using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Mitigate.Clocks;
using Palermo.Mitigate.Plans;
using Palermo.Mitigate.Watching;
using Palermo.Prevent.Rules;
using Palermo.Storage;
using Palermo.Storage.Model;
using Palermo.Storage.Plans;
using Palermo.Web.Accounts;
using Palermo.Web.Hosting;
using Palermo.Web.Routing;
using Palermo.Web.Tenders;

namespace Palermo.Web.Contracts;

/// <summary>A contract under watch, with all that stands around it.</summary>
public sealed record OpenContract
{
    /// <summary>What is kept.</summary>
    public required Contract Row { get; init; }

    /// <summary>The supplier's dossier; null if there is none.</summary>
    public required Supplier? Supplier { get; init; }

    /// <summary>Who sees to it.</summary>
    public required string Responsible { get; init; }

    /// <summary>Who and what stands behind it.</summary>
    public required IReadOnlyList<ContractParty> Chain { get; init; }

    /// <summary>Evidence received, the newest first.</summary>
    public required IReadOnlyList<ContractEvidence> Evidence { get; init; }

    /// <summary>Audits of other buyers of the same supplier that they share.</summary>
    public required IReadOnlyList<(ContractEvidence Row, string Buyer, string? Objection)> Shared { get; init; }

    /// <summary>Alerts, the newest first.</summary>
    public required IReadOnlyList<Alert> Alerts { get; init; }

    /// <summary>Plans.</summary>
    public required IReadOnlyList<(Plan Row, CorrectivePlan Plan)> Plans { get; init; }

    /// <summary>What happened.</summary>
    public required IReadOnlyList<ContractEvent> Events { get; init; }

    /// <summary>Clocks.</summary>
    public required IReadOnlyList<Clock> Clocks { get; init; }

    /// <summary>Obligations that bind in performance, from the tender; empty if it is not kept here.</summary>
    public required IReadOnlyList<BindingObligation> Obligations { get; init; }

    internal static async Task<OpenContract?> Load(Visit v, Permission need = Permission.ReadContracts)
    {
        await using var db = v.Open();
        var id = v.Id();
        var row = await db.Contracts.SingleOrDefaultAsync(c => c.Id == id, v.Cancel);
        return row is null || !v.Who.May(Permission.ReadContracts, row.OrganizationId) || !v.Who.May(need, row.OrganizationId) ? null : await Of(db, row, v.Service<KnowledgeBase>(), v.Service<Conduct>(), v.Store.Now.ToInstant(), v.C.Language, v.Cancel);
    }

    /// <summary>Reads all that stands around a contract.</summary>
    public static async Task<OpenContract> Of(WorkspaceDb db, Contract row, KnowledgeBase knowledge, Conduct conduct, Instant now, string language, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(conduct);
        var supplier = row.SupplierId is { } s ? await db.Suppliers.SingleOrDefaultAsync(x => x.Id == s, cancel) : null;
        var events = await db.ContractEvents.Where(e => e.ContractId == row.Id).OrderByDescending(e => e.At).ToListAsync(cancel);
        var plans = await db.Plans.Where(p => p.ContractId == row.Id).OrderByDescending(p => p.CreatedAt).ToListAsync(cancel);
        var ids = plans.Select(p => p.Id).ToArray();
        var states = PlanRows.StatesOf(await db.PlanEntries.Where(e => ids.Contains(e.PlanId)).ToListAsync(cancel), conduct);
        var tender = row.TenderId is { } t ? await db.Tenders.SingleOrDefaultAsync(x => x.Id == t, cancel) : null;
        return new OpenContract
        {
            Row = row,
            Supplier = supplier,
            Responsible = await db.Users.Where(p => p.Id == row.ResponsibleId).Select(p => p.Name).SingleAsync(cancel),
            Chain = await db.ContractParties.Where(p => p.ContractId == row.Id).OrderBy(p => p.Tier).ThenBy(p => p.Name).ToListAsync(cancel),
            Evidence = await db.EvidenceReceived.Where(e => e.ContractId == row.Id).OrderByDescending(e => e.IssuedOn).ToListAsync(cancel),
            Shared = supplier?.AccountId is { } account ? await SharedAudits(db, row, account, now, cancel) : [],
            Alerts = await db.Alerts.Where(a => a.ContractId == row.Id).OrderByDescending(a => a.At).ToListAsync(cancel),
            Plans = [.. plans.Select(p => (p, states[p.Id]))],
            Events = events,
            Clocks = ClocksOf(row, events, conduct, now),
            Obligations = tender is null ? [] : [.. (await OpenTender.Of(db, tender, knowledge, language, cancel)).Obligations.Where(o => o.Obligation.Phase is "performance" or "post-contract")],
        };
    }

    /// <summary>Clocks of a contract, from what happened to it.</summary>
    public static IReadOnlyList<Clock> ClocksOf(Contract row, IEnumerable<ContractEvent> events, Conduct conduct, Instant now)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(conduct);
        var words = new HashSet<string>(StringComparer.Ordinal) { row.Country };
        if (row.Risk is "high" or "critical")
        {
            words.Add("high");
        }

        var place = Place.Of(row.Country);
        var happened = events.ToArray();
        return ClockWork.Run(conduct.With(BoundOf(happened)).ClocksOf("contract", words), happened.Select(e => new Happened(e.Kind, e.At.ToInstant())).Append(new Happened("started", place.Zone.AtStartOfDay(LocalDate.FromDateOnly(row.StartOn)).ToInstant())), [], place, now);
    }

    /// <summary>The times that rules set which bind a contract, by what was last found of it.</summary>
    public static IReadOnlyList<BoundTime> BoundOf(IEnumerable<ContractEvent> events) => BoundTime.Read(events.Where(e => e.Kind == PlanRows.BoundKind).MaxBy(e => e.At)?.Text ?? "");

    /// <summary>The times that rules set which bind a contract, by its tender as it stands.</summary>
    public static async Task<IReadOnlyList<BoundTime>> BoundBy(WorkspaceDb db, Contract row, KnowledgeBase knowledge, Conduct conduct, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(knowledge);
        return row.TenderId is { } id && await db.Tenders.SingleOrDefaultAsync(t => t.Id == id, cancel) is { } tender
            ? [.. (await OpenTender.Of(db, tender, knowledge, "en", cancel)).Obligations.SelectMany(o => BoundTime.Of(o.Pack, o.Obligation, conduct))] : [];
    }

    // Another buyer's audit stands for one's own if it looked as deep and not too long ago.
    private static async Task<IReadOnlyList<(ContractEvidence, string, string?)>> SharedAudits(WorkspaceDb db, Contract row, Guid account, Instant now, CancellationToken cancel)
    {
        var rows = await db.EvidenceReceived.Where(e => e.Shared && e.Kind == "audit" && e.ContractId != row.Id)
            .Join(db.Contracts, e => e.ContractId, c => c.Id, (e, c) => new { Evidence = e, c.SupplierId, c.OrganizationId })
            .Join(db.Suppliers.Where(s => s.AccountId == account), e => e.SupplierId, s => s.Id, (e, s) => new { e.Evidence, e.OrganizationId })
            .Join(db.Organizations, e => e.OrganizationId, o => o.Id, (e, o) => new { e.Evidence, o.Name }).ToListAsync(cancel);
        var today = now.InUtc().Date;
        return [.. rows.Select(r => (r.Evidence, r.Name, SharedAudit.Objection(Enum.Parse<AuditLevel>(r.Evidence.Level), LocalDate.FromDateOnly(r.Evidence.IssuedOn), r.Evidence.ExpiresOn is { } until ? LocalDate.FromDateOnly(until) : null, Enum.Parse<AuditLevel>(row.AuditLevel), today)))];
    }
}
