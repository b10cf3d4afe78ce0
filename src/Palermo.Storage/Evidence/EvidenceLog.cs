using Microsoft.EntityFrameworkCore;
using Palermo.Evidence;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;

namespace Palermo.Storage.Evidence;

/// <summary>What the log says of itself, and proofs that others can check without trusting it.</summary>
public sealed class EvidenceLog(Workspace workspace)
{
    /// <summary>Signs a checkpoint of all entries, unless the newest covers them.</summary>
    /// <returns>The newest checkpoint; null if the log is empty.</returns>
    public async Task<LogCheckpoint?> Publish(LogKey key, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        await using (var db = workspace.Open())
        {
            var (size, newest) = (await LogTree.Size(db, cancel).ConfigureAwait(false), await Newest(db, cancel).ConfigureAwait(false));
            if (size == 0 || newest?.Size >= size)
            {
                return newest;
            }
        }

        return await workspace.Write(Actor.Program, async change =>
        {
            // Nobody adds meanwhile, and of two nodes one comes first.
            await workspace.Alone(change, cancel).ConfigureAwait(false);
            var size = await LogTree.Size(change.Db, cancel).ConfigureAwait(false);
            if (await Newest(change.Db, cancel).ConfigureAwait(false) is { } there && there.Size >= size)
            {
                return there;
            }

            var root = MerkleTree.Root(size, await LogTree.Read(change.Db, MerkleTree.Frontier(size), cancel).ConfigureAwait(false));
            var made = new LogCheckpoint { Size = size, Note = new Checkpoint(key.Verifier.Name, size, root).Sign(key), At = change.At };
            change.Db.LogCheckpoints.Add(made);
            return made;
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>The newest checkpoint; null if there is none.</summary>
    public async Task<LogCheckpoint?> Newest(CancellationToken cancel = default)
    {
        await using var db = workspace.Open();
        return await Newest(db, cancel).ConfigureAwait(false);
    }

    /// <summary>Proof that an entry is in the log, against the newest checkpoint; null if none covers it yet.</summary>
    /// <param name="number">Number of the entry.</param>
    /// <param name="opening">What opens the commitment in it; empty if there is none.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<EntryProof?> Prove(long number, byte[] opening, CancellationToken cancel = default)
    {
        await using var db = workspace.Open();
        if (await Newest(db, cancel).ConfigureAwait(false) is not { } checkpoint || checkpoint.Size < number || await db.Ledger.SingleOrDefaultAsync(l => l.Number == number, cancel).ConfigureAwait(false) is not { } entry)
        {
            return null;
        }

        var kept = await LogTree.Read(db, MerkleTree.Asked(k => MerkleTree.Inclusion(number - 1, checkpoint.Size, k)), cancel).ConfigureAwait(false);
        return new EntryProof(LedgerHash.Content(entry), opening, number - 1, MerkleTree.Inclusion(number - 1, checkpoint.Size, kept), checkpoint.Note);
    }

    /// <summary>Proof that the log of one size is the beginning of that of another; null if it has not grown so far.</summary>
    public async Task<IReadOnlyList<byte[]>?> Consistency(long first, long second, CancellationToken cancel = default)
    {
        await using var db = workspace.Open();
        if (first <= 0 || first > second || second > await LogTree.Size(db, cancel).ConfigureAwait(false))
        {
            return null;
        }

        var kept = await LogTree.Read(db, MerkleTree.Asked(k => MerkleTree.Consistency(first, second, k)), cancel).ConfigureAwait(false);
        return MerkleTree.Consistency(first, second, kept);
    }

    private static Task<LogCheckpoint?> Newest(WorkspaceDb db, CancellationToken cancel) => db.LogCheckpoints.AsNoTracking().OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancel);
}
