using Geralt;

namespace Palermo.Remedy.Sealing;

/// <summary>An X25519 key pair for sealed boxes.</summary>
public sealed class KeyPair
{
    /// <summary>Bytes of either key.</summary>
    public const int Size = X25519.PublicKeySize;

    private KeyPair(byte[] publicKey, byte[] privateKey) => (Public, Private) = (publicKey, privateKey);

    /// <summary>Seals.</summary>
    public byte[] Public { get; }

    /// <summary>Opens.</summary>
    public byte[] Private { get; }

    /// <summary>A new one.</summary>
    public static KeyPair Make()
    {
        var (publicKey, privateKey) = (new byte[Size], new byte[Size]);
        X25519.GenerateKeyPair(publicKey, privateKey);
        return new KeyPair(publicKey, privateKey);
    }

    /// <summary>The one of a seed.</summary>
    public static KeyPair FromSeed(ReadOnlySpan<byte> seed)
    {
        var (publicKey, privateKey) = (new byte[Size], new byte[Size]);
        X25519.GenerateKeyPair(publicKey, privateKey, seed);
        return new KeyPair(publicKey, privateKey);
    }

    /// <summary>The one of a private key; null if it is none.</summary>
    public static KeyPair? FromPrivate(byte[] privateKey)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        if (privateKey.Length != Size)
        {
            return null;
        }

        var publicKey = new byte[Size];
        X25519.ComputePublicKey(publicKey, privateKey);
        return new KeyPair(publicKey, privateKey);
    }
}
