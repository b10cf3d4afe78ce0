using Palermo.Knowledge.Rules;

namespace Palermo.Prevent.Harmonizing;

/// <summary>A parameter of a measure at its strictest.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Value">The strictest value, by the parameter's direction.</param>
/// <param name="From">The demands that set this value.</param>
/// <param name="All">Every value set, with the demand that sets it.</param>
public sealed record HarmonizedParameter(MeasureParameter Parameter, FactValue Value, IReadOnlyList<Demand> From, IReadOnlyList<(FactValue Value, Demand Demand)> All);

/// <summary>A measure as the set asks for it.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Strength">The strongest modality asked for.</param>
/// <param name="Demands">All demands, in ordinal order of their keys: what the measure is traceable to.</param>
/// <param name="Parameters">Parameters at their strictest.</param>
/// <param name="Evidence">What would show it, of all demands.</param>
public sealed record HarmonizedMeasure(Measure Measure, Strength Strength, IReadOnlyList<Demand> Demands, IReadOnlyList<HarmonizedParameter> Parameters, IReadOnlyList<string> Evidence);

/// <summary>Two demands that can't both be met.</summary>
/// <param name="Measure">Id of the measure.</param>
/// <param name="One">One side.</param>
/// <param name="Other">The other side.</param>
/// <param name="What">What stands against what.</param>
public sealed record Conflict(string Measure, Demand One, Demand Other, string What);

/// <summary>What a regime would have to take on to follow the common set.</summary>
/// <param name="Pack">The regime.</param>
/// <param name="New">Measures it does not ask for.</param>
/// <param name="Stronger">Measures it asks for less strongly.</param>
/// <param name="Stricter">Parameters that it sets less strictly or not at all.</param>
public sealed record AdditionalCost(Pack Pack, IReadOnlyList<HarmonizedMeasure> New, IReadOnlyList<(HarmonizedMeasure Measure, Strength Own)> Stronger, IReadOnlyList<(HarmonizedMeasure Measure, HarmonizedParameter Parameter, FactValue? Own)> Stricter);

/// <summary>
/// The demands of several regimes joined measure by measure. The set is its demands: joining is their union, so it is
/// associative, commutative and idempotent, and a regime added can only add demands, never weaken one.
/// </summary>
public sealed class HarmonizedSet
{
    private readonly SortedDictionary<string, Demand> _demands = new(StringComparer.Ordinal);
    private readonly MeasureList _measures;

    /// <summary>A set of demands.</summary>
    public HarmonizedSet(MeasureList measures, IEnumerable<Demand> demands)
    {
        ArgumentNullException.ThrowIfNull(demands);
        _measures = measures;
        foreach (var demand in demands)
        {
            _demands.TryAdd($"{demand.Pack.Id}/{demand.Key}", demand);
        }
    }

    /// <summary>All demands, in ordinal order of pack and key.</summary>
    public IReadOnlyCollection<Demand> Demands => _demands.Values;

    /// <summary>The regimes joined.</summary>
    public IReadOnlyList<Pack> Packs => [.. _demands.Values.Select(d => d.Pack).DistinctBy(p => p.Id)];

    /// <summary>The join of two sets.</summary>
    public HarmonizedSet Join(HarmonizedSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new HarmonizedSet(_measures, Demands.Concat(other.Demands));
    }

    /// <summary>The set measure by measure, in the order of the vocabulary.</summary>
    public IReadOnlyList<HarmonizedMeasure> Measures()
    {
        var by = Demands.ToLookup(d => d.Use.Id, StringComparer.Ordinal);
        return [.. _measures.All.Where(m => by.Contains(m.Id)).Select(m => Harmonize(m, [.. by[m.Id]]))];
    }

    /// <summary>Demands that can't both be met: forbidden here and required there, or a value above another regime's cap.</summary>
    public IReadOnlyList<Conflict> Conflicts()
    {
        var conflicts = new List<Conflict>();
        foreach (var measure in Measures())
        {
            foreach (var limit in measure.Parameters.Where(p => p.Parameter.Limits is not null))
            {
                if (measure.Parameters.FirstOrDefault(p => p.Parameter.Name == limit.Parameter.Limits) is { } limited)
                {
                    conflicts.AddRange(from capped in limit.All
                                       from asked in limited.All
                                       where capped.Demand.Pack.Id != asked.Demand.Pack.Id && asked.Value.Number > capped.Value.Number
                                       select new Conflict(measure.Measure.Id, asked.Demand, capped.Demand, $"{limited.Parameter.Name} {asked.Value} {limited.Parameter.Unit} here, at most {capped.Value} there"));
                }
            }

            // What is forbidden is a practice; what is required is a duty. Both on one measure, one of them is not what was meant.
            conflicts.AddRange(from forbidden in measure.Demands.Where(d => d.Strength == Strength.MustNot)
                               from required in measure.Demands.Where(d => d.Strength == Strength.Must)
                               where forbidden.Pack.Id != required.Pack.Id && !IsProhibition(measure.Measure)
                               select new Conflict(measure.Measure.Id, required, forbidden, "required here, forbidden there"));
        }

        foreach (var measure in _measures.All.Where(m => m.Contrary is not null))
        {
            conflicts.AddRange(from one in Demands.Where(d => d.Use.Id == measure.Id && d.Strength is Strength.Must)
                               from other in Demands.Where(d => d.Use.Id == measure.Contrary && d.Strength is Strength.Must && d.Pack.Id != one.Pack.Id)
                               select new Conflict(measure.Id, one, other, $"{measure.Id} here, {measure.Contrary} there"));
        }

        return conflicts;
    }

    /// <summary>What the common set costs each regime in addition.</summary>
    public IReadOnlyList<AdditionalCost> Costs()
    {
        var measures = Measures();
        return [.. Packs.OrderBy(p => p.Id, StringComparer.Ordinal).Select(p => Cost(p, measures))];
    }

    // "Forbid forced labour" is met by a must as by a must-not: the words differ, the demand is one.
    private static bool IsProhibition(Measure measure) => measure.Id.StartsWith("forbid-", StringComparison.Ordinal) || measure.Id is "product-ban" or "import-ban" or "debarment";

    private static AdditionalCost Cost(Pack pack, IReadOnlyList<HarmonizedMeasure> measures)
    {
        var added = new List<HarmonizedMeasure>();
        var stronger = new List<(HarmonizedMeasure, Strength)>();
        var stricter = new List<(HarmonizedMeasure, HarmonizedParameter, FactValue?)>();
        foreach (var measure in measures)
        {
            var own = measure.Demands.Where(d => d.Pack.Id == pack.Id).ToArray();
            if (own.Length == 0)
            {
                added.Add(measure);
                continue;
            }

            var strength = own.Max(d => d.Strength);
            if (Math.Min(Rank(strength), 2) < Math.Min(Rank(measure.Strength), 2))
            {
                stronger.Add((measure, strength));
            }

            foreach (var parameter in measure.Parameters.Where(p => p.Parameter.Limits is null))
            {
                var values = parameter.All.Where(a => a.Demand.Pack.Id == pack.Id).Select(a => a.Value).ToArray();
                var value = values.Length == 0 ? null : Strictest(parameter.Parameter, values);
                if (value is null || !value.Equals(parameter.Value))
                {
                    stricter.Add((measure, parameter, value));
                }
            }
        }

        return new AdditionalCost(pack, added, stronger, stricter);
    }

    private static HarmonizedMeasure Harmonize(Measure measure, Demand[] demands)
    {
        var parameters = new List<HarmonizedParameter>();
        foreach (var parameter in measure.Parameters)
        {
            var all = demands.SelectMany(d => d.Use.Parameters.Where(p => p.Key == parameter.Name).Select(p => (p.Value, d))).ToArray();
            // Amounts in several currencies can't be ordered without a rate: each currency stands for itself.
            foreach (var group in all.GroupBy(a => a.Value.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                var strictest = Strictest(parameter, [.. group.Select(g => g.Value)]);
                parameters.Add(new HarmonizedParameter(parameter, strictest, [.. group.Where(g => g.Value.Equals(strictest)).Select(g => g.d)], [.. group]));
            }
        }

        var strength = demands.Select(d => d.Strength).OrderByDescending(Rank).First();
        return new HarmonizedMeasure(measure, strength, demands, parameters, [.. demands.Select(d => d.Provision).OfType<Obligation>().SelectMany(o => o.Evidence).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    private static FactValue Strictest(MeasureParameter parameter, FactValue[] values) => parameter.Stricter switch
    {
        Direction.Higher => values.MaxBy(v => v.Number)!,
        Direction.Lower => values.MinBy(v => v.Number)!,
        Direction.True => FactValue.Of(values.Any(v => v.IsTrue)),
        _ => FactValue.Of(values.SelectMany(v => v.Codes)),
    };

    // Must and must not are equally strong; the name of the modality that binds is kept.
    private static int Rank(Strength strength) => strength switch { Strength.May => 0, Strength.Should => 1, Strength.Must => 2, _ => 3 };
}
