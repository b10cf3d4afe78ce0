namespace Palermo.Matching.Scoring;

/// <summary>Distance between words: insertions, deletions, replacements and swaps of neighbours (optimal string alignment), 64 letters at a time in one machine word (Hyyrö 2003).</summary>
internal sealed class Edits
{
    private readonly ulong[] _positions = new ulong[256];

    /// <summary>The distance, or <paramref name="limit"/> + 1 where it is greater. Words of more than 64 letters are compared by their first 64.</summary>
    public int Distance(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int limit)
    {
        if (a.Length > b.Length)
        {
            var other = a;
            a = b;
            b = other;
        }

        if (b.Length - a.Length > limit)
        {
            return limit + 1;
        }

        var from = 0;
        while (from < a.Length && a[from] == b[from])
        {
            from++;
        }

        a = a[from..];
        b = b[from..];
        while (a.Length > 0 && a[^1] == b[^1])
        {
            a = a[..^1];
            b = b[..^1];
        }

        if (a.Length == 0)
        {
            return Math.Min(b.Length, limit + 1);
        }

        if (a.Length > 64)
        {
            a = a[..64];
        }

        var positions = _positions;
        for (var i = 0; i < a.Length; i++)
        {
            positions[a[i]] |= 1ul << i;
        }

        var last = 1ul << (a.Length - 1);
        var plus = ulong.MaxValue;
        var minus = 0ul;
        var diagonal = 0ul;
        var before = 0ul;
        var distance = a.Length;
        foreach (var letter in b)
        {
            var here = positions[letter];
            var swap = (((~diagonal) & here) << 1) & before;
            diagonal = (((here & plus) + plus) ^ plus) | here | minus | swap;
            var up = minus | ~(diagonal | plus);
            var down = diagonal & plus;
            distance += (up & last) != 0 ? 1 : 0;
            distance -= (down & last) != 0 ? 1 : 0;
            up = (up << 1) | 1;
            plus = (down << 1) | ~(diagonal | up);
            minus = up & diagonal;
            before = here;
        }

        foreach (var letter in a)
        {
            positions[letter] = 0;
        }

        return Math.Min(distance, limit + 1);
    }
}
