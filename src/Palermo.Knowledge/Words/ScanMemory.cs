using System.IO.Hashing;

namespace Palermo.Knowledge.Words;

/// <summary>Results for texts seen before: buyers write the same descriptions again and again. Bounded, for one thread.</summary>
/// <remarks>A text is kept when it is seen for the second time, so that texts that never return cost a comparison and nothing else.</remarks>
internal sealed class ScanMemory
{
    private const int Slots = 1 << 13;
    private const int LongestText = 256;
    private readonly ulong[] _seen = new ulong[Slots];
    private readonly Entry?[] _entries = new Entry?[Slots];

    /// <summary>What is known of a text; null if nothing is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hash">Its hash, for <see cref="Keep"/>.</param>
    public Entry? Find(ReadOnlySpan<byte> text, out ulong hash)
    {
        hash = 0;
        if (text.Length > LongestText)
        {
            return null;
        }

        hash = XxHash3.HashToUInt64(text) | 1;
        return _entries[hash % Slots] is { } entry && entry.Hash == hash && text.SequenceEqual(entry.Text) ? entry : null;
    }

    /// <summary>Keeps the result of a text that <see cref="Find"/> did not know.</summary>
    public void Keep(ulong hash, ReadOnlySpan<byte> text, List<WordMatch> matches, bool isForeign)
    {
        if (hash == 0)
        {
            return;
        }

        ref var seen = ref _seen[hash % Slots];
        if (seen == hash)
        {
            _entries[hash % Slots] = new Entry(hash, text.ToArray(), [.. matches], isForeign);
        }

        seen = hash;
    }

    internal sealed record Entry(ulong Hash, byte[] Text, WordMatch[] Matches, bool IsForeign);
}
