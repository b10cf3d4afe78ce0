using NodaTime;

namespace Palermo.Mitigate.Clocks;

/// <summary>How late something is whose time was made longer on the way.</summary>
internal static class Lateness
{
    /// <summary>The last moment after all extensions, and how long it was late. Late until an extension came stays late.</summary>
    /// <param name="first">The last moment before any extension.</param>
    /// <param name="extensions">When each extension came, and until when it gave time, in the order they came. None gives less time than there was.</param>
    /// <param name="until">When it was done, or the present.</param>
    public static (Instant Due, Duration LateBy) Of(Instant first, IEnumerable<(Instant At, Instant Due)> extensions, Instant until)
    {
        var (due, late, counted) = (first, Duration.Zero, Instant.MinValue);
        void CountTo(Instant moment)
        {
            var from = Instant.Max(due, counted);
            late += moment > from ? moment - from : Duration.Zero;
            counted = Instant.Max(counted, moment);
        }

        foreach (var extension in extensions)
        {
            CountTo(extension.At);
            due = Instant.Max(due, extension.Due);
        }

        CountTo(until);
        return (due, late);
    }
}
