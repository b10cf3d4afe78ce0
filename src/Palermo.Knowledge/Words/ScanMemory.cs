using System.IO.Hashing;

namespace Palermo.Knowledge.Words;

/// <summary>Results for texts seen before: buyers write the same descriptions again and again. Bounded, for one thread.</summary>
/// <remarks>A text is kept when it is seen for the second time, so that texts that never return cost a comparison and nothing else.</remarks>
internal sealed class ScanMemory
{
    private const int Slots = 1 << 11;
    private const int LongestText = 256;
    private readonly Slot[] _slots = new Slot[Slots];

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
        ref var slot = ref _slots[hash % Slots];
        return slot.Hash == hash && text.SequenceEqual(slot.Entry!.Text) ? slot.Entry : null;
    }

    /// <summary>Keeps the result of a text that <see cref="Find"/> did not know.</summary>
    public void Keep(ulong hash, ReadOnlySpan<byte> text, List<WordMatch> matches, bool isForeign)
    {
        if (hash == 0)
        {
            return;
        }

        ref var slot = ref _slots[hash % Slots];
        if (slot.Seen == hash)
        {
            slot.Entry = new Entry(text.ToArray(), [.. matches], isForeign);
            slot.Hash = hash;
        }

        slot.Seen = hash;
    }

    // What is looked at for every text lies together; the entry is looked at only if it is the right one.
    private struct Slot
    {
        public ulong Seen;
        public ulong Hash;
        public Entry? Entry;
    }

    internal sealed record Entry(byte[] Text, WordMatch[] Matches, bool IsForeign);
}
