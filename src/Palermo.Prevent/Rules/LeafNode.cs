using Palermo.Knowledge.Rules;
using Palermo.Prevent.Explaining;

namespace Palermo.Prevent.Rules;

/// <summary>A comparison of one fact.</summary>
internal sealed class LeafNode : Node
{
    private readonly Leaf _leaf;
    private readonly int _slot;
    private readonly string _temporalKey;
    private readonly Required[] _required;
    private readonly Required? _constant;
    private readonly bool _hasParameter;
    private readonly Operator _operator;

    public LeafNode(Leaf leaf, int slot, Parameter? parameter, string temporalKey, Func<FactValue, int[]> symbols)
    {
        _leaf = leaf;
        _slot = slot;
        _temporalKey = temporalKey;
        Parameter = parameter;
        _required = parameter is not null ? [.. parameter.Values.Select(v => new Required(v.From.DayNumber, v.Value, symbols(v.Value), v))]
            : leaf.Value is { } value ? [new Required(int.MinValue, value, symbols(value), null)]
            : [];
        _hasParameter = parameter is not null;
        _constant = parameter is null && _required.Length > 0 ? _required[0] : null;
        _operator = leaf.Operator;
    }

    public Leaf Leaf => _leaf;

    public Parameter? Parameter { get; }

    public override Truth Judge(FactSheet sheet, int asOf)
    {
        ref var slot = ref sheet.Slots[_slot];
        var required = _constant;
        if (_hasParameter)
        {
            if (asOf < 0)
            {
                return Truth.Unknown;
            }

            required = On(asOf);
            if (required is null)
            {
                return Truth.False; // not yet in force: nothing can meet it
            }
        }

        if (slot.Value is not { } value)
        {
            return Truth.Unknown;
        }

        switch (_operator)
        {
            case Operator.IsTrue:
                return Kleene.Of(value.IsTrue);
            case Operator.IsFalse:
                return Kleene.Of(!value.IsTrue);
            case Operator.Exists:
                return Truth.True;
        }

        switch (_operator)
        {
            case Operator.Eq:
                return Kleene.Of(slot.Symbol == required!.Symbols[0]);
            case Operator.Ne:
                return Kleene.Of(slot.Symbol != required!.Symbols[0]);
            case Operator.In:
                return Kleene.Of(required!.Symbols.AsSpan().Contains(slot.Symbol));
            case Operator.Intersects:
                return Kleene.Of(slot.Symbols.AsSpan().ContainsAny(required!.Symbols));
            case Operator.OnOrAfter:
                return Kleene.Of(value.Date >= required!.Value.Date);
            case Operator.WithinYears:
                return asOf < 0 ? Truth.Unknown : Kleene.Of(_leaf.Inclusive ? value.Date >= Cutoff(asOf, required!.Value) : value.Date > Cutoff(asOf, required!.Value));
            case Operator.CpvUnder:
                return Kleene.Of(Under(value, required!.Value));
            default:
                return Amount(sheet, value, required!.Value) is { } amount ? Kleene.Of(Compare(amount, required.Value.Number)) : Truth.Unknown;
        }
    }

    public override TraceNode Explain(FactSheet sheet, int asOf)
    {
        var truth = Judge(sheet, asOf);
        var value = sheet.Slots[_slot].Value;
        var required = asOf < 0 && Parameter is not null ? null : On(asOf);
        var rate = value is { Type: FactType.Money } && required is not null && value.Currency != required.Value.Currency ? Rate(sheet, value.Currency, required.Value.Currency) : null;
        return new TraceNode
        {
            Kind = TraceKind.Fact,
            Truth = truth,
            Leaf = _leaf,
            Name = _leaf.Fact,
            Observed = value,
            Required = required?.Value,
            From = required?.Origin?.From,
            Citation = required?.Origin?.Citation,
            Checked = required?.Origin?.Checked,
            NotYet = Parameter is not null && asOf >= 0 && required is null ? Parameter.Values[0].From : null,
            Cutoff = _leaf.Operator == Operator.WithinYears && asOf >= 0 && required is not null ? Cutoff(asOf, required.Value) : null,
            Rate = rate,
            Need = truth != Truth.Unknown ? null
                : value is null ? _leaf.Fact
                : asOf < 0 ? _temporalKey
                : required is not null ? $"{_leaf.Fact} in {required.Value.Currency}" : _leaf.Fact,
        };
    }

    // The last value that had begun; the constant, if there is no parameter.
    private Required? On(int asOf)
    {
        Required? found = _constant;
        foreach (var required in _required)
        {
            if (required.From > asOf)
            {
                break;
            }

            found = required;
        }

        return found;
    }

    // A day in February that a year lacks falls to the 28th: DateOnly.AddYears does that.
    private static DateOnly Cutoff(int asOf, FactValue years)
    {
        var day = DateOnly.FromDayNumber(asOf);
        return day.Year > years.Number ? day.AddYears(-(int)years.Number) : DateOnly.MinValue; // publications hold days such as 0001-01-01
    }

    private static decimal? Amount(FactSheet sheet, FactValue value, FactValue required) =>
        value.Type != FactType.Money || value.Currency == required.Currency ? value.Number
        : Rate(sheet, value.Currency, required.Currency) is { } rate ? rate.From == value.Currency ? value.Number * rate.Rate : value.Number / rate.Rate
        : null;

    private static ExchangeRate? Rate(FactSheet sheet, string from, string to)
    {
        for (var i = 0; i < sheet.Rates.Count; i++)
        {
            var rate = sheet.Rates[i];
            if ((rate.From == from && rate.To == to) || (rate.From == to && rate.To == from))
            {
                return rate;
            }
        }

        return null;
    }

    private bool Compare(decimal amount, decimal required) => _operator switch
    {
        Operator.Gt => amount > required,
        Operator.Gte => amount >= required,
        Operator.Lt => amount < required,
        _ => amount <= required,
    };

    private static bool Under(FactValue value, FactValue required)
    {
        foreach (var code in value.Codes)
        {
            foreach (var above in required.Codes)
            {
                var stem = above.AsSpan(0, Math.Min(8, above.Length)).TrimEnd('0');
                if (code.AsSpan().StartsWith(stem, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private sealed record Required(int From, FactValue Value, int[] Symbols, ParameterValue? Origin);
}
