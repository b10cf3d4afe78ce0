using Palermo.Knowledge.Rules;

namespace Palermo.Prevent.Rules;

/// <summary>The facts of one tender in the form conditions read: a slot for each fact of the vocabulary. Reused from tender to tender.</summary>
public sealed class FactSheet
{
    private readonly RuleEngine _engine;
    private const int MostSets = 4096;
    private readonly Dictionary<FactValue, int[]> _symbols = new(ReferenceEqualityComparer.Instance);
    private readonly Slot[] _slots;
    private readonly int[] _known;
    private int _knownCount;

    internal FactSheet(RuleEngine engine)
    {
        _engine = engine;
        _slots = new Slot[engine.Library.Facts.All.Count];
        _known = new int[_slots.Length];
    }

    /// <summary>The day that all packs are judged at; null to judge each at the day of its own that is among the facts.</summary>
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
        // A tender has a dozen facts of a hundred.
        foreach (var index in _known.AsSpan(0, _knownCount))
        {
            _slots[index].Value = null;
            _slots[index].IsListed = false;
        }

        _knownCount = 0;
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
        if (!slot.IsListed)
        {
            slot.IsListed = true;
            _known[_knownCount++] = index;
        }

        slot.Value = value;
        if (value is null || ReferenceEquals(value, slot.Symbolized))
        {
            return; // the numbers of the value before hold still
        }

        switch (value.Type)
        {
            case FactType.Code:
                slot.Symbol = _engine.Symbol(value.CodeArray[0]);
                slot.Symbolized = value;
                break;
            case FactType.Codes:
                slot.Symbols = SymbolsOf(value);
                slot.Symbolized = value;
                break;
        }
    }

    // A reader of many tenders hands in the same few sets of codes again and again.
    private int[] SymbolsOf(FactValue value)
    {
        if (!_symbols.TryGetValue(value, out var symbols))
        {
            symbols = _engine.Symbols(value);
            if (_symbols.Count < MostSets)
            {
                _symbols.Add(value, symbols);
            }
        }

        return symbols;
    }

    internal struct Slot
    {
        public FactValue? Value;

        /// <summary>A code as a number of the engine; -1 for one that no condition names.</summary>
        public int Symbol;

        /// <summary>Whether the sheet knows that it has to be cleared.</summary>
        public bool IsListed;

        /// <summary>Several codes, each as such a number.</summary>
        public int[] Symbols;

        /// <summary>The value whose numbers these are: a reader of many tenders often hands in the one it handed in before.</summary>
        public FactValue? Symbolized;
    }
}
