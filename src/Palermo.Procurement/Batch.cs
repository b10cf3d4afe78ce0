using Palermo.Procurement.Framing;

namespace Palermo.Procurement;

/// <summary>A piece of input for one worker. Disposing it gives its buffers back.</summary>
public sealed class Batch : IDisposable
{
    private static readonly System.Collections.Concurrent.ConcurrentBag<List<Work>> s_lists = [];
    private byte[]? _buffer;

    /// <summary>Place of the batch in the input, from 0 without gaps.</summary>
    public long Sequence { get; internal set; }

    /// <summary>Bytes of decoded input that the batch stands for.</summary>
    public long Bytes { get; internal set; }

    internal List<Work> Work { get; } = s_lists.TryTake(out var list) ? list : new(128);

    internal List<ReadProblem> Problems { get; } = [];

    /// <summary>Receives the ocids read, if the input was not counted first.</summary>
    internal OcidWatch? Watch { get; init; }

    internal void Own(byte[] buffer) => _buffer = buffer;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            BufferPool.Return(buffer);
            Work.Clear();
            s_lists.Add(Work);
        }
    }
}
