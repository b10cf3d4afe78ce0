using Microsoft.EntityFrameworkCore;
using Palermo.Storage;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Api.Matching;
using Palermo.Web.Suppliers;

namespace Palermo.Web.Tenders;

/// <summary>Something that waits for somebody.</summary>
/// <param name="Due">By when; null if nothing sets a day.</param>
/// <param name="Key">Words that say what: <c>desk.publish</c>.</param>
/// <param name="Title">On what.</param>
/// <param name="Path">Where to do it.</param>
/// <param name="Mine">Whether it is theirs in person.</param>
public sealed record DeskItem(DateOnly? Due, string Key, string Title, string Path, bool Mine);

/// <summary>What waits for somebody, by due date.</summary>
internal static class DeskItems
{
    private const int Most = 100, KeyDays = 14, MostListings = 5;

    // From here on a listing is more likely than not the same party (docs/matching.md).
    private const double Probable = 0.8;

    public static async Task<IReadOnlyList<DeskItem>> Of(WorkspaceDb db, Access who, ListShelf shelf, DateOnly today, CancellationToken cancel)
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

        var runs = who.Where(Permission.MakeRuns);
        var failed = await db.Runs.Where(r => runs.Contains(r.OrganizationId) && r.ScreenedAt == null).Take(Most).ToListAsync(cancel);
        var subjects = failed.Select(r => r.Id.ToString()).ToArray();
        var stopped = (await db.Jobs.Where(j => subjects.Contains(j.Subject)).GroupBy(j => j.Subject).Select(g => g.OrderByDescending(j => j.CreatedAt).First()).ToListAsync(cancel)).Where(j => j.State == JobState.Failed).Select(j => j.Subject).ToHashSet();
        items.AddRange(failed.Where(r => stopped.Contains(r.Id.ToString())).Select(r => new DeskItem(DateOnly.FromDateTime(r.CreatedAt.UtcDateTime), "desk.failed", r.Title, $"/runs/{r.Id}", r.ById == who.PersonId)));
        return [.. items.OrderBy(i => i.Due ?? DateOnly.MaxValue).ThenByDescending(i => i.Mine).ThenBy(i => i.Title, StringComparer.Ordinal)];
    }

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
