using System.Security.Cryptography;

namespace Palermo.Verify;

/// <summary>RFC 6962 as it defines trees and proofs: by halves. Written apart from the server's, so that one mistake is not made twice.</summary>
internal static class Tree
{
    public static byte[] Leaf(byte[] data) => SHA256.HashData([0, .. data]);

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    private static long Half(long size)
    {
        long k = 1;
        while (k * 2 < size)
        {
            k *= 2;
        }

        return k;
    }

    /// <summary>The root that a path leads to; null if the path does not fit the size.</summary>
    public static byte[]? Root(byte[] leaf, long index, long size, byte[][] path)
    {
        if (size == 1)
        {
            return path.Length == 0 ? leaf : null;
        }

        if (path.Length == 0 || index < 0 || index >= size)
        {
            return null;
        }

        // The last hash of a path stands for the other half of the whole.
        var (half, rest, other) = (Half(size), path[..^1], path[^1]);
        return index < half
            ? Root(leaf, index, half, rest) is { } left ? Node(left, other) : null
            : Root(leaf, index - half, size - half, rest) is { } right ? Node(other, right) : null;
    }

    /// <summary>Both roots that a proof of consistency leads to; null if it does not fit the sizes.</summary>
    public static (byte[] First, byte[] Second)? Roots(long first, long second, byte[] firstRoot, byte[][] proof, bool whole = true)
    {
        if (first == second)
        {
            return whole ? (proof.Length == 0 ? (firstRoot, firstRoot) : null) : (proof.Length == 1 ? (proof[0], proof[0]) : null);
        }

        if (proof.Length == 0 || first < 1 || first > second)
        {
            return null;
        }

        var (half, rest, other) = (Half(second), proof[..^1], proof[^1]);
        if (first <= half)
        {
            return Roots(first, half, firstRoot, rest, whole) is var (old, left) ? (old, Node(left, other)) : null;
        }

        return Roots(first - half, second - half, firstRoot, rest, false) is var (oldRight, right) ? (Node(other, oldRight), Node(other, right)) : null;
    }
}
