using System.Security.Cryptography;
using Geralt;

namespace Palermo.Remedy.Sealing;

/// <summary>A private key under a random secret that only a browser holds, while somebody works: XChaCha20-Poly1305. What the server keeps opens nothing by itself.</summary>
public static class SessionKey
{
    /// <summary>Bytes of the secret.</summary>
    public const int SecretSize = XChaCha20Poly1305.KeySize;

    /// <summary>Puts a key away.</summary>
    public static byte[] Wrap(KeyPair keys, ReadOnlySpan<byte> secret)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var nonce = new byte[XChaCha20Poly1305.NonceSize];
        SecureRandom.Fill(nonce);
        var box = new byte[KeyPair.Size + XChaCha20Poly1305.TagSize];
        XChaCha20Poly1305.Encrypt(box, keys.Private, nonce, secret, []);
        return [.. nonce, .. box];
    }

    /// <summary>Takes it out; null if the secret is another.</summary>
    public static KeyPair? Unwrap(ReadOnlySpan<byte> box, ReadOnlySpan<byte> secret)
    {
        if (box.Length != XChaCha20Poly1305.NonceSize + KeyPair.Size + XChaCha20Poly1305.TagSize || secret.Length != SecretSize)
        {
            return null;
        }

        var opened = new byte[KeyPair.Size];
        try
        {
            XChaCha20Poly1305.Decrypt(opened, box[XChaCha20Poly1305.NonceSize..], box[..XChaCha20Poly1305.NonceSize], secret, []);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return KeyPair.FromPrivate(opened);
    }
}
