using Palermo.Knowledge.Rules;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Explaining;

/// <summary>The nearest other value of one fact, or the nearest other day, at which a result would be another.</summary>
/// <param name="Fact">Name of the fact; that of the pack's day for a date of its own.</param>
/// <param name="Now">The value now.</param>
/// <param name="Then">The value that would change the result.</param>
/// <param name="Result">The result it would lead to.</param>
/// <param name="Citation">Where the value is written; null if it is no figure of a text.</param>
public sealed record Flip(string Fact, FactValue? Now, FactValue Then, Truth Result, string? Citation)
{
    /// <inheritdoc/>
    public override string ToString() => $"{(Result == Truth.True ? "would bind" : Result == Truth.False ? "would not bind" : "would be open")} if {Fact} were {Then}{(Now is { } now ? $" (now {now})" : "")}{(Citation is { } c ? $" ({c})" : "")}";
}

/// <summary>Finds what would flip a result: each fact alone, the smallest change first.</summary>
internal sealed class FlipSearch(CompiledPack pack, FactList facts)
{
    /// <summary>Searches.</summary>
    /// <param name="sheet">The facts; left as they were.</param>
    /// <param name="judge">The result of a sheet at a day.</param>
    public IReadOnlyList<Flip> Find(FactSheet sheet, Func<int, Truth> judge)
    {
        var asOf = pack.AsOf(sheet);
        var now = judge(asOf);
        if (now == Truth.Unknown || asOf < 0)
        {
            return [];
        }

        var flips = new List<Flip>();
        foreach (var name in pack.Leaves.Select(l => l.Leaf.Fact).Distinct().Order(StringComparer.Ordinal))
        {
            var index = facts.IndexOf(name);
            if (index == pack.TemporalSlot || sheet.Slots[index].Value is not { } value)
            {
                continue;
            }

            Flip? nearest = null;
            foreach (var (candidate, citation) in Candidates(name, value, asOf).OrderBy(c => Distance(value, c.Value)).ThenBy(c => c.Value.ToString(), StringComparer.Ordinal))
            {
                sheet.Set(index, candidate);
                var then = judge(asOf);
                if (then != now && then != Truth.Unknown)
                {
                    nearest = new Flip(name, value, candidate, then, citation);
                    break;
                }
            }

            sheet.Set(index, value);
            if (nearest is not null)
            {
                flips.Add(nearest);
            }
        }

        flips.AddRange(Days(asOf, now, judge));
        return flips;
    }

    private IEnumerable<(FactValue Value, string? Citation)> Candidates(string fact, FactValue value, int asOf)
    {
        if (value.Type == FactType.Boolean)
        {
            yield return (FactValue.Of(!value.IsTrue), null);
            yield break;
        }

        foreach (var leaf in pack.Leaves.Where(l => l.Leaf.Fact == fact))
        {
            var inForce = leaf.Parameter?.On(DateOnly.FromDayNumber(asOf));
            if ((leaf.Parameter is null ? leaf.Leaf.Value : inForce?.Value) is not { } required)
            {
                continue;
            }

            var citation = inForce?.Citation;
            switch (leaf.Leaf.Operator)
            {
                case Operator.Gt or Operator.Gte or Operator.Lt or Operator.Lte:
                    foreach (var number in new[] { required.Number - Step(value, required), required.Number, required.Number + Step(value, required) })
                    {
                        yield return (value.Type == FactType.Money ? FactValue.Of(number, required.Currency) : FactValue.Of(number), citation);
                    }

                    break;
                case Operator.WithinYears when DateOnly.FromDayNumber(asOf).Year > required.Number + 1:
                    var cutoff = DateOnly.FromDayNumber(asOf).AddYears(-(int)required.Number);
                    yield return (FactValue.Of(cutoff.AddDays(-1)), citation);
                    yield return (FactValue.Of(cutoff), citation);
                    yield return (FactValue.Of(cutoff.AddDays(1)), citation);
                    break;
                case Operator.OnOrAfter:
                    yield return (FactValue.Of(required.Date.AddDays(-1)), citation);
                    yield return (required, citation);
                    break;
                case Operator.Eq or Operator.Ne or Operator.In:
                    foreach (var code in required.Codes)
                    {
                        yield return (FactValue.Of(code), citation);
                    }

                    break;
                case Operator.Intersects or Operator.CpvUnder:
                    foreach (var code in required.Codes)
                    {
                        yield return (FactValue.Of(value.Codes.Append(code)), citation);
                    }

                    yield return (FactValue.Of(value.Codes.Except(required.Codes)), citation);
                    break;
            }
        }
    }

    private static decimal Step(FactValue value, FactValue required) =>
        value.Type == FactType.Number || (decimal.Truncate(required.Number) == required.Number && decimal.Truncate(value.Number) == value.Number) ? (decimal.Truncate(required.Number) == required.Number ? 1 : 0.01m) : 0.01m;

    private static decimal Distance(FactValue a, FactValue b) => a.Type switch
    {
        FactType.Money or FactType.Number => Math.Abs(a.Number - b.Number),
        FactType.Date => Math.Abs(a.Date.DayNumber - b.Date.DayNumber),
        _ => 0,
    };

    // The nearest day before and after at which the result is another: the pack's own days and those of its figures.
    private IEnumerable<Flip> Days(int asOf, Truth now, Func<int, Truth> judge)
    {
        var days = pack.Pack.Parameters.SelectMany(p => p.Values).Select(v => v.From)
            .Append(pack.Pack.From).Concat(pack.Pack.To is { } to ? [to.AddDays(1)] : Array.Empty<DateOnly>())
            .SelectMany(d => new[] { d.AddDays(-1).DayNumber, d.DayNumber }).Distinct().ToArray();
        foreach (var group in new[] { days.Where(d => d < asOf).OrderDescending(), days.Where(d => d > asOf).Order() })
        {
            foreach (var day in group)
            {
                if (judge(day) is var then && then != now && then != Truth.Unknown)
                {
                    yield return new Flip(pack.Pack.TemporalKey, FactValue.Of(DateOnly.FromDayNumber(asOf)), FactValue.Of(DateOnly.FromDayNumber(day)), then, null);
                    break;
                }
            }
        }
    }
}
