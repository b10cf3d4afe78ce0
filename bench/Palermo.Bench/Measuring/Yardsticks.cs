using System.Diagnostics;
using System.Text.Json;

namespace Palermo.Bench.Measuring;

/// <summary>What the machine can do with the same bytes: reading them, and walking all their JSON tokens with two plain threads.</summary>
internal static class Yardsticks
{
    private const int Block = 1 << 20;

    /// <summary>Seconds to read the file.</summary>
    public static double Read(string path)
    {
        var watch = Stopwatch.StartNew();
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        var buffer = new byte[Block];
        long offset = 0;
        int count;
        while ((count = RandomAccess.Read(file, buffer, offset)) > 0)
        {
            offset += count;
        }

        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Seconds to walk every token with <see cref="Utf8JsonReader"/> on two threads, each taking blocks of whole lines.</summary>
    public static double Walk(string path, int threads)
    {
        var watch = Stopwatch.StartNew();
        using var lines = new LineBlocks(path);
        long tokens = 0;
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            var buffer = new byte[Block * 2];
            long mine = 0;
            while (lines.Next(ref buffer) is var length and > 0)
            {
                var reader = new Utf8JsonReader(buffer.AsSpan(0, length), new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 256 });
                while (reader.Read())
                {
                    mine++;
                }
            }

            Interlocked.Add(ref tokens, mine);
        })).ToArray();
        Array.ForEach(workers, w => w.Start());
        Array.ForEach(workers, w => w.Join());
        return tokens > 0 ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException("No token was read.");
    }

    private sealed class LineBlocks(string path) : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        private long _offset;

        public int Next(ref byte[] buffer)
        {
            lock (_lock)
            {
                while (true)
                {
                    var count = RandomAccess.Read(_file, buffer.AsSpan(0, Math.Max(Block, buffer.Length / 2)), _offset);
                    if (count == 0)
                    {
                        return 0;
                    }

                    var end = buffer.AsSpan(0, count).LastIndexOf((byte)'\n') + 1;
                    if (end > 0)
                    {
                        _offset += end;
                        return end;
                    }

                    buffer = new byte[buffer.Length * 2];
                }
            }
        }

        public void Dispose() => _file.Dispose();
    }
}
