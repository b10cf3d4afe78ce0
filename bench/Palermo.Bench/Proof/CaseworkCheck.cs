using Microsoft.EntityFrameworkCore;
using Palermo.Evidence;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Evidence;
using Palermo.Storage.Model;

namespace Palermo.Bench.Proof;

/// <summary>Holds a store against what <see cref="Casework"/> said it had written.</summary>
internal sealed class CaseworkCheck(Workspace workspace)
{
    private readonly LogKey _key = LogKey.Make("proof");
    private LogCheckpoint? _last;

    /// <summary>What is wrong: something acknowledged that is not there, a case by halves, a ledger that does not balance, a log that does not go on from its last checkpoint. Null if nothing is.</summary>
    public async Task<string?> Problem(HashSet<string> acknowledged)
    {
        var problem = await Rows(acknowledged);
        var newest = await new EvidenceLog(workspace).Publish(_key);
        if (problem is null && _last is not null && newest is not null)
        {
            var (one, two) = (Checkpoint.Open(_last.Note, _key.Verifier)!, Checkpoint.Open(newest.Note, _key.Verifier)!);
            var proof = await new EvidenceLog(workspace).Consistency(one.Size, two.Size);
            problem = MerkleProof.IsConsistent(one.Size, one.Root, two.Size, two.Root, proof!) ? null : "the log does not go on from its last checkpoint";
        }

        _last = newest;
        return problem;
    }

    private async Task<string?> Rows(HashSet<string> acknowledged)
    {
        await using var db = workspace.Open();
        var there = new HashSet<string>((await db.Cases.Select(c => c.Id).ToListAsync()).Select(id => $"case {id}.")
            .Concat((await db.RemedyPostings.Select(p => p.Id).ToListAsync()).Select(id => $"posting {id}."))
            .Concat((await db.PlanEntries.Select(e => new { e.PlanId, e.Number }).ToListAsync()).Select(e => $"plan {e.PlanId} {e.Number}.")), StringComparer.Ordinal);
        if (acknowledged.FirstOrDefault(a => !there.Contains(a)) is { } lost)
        {
            return $"lost: {lost}";
        }

        // Nothing stands by halves: a case has its keys, its first message and its first four entries, a file its case.
        if (await db.Cases.AnyAsync(c => db.CaseKeyCopies.Count(k => k.CaseId == c.Id) != 2 || !db.CaseMessages.Any(m => m.CaseId == c.Id) || db.CaseEntries.Count(e => e.CaseId == c.Id) < 3 || !db.CaseFiles.Any(f => f.CaseId == c.Id)))
        {
            return "a case stands by halves";
        }

        foreach (var postings in (await db.RemedyPostings.OrderBy(p => p.Number).ToListAsync()).GroupBy(p => p.CaseId))
        {
            var ledger = await CaseRows.Ledger(db, postings.Key);
            if (ledger.Totals["EUR"] is var total && total.Owed != total.Paid + total.Outstanding)
            {
                return $"the ledger of {postings.Key} does not balance";
            }
        }

        return null;
    }
}
