using Palermo.Knowledge.Rules;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Authoring;

/// <summary>Proposes golden cases that would notice the mistakes no case notices yet. They are ours, not the law's: somebody must read them against the text.</summary>
public static class CaseFinder
{
    private const int MostTries = 40_000;

    /// <summary>Proposes cases for a pack.</summary>
    public static IReadOnlyList<GoldenCase> Propose(RuleLibrary library, Pack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var proposed = new List<GoldenCase>();
        var original = new RuleEngine(library, [pack]);
        foreach (var mutant in MutationRun.Survivors(library, pack, out _))
        {
            var engine = new RuleEngine(library, [mutant.Pack]);
            if (!proposed.TrueForAll(c => GoldenCases.Passes(engine, c)))
            {
                continue; // one of the new cases notices it already
            }

            if (Search(library, pack, mutant, original, engine, proposed) is { } found)
            {
                proposed.Add(found);
            }
        }

        return proposed;
    }

    private static GoldenCase? Search(RuleLibrary library, Pack pack, Mutant mutant, RuleEngine original, RuleEngine mutated, List<GoldenCase> proposed)
    {
        var values = Candidates(library, pack).Concat(Candidates(library, mutant.Pack)).GroupBy(c => c.Fact).ToDictionary(g => g.Key, g => g.Select(c => c.Value).Distinct().ToArray(), StringComparer.Ordinal);
        var days = Days(pack).Concat(Days(mutant.Pack)).Distinct().Order().ToArray();
        var names = values.Keys.Order(StringComparer.Ordinal).ToArray();
        var bases = pack.Cases.Concat(proposed).Where(c => c.AsOf is not null).Select(c => (AsOf: c.AsOf!.Value, c.Facts)).ToArray();

        // One change from a known case, then two, then anything.
        foreach (var start in bases)
        {
            foreach (var one in Changes(start, names, values, days, pack.TemporalKey))
            {
                if (Differs(one))
                {
                    return Make(one);
                }
            }
        }

        var random = new Random(20261123);
        for (var i = 0; i < MostTries && bases.Length > 0; i++)
        {
            var (asOf, facts) = bases[random.Next(bases.Length)];
            var changed = new Dictionary<string, FactValue>(facts, StringComparer.Ordinal);
            for (var n = random.Next(2, 2 + Math.Min(names.Length, 6)); n > 0; n--)
            {
                var name = names[random.Next(names.Length)];
                changed[name] = values[name][random.Next(values[name].Length)];
            }

            if (random.Next(3) == 0)
            {
                asOf = days[random.Next(days.Length)];
            }

            if (Differs((asOf, changed)))
            {
                return Make(Trim((asOf, changed)));
            }
        }

        return null;

        bool Differs((DateOnly AsOf, IReadOnlyDictionary<string, FactValue> Facts) at) => !Judge(original, at).Same(Judge(mutated, at));

        // Facts that do not matter for telling the two apart only distract.
        (DateOnly, IReadOnlyDictionary<string, FactValue>) Trim((DateOnly AsOf, IReadOnlyDictionary<string, FactValue> Facts) at)
        {
            foreach (var name in at.Facts.Keys.Order(StringComparer.Ordinal).ToArray())
            {
                var less = at.Facts.Where(f => f.Key != name).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
                if (Differs((at.AsOf, less)) && Judge(original, (at.AsOf, less)).Applies == Judge(original, at).Applies)
                {
                    at = (at.AsOf, less);
                }
            }

            return at;
        }

        GoldenCase Make((DateOnly AsOf, IReadOnlyDictionary<string, FactValue> Facts) at)
        {
            var outcome = Judge(original, at);
            return new GoldenCase
            {
                Name = $"notices: {mutant.What}",
                Origin = "own",
                Source = null,
                AsOf = at.AsOf,
                Facts = at.Facts,
                Applies = outcome.Applies switch { Truth.True => true, Truth.False => false, _ => null },
                Obligations = outcome.Applies == Truth.False ? null : outcome.Obligations,
                Absent = [],
                Determinations = outcome.Applies == Truth.False || pack.Determinations.Count == 0 ? null : outcome.Determinations,
                Needs = [],
                Line = 1,
            };
        }
    }

    private static IEnumerable<(DateOnly AsOf, IReadOnlyDictionary<string, FactValue> Facts)> Changes((DateOnly AsOf, IReadOnlyDictionary<string, FactValue> Facts) start, string[] names, Dictionary<string, FactValue[]> values, DateOnly[] days, string temporalKey)
    {
        foreach (var name in names)
        {
            foreach (var value in values[name])
            {
                yield return (start.AsOf, new Dictionary<string, FactValue>(start.Facts, StringComparer.Ordinal) { [name] = value });
            }
        }

        foreach (var day in days)
        {
            // A case that states the pack's own day is judged at that day.
            yield return (day, start.Facts.ContainsKey(temporalKey) ? new Dictionary<string, FactValue>(start.Facts, StringComparer.Ordinal) { [temporalKey] = FactValue.Of(day) } : start.Facts);
        }
    }

    private static Outcome Judge(RuleEngine engine, (DateOnly AsOf, IReadOnlyDictionary<string, FactValue> Facts) at)
    {
        var sheet = engine.NewSheet();
        sheet.Load(new TenderFacts { AsOf = at.AsOf, Facts = at.Facts });
        Span<Truth> results = stackalloc Truth[engine.ResultCount];
        engine.Judge(sheet, results);
        return Outcome.Of(engine, results);
    }

    private static IEnumerable<DateOnly> Days(Pack pack) =>
        new[] { pack.From.AddDays(-1), pack.From, pack.To ?? pack.From, pack.To?.AddDays(1) ?? pack.From }
            .Concat(pack.Parameters.SelectMany(p => p.Values).SelectMany(v => new[] { v.From.AddDays(-1), v.From }));

    // Values around every boundary that the pack draws.
    private static IEnumerable<(string Fact, FactValue Value)> Candidates(RuleLibrary library, Pack pack)
    {
        foreach (var leaf in new CompiledPack(pack, library.Facts, v => new int[v.Codes.Count], id => library.Packs.FirstOrDefault(p => p.Id == id)).Leaves)
        {
            var fact = leaf.Leaf.Fact;
            var required = leaf.Parameter?.Values.Select(v => v.Value) ?? (leaf.Leaf.Value is { } value ? [value] : []);
            switch (library.Facts.Find(fact)!.Type)
            {
                case FactType.Boolean:
                    yield return (fact, FactValue.Of(true));
                    yield return (fact, FactValue.Of(false));
                    break;
                case FactType.Code:
                    foreach (var code in required.SelectMany(r => r.Codes).Append(fact == "buyer.country" ? "CH" : library.Facts.Find(fact)!.Codes is [.., var last] ? last.Key : "XX"))
                    {
                        yield return (fact, FactValue.Of(code));
                    }

                    break;
                case FactType.Codes:
                    foreach (var code in required.SelectMany(r => r.Codes))
                    {
                        yield return (fact, FactValue.Of([code]));
                    }

                    yield return (fact, FactValue.Of(Array.Empty<string>()));
                    break;
                case FactType.Money or FactType.Number:
                    foreach (var r in required)
                    {
                        foreach (var number in new[] { r.Number, r.Number - 1, r.Number + 1, r.Number - 0.01m, r.Number + 0.01m })
                        {
                            yield return (fact, r.Type == FactType.Money ? FactValue.Of(number, r.Currency) : FactValue.Of(number));
                        }
                    }

                    break;
                default:
                    foreach (var r in required)
                    {
                        var dates = r.Type == FactType.Date ? new[] { r.Date, r.Date.AddDays(-1) }
                            : Days(pack).Concat(pack.Cases.Select(c => c.AsOf).OfType<DateOnly>()).Distinct().SelectMany(d => new[] { d.AddYears(-(int)r.Number), d.AddYears(-(int)r.Number).AddDays(-1), d.AddYears(-(int)r.Number).AddDays(1) });
                        foreach (var date in dates.Where(d => d.Year > 1950))
                        {
                            yield return (fact, FactValue.Of(date));
                        }
                    }

                    break;
            }
        }
    }
}
