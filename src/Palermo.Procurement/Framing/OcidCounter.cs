using System.Collections.Concurrent;

namespace Palermo.Procurement.Framing;

/// <summary>Counts the ocids of a text block by block, on a thread of its own as soon as there is more than one block: whoever reads and hashes the file need not wait.</summary>
internal sealed class OcidCounter : IDisposable
{
    /// <summary>Bytes of a block: small enough to stay in the cache from reading to counting.</summary>
    public const int BlockSize = 1 << 19;
    private const int Buffers = 3;

    private readonly OcidTable _table;
    private readonly List<ulong> _hashes = [];
    private readonly BlockingCollection<byte[]> _free = new(Buffers);
    private readonly BlockingCollection<(byte[] Buffer, int Length, bool Last)> _full = new(Buffers);
    private readonly bool _alone;
    private readonly byte[] _kept = new byte[OcidScan.Reach * 2];
    private int _keptLength;
    private int _rented;
    private Task? _counting;

    /// <param name="table">Receives the counts.</param>
    /// <param name="alone">True to stay on the caller's thread.</param>
    public OcidCounter(OcidTable table, bool alone)
    {
        _table = table;
        _alone = alone;
    }

    /// <summary>A buffer to fill from <paramref name="at"/> on.</summary>
    public byte[] Rent(out int at)
    {
        at = _kept.Length;
        if (_rented < Buffers && _free.Count == 0)
        {
            // Most inputs are smaller than one buffer.
            _rented++;
            return GC.AllocateUninitializedArray<byte>(_kept.Length + BlockSize);
        }

        return _free.Take();
    }

    /// <summary>Hands a filled buffer over.</summary>
    /// <param name="buffer">A buffer rented.</param>
    /// <param name="length">Bytes filled.</param>
    /// <param name="last">True if the text ends with it.</param>
    public void Add(byte[] buffer, int length, bool last)
    {
        if (_alone || (last && _counting is null))
        {
            Count(buffer, length, last);
            _free.Add(buffer);
            return;
        }

        _counting ??= Task.Factory.StartNew(CountAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _full.Add((buffer, length, last));
    }

    /// <summary>Counts what was handed over and ends.</summary>
    public void Dispose()
    {
        _full.CompleteAdding();
        _counting?.GetAwaiter().GetResult();
        _full.Dispose();
        _free.Dispose();
    }

    private void CountAll()
    {
        foreach (var (buffer, length, last) in _full.GetConsumingEnumerable())
        {
            Count(buffer, length, last);
            _free.Add(buffer);
        }
    }

    // What the last block left unfinished stands in front of this one.
    private void Count(byte[] buffer, int length, bool last)
    {
        var start = _kept.Length - _keptLength;
        _kept.AsSpan(0, _keptLength).CopyTo(buffer.AsSpan(start));
        var text = buffer.AsSpan(start, _keptLength + length);
        _hashes.Clear();
        var done = OcidScan.Scan(text, last, _hashes);
        foreach (var hash in _hashes)
        {
            _table.Add(hash, 1);
        }

        _keptLength = last ? 0 : text.Length - done;
        text[^_keptLength..].CopyTo(_kept);
    }
}
