using Palermo.Knowledge.Authoring;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Authoring;

/// <summary>Runs the golden cases of packs.</summary>
public static class GoldenCases
{
    /// <summary>Runs the cases of a pack.</summary>
    /// <returns>What differs from what the cases expect; none if all pass.</returns>
    public static IReadOnlyList<DataProblem> Check(RuleLibrary library, Pack pack)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(pack);
        var engine = new RuleEngine(library, [pack]);
        var problems = new List<DataProblem>();
        foreach (var golden in pack.Cases)
        {
            foreach (var difference in Differences(engine, golden, needs: true))
            {
                problems.Add(new DataProblem($"packs/{pack.Id}.json", golden.Line, $"case \"{golden.Name}\": {difference}", "Read the text of the law again: either the case or the provision is wrong."));
            }
        }

        return problems;
    }

    /// <summary>True if the one pack of the engine gives what the case expects.</summary>
    internal static bool Passes(RuleEngine engine, GoldenCase golden) => !Differences(engine, golden, needs: false).Any();

    private static IEnumerable<string> Differences(RuleEngine engine, GoldenCase golden, bool needs)
    {
        var sheet = engine.NewSheet();
        sheet.Load(new TenderFacts { AsOf = golden.AsOf, Facts = golden.Facts });
        var results = new Truth[engine.ResultCount];
        engine.Judge(sheet, results);
        var outcome = Outcome.Of(engine, results);
        var expected = golden.Applies switch { true => Truth.True, false => Truth.False, _ => Truth.Unknown };
        if (outcome.Applies != expected)
        {
            yield return $"applies is {Name(outcome.Applies)}, {Name(expected)} was expected.";
        }

        if (golden.Obligations is { } obligations && !outcome.Obligations.ToHashSet(StringComparer.Ordinal).SetEquals(obligations))
        {
            yield return $"the obligations {List(outcome.Obligations)} bind, {List(obligations)} were expected.";
        }

        foreach (var absent in golden.Absent.Where(a => outcome.Obligations.Contains(a)))
        {
            yield return $"{absent} binds and should not.";
        }

        if (golden.Determinations is { } determinations && !outcome.Determinations.ToHashSet(StringComparer.Ordinal).SetEquals(determinations))
        {
            yield return $"the determinations {List(outcome.Determinations)} are open, {List(determinations)} were expected.";
        }

        if (needs && golden.Needs.Count > 0)
        {
            var asked = RulingMaker.Make(engine, sheet).Packs[0].Needs;
            foreach (var need in golden.Needs.Where(n => !asked.Contains(n)))
            {
                yield return $"{need} is not asked for; asked are {List(asked)}.";
            }
        }
    }

    private static string Name(Truth truth) => truth switch { Truth.True => "true", Truth.False => "false", _ => "unknown" };

    private static string List(IReadOnlyCollection<string> ids) => ids.Count == 0 ? "none" : string.Join(", ", ids.Order(StringComparer.Ordinal));
}

/// <summary>What a case can see of the result of one pack.</summary>
internal sealed record Outcome(Truth Applies, IReadOnlyList<string> Obligations, IReadOnlyList<string> Determinations)
{
    public static Outcome Of(RuleEngine engine, ReadOnlySpan<Truth> results)
    {
        var provisions = engine.Packs[0].Provisions;
        var obligations = new List<string>();
        var determinations = new List<string>();
        for (var i = 0; i < provisions.Length; i++)
        {
            if (results[i + 1] == Truth.True)
            {
                (provisions[i].Provision is Obligation ? obligations : determinations).Add(provisions[i].Provision.Id);
            }
        }

        return new Outcome(results[0], obligations, determinations);
    }

    public bool Same(Outcome other) => Applies == other.Applies && Obligations.SequenceEqual(other.Obligations, StringComparer.Ordinal) && Determinations.SequenceEqual(other.Determinations, StringComparer.Ordinal);
}
