using Microsoft.EntityFrameworkCore;
using Palermo.Storage;

namespace Palermo.Web.Working;

/// <summary>Work done at the start and then again after each pause, until the program stops. A round that fails because of the store or the disk is said in the log and tried again at the next.</summary>
internal abstract class Rounds(ILogger log, TimeSpan pause) : BackgroundService
{
    /// <summary>The program's log.</summary>
    protected ILogger Log { get; } = log;

    /// <summary>What could not be done when a round fails, as a sentence without its end.</summary>
    protected abstract string Trouble { get; }

    /// <summary>One round.</summary>
    protected abstract Task Round(CancellationToken stop);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Round(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (StoreTrouble.Is(e) || e is DbUpdateConcurrencyException or IOException or UnauthorizedAccessException)
            {
                // The kind of exception alone: its message may hold what a row holds.
                Log.LogError("{Trouble}: {Reason}", Trouble, e.GetType().Name);
            }

            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
