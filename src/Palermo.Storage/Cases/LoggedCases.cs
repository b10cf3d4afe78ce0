using Microsoft.EntityFrameworkCore;
using Palermo.Knowledge;
using Palermo.Remedy.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;

namespace Palermo.Storage.Cases;

/// <summary>The cases of an organization as the evidence log has them: each entry of a case is taken in the order of the log and only if its hash is the one that the log holds.</summary>
/// <param name="Cases">The cases.</param>
/// <param name="Entries">Entries of the log that they rest on.</param>
/// <param name="Last">Number of the last of them; 0 if there is none.</param>
/// <param name="Differing">Entries that the log has and the store has not, or the store otherwise: nothing can be said of what they stand for.</param>
public sealed record LoggedCases(IReadOnlyList<CaseState> Cases, int Entries, long Last, int Differing)
{
    /// <summary>Reads them.</summary>
    public static async Task<LoggedCases> Of(WorkspaceDb db, Guid organization, Conduct conduct, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var log = await db.Ledger.Where(l => l.OrganizationId == organization && l.Kind.StartsWith("case.")).OrderBy(l => l.Number).Select(l => new { l.Number, l.Kind, l.Subject, l.Detail }).ToListAsync(cancel).ConfigureAwait(false);
        var rows = await db.CaseEntries.AsNoTracking().Join(db.Cases.Where(c => c.OrganizationId == organization), e => e.CaseId, c => c.Id, (e, c) => e).ToListAsync(cancel).ConfigureAwait(false);
        var kept = rows.ToDictionary(r => (r.CaseId.ToString(), "case." + r.Kind, RowHash.Of(r)));
        var kinds = CaseKinds.All.Select(k => "case." + k).ToHashSet(StringComparer.Ordinal);
        var taken = new List<CaseEntry>();
        var (last, differing) = (0L, 0);
        foreach (var entry in log.Where(l => kinds.Contains(l.Kind)))
        {
            if (kept.Remove((entry.Subject, entry.Kind, entry.Detail), out var row))
            {
                taken.Add(row);
                last = entry.Number;
            }
            else
            {
                differing++;
            }
        }

        differing += kept.Count;
        return new LoggedCases(differing > 0 ? [] : [.. taken.GroupBy(r => r.CaseId).Select(g => CaseRows.StateOf(g.OrderBy(e => e.Number), conduct))], taken.Count, last, differing);
    }
}
