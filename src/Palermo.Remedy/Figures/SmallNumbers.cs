namespace Palermo.Remedy.Figures;

/// <summary>Counts that may be published: a small one is not shown, and neither is another from which it could be told.</summary>
public static class SmallNumbers
{
    /// <summary>Smallest count that is shown.</summary>
    public const int Smallest = 5;

    /// <summary>Counts of parts of one whole, with null where nothing may be shown.</summary>
    /// <param name="counts">Counts by what they count.</param>
    /// <returns>The same with small ones left out; if just one would be, the next smallest goes with it, since the sum would tell it.</returns>
    public static IReadOnlyDictionary<string, int?> Hide(IReadOnlyDictionary<string, int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var hidden = counts.Where(c => c.Value is > 0 and < Smallest).Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
        if (hidden.Count == 1 && counts.Where(c => c.Value >= Smallest).OrderBy(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key).FirstOrDefault() is { } next)
        {
            hidden.Add(next);
        }

        return counts.ToDictionary(c => c.Key, c => hidden.Contains(c.Key) ? (int?)null : c.Value, StringComparer.Ordinal);
    }
}
