using System.Security.Cryptography;

namespace Palermo.Evidence;

/// <summary>The hashes of RFC 6962, section 2.1: SHA-256, leaves and nodes told apart by their first byte.</summary>
public static class MerkleHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 32;

    private const byte LeafPrefix = 0, NodePrefix = 1;

    /// <summary>Hash of the tree without leaves.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>Hash of a leaf.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> data)
    {
        var prefixed = new byte[data.Length + 1];
        prefixed[0] = LeafPrefix;
        data.CopyTo(prefixed.AsSpan(1));
        return SHA256.HashData(prefixed);
    }

    /// <summary>Hash of a node over two others.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> both = stackalloc byte[1 + (2 * Size)];
        both[0] = NodePrefix;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + Size)..]);
        return SHA256.HashData(both);
    }
}
