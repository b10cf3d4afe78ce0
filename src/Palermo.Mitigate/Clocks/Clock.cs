using NodaTime;
using Palermo.Knowledge;

namespace Palermo.Mitigate.Clocks;

/// <summary>Something that happened.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When.</param>
public readonly record struct Happened(string Kind, Instant At);

/// <summary>More time, with its reason. Time is only ever added in words that stay.</summary>
/// <param name="Clock">Id of the clock.</param>
/// <param name="LastDay">The new last day.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When it was given.</param>
public sealed record Extension(string Clock, LocalDate LastDay, string Reason, Instant At);

/// <summary>Where a clock stands. Nobody types whether something is late: it follows from what happened and when.</summary>
/// <param name="Rule">The clock.</param>
/// <param name="Start">What started it.</param>
/// <param name="Due">When it runs out.</param>
/// <param name="FirstDue">When it ran out before any extension.</param>
/// <param name="Done">When it was done; null if it is not.</param>
/// <param name="LateBy">How long it is or was late; zero if it is not. An extension given after the time ran out does not undo that it was late until then.</param>
/// <param name="Extensions">Extensions.</param>
public sealed record Clock(ClockRule Rule, Happened Start, Instant Due, Instant FirstDue, Instant? Done, Duration LateBy, IReadOnlyList<Extension> Extensions)
{
    /// <summary>Whether it is, or was when done, late.</summary>
    public bool IsLate => LateBy > Duration.Zero;

    /// <summary>Whether it still runs.</summary>
    public bool IsOpen => Done is null;
}

/// <summary>Clocks of a subject from what happened to it.</summary>
public static class ClockWork
{
    /// <summary>
    /// All clocks that were started. One that starts with what ends it begins anew each time; one that may start again, each
    /// time it was ended; of others the first start and the first end after it count.
    /// </summary>
    /// <param name="rules">Rules that apply.</param>
    /// <param name="events">What happened, in any order.</param>
    /// <param name="extensions">Extensions given.</param>
    /// <param name="place">Where it is due.</param>
    /// <param name="now">The present: what lies after it is not counted.</param>
    public static IReadOnlyList<Clock> Run(IEnumerable<ClockRule> rules, IEnumerable<Happened> events, IReadOnlyList<Extension> extensions, Place place, Instant now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(extensions);
        ArgumentNullException.ThrowIfNull(place);
        var past = events.Where(e => e.At <= now).OrderBy(e => e.At).ToArray();
        var clocks = new List<Clock>();
        foreach (var rule in rules)
        {
            var repeats = rule.Starts == rule.Ends;
            Instant? last = null;
            foreach (var start in past.Where(e => e.Kind == rule.Starts).Take(repeats || rule.Again ? int.MaxValue : 1))
            {
                if (!repeats && last is { } before && start.At <= before)
                {
                    continue; // it runs already
                }

                var end = past.Where(e => e.Kind == rule.Ends && (repeats ? e.At > start.At : e.At >= start.At)).Select(e => (Instant?)e.At).FirstOrDefault();
                clocks.Add(Of(rule, start, end, extensions.Where(x => x.Clock == rule.Id && x.At >= start.At && x.At <= now && (end is null || x.At <= end)).OrderBy(x => x.At).ToArray(), place, now));
                last = end ?? Instant.MaxValue;
            }
        }

        return [.. clocks.OrderBy(c => c.Due).ThenBy(c => c.Rule.Id, StringComparer.Ordinal)];
    }

    private static Clock Of(ClockRule rule, Happened start, Instant? done, Extension[] extensions, Place place, Instant now)
    {
        var first = Deadline.Of(start.At, rule.Limit, place);
        var (due, late) = Lateness.Of(first, extensions.Select(x => (x.At, Deadline.EndOf(x.LastDay, place))), done ?? now);
        return new Clock(rule, start, due, first, done, late, extensions);
    }
}
