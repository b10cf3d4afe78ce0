using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Hosting;

namespace Palermo.Web.Working;

/// <summary>
/// Says once that a day comes near: a tender to be published within a week, a key that expires within two. An entry of the
/// ledger each, which webhooks are told; the desk shows it anyway. However many nodes look, each is said once: the entry is
/// looked for in the transaction that writes it.
/// </summary>
internal sealed class Reminders(Workspace store, KnowledgeBase knowledge, ILogger<Reminders> log) : Rounds(log, TimeSpan.FromMinutes(10))
{
    private const int TenderDays = 7, KeyDays = 14;

    protected override string Trouble => "The store could not be asked for what is due";

    protected override async Task Round(CancellationToken stop)
    {
        var today = knowledge.Today;
        await using var db = store.Open();
        var (week, fortnight) = (today.AddDays(TenderDays), today.AddDays(KeyDays));
        var tenders = await db.Tenders.Where(t => t.State == TenderState.Preparing && t.PublishOn != null && t.PublishOn <= week).Select(t => new { t.Id, t.OrganizationId, t.PublishOn }).ToListAsync(stop);
        var keys = await db.ApiKeys.Where(k => k.RevokedAt == null && k.ExpiresOn >= today && k.ExpiresOn <= fortnight).Select(k => new { k.Id, k.OrganizationId, k.ExpiresOn }).ToListAsync(stop);
        foreach (var (kind, subject, organization, detail) in tenders.Select(t => ("reminder.tender-due", t.Id.ToString(), t.OrganizationId, $"{t.PublishOn:yyyy-MM-dd}")).Concat(keys.Select(k => ("reminder.key-expires", k.Id, k.OrganizationId, $"{k.ExpiresOn:yyyy-MM-dd}"))))
        {
            // Said before for the same day: nothing to do. Asked outside the transaction first, since it is nearly always so.
            if (await db.Ledger.AnyAsync(l => l.Subject == subject && l.Kind == kind && l.Detail == detail, stop))
            {
                continue;
            }

            await store.Write(Actor.Program, async change =>
            {
                await store.Alone(change, stop);
                if (!await change.Db.Ledger.AnyAsync(l => l.Subject == subject && l.Kind == kind && l.Detail == detail, stop))
                {
                    change.Log(kind, subject, organization, detail);
                }
            }, stop);
        }
    }
}
