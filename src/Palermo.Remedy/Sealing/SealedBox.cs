using System.Security.Cryptography;
using Geralt;
using Sodium;

namespace Palermo.Remedy.Sealing;

/// <summary>
/// Content that only the holder of a private key opens: libsodium's <c>crypto_box_seal</c> (X25519, XSalsa20, Poly1305) over
/// padded bytes, behind one byte that says which way. A browser makes the same with the same public functions.
/// </summary>
public static class SealedBox
{
    /// <summary>Fewest bytes that content is padded to: short and very short messages look the same.</summary>
    public const int SmallestPadded = 1024;

    private const byte Version = 1, KeyVersion = 2;

    /// <summary>Seals content, padded to a few sizes (ISO/IEC 7816-4 up to 1 KB, then Padmé).</summary>
    public static byte[] Seal(ReadOnlySpan<byte> content, byte[] publicKey) => [Version, .. SealedPublicKeyBox.Create(Pad(content), publicKey)];

    /// <summary>Opens content; null if the key is another's or something was changed.</summary>
    public static byte[]? Open(byte[] box, KeyPair keys)
    {
        ArgumentNullException.ThrowIfNull(box);
        ArgumentNullException.ThrowIfNull(keys);
        return box.Length > 0 && box[0] == Version && OpenRaw(box.AsSpan(1), keys) is { } padded ? Unpad(padded) : null;
    }

    /// <summary>Seals a key, whose size tells nothing: without padding.</summary>
    public static byte[] SealKey(ReadOnlySpan<byte> key, byte[] publicKey) => [KeyVersion, .. SealedPublicKeyBox.Create(key.ToArray(), publicKey)];

    /// <summary>Opens a key; null if it can't.</summary>
    public static byte[]? OpenKey(byte[] box, KeyPair keys)
    {
        ArgumentNullException.ThrowIfNull(box);
        ArgumentNullException.ThrowIfNull(keys);
        return box.Length > 0 && box[0] == KeyVersion ? OpenRaw(box.AsSpan(1), keys) : null;
    }

    /// <summary>Size that content is padded to.</summary>
    public static int PaddedSize(int length) => Math.Max(SmallestPadded, checked((int)Padme.GetPaddedSize((ulong)length + 1)));

    internal static byte[] Pad(ReadOnlySpan<byte> content)
    {
        var size = PaddedSize(content.Length);
        var padded = new byte[size];
        Iso78164Padding.Pad(padded, content, size);
        return padded;
    }

    internal static byte[]? Unpad(byte[] padded)
    {
        try
        {
            return padded[..Iso78164Padding.GetUnpaddedBufferSize(padded, padded.Length)];
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[]? OpenRaw(ReadOnlySpan<byte> box, KeyPair keys)
    {
        try
        {
            return SealedPublicKeyBox.Open(box.ToArray(), keys.Private, keys.Public);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
