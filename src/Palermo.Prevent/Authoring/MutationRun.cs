using Palermo.Knowledge.Authoring;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Authoring;

/// <summary>How many small mistakes the golden cases of a pack would notice.</summary>
/// <param name="Pack">Id of the pack.</param>
/// <param name="Made">Mistakes made.</param>
/// <param name="Noticed">Mistakes that made a case fail.</param>
/// <param name="Survivors">Those that no case noticed, with their lines.</param>
public sealed record MutationResult(string Pack, int Made, int Noticed, IReadOnlyList<(int Line, string What, bool IsBoundary)> Survivors);

/// <summary>Makes small mistakes in packs and sees whether their cases notice.</summary>
public static class MutationRun
{
    /// <summary>Runs all mistakes over a pack.</summary>
    public static MutationResult Run(RuleLibrary library, Pack pack)
    {
        var survivors = Survivors(library, pack, out var made);
        return new MutationResult(pack.Id, made, made - survivors.Count, [.. survivors.Select(s => (s.Line, s.What, s.IsBoundary))]);
    }

    /// <summary>Boundaries of a pack that its cases do not hold: a figure or day that could change unnoticed, although some case could notice it.</summary>
    public static IReadOnlyList<DataProblem> Unheld(RuleLibrary library, Pack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var survivors = Survivors(library, pack, out _).Where(s => s.IsBoundary).ToArray();
        if (survivors.Length == 0)
        {
            return [];
        }

        // What no case can notice is no mistake: a pack that begins a day early while its figures do not, say.
        var proposed = CaseFinder.Propose(library, pack);
        return [.. survivors
            .Where(s => { var engine = new RuleEngine(library, [s.Pack]); return !proposed.All(c => GoldenCases.Passes(engine, c)); })
            .Select(s => new DataProblem($"packs/{pack.Id}.json", s.Line, $"No golden case would notice: {s.What}.", "Add a case on each side of the boundary; palermo check rules --suggest proposes them."))];
    }

    internal static List<Mutant> Survivors(RuleLibrary library, Pack pack, out int made)
    {
        var survivors = new List<Mutant>();
        made = 0;
        foreach (var mutant in Mutants.Of(pack))
        {
            made++;
            var engine = new RuleEngine(library, [mutant.Pack]);
            if (pack.Cases.All(c => GoldenCases.Passes(engine, c)))
            {
                survivors.Add(mutant);
            }
        }

        return survivors;
    }
}
