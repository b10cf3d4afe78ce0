using Microsoft.EntityFrameworkCore;
using Palermo.Evidence;
using Palermo.Storage.Changes;
using Palermo.Storage.Evidence;

namespace Palermo.Storage.Operating;

/// <summary>What a store proved to be.</summary>
/// <param name="Entries">Entries in the ledger.</param>
/// <param name="Head">Hash of the last: who noted it elsewhere can tell later that nothing before it was changed.</param>
/// <param name="Problems">What is wrong, in words; empty if nothing is.</param>
/// <param name="ClockWentBack">Numbers of the entries that say that the clock went back: no fault of the store, and a reason to read the times around them with care.</param>
public sealed record Verified(long Entries, string Head, IReadOnlyList<string> Problems, IReadOnlyList<long> ClockWentBack);

/// <summary>Looks whether a store is whole and unedited: the database itself, the chain of the ledger, the records against it.</summary>
public static class Verifier
{
    private const int MostProblems = 50;

    /// <summary>Looks.</summary>
    /// <exception cref="StoreException">The store can't be read.</exception>
    public static async Task<Verified> Verify(StoreAddress address, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.File is { } file && !File.Exists(file))
        {
            throw new StoreException($"There is no store at {file}.");
        }

        try
        {
            await using var db = address.Open();
            var problems = new List<string>();
            if (address.Kind == StoreKind.Sqlite)
            {
                foreach (var line in await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS \"Value\" FROM pragma_integrity_check").ToListAsync(cancel).ConfigureAwait(false))
                {
                    if (line != "ok")
                    {
                        problems.Add($"The database is damaged: {line}");
                    }
                }

                foreach (var table in await db.Database.SqlQueryRaw<string>("SELECT \"table\" AS \"Value\" FROM pragma_foreign_key_check").ToListAsync(cancel).ConfigureAwait(false))
                {
                    problems.Add($"A row of {table} refers to one that is not there.");
                }
            }

            var pending = await Migrator.Pending(address, cancel).ConfigureAwait(false);
            if (pending.Count > 0)
            {
                problems.Add($"The store is of an earlier shape: palermo db migrate ({pending.Count} to go).");
                return new Verified(0, "", problems, []);
            }

            return await Chain(db, problems, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (StoreTrouble.Is(e))
        {
            throw Migrator.Unreachable(address, e);
        }
    }

    private static async Task<Verified> Chain(WorkspaceDb db, List<string> problems, CancellationToken cancel)
    {
        var number = 0L;
        var head = LedgerHash.First;
        var back = new List<long>();
        var records = new Dictionary<string, string>(StringComparer.Ordinal);
        var tree = new Dictionary<TreeNode, byte[]>();
        var roots = (await db.LogCheckpoints.AsNoTracking().ToListAsync(cancel).ConfigureAwait(false)).ToDictionary(c => c.Size, c => Checkpoint.Read(c.Note));
        await foreach (var entry in db.Ledger.AsNoTracking().OrderBy(l => l.Number).AsAsyncEnumerable().WithCancellation(cancel).ConfigureAwait(false))
        {
            if (entry.Number != ++number)
            {
                problems.Add($"The ledger lacks entry {number}{(entry.Number > number + 1 ? $" to {entry.Number - 1}" : "")}.");
                number = entry.Number;
            }
            else if (entry.Previous != head)
            {
                problems.Add($"Entry {entry.Number} of the ledger does not follow from the one before it: one of them was changed.");
            }

            if (LedgerHash.Of(entry) != entry.Hash)
            {
                problems.Add($"Entry {entry.Number} of the ledger ({entry.Kind}, {LedgerHash.Text(entry.At)}) was changed after it was written.");
            }

            if (entry.Kind == Workspace.ClockWentBack)
            {
                back.Add(entry.Number);
            }

            if (entry.Kind == "record.made")
            {
                records[entry.Subject] = entry.Detail;
            }

            // The tree anew from the entries: whole nodes only, of which the newest on each level are enough to go on.
            // Where an entry is missing or was changed, that is said, and a tree over the rest says nothing more.
            if (problems.Count == 0)
            {
                foreach (var (node, hash) in MerkleTree.Grow(number - 1, MerkleHash.Leaf(LedgerHash.Content(entry)), n => tree[n]))
                {
                    tree[node] = hash;
                }
            }

            if (roots.Remove(number, out var checkpoint) && problems.Count == 0 && checkpoint?.Root.AsSpan().SequenceEqual(MerkleTree.Root(number, n => tree[n])) != true)
            {
                problems.Add($"The checkpoint of {number} entries does not fit them: entries up to there were changed after it was signed.");
            }

            head = entry.Hash;
            if (problems.Count >= MostProblems)
            {
                break;
            }
        }

        problems.AddRange(roots.Keys.Order().Where(size => size > number).Select(size => $"There is a checkpoint of {size} entries, and the ledger has {number}: entries were taken out."));
        if (problems.Count == 0)
        {
            await Tree(db, tree, number, problems, cancel).ConfigureAwait(false);
        }

        await foreach (var record in db.AssessmentRecords.AsNoTracking().OrderBy(r => r.Id).AsAsyncEnumerable().WithCancellation(cancel).ConfigureAwait(false))
        {
            if (!records.Remove(record.Id.ToString(), out var hash))
            {
                problems.Add($"Record {record.Id} is not in the ledger.");
            }
            else if (LedgerHash.Of(record.Content) != hash)
            {
                problems.Add($"Record {record.Id} was changed after it was made.");
            }
        }

        problems.AddRange(records.Keys.Select(id => $"Record {id} is in the ledger and not in the store: it was taken out."));
        return new Verified(number, head, problems, back);
    }

    private static async Task Tree(WorkspaceDb db, Dictionary<TreeNode, byte[]> tree, long size, List<string> problems, CancellationToken cancel)
    {
        // Entries that a program of an earlier version wrote are taken up with the next change.
        var kept = await LogTree.Size(db, cancel).ConfigureAwait(false);
        var expected = tree.Where(n => (n.Key.Index + 1) << n.Key.Level <= kept).ToDictionary(n => LogTree.Position(n.Key), n => n.Value);
        await foreach (var node in db.LogNodes.AsNoTracking().OrderBy(n => n.Position).AsAsyncEnumerable().WithCancellation(cancel).ConfigureAwait(false))
        {
            if (!expected.Remove(node.Position, out var hash) || !hash.AsSpan().SequenceEqual(node.Hash))
            {
                problems.Add($"Node {node.Position} of the evidence log does not fit the ledger of {size} entries.");
                return;
            }
        }

        if (expected.Count > 0)
        {
            problems.Add($"The evidence log lacks {expected.Count} nodes.");
        }
    }
}
