using Palermo.Knowledge.Words;

namespace Palermo.Knowledge.Editions;

/// <summary>A row that is there in both editions and says something else.</summary>
/// <param name="Before">The row before.</param>
/// <param name="After">The row now.</param>
public sealed record ChangedRow(IReadOnlyList<string> Before, IReadOnlyList<string> After);

/// <summary>What an edition adds, changes and removes.</summary>
/// <param name="Added">Rows new in it.</param>
/// <param name="Changed">Rows that say something else.</param>
/// <param name="Removed">Rows no longer in it.</param>
public sealed record EditionDifference(IReadOnlyList<IReadOnlyList<string>> Added, IReadOnlyList<ChangedRow> Changed, IReadOnlyList<IReadOnlyList<string>> Removed)
{
    internal static EditionDifference Between(EditionKind kind, IReadOnlyList<string[]> before, IReadOnlyList<string[]> after)
    {
        var pairs = Pair(kind, before, after);
        // The text as written is kept for the reviewer; it is no statement of its own.
        var compared = kind.Columns.Count - (kind.Columns[^1] == "as_written" ? 1 : 0);
        var matched = pairs.Values.ToHashSet();
        return new(
            [.. after.Where(r => !pairs.ContainsKey(r))],
            [.. after.Where(r => pairs.TryGetValue(r, out var was) && !was.Take(compared).SequenceEqual(r.Take(compared))).Select(r => new ChangedRow(pairs[r], r))],
            [.. before.Where(r => !matched.Contains(r))]);
    }

    /// <summary>The row before of each row now: the one with the same key, else one that is plainly the same entry written otherwise.</summary>
    internal static Dictionary<string[], string[]> Pair(EditionKind kind, IReadOnlyList<string[]> before, IReadOnlyList<string[]> after)
    {
        string Key(string[] row) => string.Join('\u001f', row.Take(kind.Key).Select(Folding.Fold));
        var old = before.GroupBy(Key).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var pairs = new Dictionary<string[], string[]>(ReferenceEqualityComparer.Instance);
        foreach (var row in after)
        {
            if (old.TryGetValue(Key(row), out var was))
            {
                pairs[row] = was;
            }
        }

        var left = before.Except(pairs.Values).ToList();
        foreach (var row in after.Where(r => !pairs.ContainsKey(r)))
        {
            if (left.Where(was => IsSameEntry(kind, was, row)).Take(2).ToList() is [var only])
            {
                pairs[row] = only;
                left.Remove(only);
            }
        }

        return pairs;
    }

    private static bool IsSameEntry(EditionKind kind, string[] was, string[] now)
    {
        if (kind == EditionKind.DolGoods)
        {
            return false;
        }

        var (a, b) = (Folding.Fold(was[0]), Folding.Fold(now[0]));
        if (kind == EditionKind.Uflpa)
        {
            return Math.Min(a.Length, b.Length) > 8 && (a.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(a, StringComparison.Ordinal));
        }

        if (was[1].Length == 0 || now[1].Length == 0)
        {
            return Math.Min(a.Length, b.Length) > 8 && (a.StartsWith(b, StringComparison.Ordinal) || b.StartsWith(a, StringComparison.Ordinal));
        }

        // Orders: issued on one day, and the same if a word of the name is.
        return was[1] == now[1] && (was[4].Length == 0 || now[4].Length == 0 || was[4] == now[4])
            && (a.Length == 0 || b.Length == 0 || a.Split(' ').Where(w => w.Length > 3).Intersect(b.Split(' ')).Any());
    }
}
