using Palermo.Knowledge.Rules;

namespace Palermo.Knowledge.Compendium;

/// <summary>What a jurisdiction has of a measure on a day.</summary>
/// <param name="Has">True if some entry in force has it; null if the dates collected do not settle it; false if none is known.</param>
/// <param name="Entries">The entries in force, then those that are not settled.</param>
public sealed record Coverage(bool? Has, IReadOnlyList<Initiative> Entries);

/// <summary>Holds jurisdictions side by side.</summary>
public static class Comparison
{
    /// <summary>What a jurisdiction has of a measure on a day.</summary>
    /// <param name="data">The compendium.</param>
    /// <param name="jurisdiction">Code.</param>
    /// <param name="measure">Id of the measure.</param>
    /// <param name="day">The day.</param>
    /// <param name="procurementOnly">Whether only entries about public purchasing count.</param>
    public static Coverage Of(CompendiumData data, string jurisdiction, string measure, DateOnly day, bool procurementOnly)
    {
        ArgumentNullException.ThrowIfNull(data);
        var entries = data.Initiatives.Where(i => i.Jurisdiction.Code == jurisdiction && i.Measures.Contains(measure) && (!procurementOnly || i.Procurement)).ToArray();
        var inForce = entries.Where(e => e.On(day) == Standing.InForce).ToArray();
        var open = entries.Where(e => e.On(day) == Standing.Unknown).ToArray();
        return new Coverage(inForce.Length > 0 ? true : open.Length > 0 ? null : false, [.. inForce, .. open]);
    }

    /// <summary>What at least half of some jurisdictions have on a day.</summary>
    public static IReadOnlyList<Measure> Common(CompendiumData data, MeasureList measures, IReadOnlyList<Jurisdiction> peers, DateOnly day, bool procurementOnly)
    {
        ArgumentNullException.ThrowIfNull(measures);
        ArgumentNullException.ThrowIfNull(peers);
        var half = (peers.Count + 1) / 2;
        return [.. measures.All.Where(m => peers.Count(p => Of(data, p.Code, m.Id, day, procurementOnly).Has == true) >= half)];
    }

    /// <summary>How many jurisdictions of a level had a measure on a day.</summary>
    /// <returns>Those that had it, and those of which the dates collected do not tell.</returns>
    public static (IReadOnlyList<Jurisdiction> Had, IReadOnlyList<Jurisdiction> Open) Count(CompendiumData data, string measure, DateOnly day, string level, bool procurementOnly)
    {
        ArgumentNullException.ThrowIfNull(data);
        var had = new List<Jurisdiction>();
        var open = new List<Jurisdiction>();
        foreach (var jurisdiction in data.Jurisdictions.Where(j => j.Level == level))
        {
            var coverage = Of(data, jurisdiction.Code, measure, day, procurementOnly);
            if (coverage.Has == true)
            {
                had.Add(jurisdiction);
            }
            else if (coverage.Has is null)
            {
                open.Add(jurisdiction);
            }
        }

        return (had, open);
    }
}
