using System.Security.Cryptography;
using System.Text;
using Geralt;
using Palermo.Remedy.Sealing;

namespace Palermo.Remedy.Receipts;

/// <summary>
/// What a receipt opens, by Argon2id with a salt of the case's own: one guess tries one case. The first half is the seed of the
/// reporter's key pair; the second opens the commitment that the evidence log holds, so that whoever has the receipt can show
/// that the report was received.
/// </summary>
public sealed class ReceiptKey
{
    /// <summary>Bytes of a salt.</summary>
    public const int SaltSize = Argon2id.SaltSize;

    private const int Iterations = 3, MemoryBytes = 64 << 20, Half = 32;

    private ReceiptKey(KeyPair keys, byte[] opening)
    {
        Keys = keys;
        Opening = opening;
    }

    /// <summary>The reporter's key pair.</summary>
    public KeyPair Keys { get; }

    /// <summary>What opens the commitment.</summary>
    public byte[] Opening { get; }

    /// <summary>What the log holds: SHA-256 of the opening, hex.</summary>
    public string Commitment => Convert.ToHexStringLower(SHA256.HashData(Opening));

    /// <summary>A new salt.</summary>
    public static byte[] NewSalt()
    {
        var salt = new byte[SaltSize];
        SecureRandom.Fill(salt);
        return salt;
    }

    /// <summary>Derives it; takes 64 MB and some tenths of a second, whether the receipt is right or wrong.</summary>
    public static ReceiptKey Of(Receipt receipt, ReadOnlySpan<byte> salt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        Span<byte> both = stackalloc byte[2 * Half];
        Argon2id.DeriveKey(both, Encoding.ASCII.GetBytes(receipt.Secret), salt, Iterations, MemoryBytes);
        return new ReceiptKey(KeyPair.FromSeed(both[..Half]), both[Half..].ToArray());
    }
}
