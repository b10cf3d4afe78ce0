using NodaTime;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Remedy.Figures;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;

namespace Palermo.Channel;

/// <summary>The public figures of the channel: made once for each signed checkpoint, and again every five minutes, since what is late becomes so by itself. Who asks for them again and again takes no time from who reports.</summary>
internal sealed class PublicFigures(Workspace store, Conduct conduct) : IDisposable
{
    private static readonly Duration s_good = Duration.FromMinutes(5);
    private readonly SemaphoreSlim _one = new(1);
    private (Guid Organization, Instant Until, ChannelFigures Figures, LoggedCases Log)? _made;

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    /// <summary>The figures, and the log they were made from.</summary>
    /// <param name="organization">Who operates the channel; null if nobody does yet.</param>
    /// <param name="country">Its country.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<(ChannelFigures Figures, LoggedCases Log)> Of(Guid? organization, string country, CancellationToken cancel)
    {
        var now = store.Now.ToInstant();
        if (organization is not { } id)
        {
            return (ChannelFigures.Of([], conduct, country, now), new LoggedCases([], 0, 0, 0));
        }

        await _one.WaitAsync(cancel);
        try
        {
            await using var db = store.Open();
            if (_made is { } made && made.Organization == id && made.Until > now && made.Until - s_good <= now && made.Log.Size == await LoggedCases.SizeOf(db, cancel))
            {
                return (made.Figures, made.Log);
            }

            var log = await LoggedCases.Of(db, id, conduct, cancel);
            var figures = ChannelFigures.Of(log.Cases, conduct, country, now);
            _made = (id, now + s_good, figures, log);
            return (figures, log);
        }
        finally
        {
            _one.Release();
        }
    }
}
