using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Mitigate.Clocks;
using Palermo.Remedy.Cases;
using Palermo.Storage;
using Palermo.Storage.Cases;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;

namespace Palermo.Web.Cases;

/// <summary>A case in a list: nothing of what was said.</summary>
/// <param name="Row">The case.</param>
/// <param name="State">How it stands.</param>
/// <param name="DueOn">Last day of what is due next; null if nothing is.</param>
/// <param name="IsLate">Whether something is late.</param>
public sealed record CaseLine(Case Row, CaseState State, DateOnly? DueOn, bool IsLate)
{
    /// <summary>Cases that somebody holds a key to.</summary>
    internal static async Task<IReadOnlyList<CaseLine>> Of(WorkspaceDb db, Access who, Conduct conduct, Instant now, CancellationToken cancel)
    {
        var (me, where) = (who.PersonId ?? Guid.Empty, who.Where(Permission.HandleCases));
        var rows = await db.Cases.Where(c => where.Contains(c.OrganizationId) && db.CaseKeyCopies.Any(k => k.CaseId == c.Id && k.Holder == "handler" && k.HolderId == me)).ToListAsync(cancel);
        var ids = rows.Select(r => r.Id).ToArray();
        var entries = (await db.CaseEntries.Where(e => ids.Contains(e.CaseId)).ToListAsync(cancel)).ToLookup(e => e.CaseId);
        var countries = await db.Organizations.Where(o => where.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Country, cancel);
        return [.. rows.Select(r => Of(r, CaseRows.StateOf(entries[r.Id].OrderBy(e => e.Number), conduct), conduct, countries[r.OrganizationId], now))];
    }

    private static CaseLine Of(Case row, CaseState state, Conduct conduct, string country, Instant now)
    {
        var open = state.Clocks(conduct, country, now).Where(k => k.IsOpen).Select(k => k.Due).Concat(state.StepsDue(country).Select(s => s.Due)).Order().Select(d => (Instant?)d).FirstOrDefault();
        return new CaseLine(row, state, state.IsOpen && open is { } due ? Deadline.LastDayOf(due, Place.Of(country)).ToDateOnly() : null, state.IsOpen && open < now);
    }
}
