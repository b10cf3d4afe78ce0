using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Palermo.Knowledge.Words;

/// <summary>Results for texts seen before: a process repeats its texts in tender, awards and contracts, and buyers write the same ones again and again. Bounded, for one thread.</summary>
internal sealed class ScanMemory
{
    private const int Slots = 1 << 9;
    private const int LongestText = 256;
    // What is looked at for every text lies together; the entry is looked at only if it is the right one.
    private readonly ulong[] _hashes = new ulong[Slots];
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
        var slot = hash >> 32 & (Slots - 1);
        return _hashes[slot] == hash && _entries[slot]!.Is(text) ? _entries[slot] : null;
    }

    /// <summary>Keeps the result of a text that <see cref="Find"/> did not know, in the place of another.</summary>
    public void Keep(ulong hash, ReadOnlySpan<byte> text, List<WordMatch> matches, bool isForeign)
    {
        if (hash != 0)
        {
            var slot = hash >> 32 & (Slots - 1);
            _hashes[slot] = hash;
            (_entries[slot] ??= new Entry()).Set(text, CollectionsMarshal.AsSpan(matches), isForeign);
        }
    }

    /// <summary>A text and what was found in it. Its arrays are used again for the next text of its slot.</summary>
    internal sealed class Entry
    {
        private byte[] _text = [];
        private int _length;
        private WordMatch[] _matches = [];
        private int _count;

        public ReadOnlySpan<WordMatch> Matches => _matches.AsSpan(0, _count);

        public bool IsForeign { get; private set; }

        public bool Is(ReadOnlySpan<byte> text) => text.SequenceEqual(_text.AsSpan(0, _length));

        public void Set(ReadOnlySpan<byte> text, ReadOnlySpan<WordMatch> matches, bool isForeign)
        {
            if (_text.Length < text.Length)
            {
                _text = new byte[(text.Length + 63) & ~63];
            }

            if (_matches.Length < matches.Length)
            {
                _matches = new WordMatch[Math.Max(4, matches.Length)];
            }

            text.CopyTo(_text);
            matches.CopyTo(_matches);
            (_length, _count, IsForeign) = (text.Length, matches.Length, isForeign);
        }
    }
}
