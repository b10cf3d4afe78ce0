using System.Text;

namespace Palermo.Identify.Runs;

/// <summary>Tallies by name, for millions of names: the names lie in blocks of bytes, so that the collector has none of them to follow.</summary>
public sealed class NameTallies
{
    private const int BlockSize = 1 << 18;
    private readonly List<byte[]> _blocks = [];
    private int _usedOfLast = BlockSize;
    private int[] _slots = new int[64];
    private Entry[] _entries = new Entry[32];

    /// <summary>Number of names.</summary>
    public int Count { get; private set; }

    /// <summary>Adds to the tally of a name.</summary>
    public void Add(ReadOnlySpan<byte> name, Tally tally)
    {
        var hash = System.IO.Hashing.XxHash3.HashToUInt64(name);
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        while (_slots[slot] is var at and > 0)
        {
            ref var known = ref _entries[at - 1];
            if (known.Hash == hash && Name(known).SequenceEqual(name))
            {
                known.Tally += tally;
                return;
            }

            slot = (slot + 1) & mask;
        }

        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        _entries[Count++] = Keep(name) with { Hash = hash, Tally = tally };
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }
    }

    /// <summary>Adds another's tallies.</summary>
    public void Add(NameTallies other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var i = 0; i < other.Count; i++)
        {
            Add(other.Name(other._entries[i]), other._entries[i].Tally);
        }
    }

    /// <summary>All tallies by name, in the order in which the names came.</summary>
    public IEnumerable<KeyValuePair<string, Tally>> All() => Where(static _ => true);

    /// <summary>The tallies that a condition holds for; only of those is the name put together.</summary>
    public IEnumerable<KeyValuePair<string, Tally>> Where(Func<Tally, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        for (var i = 0; i < Count; i++)
        {
            if (condition(_entries[i].Tally))
            {
                yield return new(Encoding.UTF8.GetString(Name(_entries[i])), _entries[i].Tally);
            }
        }
    }

    private ReadOnlySpan<byte> Name(in Entry entry) => _blocks[entry.Block].AsSpan(entry.Start, entry.Length);

    private Entry Keep(ReadOnlySpan<byte> name)
    {
        if (_usedOfLast + name.Length > BlockSize)
        {
            // A name longer than a block has one to itself, filled to its end.
            _blocks.Add(new byte[Math.Max(BlockSize, name.Length)]);
            _usedOfLast = 0;
        }

        var start = _usedOfLast;
        name.CopyTo(_blocks[^1].AsSpan(start));
        _usedOfLast += name.Length;
        return new Entry(0, _blocks.Count - 1, start, name.Length, default);
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 4];
        var mask = _slots.Length - 1;
        for (var i = 0; i < Count; i++)
        {
            var slot = (int)_entries[i].Hash & mask;
            while (_slots[slot] > 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = i + 1;
        }
    }

    private record struct Entry(ulong Hash, int Block, int Start, int Length, Tally Tally);
}
