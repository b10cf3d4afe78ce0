using Palermo.Cli.Running;
using Palermo.Procurement;
using Spectre.Console;

namespace Palermo.Cli.Terminal;

/// <summary>Progress with rate and time left, on a terminal only.</summary>
internal static class Progress
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(200);

    public static void Show(bool quiet, ProcessSource source, Pipeline pipeline, Action work)
    {
        if (quiet || Console.IsErrorRedirected)
        {
            work();
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var running = Task.Run(work);
        if (running.Wait(TimeSpan.FromSeconds(1)))
        {
            return; // nothing flickers for a second's work
        }

        console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask("reading the index", maxValue: Math.Max(1, source.DecodedBytes));
                while (!running.Wait(s_tick))
                {
                    if (pipeline.InputDone > 0)
                    {
                        task.Description = $"screening ({pipeline.Processes} processes)";
                    }

                    task.MaxValue = Math.Max(Math.Max(1, pipeline.InputDone), source.DecodedBytes);
                    task.Value = pipeline.InputDone;
                }
            });
        running.GetAwaiter().GetResult();
    }
}
