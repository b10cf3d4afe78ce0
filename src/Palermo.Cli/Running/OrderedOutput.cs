namespace Palermo.Cli.Running;

/// <summary>Writes the results of batches in the order of the input, whichever worker is ready first.</summary>
internal sealed class OrderedOutput(Stream output, int most) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, BatchResult> _waiting = [];
    private readonly SemaphoreSlim _room = new(most);
    private long _next;

    /// <summary>Called in order for every result.</summary>
    public Action<BatchResult> OnResult { get; init; } = _ => { };

    /// <summary>Waits until fewer results than the limit are on their way: a slow batch must not pile up those behind it.</summary>
    public void Reserve() => _room.Wait();

    /// <summary>Gives back a place that no batch came for.</summary>
    public void Cancel() => _room.Release();

    public void Dispose() => _room.Dispose();

    /// <summary>Takes the result of a batch; writes it as soon as all before it are written.</summary>
    public void Complete(BatchResult result)
    {
        lock (_lock)
        {
            _waiting.Add(result.Sequence, result);
            while (_waiting.Remove(_next, out var ready))
            {
                output.Write(ready.Bytes.Span);
                OnResult(ready);
                ready.Done();
                _next++;
                _room.Release();
            }
        }
    }
}

/// <summary>What a worker made of a batch.</summary>
/// <param name="Sequence">Place of the batch.</param>
/// <param name="Bytes">Output.</param>
/// <param name="Problems">Problems met.</param>
/// <param name="Processes">Processes written.</param>
/// <param name="InputBytes">Bytes of input it stands for.</param>
/// <param name="Done">Called once the bytes are written.</param>
internal sealed record BatchResult(long Sequence, ReadOnlyMemory<byte> Bytes, IReadOnlyList<Palermo.Procurement.ReadProblem> Problems, long Processes, long InputBytes, Action Done);
