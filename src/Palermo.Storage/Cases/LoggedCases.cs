using Microsoft.EntityFrameworkCore;
using Palermo.Knowledge;
using Palermo.Remedy.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;

namespace Palermo.Storage.Cases;

/// <summary>The cases of an organization as the evidence log has them up to its newest signed checkpoint: each entry of a case is taken in the order of the log and only if its hash is the one that the log holds.</summary>
/// <remarks>What came after the checkpoint is left out: how far the log goes is public already, and how many entries are of cases is not, since it would tell when somebody was heard.</remarks>
/// <param name="Cases">The cases; none if something differs.</param>
/// <param name="Entries">Entries of cases that they rest on. Not for the public.</param>
/// <param name="Size">Size of the log at the checkpoint; 0 if there is none yet.</param>
/// <param name="Differing">Entries that the log has and the store has not, or the store otherwise: nothing can be said of what they stand for.</param>
public sealed record LoggedCases(IReadOnlyList<CaseState> Cases, int Entries, long Size, int Differing)
{
    /// <summary>Size of the log at its newest checkpoint; 0 if there is none.</summary>
    public static async Task<long> SizeOf(WorkspaceDb db, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.LogCheckpoints.MaxAsync(c => (long?)c.Size, cancel).ConfigureAwait(false) ?? 0;
    }

    /// <summary>Reads them.</summary>
    public static async Task<LoggedCases> Of(WorkspaceDb db, Guid organization, Conduct conduct, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var size = await SizeOf(db, cancel).ConfigureAwait(false);
        var log = await db.Ledger.Where(l => l.OrganizationId == organization && l.Kind.StartsWith("case.")).OrderBy(l => l.Number).Select(l => new { l.Number, l.Kind, l.Subject, l.Detail }).ToListAsync(cancel).ConfigureAwait(false);
        var rows = await db.CaseEntries.AsNoTracking().Join(db.Cases.Where(c => c.OrganizationId == organization), e => e.CaseId, c => c.Id, (e, c) => e).ToListAsync(cancel).ConfigureAwait(false);
        var kept = rows.ToDictionary(r => (r.CaseId.ToString(), "case." + r.Kind, RowHash.Of(r)));
        var kinds = CaseKinds.All.Select(k => "case." + k).ToHashSet(StringComparer.Ordinal);
        var taken = new List<CaseEntry>();
        var differing = 0;
        foreach (var entry in log.Where(l => kinds.Contains(l.Kind)))
        {
            var isKept = kept.Remove((entry.Subject, entry.Kind, entry.Detail), out var row);
            if (entry.Number > size)
            {
                continue;
            }

            if (isKept)
            {
                taken.Add(row!);
            }
            else
            {
                differing++;
            }
        }

        differing += kept.Count;
        return new LoggedCases(differing > 0 ? [] : [.. taken.GroupBy(r => r.CaseId).Select(g => CaseRows.StateOf(g.OrderBy(e => e.Number), conduct))], taken.Count, size, differing);
    }
}
