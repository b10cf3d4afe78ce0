using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Palermo.Evidence;

/// <summary>
/// Proof that an entry is in a log, in one file that needs nothing else: C2SP tlog-proof, with the entry itself and, for a
/// report, what opens its commitment, as <c>extra</c>.
/// </summary>
/// <param name="Entry">The entry: the data of the leaf.</param>
/// <param name="Opening">What opens the commitment in the entry; empty if there is none.</param>
/// <param name="Index">Number of the leaf, from 0.</param>
/// <param name="Path">The audit path.</param>
/// <param name="Note">A signed checkpoint of a tree that holds it.</param>
public sealed record EntryProof(byte[] Entry, byte[] Opening, long Index, IReadOnlyList<byte[]> Path, string Note)
{
    private const string Header = "c2sp.org/tlog-proof@v1";

    /// <summary>The file.</summary>
    public string Write()
    {
        var text = new StringBuilder(Header).Append('\n');
        // The length of the entry first: what follows it opens the commitment.
        var extra = new byte[sizeof(int) + Entry.Length + Opening.Length];
        BinaryPrimitives.WriteInt32BigEndian(extra, Entry.Length);
        Entry.CopyTo(extra, sizeof(int));
        Opening.CopyTo(extra, sizeof(int) + Entry.Length);
        text.Append("extra ").Append(Convert.ToBase64String(extra)).Append('\n');
        text.Append("index ").Append(Index.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var hash in Path)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return text.Append('\n').Append(Note).ToString();
    }

    /// <summary>Reads a file; null if it is none.</summary>
    public static EntryProof? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var lines = text[..at].Split('\n');
        try
        {
            if (lines.Length < 3 || lines[0] != Header || !lines[1].StartsWith("extra ", StringComparison.Ordinal) || !lines[2].StartsWith("index ", StringComparison.Ordinal)
                || !long.TryParse(lines[2]["index ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                return null;
            }

            var extra = Convert.FromBase64String(lines[1]["extra ".Length..]);
            if (extra.Length < sizeof(int))
            {
                return null;
            }

            var length = BinaryPrimitives.ReadInt32BigEndian(extra);
            return length < 0 || length > extra.Length - sizeof(int) ? null
                : new EntryProof(extra[sizeof(int)..(sizeof(int) + length)], extra[(sizeof(int) + length)..], index, [.. lines.Skip(3).Select(Convert.FromBase64String)], text[(at + 2)..]);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The checkpoint that vouches for the entry; null if the proof proves nothing.</summary>
    public Checkpoint? Verify(LogVerifier verifier) =>
        Checkpoint.Open(Note, verifier) is { } checkpoint && MerkleProof.Includes(MerkleHash.Leaf(Entry), Index, checkpoint.Size, Path, checkpoint.Root) ? checkpoint : null;
}
