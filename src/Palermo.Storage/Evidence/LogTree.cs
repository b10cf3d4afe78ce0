using Microsoft.EntityFrameworkCore;
using Palermo.Evidence;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;

namespace Palermo.Storage.Evidence;

/// <summary>The tree over the ledger in the store. It grows in the transaction of the change that the entry tells.</summary>
internal static class LogTree
{
    private const int LevelShift = 56, Batch = 1000;

    public static long Position(TreeNode node) => ((long)node.Level << LevelShift) | node.Index;

    /// <summary>Reads nodes at once.</summary>
    public static async Task<Func<TreeNode, byte[]>> Read(WorkspaceDb db, IEnumerable<TreeNode> nodes, CancellationToken cancel)
    {
        var positions = nodes.Select(Position).Distinct().ToArray();
        var found = positions.Length == 0 ? [] : await db.LogNodes.AsNoTracking().Where(n => positions.Contains(n.Position)).ToDictionaryAsync(n => n.Position, n => n.Hash, cancel).ConfigureAwait(false);
        return node => found.TryGetValue(Position(node), out var hash) ? hash : throw new KeyNotFoundException($"The log lacks node {node.Level}/{node.Index}.");
    }

    /// <summary>Adds entries that follow on those of the tree; takes up first what a program without a tree wrote.</summary>
    public static async Task Add(WorkspaceDb db, IReadOnlyList<LedgerEntry> entries, CancellationToken cancel)
    {
        var size = await Size(db, cancel).ConfigureAwait(false);
        for (var from = size; from < entries[0].Number - 1; from += Batch)
        {
            var (after, until) = (from, Math.Min(from + Batch, entries[0].Number - 1));
            await Grow(db, await db.Ledger.AsNoTracking().Where(l => l.Number > after && l.Number <= until).OrderBy(l => l.Number).ToListAsync(cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
            await db.SaveChangesAsync(cancel).ConfigureAwait(false);
        }

        await Grow(db, entries, cancel).ConfigureAwait(false);
    }

    /// <summary>Leaves in the tree.</summary>
    public static async Task<long> Size(WorkspaceDb db, CancellationToken cancel)
    {
        const long SecondLevel = 1L << LevelShift;
        return await db.LogNodes.Where(n => n.Position < SecondLevel).MaxAsync(n => (long?)n.Position, cancel).ConfigureAwait(false) + 1 ?? 0;
    }

    private static async Task Grow(WorkspaceDb db, IReadOnlyList<LedgerEntry> entries, CancellationToken cancel)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var kept = await Read(db, MerkleTree.Frontier(entries[0].Number - 1), cancel).ConfigureAwait(false);
        var made = new Dictionary<TreeNode, byte[]>();
        foreach (var entry in entries)
        {
            foreach (var (node, hash) in MerkleTree.Grow(entry.Number - 1, MerkleHash.Leaf(LedgerHash.Content(entry)), n => made.TryGetValue(n, out var own) ? own : kept(n)))
            {
                made[node] = hash;
                db.LogNodes.Add(new LogNode { Position = Position(node), Hash = hash });
            }
        }
    }
}
