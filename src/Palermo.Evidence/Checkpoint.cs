using System.Globalization;

namespace Palermo.Evidence;

/// <summary>What a log says of itself at a time: how many entries it has, and their root. Written as the checkpoints of C2SP tlog-checkpoint.</summary>
/// <param name="Origin">Name of the log.</param>
/// <param name="Size">Entries.</param>
/// <param name="Root">Root of their tree.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>The text that is signed: three lines.</summary>
    public string Body => $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Convert.ToBase64String(Root)}\n";

    /// <summary>Reads a body; null if it is none.</summary>
    public static Checkpoint? Read(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var lines = body.Split('\n');
        var root = new byte[MerkleHash.Size];
        return lines.Length >= 4 && lines[0].Length > 0
            && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && (lines[1] == "0" || lines[1][0] != '0')
            && Convert.TryFromBase64String(lines[2], root, out var read) && read == MerkleHash.Size && Convert.ToBase64String(root) == lines[2]
            ? new Checkpoint(lines[0], size, root) : null;
    }

    /// <summary>Signs it.</summary>
    public string Sign(LogKey key)
    {
        return SignedNote.Sign(Body, key);
    }

    /// <summary>Reads a signed one; null if it is none, or nobody of that key signed it.</summary>
    public static Checkpoint? Open(string note, LogVerifier verifier)
    {
        return SignedNote.Open(note, verifier) is { } body && Read(body) is { } checkpoint && checkpoint.Origin == verifier.Name ? checkpoint : null;
    }

    /// <inheritdoc/>
    public bool Equals(Checkpoint? other) => other is not null && Origin == other.Origin && Size == other.Size && Root.AsSpan().SequenceEqual(other.Root);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Origin, Size);
}
