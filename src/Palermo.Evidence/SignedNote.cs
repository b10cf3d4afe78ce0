using System.Buffers.Binary;
using System.Text;
using Geralt;

namespace Palermo.Evidence;

/// <summary>Text with signatures below it, as C2SP signed-note describes: <c>TEXT</c>, an empty line, lines <c>— NAME BASE64</c>.</summary>
public static class SignedNote
{
    private const string Dash = "— ";
    private const int KeyIdSize = 4;

    /// <summary>Signs a text that ends with a line break.</summary>
    public static string Sign(string text, LogKey key)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(key);
        var id = new byte[KeyIdSize];
        BinaryPrimitives.WriteUInt32BigEndian(id, key.Verifier.KeyId);
        return $"{text}\n{Dash}{key.Verifier.Name} {Convert.ToBase64String([.. id, .. key.Sign(Encoding.UTF8.GetBytes(text))])}\n";
    }

    /// <summary>The text, if the key signed it; null if not. Signatures of others are passed over.</summary>
    public static string? Open(string note, LogVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(verifier);
        var at = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (at < 0 || !note.EndsWith('\n'))
        {
            return null;
        }

        var text = note[..(at + 1)];
        Span<byte> signature = stackalloc byte[KeyIdSize + Ed25519.SignatureSize];
        foreach (var line in note[(at + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith(Dash + verifier.Name + " ", StringComparison.Ordinal)
                && Convert.TryFromBase64String(line[(Dash.Length + verifier.Name.Length + 1)..], signature, out var read) && read == signature.Length
                && BinaryPrimitives.ReadUInt32BigEndian(signature) == verifier.KeyId
                && Ed25519.Verify(signature[KeyIdSize..], Encoding.UTF8.GetBytes(text), verifier.PublicKey))
            {
                return text;
            }
        }

        return null;
    }
}
