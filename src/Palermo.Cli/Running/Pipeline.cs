using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Palermo.Procurement;

namespace Palermo.Cli.Running;

/// <summary>What one thread does with batches.</summary>
internal interface IBatchWorker
{
    /// <summary>Reads a batch and writes its results. Returns the number of processes.</summary>
    long Work(Batch batch, IBufferWriter<byte> output, List<ReadProblem> problems);
}

/// <summary>Runs workers over the batches of a source, each on its own thread, and writes in the order of the input.</summary>
/// <remarks>With more than one worker, reading and writing have a thread each: the workers then hardly ever wait for one another.</remarks>
/// <param name="source">Where the batches come from.</param>
/// <param name="output">Where the results go.</param>
/// <param name="together">True to put the pieces of each process together, which takes a pass over the input first; false to try without, see <see cref="MustStartOver"/>.</param>
internal sealed class Pipeline(ProcessSource source, Stream output, bool together = true)
{
    private const int ReadAhead = 2;
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _buffers = [];
    private ExceptionDispatchInfo? _failure;

    /// <summary>Problems by kind.</summary>
    public ProblemLog Problems { get; } = new();

    /// <summary>Bytes of decoded input done.</summary>
    public long InputDone { get; private set; }

    /// <summary>Processes done.</summary>
    public long Processes { get; private set; }

    /// <summary>True if a cancellation stopped it before the end.</summary>
    public bool Interrupted { get; private set; }

    /// <summary>True if the run stopped because some process came in pieces: what it wrote is to be thrown away.</summary>
    public bool MustStartOver => !together && source.Repeats;

    /// <summary>Runs until the end of the input or a cancellation; what was begun is finished and written.</summary>
    public void Run(IReadOnlyList<IBatchWorker> workers, CancellationToken cancel)
    {
        try
        {
            if (together)
            {
                source.Index(cancel);
            }
        }
        catch (OperationCanceledException)
        {
            Interrupted = true;
            return;
        }

        var alone = workers.Count == 1;
        using var ordered = new OrderedOutput(output, workers.Count * 8, alone)
        {
            OnResult = result =>
            {
                InputDone += result.InputBytes;
                Processes += result.Processes;
                Problems.AddRange(result.Problems);
            },
        };
        if (alone)
        {
            Run("worker", () => Work(workers[0], Batches(ordered, cancel), ordered)).Join();
        }
        else
        {
            using var ahead = new BlockingCollection<Batch>(ReadAhead);
            var reader = Run("reader", () => Read(ahead, ordered, cancel));
            var threads = workers.Select((worker, i) => Run($"worker {i}", () => Work(worker, ahead.GetConsumingEnumerable(CancellationToken.None), ordered))).ToArray();
            Array.ForEach(threads, t => t.Join());
            foreach (var left in ahead.GetConsumingEnumerable(CancellationToken.None))
            {
                left.Dispose(); // after a failure nobody takes them
                ordered.Cancel();
            }

            reader.Join();
        }

        _failure?.Throw();
        ordered.Finish();
    }

    private void Read(BlockingCollection<Batch> ahead, OrderedOutput ordered, CancellationToken cancel)
    {
        try
        {
            foreach (var batch in Batches(ordered, cancel))
            {
                ahead.Add(batch, CancellationToken.None);
            }
        }
        finally
        {
            ahead.CompleteAdding();
        }
    }

    private IEnumerable<Batch> Batches(OrderedOutput ordered, CancellationToken cancel)
    {
        while (_failure is null && !MustStartOver)
        {
            ordered.Reserve();
            if (cancel.IsCancellationRequested)
            {
                Interrupted = true;
                yield break;
            }

            if (source.Next() is not { } batch)
            {
                yield break;
            }

            yield return batch;
        }
    }

    private void Work(IBatchWorker worker, IEnumerable<Batch> batches, OrderedOutput ordered)
    {
        foreach (var next in batches)
        {
            using var batch = next;
            var buffer = _buffers.TryTake(out var free) ? free : new ArrayBufferWriter<byte>(1 << 16);
            var problems = new List<ReadProblem>();
            try
            {
                var processes = worker.Work(batch, buffer, problems);
                ordered.Complete(new BatchResult(batch.Sequence, buffer.WrittenMemory, problems, processes, batch.Bytes, () =>
                {
                    buffer.ResetWrittenCount();
                    _buffers.Add(buffer);
                }));
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown again on the thread that waits.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _failure ??= ExceptionDispatchInfo.Capture(e);
                ordered.Cancel(); // nobody shall wait for a batch that will never come
                return;
            }
        }
    }

    private Thread Run(string name, Action work)
    {
        var thread = new Thread(
            () =>
            {
                try
                {
                    work();
                }
#pragma warning disable CA1031 // Whatever it is, it is thrown again on the thread that waits.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    _failure ??= ExceptionDispatchInfo.Capture(e);
                }
            },
            16 << 20) { Name = name, IsBackground = true };
        thread.Start();
        return thread;
    }
}
