using Palermo.Procurement.Framing;

namespace Palermo.Procurement;

/// <summary>A piece of input for one worker. Disposing it gives its buffers back.</summary>
public sealed class Batch : IDisposable
{
    private static readonly System.Collections.Concurrent.ConcurrentBag<List<Work>> s_lists = [];
    private readonly List<byte[]> _buffers = [];
    private int _used;

    /// <summary>Place of the batch in the input, from 0 without gaps.</summary>
    public long Sequence { get; internal set; }

    /// <summary>Bytes of decoded input that the batch stands for.</summary>
    public long Bytes { get; internal set; }

    internal List<Work> Work { get; } = s_lists.TryTake(out var list) ? list : new(128);

    internal List<ReadProblem> Problems { get; } = [];

    /// <summary>Receives the ocids read, if the input was not counted first.</summary>
    internal OcidWatch? Watch { get; init; }

    /// <summary>Makes the batch give a buffer back when it is done.</summary>
    internal void Own(byte[] buffer)
    {
        _buffers.Add(buffer);
        _used = buffer.Length;
    }

    /// <summary>Memory that lives as long as the batch.</summary>
    internal Memory<byte> Rent(int size)
    {
        if (_buffers.Count == 0 || _used + size > _buffers[^1].Length)
        {
            _buffers.Add(BufferPool.Rent(size));
            _used = 0;
        }

        _used += size;
        return _buffers[^1].AsMemory(_used - size, size);
    }

    /// <summary>Gives the buffers back while nothing in the batch stands on them.</summary>
    internal void GiveBack()
    {
        _buffers.ForEach(BufferPool.Return);
        _buffers.Clear();
        _used = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffers.Count > 0)
        {
            GiveBack();
            Work.Clear();
            s_lists.Add(Work);
        }
    }
}
