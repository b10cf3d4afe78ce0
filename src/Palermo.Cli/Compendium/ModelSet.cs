using Palermo.Knowledge.Compendium;
using Palermo.Knowledge.Rules;

namespace Palermo.Cli.Compendium;

/// <summary>The measures a jurisdiction is held against.</summary>
internal static class ModelSet
{
    public static (IReadOnlyList<string> Measures, string Said) Of(CompendiumData data, RuleLibrary rules, Jurisdiction[] peers, string[] regimes, string model, DateOnly day, bool procurementOnly)
    {
        if (peers.Length > 0)
        {
            var half = (peers.Length + 1) / 2;
            var common = Comparison.Common(data, rules.Measures, peers, day, procurementOnly).Select(m => m.Id).ToArray();
            return (common, $"what at least {half} of {string.Join(", ", peers.Select(p => p.Code))} have");
        }

        if (regimes.Length > 0)
        {
            var wanted = Rules.RulesRequest.Regimes(regimes, rules)!;
            var packs = rules.Packs.Where(p => wanted.Contains(p.Id)).ToArray();
            var asked = packs.SelectMany(p => p.Obligations.Cast<Provision>().Concat(p.Determinations)).SelectMany(p => p.Measures).Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
            return ([.. rules.Measures.All.Select(m => m.Id).Where(asked.Contains)], $"the harmonized set of {string.Join(", ", packs.Select(p => p.Id))}");
        }

        var entry = data.Find(model) ?? throw new UsageException($"--model {model}: there is no such entry.");
        return ([.. rules.Measures.All.Select(m => m.Id).Where(entry.Measures.Contains)], $"{entry.Title} ({entry.Id})");
    }
}
