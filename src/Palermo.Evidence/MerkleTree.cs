using System.Numerics;

namespace Palermo.Evidence;

/// <summary>A node over 2^<paramref name="Level"/> leaves that are all there: leaves <c>Index·2^Level</c> up to, not including, <c>(Index+1)·2^Level</c>. Once there, it never changes.</summary>
/// <param name="Level">Height above the leaves; 0 is a leaf.</param>
/// <param name="Index">Number among the nodes of that level, from 0.</param>
public readonly record struct TreeNode(int Level, long Index);

/// <summary>
/// The tree of RFC 6962 over nodes that somebody keeps. Only whole nodes are kept, so that growing only adds; what a size,
/// a proof of inclusion (2.1.1) or of consistency (2.1.2) needs is computed from them.
/// </summary>
public static class MerkleTree
{
    /// <summary>Nodes that a new leaf completes, lowest first, with the leaf itself.</summary>
    /// <param name="index">Number of the leaf, from 0: the size of the tree before it.</param>
    /// <param name="leaf">Its hash.</param>
    /// <param name="kept">Nodes as they are kept.</param>
    public static IReadOnlyList<(TreeNode Node, byte[] Hash)> Grow(long index, byte[] leaf, Func<TreeNode, byte[]> kept)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentNullException.ThrowIfNull(leaf);
        ArgumentNullException.ThrowIfNull(kept);
        var made = new List<(TreeNode, byte[])> { (new TreeNode(0, index), leaf) };
        var (level, at, hash) = (0, index, leaf);
        while ((at & 1) == 1)
        {
            hash = MerkleHash.Node(kept(new TreeNode(level, at - 1)), hash);
            (level, at) = (level + 1, at / 2);
            made.Add((new TreeNode(level, at), hash));
        }

        return made;
    }

    /// <summary>Nodes that <see cref="Grow"/> asks for.</summary>
    public static IReadOnlyList<TreeNode> Frontier(long size) => Asked(kept => Root(size, kept));

    /// <summary>Hash of the tree of the first <paramref name="size"/> leaves.</summary>
    public static byte[] Root(long size, Func<TreeNode, byte[]> kept)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentNullException.ThrowIfNull(kept);
        return size == 0 ? MerkleHash.Empty : Range(0, size, kept);
    }

    /// <summary>The audit path of a leaf in the tree of a size, lowest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The leaf is not in that tree.</exception>
    public static IReadOnlyList<byte[]> Inclusion(long index, long size, Func<TreeNode, byte[]> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        for (var (from, to) = (0L, size); to - from > 1;)
        {
            var middle = from + Split(to - from);
            var left = index < middle;
            path.Add(left ? Range(middle, to, kept) : Range(from, middle, kept));
            (from, to) = left ? (from, middle) : (middle, to);
        }

        path.Reverse();
        return path;
    }

    /// <summary>The proof that the tree of a size is the beginning of a larger one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The first size is 0 or larger than the second.</exception>
    public static IReadOnlyList<byte[]> Consistency(long first, long second, Func<TreeNode, byte[]> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var proof = new List<byte[]>();
        var (from, to, whole, m) = (0L, second, true, first);
        while (m != to - from)
        {
            var k = Split(to - from);
            if (m <= k)
            {
                proof.Add(Range(from + k, to, kept));
                to = from + k;
            }
            else
            {
                proof.Add(Range(from, from + k, kept));
                (from, m, whole) = (from + k, m - k, false);
            }
        }

        if (!whole)
        {
            proof.Add(Range(from, to, kept));
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Nodes that a computation asks for, so that they can be read at once.</summary>
    public static IReadOnlyList<TreeNode> Asked(Action<Func<TreeNode, byte[]>> compute)
    {
        ArgumentNullException.ThrowIfNull(compute);
        var asked = new List<TreeNode>();
        var nothing = new byte[MerkleHash.Size];
        compute(node =>
        {
            asked.Add(node);
            return nothing;
        });
        return asked;
    }

    private static byte[] Range(long from, long to, Func<TreeNode, byte[]> kept)
    {
        var size = to - from;
        if (BitOperations.IsPow2(size) && from % size == 0)
        {
            var level = BitOperations.Log2((ulong)size);
            return kept(new TreeNode(level, from >> level));
        }

        var middle = from + Split(size);
        return MerkleHash.Node(Range(from, middle, kept), Range(middle, to, kept));
    }

    // The largest power of two smaller than a size.
    private static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
