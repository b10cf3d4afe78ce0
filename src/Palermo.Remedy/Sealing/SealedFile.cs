using System.Security.Cryptography;
using Geralt;
using Chunk = Geralt.IncrementalXChaCha20Poly1305;

namespace Palermo.Remedy.Sealing;

/// <summary>
/// A file under a key of its own, which is sealed beside it: libsodium's secretstream (XChaCha20-Poly1305) in pieces of 64 KB,
/// padded so that its size tells little. A piece changed, left out, moved or added is noticed.
/// </summary>
public static class SealedFile
{
    private const byte Version = 1;
    private const int Piece = 64 << 10;

    /// <summary>Seals a file.</summary>
    /// <returns>Its content, and its key sealed to a public key.</returns>
    public static (byte[] Content, byte[] Key) Seal(ReadOnlySpan<byte> file, byte[] publicKey)
    {
        var padded = SealedBox.Pad(file);
        Span<byte> key = stackalloc byte[Chunk.KeySize];
        SecureRandom.Fill(key);
        using var output = new MemoryStream(padded.Length + Piece);
        output.WriteByte(Version);
        Span<byte> header = stackalloc byte[Chunk.HeaderSize];
        using var stream = new Chunk(header, key, encryption: true);
        output.Write(header);
        var piece = new byte[Piece + Chunk.TagSize];
        for (var at = 0; at < padded.Length; at += Piece)
        {
            var plain = padded.AsSpan(at, Math.Min(Piece, padded.Length - at));
            var sealed_ = piece.AsSpan(0, plain.Length + Chunk.TagSize);
            stream.EncryptChunk(sealed_, plain, at + Piece >= padded.Length ? Chunk.ChunkFlag.Final : Chunk.ChunkFlag.Message);
            output.Write(sealed_);
        }

        return (output.ToArray(), SealedBox.SealKey(key, publicKey));
    }

    /// <summary>Opens a file; null if the key is another's, or something was changed or is missing.</summary>
    public static byte[]? Open(byte[] content, byte[] key, KeyPair keys)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Length <= 1 + Chunk.HeaderSize || content[0] != Version || SealedBox.OpenKey(key, keys) is not { Length: Chunk.KeySize } opened)
        {
            return null;
        }

        var header = content.AsSpan(1, Chunk.HeaderSize).ToArray();
        using var stream = new Chunk(header, opened, encryption: false);
        using var output = new MemoryStream(content.Length);
        var plain = new byte[Piece];
        var ended = false;
        try
        {
            for (var at = 1 + Chunk.HeaderSize; at < content.Length; at += Piece + Chunk.TagSize)
            {
                var piece = content.AsSpan(at, Math.Min(Piece + Chunk.TagSize, content.Length - at));
                if (ended || piece.Length <= Chunk.TagSize)
                {
                    return null;
                }

                var into = plain.AsSpan(0, piece.Length - Chunk.TagSize);
                ended = stream.DecryptChunk(into, piece) == Chunk.ChunkFlag.Final;
                output.Write(into);
            }
        }
        catch (CryptographicException)
        {
            return null;
        }

        return ended ? SealedBox.Unpad(output.ToArray()) : null;
    }
}
