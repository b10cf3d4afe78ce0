using System.Globalization;
using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Harmonizing;

namespace Palermo.Prevent.Drafting;

/// <summary>A fill-in with its value.</summary>
/// <param name="FillIn">The fill-in.</param>
/// <param name="Value">Its value; null if it is still open.</param>
/// <param name="From"><c>given</c>, <c>rule</c>, <c>default</c> or <c>open</c>.</param>
/// <param name="Demands">Demands that set it.</param>
/// <param name="Remark">What the buyer should know: a rule asks for more than was given; null if nothing.</param>
public sealed record ResolvedFillIn(FillIn FillIn, string? Value, string From, IReadOnlyList<Demand> Demands, string? Remark);

/// <summary>Puts values into what texts leave open: what the buyer gives, what rules set, a default.</summary>
internal static class FillInResolver
{
    /// <summary>Resolves all fill-ins, in the order of the list.</summary>
    public static IReadOnlyDictionary<string, ResolvedFillIn> Resolve(DraftInput input, IReadOnlyList<BoundDemand> bound)
    {
        var set = new HarmonizedSet(input.Rules.Measures, bound.Select(b => b.Demand)).Measures().ToDictionary(m => m.Measure.Id, StringComparer.Ordinal);
        var resolved = new Dictionary<string, ResolvedFillIn>(StringComparer.Ordinal);
        foreach (var fillIn in input.Clauses.FillIns)
        {
            var rule = fillIn.Measure.Length > 0 && set.TryGetValue(fillIn.Measure, out var measure) ? measure.Parameters.FirstOrDefault(p => p.Parameter.Name == fillIn.Parameter) : null;
            resolved.Add(fillIn.Id, One(fillIn, Given(input, fillIn.Id), rule));
        }

        return resolved;
    }

    private static string? Given(DraftInput input, string id)
    {
        var value = input.Facts.FillIns.GetValueOrDefault(id) ?? id switch
        {
            "tender.title" => input.Facts.Title,
            "tender.description" => input.Facts.Description,
            _ => null,
        };
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    private static ResolvedFillIn One(FillIn fillIn, string? given, HarmonizedParameter? rule)
    {
        var demanded = rule?.Value.Number.ToString(CultureInfo.InvariantCulture);
        var lower = rule?.Parameter.Stricter == Direction.Lower || rule?.Parameter.Name == "maximumWeight";
        bool IsLaxer(string value) => rule is not null && decimal.Parse(value, CultureInfo.InvariantCulture) is var number && (lower ? number > rule.Value.Number : number < rule.Value.Number);
        if (given is not null)
        {
            return new ResolvedFillIn(fillIn, given, "given", rule?.From ?? [], IsLaxer(given) ? $"{demanded} {fillIn.Unit}" : null);
        }

        if (rule is not null && (fillIn.Default.Length == 0 || IsLaxer(fillIn.Default)))
        {
            return new ResolvedFillIn(fillIn, demanded, "rule", rule.From, null);
        }

        return fillIn.Default.Length > 0 ? new ResolvedFillIn(fillIn, fillIn.Default, "default", rule?.From ?? [], null) : new ResolvedFillIn(fillIn, null, "open", [], null);
    }
}
