using System.Globalization;
using System.Text.Json;
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
    private static readonly string[] s_divisions = [.. Enumerable.Range(0, 100).Select(d => d.ToString("00", CultureInfo.InvariantCulture))];
    private readonly RuleEngine _engine;
    private readonly FactSheet _sheet;
    private readonly Truth[] _results;
    private readonly List<int> _binding = [];
    private readonly JsonEncodedText[] _ids;
    private readonly ProcessFacts _facts;
    private readonly SafeguardReader _published;
    private readonly Action<int, FactValue, string> _take;
    private readonly int[] _procedureDay;
    private readonly KeyValuePair<string, FactValue>[] _given;
    private readonly int _cpv;
    private readonly int[] _keys;

    // For each pack and each of its obligations that is looked for: its place among the results and the measures it asks for.
    private readonly (int Result, int[] Measures)[][] _lookedFor;
    private readonly (Measure Measure, JsonEncodedText Id)[] _measures;
    private readonly bool[] _wanted;

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
        _keys = [.. RuleVerdict.KeyFacts.Select(f => engine.Library.Facts.IndexOf(f.Value))];
        _cpv = engine.Library.Facts.IndexOf("items.cpv");
        _ids = [.. engine.Packs.Select(p => JsonEncodedText.Encode(p.Pack.Id))];
        _measures = [.. engine.Library.Measures.All.Where(m => m.Appearance.Signals.Count > 0).Select(m => (m, JsonEncodedText.Encode(m.Id)))];
        _wanted = new bool[_measures.Length];
        _lookedFor = [.. engine.Packs.Select((pack, p) => pack.Provisions
            .Select((o, i) => (o.Provision, Result: engine.Offset(p) + 1 + i))
            .Where(o => o.Provision is Obligation { Strength: Strength.Must or Strength.MustNot } obligation && GapFinder.IsLookedFor(obligation))
            .Select(o => (o.Result, o.Provision.Measures.Select(m => Array.FindIndex(_measures, k => k.Measure.Id == m.Id)).Where(m => m >= 0).ToArray()))
            .Where(o => o.Item2.Length > 0).ToArray())];
    }

    /// <summary>What is said of the process last judged.</summary>
    public RuleVerdict Verdict { get; } = new();

    /// <summary>Judges a process at the days it publishes.</summary>
    public void Judge(ContractingProcess process, Assessment assessment)
    {
        _sheet.Clear();
        foreach (var (name, value) in _given)
        {
            _sheet.Set(name, value);
        }

        _facts.Read(process, assessment, _take, withPlaces: false);
        Verdict.Reset();
        Verdict.Open = _engine.JudgeBinding(_sheet, _results, _binding);
        foreach (var day in _procedureDay)
        {
            if (_sheet.Slots[day].Value is { } known)
            {
                Verdict.Year = known.Date.Year;
                break;
            }
        }

        for (var key = 0; key < _keys.Length; key++)
        {
            if (key == 0 ? Verdict.Year == 0 : _sheet.Slots[_keys[key]].Value is null)
            {
                Verdict.Missing.Add(RuleVerdict.KeyFacts[key]);
            }
        }

        Verdict.Sector = _sheet.Slots[_cpv].Value is { CodeArray: [var cpv, ..] } ? Division(cpv) : "";
        Array.Clear(_wanted);
        var any = false;
        foreach (var pack in _binding)
        {
            Verdict.Binding.Add(_ids[pack]);
            foreach (var (result, measures) in _lookedFor[pack])
            {
                if (_results[result] == Truth.True)
                {
                    foreach (var measure in measures)
                    {
                        _wanted[measure] = any = true;
                    }
                }
            }
        }

        if (any)
        {
            _published.Read(process);
            for (var measure = 0; measure < _measures.Length; measure++)
            {
                if (_wanted[measure] && _published.Of(_measures[measure].Measure) is { } found)
                {
                    Verdict.Safeguards.Add((_measures[measure].Id, found.Status));
                }
            }
        }
    }

    private static string Division(string cpv) => char.IsAsciiDigit(cpv[0]) && char.IsAsciiDigit(cpv[1]) ? s_divisions[((cpv[0] - '0') * 10) + cpv[1] - '0'] : cpv[..2];
}
