using System.Globalization;

namespace Palermo.Remedy.Sealing;

/// <summary>
/// A secret that opens only if so many of certain people act, each in turn: for every group of that size, sealed boxes within
/// sealed boxes, one for each member. Nothing but sealed boxes is needed, so that nobody has to trust a way of splitting
/// secrets; it suits the few people that an organization trusts with recovery (at most <see cref="MostPeople"/>).
/// </summary>
public static class Together
{
    /// <summary>Most people: more would make too many groups.</summary>
    public const int MostPeople = 8;

    /// <summary>A layer of boxes for one group.</summary>
    /// <param name="People">Numbers of the people in the order in which they open, separated by blanks.</param>
    /// <param name="Box">The outermost box.</param>
    public sealed record Layers(string People, byte[] Box);

    /// <summary>Seals a secret so that any <paramref name="needed"/> of the people open it together, and fewer don't.</summary>
    public static IReadOnlyList<Layers> Seal(ReadOnlySpan<byte> secret, IReadOnlyList<byte[]> people, int needed)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentOutOfRangeException.ThrowIfLessThan(needed, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(needed, people.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(people.Count, MostPeople);
        var layers = new List<Layers>();
        foreach (var group in Groups(people.Count, needed))
        {
            var box = secret.ToArray();
            foreach (var person in group.Reverse())
            {
                box = SealedBox.SealKey(box, people[person]);
            }

            layers.Add(new Layers(string.Join(' ', group.Select(p => p.ToString(CultureInfo.InvariantCulture))), box));
        }

        return layers;
    }

    /// <summary>Takes one layer off; null if it is not this person's turn.</summary>
    public static byte[]? Peel(byte[] box, KeyPair keys) => SealedBox.OpenKey(box, keys);

    private static IEnumerable<int[]> Groups(int people, int size)
    {
        for (var bits = 0; bits < 1 << people; bits++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)bits) == size)
            {
                yield return [.. Enumerable.Range(0, people).Where(p => (bits & (1 << p)) != 0)];
            }
        }
    }
}
