namespace Palermo.Procurement.Framing;

/// <summary>How often each ocid is still to come: twelve bytes an ocid, whatever its length.</summary>
internal sealed class OcidTable
{
    private ulong[] _keys = new ulong[1 << 12];
    private int[] _counts = new int[1 << 12];

    /// <summary>Number of different ocids.</summary>
    public int Count { get; private set; }

    /// <summary>True as long as no ocid was counted twice: then nothing has to be put together.</summary>
    public bool AllDifferent { get; private set; } = true;

    /// <summary>Adds to the count of a hash (never 0).</summary>
    public void Add(ulong hash, int count)
    {
        if (Count * 2 >= _keys.Length)
        {
            Grow();
        }

        var slot = Slot(hash);
        if (_keys[slot] == 0)
        {
            _keys[slot] = hash;
            Count++;
        }

        else
        {
            AllDifferent = false;
        }

        _counts[slot] += count;
    }

    /// <summary>Takes from the count of a hash and returns what is left; 0 for one never counted.</summary>
    public int Take(ulong hash, int count)
    {
        var slot = Slot(hash);
        return _keys[slot] == 0 ? 0 : _counts[slot] -= count;
    }

    private int Slot(ulong hash)
    {
        var mask = _keys.Length - 1;
        var slot = (int)(hash >> 7) & mask;
        while (_keys[slot] != 0 && _keys[slot] != hash)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        var keys = _keys;
        var counts = _counts;
        _keys = new ulong[keys.Length * 2];
        _counts = new int[keys.Length * 2];
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] != 0)
            {
                var slot = Slot(keys[i]);
                _keys[slot] = keys[i];
                _counts[slot] = counts[i];
            }
        }
    }
}
