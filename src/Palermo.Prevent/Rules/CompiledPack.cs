using Palermo.Knowledge.Rules;

namespace Palermo.Prevent.Rules;

/// <summary>A pack made ready to be judged.</summary>
internal sealed class CompiledPack
{
    public CompiledPack(Pack pack, FactList facts, Func<FactValue, int[]> symbols, Func<string, Pack?> others)
    {
        Pack = pack;
        TemporalSlot = facts.IndexOf(pack.TemporalKey);
        var leaves = new List<LeafNode>();
        var definitions = new Dictionary<(string Pack, string Name), Node>();
        Node Compile(Condition condition, Pack pack)
        {
            switch (condition)
            {
                case AllOf all:
                    return new AllNode([.. all.Parts.Select(p => Compile(p, pack))]);
                case AnyOf any:
                    return new AnyNode([.. any.Parts.Select(p => Compile(p, pack))]);
                case NotThat not:
                    return new NotNode(Compile(not.Part, pack));
                case Defined defined:
                    if (!definitions.TryGetValue((pack.Id, defined.Name), out var known))
                    {
                        definitions.Add((pack.Id, defined.Name), known = new DefinedNode(defined.Name, Compile(pack.Definitions[defined.Name], pack)));
                    }

                    return known;
                case WherePackApplies where:
                    var other = others(where.Pack) ?? throw new ArgumentException($"{pack.Id} applies where {where.Pack} does, and there is no pack of that id.", nameof(others));
                    return new PackNode(other.Id, new AllNode([new EffectiveNode(other, Pack.TemporalKey), Compile(other.Applies, other)]));
                default:
                    var leaf = (Leaf)condition;
                    var node = new LeafNode(leaf, facts.IndexOf(leaf.Fact), pack.Parameters.FirstOrDefault(p => p.Name == leaf.Parameter), Pack.TemporalKey, symbols);
                    leaves.Add(node);
                    return node;
            }
        }

        Effective = new EffectiveNode(pack, pack.TemporalKey);
        Applies = Compile(pack.Applies, pack);
        Provisions = [.. pack.Obligations.Cast<Provision>().Concat(pack.Determinations).Select(p => (p, p.When is null ? null : Compile(p.When, pack)))];
        Leaves = leaves;
    }

    public Pack Pack { get; }

    /// <summary>Place of the fact whose day decides.</summary>
    public int TemporalSlot { get; }

    public EffectiveNode Effective { get; }

    public Node Applies { get; }

    /// <summary>Obligations, then determinations, each with its condition; null if it always holds.</summary>
    public (Provision Provision, Node? When)[] Provisions { get; }

    /// <summary>All comparisons of the pack.</summary>
    public IReadOnlyList<LeafNode> Leaves { get; }

    /// <summary>Day number of the day to judge at: the day stated for all, else the pack's own; -1 if neither is known.</summary>
    /// <remarks>The stated day goes first, so that a date taken away can only make a result unknown and never move it to another day.</remarks>
    public int AsOf(FactSheet sheet) => sheet.AsOf is { } stated ? stated.DayNumber : sheet.Slots[TemporalSlot].Value is { } day ? day.Date.DayNumber : -1;

    /// <summary>Whether the pack binds.</summary>
    public Truth JudgeApplies(FactSheet sheet, int asOf)
    {
        var effective = Effective.Judge(sheet, asOf);
        return effective == Truth.False ? Truth.False : Kleene.And(effective, Applies.Judge(sheet, asOf));
    }

    /// <summary>Judges the pack: first whether it applies, then each provision.</summary>
    /// <param name="sheet">The facts.</param>
    /// <param name="results">One place for the pack and one for each provision.</param>
    public void Judge(FactSheet sheet, Span<Truth> results)
    {
        var asOf = AsOf(sheet);
        var applies = JudgeApplies(sheet, asOf);
        results[0] = applies;
        if (applies == Truth.False)
        {
            results[1..].Clear();
            return;
        }

        JudgeProvisions(sheet, asOf, applies, results[1..]);
    }

    /// <summary>Judges each provision of a pack that applies, or may.</summary>
    public void JudgeProvisions(FactSheet sheet, int asOf, Truth applies, Span<Truth> results)
    {
        for (var i = 0; i < Provisions.Length; i++)
        {
            var when = Provisions[i].When;
            results[i] = when is null ? applies : Kleene.And(applies, when.Judge(sheet, asOf));
        }
    }
}
