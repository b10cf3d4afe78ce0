using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Palermo.Verify;

/// <summary>A checkpoint that a log signed.</summary>
/// <param name="Size">Entries.</param>
/// <param name="Root">Root of their tree.</param>
internal sealed record Checkpoint(long Size, byte[] Root)
{
    private const int HashSize = 32, SignatureSize = 64, IdSize = 4;

    /// <summary>Reads a note of C2SP tlog-checkpoint.</summary>
    /// <exception cref="CheckException">The note is none, or the key did not sign it.</exception>
    public static Checkpoint Read(string note, string key)
    {
        if (key.Trim().Split('+', 3) is not [var name, var id, var text] || Bytes(text) is not { Length: HashSize + 1 } raw || raw[0] != 1)
        {
            throw new CheckException("The key is not of the form NAME+ID+BASE64. Take it from the log's owner: LOG/log/key");
        }

        byte[] hashed = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. raw];
        if (id != BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(hashed)).ToString("x8", CultureInfo.InvariantCulture))
        {
            throw new CheckException("The key has a slip: its id does not fit it.");
        }

        var at = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        var body = at < 0 ? "" : note[..(at + 1)];
        var signed = at >= 0 && note[(at + 2)..].Split('\n').Where(l => l.StartsWith($"— {name} ", StringComparison.Ordinal)).Any(line =>
            Bytes(line[($"— {name} ".Length)..]) is { Length: IdSize + SignatureSize } signature && Convert.ToHexStringLower(signature.AsSpan(0, IdSize)) == id && Verifies(raw[1..], Encoding.UTF8.GetBytes(body), signature[IdSize..]));
        if (!signed)
        {
            throw new CheckException($"The checkpoint is not signed by {name}.");
        }

        return body.Split('\n') is [var origin, var size, var root, ..] && origin == name && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var entries) && Bytes(root) is { Length: HashSize } hash
            ? new Checkpoint(entries, hash) : throw new CheckException("The checkpoint can't be read.");
    }

    public static byte[]? Bytes(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool Verifies(byte[] key, byte[] message, byte[] signature)
    {
        var signer = new Ed25519Signer();
        signer.Init(false, new Ed25519PublicKeyParameters(key));
        signer.BlockUpdate(message, 0, message.Length);
        return signer.VerifySignature(signature);
    }
}

/// <summary>Why something does not check, in words.</summary>
internal sealed class CheckException(string message) : Exception(message);
