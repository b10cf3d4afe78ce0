using System.Collections.Concurrent;

namespace Palermo.Cli.Running;

/// <summary>Writes the results of batches in the order of the input, whichever worker is ready first.</summary>
/// <remarks>Written on a thread of its own where there is one to spare: a worker must not wait for the file.</remarks>
internal sealed class OrderedOutput : IDisposable
{
    private readonly Stream _output;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, BatchResult> _waiting = [];
    private readonly SemaphoreSlim _room;
    private readonly BlockingCollection<BatchResult>? _ready;
    private readonly Thread? _writer;
    private Exception? _failure;
    private long _next;

    /// <param name="output">Where the results go.</param>
    /// <param name="most">Results on their way at most.</param>
    /// <param name="alone">True to write on the worker's thread.</param>
    public OrderedOutput(Stream output, int most, bool alone)
    {
        _output = output;
        _room = new SemaphoreSlim(most);
        if (!alone)
        {
            _ready = [];
            _writer = new Thread(WriteAll) { Name = "writer", IsBackground = true };
            _writer.Start();
        }
    }

    /// <summary>Called in order for every result.</summary>
    public Action<BatchResult> OnResult { get; init; } = _ => { };

    /// <summary>Waits until fewer results than the limit are on their way: a slow batch must not pile up those behind it.</summary>
    public void Reserve() => _room.Wait();

    /// <summary>Gives back a place that no batch came for.</summary>
    public void Cancel() => _room.Release();

    /// <summary>Waits until everything handed over is written.</summary>
    /// <exception cref="OutputException">It could not be written.</exception>
    public void Finish()
    {
        _ready?.CompleteAdding();
        _writer?.Join();
        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }

        try
        {
            _output.Flush();
        }
        catch (IOException e)
        {
            throw new OutputException(e);
        }
    }

    public void Dispose()
    {
        _ready?.CompleteAdding();
        _writer?.Join();
        _ready?.Dispose();
        _room.Dispose();
    }

    /// <summary>Takes the result of a batch; writes it as soon as all before it are written.</summary>
    /// <exception cref="OutputException">Something before it could not be written.</exception>
    public void Complete(BatchResult result)
    {
        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }

        lock (_lock)
        {
            _waiting.Add(result.Sequence, result);
            while (_waiting.Remove(_next, out var ready))
            {
                _next++;
                if (_ready is null)
                {
                    Write(ready);
                }
                else
                {
                    _ready.Add(ready);
                }
            }
        }
    }

    private void Write(BatchResult ready)
    {
        try
        {
            _output.Write(ready.Bytes.Span);
        }
        catch (IOException e)
        {
            throw new OutputException(e);
        }

        OnResult(ready);
        ready.Done();
        _room.Release();
    }

    private void WriteAll()
    {
        foreach (var ready in _ready!.GetConsumingEnumerable())
        {
            try
            {
                if (_failure is null)
                {
                    Write(ready);
                }
                else
                {
                    _room.Release();
                }
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown again on the thread that waits.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _failure = e;
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
