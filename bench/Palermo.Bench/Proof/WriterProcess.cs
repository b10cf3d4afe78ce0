using System.Diagnostics;
using Palermo.Storage;
using Palermo.Storage.Changes;

namespace Palermo.Bench.Proof;

/// <summary>A process of its own that does casework until it is killed, and says what it has written once that is committed.</summary>
internal sealed class WriterProcess : IDisposable
{
    /// <summary>What a writer says that could not write, and goes on.</summary>
    public const string Refused = "refused ";

    private static readonly TimeSpan s_afterRefusal = TimeSpan.FromMilliseconds(100);
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private Task _reading = Task.CompletedTask;

    public WriterProcess(string store) => _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [Environment.GetCommandLineArgs()[0]] : Array.Empty<string>(), "casework", store]) { RedirectStandardOutput = true })!;

    /// <summary>What it says was written; a line cut off in the middle was never acknowledged.</summary>
    public IReadOnlyList<string> Acknowledged => Lines(l => l.EndsWith('.') && !l.StartsWith(Refused, StringComparison.Ordinal));

    /// <summary>How often it said that it could not write.</summary>
    public IReadOnlyList<string> Refusals => Lines(l => l.StartsWith(Refused, StringComparison.Ordinal));

    /// <summary>Waits for its first line; false if it ended without one.</summary>
    public async Task<bool> First()
    {
        if (await _process.StandardOutput.ReadLineAsync() is not { } first)
        {
            return false;
        }

        Add(first);
        _reading = Task.Run(async () =>
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                Add(line);
            }
        });
        return true;
    }

    public bool HasEnded => _process.HasExited;

    public void Kill() => _process.Kill();

    /// <summary>Waits until it has ended and all it said is read.</summary>
    public async Task End()
    {
        await _reading;
        await _process.WaitForExitAsync();
    }

    /// <summary>What the process itself does: casework without end. A write that is refused is said, and the next one tried.</summary>
    public static async Task<int> Work(string store)
    {
        var workspace = new Workspace(StoreAddress.Parse(store), TimeProvider.System);
        Casework? work = null;
        while (true)
        {
            try
            {
                work ??= await Casework.Begin(workspace);
                await work.Once(Say);
            }
            catch (Exception e) when (StoreTrouble.Is(e))
            {
                var inner = e;
                while (inner.InnerException is { } next)
                {
                    inner = next;
                }

                await Say($"{Refused}{inner.Message.ReplaceLineEndings(" ")}.");
                await Task.Delay(s_afterRefusal);
            }
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task Say(string what)
    {
        await Console.Out.WriteLineAsync(what);
        await Console.Out.FlushAsync();
    }

    private void Add(string line)
    {
        lock (_lines)
        {
            _lines.Add(line);
        }
    }

    private IReadOnlyList<string> Lines(Func<string, bool> which)
    {
        lock (_lines)
        {
            return [.. _lines.Where(which)];
        }
    }
}
