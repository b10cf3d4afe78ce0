using Palermo.Knowledge.Rules;

namespace Palermo.Prevent.Rules;

/// <summary>The facts of one tender in the form conditions read: a slot for each fact of the vocabulary. Reused from tender to tender.</summary>
public sealed class FactSheet
{
    private readonly RuleEngine _engine;
    private readonly Slot[] _slots;

    internal FactSheet(RuleEngine engine)
    {
        _engine = engine;
        _slots = new Slot[engine.Library.Facts.All.Count];
    }

    /// <summary>The day judged at where a pack's own day is not known; null if not stated.</summary>
    public DateOnly? AsOf { get; set; }

    /// <summary>Rates by which amounts are compared in another currency.</summary>
    public IReadOnlyList<ExchangeRate> Rates { get; set; } = [];

    internal Slot[] Slots => _slots;

    /// <summary>Sets a fact; null makes it unknown.</summary>
    /// <exception cref="ArgumentException">The vocabulary has no such fact, or the fact is of another type.</exception>
    public void Set(string fact, FactValue? value)
    {
        var index = _engine.Library.Facts.IndexOf(fact);
        if (index < 0 || (value is not null && value.Type != _engine.Library.Facts.All[index].Type))
        {
            throw new ArgumentException($"{fact} is no fact of this type.", nameof(fact));
        }

        Set(index, value);
    }

    /// <summary>The value of a fact; null if unknown.</summary>
    public FactValue? Get(string fact) => _engine.Library.Facts.IndexOf(fact) is >= 0 and var index ? _slots[index].Value : null;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        AsOf = null;
        Rates = [];
    }

    /// <summary>Takes over what is known of a tender.</summary>
    public void Load(TenderFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        Clear();
        AsOf = facts.AsOf;
        Rates = facts.Rates;
        foreach (var (name, value) in facts.Facts)
        {
            Set(name, value);
        }
    }

    internal void Set(int index, FactValue? value)
    {
        ref var slot = ref _slots[index];
        slot.Value = value;
        slot.Symbols = value is { Type: FactType.Code or FactType.Codes } ? _engine.Symbols(value) : [];
    }

    internal struct Slot
    {
        public FactValue? Value;

        /// <summary>Codes as numbers of the engine; -1 for one that no condition names.</summary>
        public int[] Symbols;
    }
}
