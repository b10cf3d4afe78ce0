using System.Text.Json;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Harmonizing;
using Palermo.Prevent.Output;

namespace Palermo.Cli.Rules;

/// <summary>Writes a harmonized set.</summary>
internal static class HarmonizedWriter
{
    public static void Write(Stream output, HarmonizedSet set, string said, bool json)
    {
        if (json)
        {
            HarmonizedJson.Write(output, set, said);
            return;
        }

        using var text = new StreamWriter(output);
        WriteMarkdown(text, set, said);
    }

    private static void WriteMarkdown(StreamWriter output, HarmonizedSet set, string said)
    {
        output.WriteLine("# One set of bidding rules");
        output.WriteLine();
        output.WriteLine($"{said}. Per measure the strongest modality and the strictest parameters. Rules as data, not legal advice: read the texts cited.");
        output.WriteLine();
        foreach (var phase in set.Measures().GroupBy(m => m.Measure.Phase))
        {
            output.WriteLine($"## {char.ToUpperInvariant(phase.Key[0])}{phase.Key[1..].Replace('-', ' ')}");
            output.WriteLine();
            foreach (var measure in phase)
            {
                output.WriteLine($"- {Wording.Of(measure.Strength).ToUpperInvariant()} ({measure.Measure.Actor}) **{measure.Measure.Title}** [{measure.Measure.Id}]");
                output.WriteLine($"  {measure.Measure.Definition}");
                foreach (var parameter in measure.Parameters)
                {
                    output.WriteLine($"  {parameter.Parameter.Name}: {parameter.Value}{(parameter.Parameter.Unit.Length > 0 && parameter.Value.Type == FactType.Number ? " " + parameter.Parameter.Unit : "")} (strictest of {string.Join("; ", parameter.All.Select(a => $"{a.Value} {a.Demand.Pack.Id}").Distinct())})");
                }

                foreach (var demand in measure.Demands)
                {
                    output.WriteLine($"  - {demand.Pack.Id} {demand.Provision.Id}: {Wording.Of(demand.Strength)}; {demand.Provision.Citation} [{demand.Provision.Checked.Split(':')[0]}]");
                }

                if (measure.Evidence.Count > 0)
                {
                    output.WriteLine($"  Evidence: {string.Join("; ", measure.Evidence)}.");
                }
            }

            output.WriteLine();
        }

        output.WriteLine("## Conflicts");
        output.WriteLine();
        var conflicts = set.Conflicts();
        if (conflicts.Count == 0)
        {
            output.WriteLine("None found.");
        }

        foreach (var conflict in conflicts)
        {
            output.WriteLine($"- {conflict.Measure}: {conflict.What}. {conflict.One.Pack.Id}: {conflict.One.Provision.Citation}. {conflict.Other.Pack.Id}: {conflict.Other.Provision.Citation}.");
        }

        output.WriteLine();
        output.WriteLine("## What the common set costs each regime in addition");
        output.WriteLine();
        foreach (var cost in set.Costs())
        {
            output.WriteLine($"- **{cost.Pack.Id}** ({cost.Pack.Title})");
            output.WriteLine($"  new: {List(cost.New.Select(m => m.Measure.Id))}");
            output.WriteLine($"  stronger: {List(cost.Stronger.Select(s => $"{s.Measure.Measure.Id} ({Wording.Of(s.Own)} becomes {Wording.Of(s.Measure.Strength)})"))}");
            output.WriteLine($"  stricter: {List(cost.Stricter.Select(s => $"{s.Measure.Measure.Id}.{s.Parameter.Parameter.Name} ({s.Own?.ToString() ?? "not set"} becomes {s.Parameter.Value})"))}");
        }
    }

    private static string List(IEnumerable<string> all) => string.Join(", ", all) is { Length: > 0 } text ? text : "nothing";
}
