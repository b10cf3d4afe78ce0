using System.Runtime.InteropServices;

namespace Palermo.Matching.Index;

/// <summary>Many values under a hash: keys sorted into buckets by their upper bits, so that a look-up is one or two cache lines.</summary>
internal static class KeyTable
{
    /// <summary>Sorts keys by bucket, then by hash and value; equal keys are kept once.</summary>
    public static (int[] Starts, Key[] Keys) Build(List<Key> keys)
    {
        var all = CollectionsMarshal.AsSpan(keys).ToArray();
        Array.Sort(all, static (x, y) => x.Hash != y.Hash ? x.Hash.CompareTo(y.Hash) : x.Value.CompareTo(y.Value));
        var kept = 0;
        for (var i = 0; i < all.Length; i++)
        {
            if (i == 0 || all[i] != all[i - 1])
            {
                all[kept++] = all[i];
            }
        }

        Array.Resize(ref all, kept);
        var bits = Bits(kept);
        var starts = new int[(1 << bits) + 1];
        foreach (var key in all)
        {
            starts[(int)(key.Hash >> (32 - bits)) + 1]++;
        }

        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        return (starts, all);
    }

    /// <summary>The keys with this hash.</summary>
    public static ReadOnlySpan<Key> Find(ReadOnlySpan<int> starts, ReadOnlySpan<Key> keys, uint hash)
    {
        var bits = System.Numerics.BitOperations.Log2((uint)(starts.Length - 1));
        var bucket = (int)(hash >> (32 - bits));
        var (from, to) = (starts[bucket], starts[bucket + 1]);
        while (from < to && keys[from].Hash < hash)
        {
            from++;
        }

        var end = from;
        while (end < to && keys[end].Hash == hash)
        {
            end++;
        }

        return keys[from..end];
    }

    // About four keys a bucket; at least two buckets, so that the shift is never by 32.
    private static int Bits(int count) => Math.Clamp(System.Numerics.BitOperations.Log2((uint)Math.Max(1, count / 4)) + 1, 1, 26);
}
