using Microsoft.EntityFrameworkCore;
using NodaTime;
using Palermo.Knowledge;
using Palermo.Mitigate.Clocks;
using Palermo.Mitigate.Plans;
using Palermo.Storage;
using Palermo.Storage.Cases;
using Palermo.Storage.Model;
using Palermo.Storage.Plans;
using Palermo.Web.Accounts;
using Palermo.Web.Api.Matching;
using Palermo.Web.Cases;
using Palermo.Web.Contracts;
using Palermo.Web.Suppliers;

namespace Palermo.Web.Tenders;

/// <summary>Something that waits for somebody.</summary>
/// <param name="Due">By when; null if nothing sets a day.</param>
/// <param name="Key">Words that say what: <c>desk.publish</c>.</param>
/// <param name="Title">On what.</param>
/// <param name="Path">Where to do it.</param>
/// <param name="Mine">Whether it is theirs in person.</param>
/// <param name="About">Which of several such things, in the words of its rule; null if the key says it all.</param>
/// <param name="Count">How many of them wait there.</param>
public sealed record DeskItem(DateOnly? Due, string Key, string Title, string Path, bool Mine, Said? About = null, int Count = 1);

/// <summary>What waits for somebody, by due date.</summary>
internal static class DeskItems
{
    private const int Most = 100, KeyDays = 14, MostListings = 5;

    // From here on a listing is more likely than not the same party (docs/matching.md).
    private const double Probable = 0.8;

    public static async Task<IReadOnlyList<DeskItem>> Of(WorkspaceDb db, Access who, ListShelf shelf, Conduct conduct, DateOnly today, Instant now, CancellationToken cancel)
    {
        var items = new List<DeskItem>();
        var prepare = who.Where(Permission.PrepareTenders);
        var tenders = await db.Tenders.Where(t => prepare.Contains(t.OrganizationId) && t.State != TenderState.Closed).OrderBy(t => t.PublishOn).Take(Most)
            .Select(t => new { t.Id, t.Title, t.State, t.PublishOn, t.ResponsibleId, Recorded = db.AssessmentRecords.Any(r => r.TenderId == t.Id), Noticed = db.TenderNotices.Any(n => n.TenderId == t.Id) }).ToListAsync(cancel);
        foreach (var t in tenders)
        {
            var mine = t.ResponsibleId == who.PersonId;
            if (t.State == TenderState.Preparing)
            {
                items.Add(new DeskItem(t.PublishOn, t.Recorded ? "desk.publish" : "desk.record", t.Title, $"/tenders/{t.Id}", mine));
            }
            else if (!t.Noticed)
            {
                items.Add(new DeskItem(t.PublishOn, "desk.notice", t.Title, $"/tenders/{t.Id}/notice", mine));
            }
        }

        var judge = who.Where(Permission.JudgeSuppliers);
        var suppliers = await db.Suppliers.Where(s => judge.Contains(s.OrganizationId))
            .Select(s => new
            {
                s.Id,
                s.Name,
                Contests = db.SupplierNotes.Count(n => n.SupplierId == s.Id && n.Kind == "contest" && !db.SupplierNotes.Any(a => a.ToId == n.Id)),
                Unsure = db.ListingDecisions.Count(d => d.SupplierId == s.Id && d.Choice == "unsure" && !db.ListingDecisions.Any(l => l.SupplierId == s.Id && l.ListId == d.ListId && l.PartyId == d.PartyId && l.At > d.At)),
            }).Where(s => s.Contests > 0 || s.Unsure > 0).Take(Most).ToListAsync(cancel);
        foreach (var s in suppliers)
        {
            if (s.Contests > 0)
            {
                items.Add(new DeskItem(null, "desk.contest", s.Name, $"/suppliers/{s.Id}#notes", false));
            }

            if (s.Unsure > 0)
            {
                items.Add(new DeskItem(null, "desk.unsure", s.Name, $"/suppliers/{s.Id}#listings", false));
            }
        }

        items.AddRange(await Listed(db, judge, shelf, cancel));
        var keys = who.Where(Permission.ManageKeys);
        var soon = today.AddDays(KeyDays);
        items.AddRange((await db.ApiKeys.Where(k => keys.Contains(k.OrganizationId) && k.RevokedAt == null && k.ExpiresOn <= soon && k.ExpiresOn >= today).ToListAsync(cancel)).Select(k => new DeskItem(k.ExpiresOn, "desk.key", k.Name, "/administration#keys", false)));

        items.AddRange(await Watched(db, who, conduct, now, cancel));
        items.AddRange(await Cases(db, who, conduct, now, cancel));
        var runs = who.Where(Permission.MakeRuns);
        var failed = await db.Runs.Where(r => runs.Contains(r.OrganizationId) && r.ScreenedAt == null).Take(Most).ToListAsync(cancel);
        var subjects = failed.Select(r => r.Id.ToString()).ToArray();
        var stopped = (await db.Jobs.Where(j => subjects.Contains(j.Subject)).GroupBy(j => j.Subject).Select(g => g.OrderByDescending(j => j.CreatedAt).First()).ToListAsync(cancel)).Where(j => j.State == JobState.Failed).Select(j => j.Subject).ToHashSet();
        items.AddRange(failed.Where(r => stopped.Contains(r.Id.ToString())).Select(r => new DeskItem(DateOnly.FromDateTime(r.CreatedAt.UtcDateTime), "desk.failed", r.Title, $"/runs/{r.Id}", r.ById == who.PersonId)));
        return [.. items.OrderBy(i => i.Due ?? DateOnly.MaxValue).ThenByDescending(i => i.Mine).ThenBy(i => i.Title, StringComparer.Ordinal)];
    }

    // Alerts nobody answered, clocks of contracts and plans: the buyer's, and those that a supplier has to keep.
    private static async Task<IEnumerable<DeskItem>> Watched(WorkspaceDb db, Access who, Conduct conduct, Instant now, CancellationToken cancel)
    {
        var (watch, answer) = (who.Where(Permission.WatchContracts), who.Where(Permission.AnswerPlans));
        if (watch.Count == 0 && answer.Count == 0)
        {
            return [];
        }

        var items = new List<DeskItem>();
        var contracts = await db.Contracts.Where(c => watch.Contains(c.OrganizationId) || db.Suppliers.Any(s => s.Id == c.SupplierId && s.AccountId != null && answer.Contains(s.AccountId.Value))).ToListAsync(cancel);
        var ids = contracts.Select(c => c.Id).ToArray();
        var own = contracts.Where(c => watch.Contains(c.OrganizationId)).ToArray();
        var ownIds = own.Select(c => c.Id).ToArray();
        var alerts = (await db.Alerts.Where(a => ownIds.Contains(a.ContractId) && a.State == AlertState.Open && a.GoneAt == null).GroupBy(a => a.ContractId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel)).ToDictionary(g => g.Key, g => g.Count);
        items.AddRange(own.Where(c => alerts.ContainsKey(c.Id)).Select(c => new DeskItem(null, "desk.alert", c.Title, $"/contracts/{c.Id}#alerts", c.ResponsibleId == who.PersonId, Count: alerts[c.Id])));
        var events = (await db.ContractEvents.Where(e => ownIds.Contains(e.ContractId) && e.Kind != "judged").ToListAsync(cancel)).ToLookup(e => e.ContractId);
        items.AddRange(own.SelectMany(c => OpenContract.ClocksOf(c, events[c.Id], conduct, now).Where(k => k.IsOpen).Take(1).Select(k => new DeskItem(DayOf(k.Due, Place.Of(c.Country)), "desk.clock", c.Title, $"/contracts/{c.Id}#clocks", c.ResponsibleId == who.PersonId, k.Rule.Title))));
        var plans = await db.Plans.Where(p => ids.Contains(p.ContractId)).ToListAsync(cancel);
        var planIds = plans.Select(p => p.Id).ToArray();
        var states = PlanRows.StatesOf(await db.PlanEntries.Where(e => planIds.Contains(e.PlanId)).ToListAsync(cancel), conduct);
        foreach (var plan in plans.Where(p => states[p.Id].Stage is not (PlanStage.Closed or PlanStage.Terminated)))
        {
            var contract = contracts.First(c => c.Id == plan.ContractId);
            var place = Place.Of(contract.Country);
            var due = PlanClocks.Of(states[plan.Id], conduct, place, now).Where(k => k.IsOpen).Select(k => k.Due).Concat(PlanClocks.Actions(states[plan.Id], place, now).Where(a => a.IsOpen).Select(a => a.Due)).Order().Select(d => (DateOnly?)DayOf(d, place)).FirstOrDefault();
            items.Add(new DeskItem(due, "desk.plan", states[plan.Id].Finding, $"/plans/{plan.Id}", contract.ResponsibleId == who.PersonId));
        }

        return items;
    }

    // Cases one holds a key to: a day and a number, nothing of what was said.
    private static async Task<IEnumerable<DeskItem>> Cases(WorkspaceDb db, Access who, Conduct conduct, Instant now, CancellationToken cancel)
    {
        if (who.PersonId is null || who.Where(Permission.HandleCases).Count == 0)
        {
            return [];
        }

        return (await CaseLine.Of(db, who, conduct, now, cancel)).Where(l => l.State.IsOpen && l.Row.PurgedAt is null)
            .Select(l => new DeskItem(l.DueOn, "desk.case", l.Row.Id.ToString()[^6..], $"/cases/{l.Row.Id}", true));
    }

    private static DateOnly DayOf(Instant due, Place place) => Deadline.LastDayOf(due, place).ToDateOnly();

    // Whoever a list names now and nobody decided on: after a new edition, or a new dossier.
    private static async Task<IEnumerable<DeskItem>> Listed(WorkspaceDb db, IReadOnlyList<Guid> organizations, ListShelf shelf, CancellationToken cancel)
    {
        if (organizations.Count == 0 || shelf.Problem() is not null || shelf.Editions.Count == 0)
        {
            return [];
        }

        var suppliers = await db.Suppliers.Where(s => organizations.Contains(s.OrganizationId)).OrderByDescending(s => s.ChangedAt).Take(Most).ToListAsync(cancel);
        var ids = suppliers.Select(s => s.Id).ToArray();
        var decided = (await db.ListingDecisions.Where(d => ids.Contains(d.SupplierId)).Select(d => new { d.SupplierId, d.ListId, d.PartyId }).ToListAsync(cancel)).Select(d => (d.SupplierId, d.ListId, d.PartyId)).ToHashSet();
        var found = shelf.FindAll(ListShelf.AllLists, [.. suppliers.Select(Dossier.PartyOf)], MostListings, Probable);
        return suppliers.Where((s, i) => found[i].Any(c => !decided.Contains((s.Id, c.List, c.Party.Id)))).Select(s => new DeskItem(null, "desk.listing", s.Name, $"/suppliers/{s.Id}#listings", false));
    }
}
