using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Palermo.Verify;

/// <summary>An entry of a log that a proof showed to be in it.</summary>
/// <param name="Number">Number in the log, from 1.</param>
/// <param name="At">When, as the log has it.</param>
/// <param name="Kind">What.</param>
/// <param name="Subject">On what.</param>
/// <param name="Detail">More: a hash, a commitment.</param>
/// <param name="Opening">What opens a commitment.</param>
/// <param name="Checkpoint">The checkpoint that vouches for it.</param>
internal sealed record ProvedEntry(long Number, string At, string Kind, string Subject, string Detail, byte[] Opening, Checkpoint Checkpoint)
{
    /// <summary>Reads and checks a file of C2SP tlog-proof.</summary>
    /// <exception cref="CheckException">It proves nothing.</exception>
    public static ProvedEntry Read(string text, string key)
    {
        var at = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = at < 0 ? [] : text[..at].Split('\n');
        if (lines.Length < 3 || lines[0] != "c2sp.org/tlog-proof@v1" || !lines[1].StartsWith("extra ", StringComparison.Ordinal) || !lines[2].StartsWith("index ", StringComparison.Ordinal)
            || Checkpoint.Bytes(lines[1][6..]) is not { Length: > 4 } extra || !long.TryParse(lines[2][6..], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || BinaryPrimitives.ReadInt32BigEndian(extra) is var length && (length < 0 || length > extra.Length - 4))
        {
            throw new CheckException("This is no proof: a file that begins with c2sp.org/tlog-proof@v1 was expected.");
        }

        var entry = extra[4..(4 + BinaryPrimitives.ReadInt32BigEndian(extra))];
        var checkpoint = Checkpoint.Read(text[(at + 2)..], key);
        var path = lines[3..].Select(l => Checkpoint.Bytes(l) is { Length: 32 } hash ? hash : throw new CheckException("A hash of the proof can't be read.")).ToArray();
        if (Tree.Root(Tree.Leaf(entry), index, checkpoint.Size, path) is not { } root || !root.AsSpan().SequenceEqual(checkpoint.Root))
        {
            throw new CheckException("The entry is not in the log that was signed: it, or the proof, was changed.");
        }

        // [previous hash, number, time, person, name, organization, kind, subject, detail]
        using var json = JsonDocument.Parse(entry);
        string Text(int i) => json.RootElement[i].GetString() ?? "";
        var number = json.RootElement[1].GetInt64();
        return number == index + 1 ? new ProvedEntry(number, Text(2), Text(6), Text(7), Text(8), extra[(4 + entry.Length)..], checkpoint) : throw new CheckException("The number of the entry is not its place in the log.");
    }

    public override string ToString() => $"entry {Number} of {Checkpoint.Size}: {Kind} on {Subject} at {At}{(Detail.Length > 0 ? $" ({Detail})" : "")}";

    /// <summary>Text of a file.</summary>
    public static string Text(string path) => Encoding.UTF8.GetString(File.ReadAllBytes(path));
}
