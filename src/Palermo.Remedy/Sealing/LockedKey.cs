using System.Security.Cryptography;
using System.Text;
using Geralt;

namespace Palermo.Remedy.Sealing;

/// <summary>A handler's private key under a passphrase: Argon2id, then XChaCha20-Poly1305. The server keeps nothing else of it.</summary>
/// <param name="Salt">Salt of the passphrase.</param>
/// <param name="Box">The key.</param>
public sealed record LockedKey(byte[] Salt, byte[] Box)
{
    /// <summary>Fewest characters of a passphrase.</summary>
    public const int ShortestPassphrase = 16;

    private const int Iterations = 3, MemoryBytes = 64 << 20;

    /// <summary>Locks a key.</summary>
    public static LockedKey Lock(KeyPair keys, string passphrase)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var (salt, nonce) = (new byte[Argon2id.SaltSize], new byte[XChaCha20Poly1305.NonceSize]);
        SecureRandom.Fill(salt);
        SecureRandom.Fill(nonce);
        Span<byte> key = stackalloc byte[XChaCha20Poly1305.KeySize];
        Derive(key, passphrase, salt);
        var box = new byte[KeyPair.Size + XChaCha20Poly1305.TagSize];
        XChaCha20Poly1305.Encrypt(box, keys.Private, nonce, key, []);
        return new LockedKey(salt, [.. nonce, .. box]);
    }

    /// <summary>Unlocks it; null if the passphrase is wrong.</summary>
    public KeyPair? Unlock(string passphrase)
    {
        Span<byte> key = stackalloc byte[XChaCha20Poly1305.KeySize];
        Derive(key, passphrase, Salt);
        var opened = new byte[KeyPair.Size];
        try
        {
            XChaCha20Poly1305.Decrypt(opened, Box.AsSpan(XChaCha20Poly1305.NonceSize), Box.AsSpan(0, XChaCha20Poly1305.NonceSize), key, []);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return KeyPair.FromPrivate(opened);
    }

    private static void Derive(Span<byte> key, string passphrase, byte[] salt) => Argon2id.DeriveKey(key, Encoding.UTF8.GetBytes(passphrase.Normalize()), salt, Iterations, MemoryBytes);
}
