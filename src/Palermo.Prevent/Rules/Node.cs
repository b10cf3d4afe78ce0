using Palermo.Knowledge.Rules;
using Palermo.Prevent.Explaining;

namespace Palermo.Prevent.Rules;

/// <summary>A condition made ready to be judged millions of times.</summary>
internal abstract class Node
{
    /// <summary>Judges. Allocates nothing.</summary>
    /// <param name="sheet">The facts.</param>
    /// <param name="asOf">Day number of the day judged at; -1 if not known.</param>
    public abstract Truth Judge(FactSheet sheet, int asOf);

    /// <summary>Judges and says why.</summary>
    public abstract TraceNode Explain(FactSheet sheet, int asOf);
}

internal sealed class AllNode(Node[] parts) : Node
{
    public override Truth Judge(FactSheet sheet, int asOf)
    {
        var result = Truth.True;
        foreach (var part in parts)
        {
            var truth = part.Judge(sheet, asOf);
            if (truth == Truth.False)
            {
                return Truth.False;
            }

            result = Kleene.And(result, truth);
        }

        return result;
    }

    public override TraceNode Explain(FactSheet sheet, int asOf)
    {
        var children = Array.ConvertAll(parts, p => p.Explain(sheet, asOf));
        return new TraceNode { Kind = TraceKind.All, Truth = children.Length == 0 ? Truth.True : children.Min(c => c.Truth), Children = children };
    }
}

internal sealed class AnyNode(Node[] parts) : Node
{
    public override Truth Judge(FactSheet sheet, int asOf)
    {
        var result = Truth.False;
        foreach (var part in parts)
        {
            var truth = part.Judge(sheet, asOf);
            if (truth == Truth.True)
            {
                return Truth.True;
            }

            result = result > truth ? result : truth;
        }

        return result;
    }

    public override TraceNode Explain(FactSheet sheet, int asOf)
    {
        var children = Array.ConvertAll(parts, p => p.Explain(sheet, asOf));
        return new TraceNode { Kind = TraceKind.Any, Truth = children.Max(c => c.Truth), Children = children };
    }
}

internal sealed class NotNode(Node part) : Node
{
    public override Truth Judge(FactSheet sheet, int asOf) => Kleene.Not(part.Judge(sheet, asOf));

    public override TraceNode Explain(FactSheet sheet, int asOf)
    {
        var child = part.Explain(sheet, asOf);
        return new TraceNode { Kind = TraceKind.Not, Truth = Kleene.Not(child.Truth), Children = [child] };
    }
}

internal sealed class DefinedNode(string name, Node part) : Node
{
    public override Truth Judge(FactSheet sheet, int asOf) => part.Judge(sheet, asOf);

    public override TraceNode Explain(FactSheet sheet, int asOf)
    {
        var child = part.Explain(sheet, asOf);
        return new TraceNode { Kind = TraceKind.Defined, Name = name, Truth = child.Truth, Children = [child] };
    }
}

internal sealed class PackNode(string pack, Node part) : Node
{
    public override Truth Judge(FactSheet sheet, int asOf) => part.Judge(sheet, asOf);

    public override TraceNode Explain(FactSheet sheet, int asOf)
    {
        var child = part.Explain(sheet, asOf);
        return new TraceNode { Kind = TraceKind.Pack, Name = pack, Truth = child.Truth, Children = [child] };
    }
}

/// <summary>The days of a pack.</summary>
internal sealed class EffectiveNode(Pack pack, string temporalKey) : Node
{
    private readonly int _from = pack.From.DayNumber;
    private readonly int _to = pack.To?.DayNumber ?? int.MaxValue;
    private readonly bool _proposed = pack.Status == "proposed";

    public override Truth Judge(FactSheet sheet, int asOf) =>
        _proposed ? Truth.False : asOf < 0 ? Truth.Unknown : Kleene.Of(asOf >= _from && asOf <= _to);

    public override TraceNode Explain(FactSheet sheet, int asOf) => new()
    {
        Kind = TraceKind.Effective,
        Truth = Judge(sheet, asOf),
        Name = temporalKey,
        Observed = asOf < 0 ? null : FactValue.Of(DateOnly.FromDayNumber(asOf)),
        From = pack.From,
        To = pack.To,
        Need = asOf < 0 ? temporalKey : null,
        Proposed = _proposed,
    };
}
