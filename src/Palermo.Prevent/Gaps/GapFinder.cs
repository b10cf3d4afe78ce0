using Palermo.Knowledge.Rules;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Gaps;

/// <summary>Holds the provisions that bind a published tender against what is published of it.</summary>
public static class GapFinder
{
    /// <summary>Finds gaps: each provision that binds (must, must not, should) and asks the buyer for something.</summary>
    /// <param name="measures">The vocabulary.</param>
    /// <param name="binding">Obligations that bind.</param>
    /// <param name="published">The publication, read.</param>
    public static IReadOnlyList<SafeguardGap> Find(MeasureList measures, IEnumerable<Obligation> binding, SafeguardReader published)
    {
        ArgumentNullException.ThrowIfNull(measures);
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(published);
        var gaps = new List<SafeguardGap>();
        foreach (var obligation in binding.Where(IsLookedFor))
        {
            foreach (var use in obligation.Measures)
            {
                var found = published.Of(measures.Find(use.Id)!);
                gaps.Add(found is { } seen ? new(obligation, use.Id, seen.Status, seen.Evidence) : new(obligation, use.Id, Shown.CannotBeSeen, "a notice has no place for it"));
            }
        }

        return gaps;
    }

    /// <summary>True for what a buyer must or should do before award: the rest no publication of a tender could show.</summary>
    internal static bool IsLookedFor(Obligation obligation) => obligation.Strength != Strength.May && (obligation.Phase is "planning" or "tender-design" or "selection" or "award");
}
