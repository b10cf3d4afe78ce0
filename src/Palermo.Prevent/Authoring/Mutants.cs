using Palermo.Knowledge.Rules;

namespace Palermo.Prevent.Authoring;

/// <summary>A pack with one small mistake.</summary>
/// <param name="What">The mistake.</param>
/// <param name="Line">Line of what was changed.</param>
/// <param name="Pack">The pack with the mistake.</param>
/// <param name="IsBoundary">True if a figure, a day or a comparator was moved.</param>
internal sealed record Mutant(string What, int Line, Pack Pack, bool IsBoundary);

/// <summary>Makes the mistakes that somebody could make while writing a pack, each once.</summary>
internal static class Mutants
{
    public static IEnumerable<Mutant> Of(Pack pack)
    {
        foreach (var days in new[] { -1, 1 })
        {
            yield return new($"the pack begins {Moved(days)}", 1, pack with { From = pack.From.AddDays(days) }, true);
            if (pack.To is { } to)
            {
                yield return new($"the pack ends {Moved(days)}", 1, pack with { To = to.AddDays(days) }, true);
            }
        }

        foreach (var parameter in pack.Parameters)
        {
            foreach (var mutant in Of(pack, parameter))
            {
                yield return mutant;
            }
        }

        foreach (var condition in pack.Conditions())
        {
            foreach (var (what, boundary, changed) in Of(condition))
            {
                yield return new(what, condition.Line, Replace(pack, condition, changed), boundary);
            }
        }

        foreach (var provision in pack.Obligations.Cast<Provision>().Concat(pack.Determinations).Where(p => p.When is not null))
        {
            yield return new($"{provision.Id} always binds", provision.Line, WithWhen(pack, provision, null), false);
        }
    }

    private static IEnumerable<Mutant> Of(Pack pack, Parameter parameter)
    {
        for (var i = 0; i < parameter.Values.Count; i++)
        {
            var value = parameter.Values[i];
            Mutant With(string what, ParameterValue changed, bool boundary) =>
                new($"{parameter.Name} from {value.From:yyyy-MM-dd}: {what}", value.Line, pack with { Parameters = [.. pack.Parameters.Select(p => p == parameter ? p with { Values = [.. p.Values.Select(v => v == value ? changed : v)] } : p)] }, boundary);

            if (value.Value.Type is FactType.Money or FactType.Number)
            {
                var step = value.Value.Type == FactType.Number && decimal.Truncate(value.Value.Number) != value.Value.Number ? 0.01m : 1;
                foreach (var number in new[] { value.Value.Number - step, value.Value.Number + step })
                {
                    yield return With($"{number} in place of {value.Value.Number}", value with { Value = value.Value.Type == FactType.Money ? FactValue.Of(number, value.Value.Currency) : FactValue.Of(number) }, true);
                }
            }

            foreach (var code in value.Value.Type == FactType.Codes ? value.Value.Codes : [])
            {
                yield return With($"without {code}", value with { Value = FactValue.Of(value.Value.Codes.Where(c => c != code)) }, false);
            }

            if (value.From > pack.From)
            {
                yield return With("begins a day early", value with { From = value.From.AddDays(-1) }, true);
                yield return With("begins a day late", value with { From = value.From.AddDays(1) }, true);
            }
        }
    }

    private static IEnumerable<(string What, bool Boundary, Condition Changed)> Of(Condition condition)
    {
        switch (condition)
        {
            case AllOf { Parts.Count: > 1 } all:
                yield return ("any in place of all", false, new AnyOf(all.Line, all.Parts));
                break;
            case AnyOf { Parts.Count: > 1 } any:
                yield return ("all in place of any", false, new AllOf(any.Line, any.Parts));
                break;
            case NotThat not:
                yield return ("not left out", false, not.Part);
                break;
            case WherePackApplies other:
                yield return ($"where {other.Pack} applies left out", false, new AllOf(other.Line, []));
                break;
            case Leaf leaf:
                foreach (var changed in Of(leaf))
                {
                    yield return changed;
                }

                break;
        }
    }

    private static IEnumerable<(string What, bool Boundary, Condition Changed)> Of(Leaf leaf)
    {
        Leaf With(Operator? op = null, FactValue? value = null, bool? inclusive = null) => new(leaf.Line, leaf.Fact, op ?? leaf.Operator, value ?? leaf.Value, leaf.Parameter, inclusive ?? leaf.Inclusive);
        Operator? other = leaf.Operator switch
        {
            Operator.Gt => Operator.Gte,
            Operator.Gte => Operator.Gt,
            Operator.Lt => Operator.Lte,
            Operator.Lte => Operator.Lt,
            Operator.IsTrue => Operator.IsFalse,
            Operator.IsFalse => Operator.IsTrue,
            Operator.Eq => Operator.Ne,
            Operator.Ne => Operator.Eq,
            _ => null,
        };
        if (other is { } opposite)
        {
            yield return ($"{leaf.Fact}: {opposite} in place of {leaf.Operator}", leaf.Operator is Operator.Gt or Operator.Gte or Operator.Lt or Operator.Lte, With(op: opposite));
        }

        if (leaf.Operator == Operator.WithinYears)
        {
            yield return ($"{leaf.Fact}: the boundary {(leaf.Inclusive ? "does not count" : "counts")}", true, With(inclusive: !leaf.Inclusive));
            foreach (var years in leaf.Value is { } value ? new[] { -1, 1 } : [])
            {
                yield return ($"{leaf.Fact}: {leaf.Value!.Number + years} years in place of {leaf.Value.Number}", true, With(value: FactValue.Of(leaf.Value.Number + years)));
            }
        }

        if (leaf is { Operator: Operator.OnOrAfter, Value: { } day })
        {
            yield return ($"{leaf.Fact}: {Moved(-1)}", true, With(value: FactValue.Of(day.Date.AddDays(-1))));
            yield return ($"{leaf.Fact}: {Moved(1)}", true, With(value: FactValue.Of(day.Date.AddDays(1))));
        }

        if (leaf is { Operator: Operator.In or Operator.Intersects or Operator.CpvUnder, Value: { } codes })
        {
            foreach (var code in codes.Codes)
            {
                yield return ($"{leaf.Fact}: without {code}", false, With(value: FactValue.Of(codes.Codes.Where(c => c != code))));
            }
        }
    }

    private static string Moved(int days) => days < 0 ? "a day early" : "a day late";

    private static Condition Replace(Condition tree, Condition target, Condition by) =>
        ReferenceEquals(tree, target) ? by : tree switch
        {
            AllOf all => new AllOf(all.Line, [.. all.Parts.Select(p => Replace(p, target, by))]),
            AnyOf any => new AnyOf(any.Line, [.. any.Parts.Select(p => Replace(p, target, by))]),
            NotThat not => new NotThat(not.Line, Replace(not.Part, target, by)),
            _ => tree,
        };

    private static Pack Replace(Pack pack, Condition target, Condition by) => pack with
    {
        Definitions = pack.Definitions.ToDictionary(d => d.Key, d => Replace(d.Value, target, by), StringComparer.Ordinal),
        Applies = Replace(pack.Applies, target, by),
        Obligations = [.. pack.Obligations.Select(o => o.When is null ? o : o with { When = Replace(o.When, target, by) })],
        Determinations = [.. pack.Determinations.Select(d => d.When is null ? d : d with { When = Replace(d.When, target, by) })],
    };

    private static Pack WithWhen(Pack pack, Provision provision, Condition? when) => pack with
    {
        Obligations = [.. pack.Obligations.Select(o => ReferenceEquals(o, provision) ? o with { When = when } : o)],
        Determinations = [.. pack.Determinations.Select(d => ReferenceEquals(d, provision) ? d with { When = when } : d)],
    };
}
