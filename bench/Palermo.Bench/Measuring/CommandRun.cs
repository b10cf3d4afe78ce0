using System.Diagnostics;

namespace Palermo.Bench.Measuring;

/// <summary>Runs the whole command as a user does, and watches its memory.</summary>
internal static class CommandRun
{
    /// <summary>Seconds and peak resident memory in MB.</summary>
    public static (double Seconds, double PeakMegabytes) Run(string program, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        var start = program.EndsWith(".dll", StringComparison.Ordinal) ? new ProcessStartInfo("dotnet", [program, .. arguments]) : new ProcessStartInfo(program, arguments);
        start.RedirectStandardError = start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        long peak = 0;
        while (!process.WaitForExit(200)) // looking more often would take time from what is measured
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                break; // it ended between the two calls
            }
        }

        process.WaitForExit();
        return process.ExitCode is 0 or 3
            ? (watch.Elapsed.TotalSeconds, peak / 1e6)
            : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
