using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Geralt;

namespace Palermo.Evidence;

/// <summary>The key that checks the signatures of a log: <c>NAME+KEYID+BASE64</c>, as C2SP signed-note writes it.</summary>
public sealed class LogVerifier
{
    /// <summary>Signature algorithm: Ed25519.</summary>
    internal const byte Ed25519Algorithm = 1;

    internal LogVerifier(string name, ReadOnlySpan<byte> publicKey)
    {
        Name = name;
        PublicKey = publicKey.ToArray();
        byte[] hashed = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519Algorithm, .. publicKey];
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(hashed));
    }

    /// <summary>Name of the log.</summary>
    public string Name { get; }

    internal byte[] PublicKey { get; }

    internal uint KeyId { get; }

    /// <summary>Reads one; null if it is none.</summary>
    public static LogVerifier? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Trim().Split('+', 3);
        var key = new byte[1 + Ed25519.PublicKeySize];
        return parts.Length == 3 && IsName(parts[0]) && Convert.TryFromBase64String(parts[2], key, out var read) && read == key.Length && key[0] == Ed25519Algorithm
            && new LogVerifier(parts[0], key.AsSpan(1)) is var verifier && parts[1] == verifier.KeyId.ToString("x8", null) ? verifier : null;
    }

    /// <summary>The key as text, to be published.</summary>
    public override string ToString() => $"{Name}+{KeyId:x8}+{Convert.ToBase64String([Ed25519Algorithm, .. PublicKey])}";

    /// <summary>Whether a name can be that of a log: not empty, no blanks, no plus.</summary>
    public static bool IsName(string name) => !string.IsNullOrEmpty(name) && !name.Any(c => char.IsWhiteSpace(c) || c == '+');
}

/// <summary>The key that signs checkpoints. Kept apart from the store, in a file for the program's user alone.</summary>
public sealed class LogKey
{
    private readonly byte[] _private;

    private LogKey(string name, ReadOnlySpan<byte> seed)
    {
        var publicKey = new byte[Ed25519.PublicKeySize];
        _private = new byte[Ed25519.PrivateKeySize];
        Ed25519.GenerateKeyPair(publicKey, _private, seed);
        Verifier = new LogVerifier(name, publicKey);
    }

    /// <summary>What checks its signatures.</summary>
    public LogVerifier Verifier { get; }

    /// <summary>Makes a new one.</summary>
    /// <exception cref="ArgumentException">The name holds blanks or a plus.</exception>
    public static LogKey Make(string name)
    {
        if (!LogVerifier.IsName(name))
        {
            throw new ArgumentException($"A name of a log has no blanks and no plus: {name}", nameof(name));
        }

        Span<byte> seed = stackalloc byte[Ed25519.SeedSize];
        SecureRandom.Fill(seed);
        return new LogKey(name, seed);
    }

    /// <summary>Reads one as <see cref="Secret"/> writes it; null if it is none.</summary>
    public static LogKey? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Trim().Split('+');
        Span<byte> key = stackalloc byte[1 + Ed25519.SeedSize];
        return parts is ["PRIVATE", "KEY", var name, _, ..] && LogVerifier.IsName(name) && Convert.TryFromBase64String(string.Join('+', parts[4..]), key, out var read) && read == key.Length && key[0] == LogVerifier.Ed25519Algorithm
            ? new LogKey(name, key[1..]) : null;
    }

    /// <summary>The key as text. Whoever has it can sign in the log's name.</summary>
    public string Secret()
    {
        Span<byte> seed = stackalloc byte[Ed25519.SeedSize];
        Ed25519.GetSeed(seed, _private);
        return $"PRIVATE+KEY+{Verifier.Name}+{Verifier.KeyId:x8}+{Convert.ToBase64String([LogVerifier.Ed25519Algorithm, .. seed])}";
    }

    internal byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(signature, message, _private);
        return signature;
    }
}
