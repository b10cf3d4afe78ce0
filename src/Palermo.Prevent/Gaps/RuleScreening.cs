using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Facts;
using Palermo.Prevent.Rules;
using Palermo.Procurement;

namespace Palermo.Prevent.Gaps;

/// <summary>Judges published processes by rules, one after the other: which regimes bind, and what each publication shows. One for each thread.</summary>
public sealed class RuleScreening
{
    private const int MostVerdicts = 50_000;
    private readonly RuleEngine _engine;
    private readonly FactSheet _sheet;
    private readonly Truth[] _results;
    private readonly List<int> _binding = [];
    private readonly Dictionary<VerdictKey, Met> _verdicts = [];
    private readonly RuleTallies _tallies = new();
    private readonly bool _canKeep;
    private Met? _met;
    private readonly ProcessFacts _facts;
    private readonly SafeguardReader _published;
    private readonly Action<int, FactValue, string> _take;
    private readonly int[] _procedureDay;
    private readonly KeyValuePair<string, FactValue>[] _given;
    private readonly int _cpv;
    private readonly int[] _keys;

    // For each pack and each of its obligations that is looked for: its place among the results and the measures it asks for, a bit each.
    private readonly (int Result, uint Measures)[][] _lookedFor;
    private readonly (string Id, int[] Signals)[] _measures;

    /// <summary>Prepares a screening.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="given">Facts that hold for every process that does not publish them.</param>
    public RuleScreening(RuleEngine engine, Catalogue catalogue, IReadOnlyDictionary<string, FactValue>? given = null)
    {
        _given = [.. given ?? new Dictionary<string, FactValue>()];
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _sheet = engine.NewSheet();
        _results = new Truth[engine.ResultCount];
        _facts = new ProcessFacts(catalogue, engine.Library.Facts);
        _published = new SafeguardReader(catalogue);
        _take = (place, value, _) => _sheet.Set(place, value);
        _procedureDay = [engine.Library.Facts.IndexOf("procedure.date"), engine.Library.Facts.IndexOf("contract.awardDate"), engine.Library.Facts.IndexOf("contract.signatureDate")];
        _keys = [.. RuleVerdict.KeyFacts.Select(engine.Library.Facts.IndexOf)];
        _cpv = engine.Library.Facts.IndexOf("items.cpv");
        _measures = [.. engine.Library.Measures.All.Where(m => m.Appearance.Signals.Count > 0).Select(m => (m.Id, SafeguardReader.PlacesOf(m)))];
        if (_measures.Length > 32)
        {
            throw new InvalidOperationException("More measures that can be looked for than pairs of bits.");
        }

        _canKeep = engine.Packs.Length <= 128; // bits of a key
        _lookedFor = [.. engine.Packs.Select((pack, p) => pack.Provisions
            .Select((o, i) => (o.Provision, Result: engine.Offset(p) + 1 + i))
            .Where(o => o.Provision is Obligation { Strength: Strength.Must or Strength.MustNot } obligation && GapFinder.IsLookedFor(obligation))
            .Select(o => (o.Result, Measures: o.Provision.Measures.Select(m => Array.FindIndex(_measures, k => k.Id == m.Id)).Where(m => m >= 0).Aggregate(0u, (bits, m) => bits | (1u << m))))
            .Where(o => o.Measures != 0).ToArray())];
    }

    /// <summary>What is said of the process last judged.</summary>
    /// <exception cref="InvalidOperationException">None was judged yet.</exception>
    public RuleVerdict Verdict => _met?.Verdict ?? throw new InvalidOperationException("No process was judged yet.");

    /// <summary>The sums of all that was judged.</summary>
    public RuleTallies Tallies
    {
        get
        {
            foreach (var met in _verdicts.Values)
            {
                _tallies.Add(met.Verdict, met.Waiting);
                met.Waiting = 0;
            }

            return _tallies;
        }
    }

    /// <summary>Judges a process at the days it publishes.</summary>
    public void Judge(ContractingProcess process, Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        _sheet.Clear();
        foreach (var (name, value) in _given)
        {
            _sheet.Set(name, value);
        }

        _facts.Read(process, assessment, _take, withPlaces: false);
        var open = _engine.JudgeBinding(_sheet, _results, _binding);
        var year = 0;
        foreach (var day in _procedureDay)
        {
            if (_sheet.Slots[day].Value is { } known)
            {
                year = known.Date.Year;
                break;
            }
        }

        var missing = 0;
        for (var key = 0; key < _keys.Length; key++)
        {
            if (key == 0 ? year == 0 : _sheet.Slots[_keys[key]].Value is null)
            {
                missing |= 1 << key;
            }
        }

        var sector = _sheet.Slots[_cpv].Value is { CodeArray: [var cpv, ..] } ? (cpv[0] << 16) | cpv[1] : 0;
        var bound = new VerdictKey(year, sector, open, missing, BindingBits(), ReadSafeguards(process));
        if (!_verdicts.TryGetValue(bound, out _met))
        {
            _met = new Met(Make(bound));
            if (_verdicts.Count < MostVerdicts && _canKeep)
            {
                _verdicts.Add(bound, _met);
            }
            else
            {
                _tallies.Add(_met.Verdict, 1);
            }
        }

        _met.Waiting++;
        if (_met.Verdict.Safeguards.Count > 0)
        {
            _tallies.AddBuyer(_met.Verdict, assessment.BuyerName.ToString());
        }
    }

    private UInt128 BindingBits()
    {
        UInt128 bits = 0;
        foreach (var pack in _binding)
        {
            bits |= UInt128.One << pack;
        }

        return bits;
    }

    // Two bits a measure: what is shown of it, and none where it is not wanted.
    private ulong ReadSafeguards(ContractingProcess process)
    {
        var wanted = 0u;
        foreach (var pack in _binding)
        {
            foreach (var (result, measures) in _lookedFor[pack])
            {
                wanted |= _results[result] == Truth.True ? measures : 0;
            }
        }

        if (wanted == 0)
        {
            return 0;
        }

        _published.Read(process);
        ulong bits = 0;
        for (var measure = 0; measure < _measures.Length; measure++)
        {
            if ((wanted >> measure & 1) == 1 && _published.Of(_measures[measure].Signals) is { } found)
            {
                bits |= (ulong)(found.Status + 1) << (2 * measure);
            }
        }

        return bits;
    }

    private RuleVerdict Make(VerdictKey key) => new()
    {
        Year = key.Year,
        Sector = key.Sector == 0 ? "" : new string([(char)(key.Sector >> 16), (char)(key.Sector & 0xFFFF)]),
        Binding = [.. _binding.Select(p => _engine.Packs[p].Pack.Id)],
        Open = key.Open,
        Missing = [.. RuleVerdict.KeyFacts.Where((_, f) => (key.Missing >> f & 1) == 1)],
        Safeguards = [.. Enumerable.Range(0, _measures.Length).Select(m => (_measures[m].Id, Shown: (int)(key.Safeguards >> (2 * m) & 3))).Where(m => m.Shown > 0).Select(m => (m.Id, (Shown)(m.Shown - 1)))],
    };

    /// <summary>A verdict, and how often it was met since the sums were last asked for.</summary>
    private sealed class Met(RuleVerdict verdict)
    {
        public RuleVerdict Verdict { get; } = verdict;

        public long Waiting { get; set; }
    }

    private readonly record struct VerdictKey(int Year, int Sector, int Open, int Missing, UInt128 Binding, ulong Safeguards);
}
