using Palermo.Knowledge.Rules;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Explaining;

/// <summary>Judges with reasons: the slow sibling of <see cref="RuleEngine.Judge"/>, with the same results.</summary>
public static class RulingMaker
{
    /// <summary>Judges all packs, or some.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="sheet">The facts; left as they were.</param>
    /// <param name="only">Ids of the packs wanted; null for all.</param>
    public static Ruling Make(RuleEngine engine, FactSheet sheet, IReadOnlySet<string>? only = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(sheet);
        var packs = engine.Packs.Where(p => only is null || only.Contains(p.Pack.Id)).ToArray();
        var rulings = packs.Select(p => Judge(p, engine.Library.Facts, sheet)).ToArray();
        return new Ruling(rulings, new QuestionOrder(engine.Library, packs).Ask(sheet, rulings));
    }

    private static PackRuling Judge(CompiledPack pack, FactList facts, FactSheet sheet)
    {
        var asOf = pack.AsOf(sheet);
        var effective = pack.Effective.Explain(sheet, asOf);
        var condition = pack.Applies.Explain(sheet, asOf);
        var trace = new TraceNode { Kind = TraceKind.All, Truth = Kleene.And(effective.Truth, condition.Truth), Children = [effective, condition] };
        var search = new FlipSearch(pack, facts);
        var provisions = pack.Provisions.Select(p => Judge(p.Provision, p.When, trace, pack, sheet, asOf, search)).ToArray();
        return new PackRuling(
            pack.Pack,
            asOf < 0 ? null : DateOnly.FromDayNumber(asOf),
            trace.Truth,
            Reason(trace, pack.Pack),
            trace,
            provisions,
            search.Find(sheet, day => pack.JudgeApplies(sheet, day)));
    }

    private static ProvisionRuling Judge(Provision provision, Node? when, TraceNode applies, CompiledPack pack, FactSheet sheet, int asOf, FlipSearch search)
    {
        var trace = when?.Explain(sheet, asOf);
        var truth = trace is null ? applies.Truth : Kleene.And(applies.Truth, trace.Truth);
        // Facts that only matter if the pack applies are asked for once it does.
        var needs = applies.Truth == Truth.True && trace is not null ? trace.Needs() : [];
        return new ProvisionRuling(
            provision,
            truth,
            trace is null || applies.Truth == Truth.False ? "" : Sentences.Why(trace),
            trace,
            needs,
            when is null || applies.Truth != Truth.True ? [] : search.Find(sheet, day => Kleene.And(pack.JudgeApplies(sheet, day), when.Judge(sheet, day))));
    }

    private static string Reason(TraceNode trace, Pack pack) => trace.Truth switch
    {
        Truth.True => $"binds: {Sentences.Why(trace)}",
        // That it is another country's regime says more than that it is not in force yet.
        Truth.False => $"does not bind: {Sentences.Why(trace.Children[1].Truth == Truth.False ? trace.Children[1] : trace)}",
        _ => Sentences.Why(trace),
    } + (pack.Status == "adopted-not-yet-applicable" && trace.Truth == Truth.False && trace.Children[0].Truth == Truth.False && trace.Children[1].Truth != Truth.False ? " (adopted, not yet applicable)" : "") + ".";
}
