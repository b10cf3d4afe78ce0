using System.Security.Cryptography;

namespace Palermo.Evidence;

/// <summary>Checks proofs as RFC 9162, sections 2.1.3.2 and 2.1.4.2, describes: from hashes alone, without the tree.</summary>
public static class MerkleProof
{
    /// <summary>Whether a leaf is where a proof says, in the tree of a size with a root.</summary>
    public static bool Includes(ReadOnlySpan<byte> leafHash, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (index < 0 || index >= size || leafHash.Length != MerkleHash.Size)
        {
            return false;
        }

        var (fn, sn) = (index, size - 1);
        var hash = leafHash.ToArray();
        foreach (var p in path)
        {
            if (sn == 0 || p.Length != MerkleHash.Size)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                hash = MerkleHash.Node(p, hash);
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn / 2, sn / 2);
                }
            }
            else
            {
                hash = MerkleHash.Node(hash, p);
            }

            (fn, sn) = (fn / 2, sn / 2);
        }

        return sn == 0 && CryptographicOperations.FixedTimeEquals(hash, root);
    }

    /// <summary>Whether the tree of the first size and root is the beginning of the tree of the second.</summary>
    public static bool IsConsistent(long first, ReadOnlySpan<byte> firstRoot, long second, ReadOnlySpan<byte> secondRoot, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (first <= 0 || first > second || proof.Any(p => p.Length != MerkleHash.Size))
        {
            return false;
        }

        if (first == second)
        {
            return proof.Count == 0 && CryptographicOperations.FixedTimeEquals(firstRoot, secondRoot);
        }

        // A whole power of two is its own first hash.
        var path = (first & (first - 1)) == 0 ? proof.Prepend(firstRoot.ToArray()).ToArray() : [.. proof];
        if (path.Length == 0)
        {
            return false;
        }

        var (fn, sn) = (first - 1, second - 1);
        while ((fn & 1) == 1)
        {
            (fn, sn) = (fn / 2, sn / 2);
        }

        var (fr, sr) = (path[0], path[0]);
        foreach (var c in path.Skip(1))
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (MerkleHash.Node(c, fr), MerkleHash.Node(c, sr));
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn / 2, sn / 2);
                }
            }
            else
            {
                sr = MerkleHash.Node(sr, c);
            }

            (fn, sn) = (fn / 2, sn / 2);
        }

        return sn == 0 && CryptographicOperations.FixedTimeEquals(fr, firstRoot) && CryptographicOperations.FixedTimeEquals(sr, secondRoot);
    }
}
