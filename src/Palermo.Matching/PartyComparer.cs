using Palermo.Matching.Lists;
using Palermo.Matching.Names;
using Palermo.Matching.Scoring;

namespace Palermo.Matching;

/// <summary>Compares two parties and says why. Pure and deterministic; not for more than one thread at a time (make one for each).</summary>
public sealed class PartyComparer
{
    /// <summary>From this probability on, a pair counts as a match (the one threshold of docs/accuracy-matching.md).</summary>
    public const double MatchProbability = 0.5;

    private readonly NameAnalyzer _analyzer = new();
    private readonly NameForm _a = new();
    private readonly NameForm _b = new();
    private readonly PairScorer _scorer = new();
    private readonly float[] _features = new float[MatchModel.FeatureCount];
    private readonly EvidenceSink _sink;
    private MatchModel _model = MatchModel.For(people: false, search: false);

    public PartyComparer() => _sink = new EvidenceSink(() => _model);

    /// <summary>Compares two given parties; of several names the best pair counts.</summary>
    /// <exception cref="ArgumentException">A party has no name.</exception>
    public Comparison Compare(Party query, Party listed, bool explain = true)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(listed);
        return Compare(query, listed, [], false, explain);
    }

    /// <summary>Compares a party with one that a search of a list brought up. Most parties asked for are not listed, and a list is long: the same name says less here.</summary>
    internal Comparison CompareFound(Party query, ListedParty listed, bool explain) => Compare(query, listed.ToParty(), listed.Names, true, explain);

    private Comparison Compare(Party query, Party listed, IReadOnlyList<ListedName> strengths, bool search, bool explain)
    {
        var best = (Bits: double.NegativeInfinity, A: "", B: "", Weak: false);
        foreach (var a in query.Names)
        {
            for (var i = 0; i < listed.Names.Count; i++)
            {
                var weak = i < strengths.Count && strengths[i].Strength == "weak";
                var bits = NameBits(a, listed.Names[i], query.Kind, listed.Kind, search) + (weak ? MatchModel.For(people: true, search)[Feature.WeakName] : 0);
                if (bits > best.Bits)
                {
                    best = (bits, a, listed.Names[i], weak);
                }
            }
        }

        if (double.IsNegativeInfinity(best.Bits))
        {
            // A listing without a name (an order against goods of a region), or nothing that can be read.
            return query.Names.Count == 0 ? throw new ArgumentException("A party has no name.", nameof(query)) : new Comparison(-100, 0, MatchBand.Clear, query.Names[0], "", []);
        }

        _sink.Clear();
        _scorer.Sink = explain ? _sink : null;
        Features(best.A, best.B, query, listed, search);
        if (best.Weak)
        {
            Add(Feature.WeakName, "weak-name", 1, best.B);
        }

        if (search && listed.Names.Count > 1)
        {
            // Who has eighty names comes near to many.
            Add(Feature.ManyNames, "many-names", MathF.Log2(listed.Names.Count), listed.Names.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        _scorer.Sink = null;
        var total = _model.Bits(_features);
        var probability = 1 / (1 + Math.Pow(2, -total));
        return new Comparison(total, probability, Bands.Of(probability, _features), best.A, best.B, explain ? Shown() : []);
    }

    private void Add(Feature feature, string rule, float value, string listed)
    {
        _features[(int)feature] += value;
        _scorer.Sink?.Add(rule, "", listed, (feature, value));
    }

    /// <summary>The features of a pair, for fitting and measuring. Valid until the next call.</summary>
    internal ReadOnlySpan<float> Features(string a, string b, Party query, Party listed, bool search = false)
    {
        var kind = Together(query.Kind, listed.Kind);
        Array.Clear(_features);
        _features[(int)Feature.Prior] = 1;
        _analyzer.Analyze(a, kind, _a);
        _analyzer.Analyze(b, kind, _b);
        WasPerson = IsPerson(kind, _a, _b);
        _model = MatchModel.For(WasPerson, search);
        _sink.Add("prior", "", "", (Feature.Prior, 1));
        _scorer.Compare(_a, _b, WasPerson, _features);
        Circumstances.Compare(query, listed, _features, _scorer.Sink);
        return _features;
    }

    /// <summary>Whether the last pair was judged as names of people.</summary>
    internal bool WasPerson { get; private set; }

    /// <summary>The bits of two names alone.</summary>
    internal double NameBits(string a, string b, PartyKind x, PartyKind y, bool search)
    {
        var kind = Together(x, y);
        Array.Clear(_features);
        _features[(int)Feature.Prior] = 1;
        _analyzer.Analyze(a, kind, _a);
        _analyzer.Analyze(b, kind, _b);
        var people = IsPerson(kind, _a, _b);
        _scorer.Compare(_a, _b, people, _features);
        return MatchModel.For(people, search).Bits(_features);
    }

    private List<Evidence> Shown() => [.. _sink.Items.OrderByDescending(e => Math.Abs(e.Bits)).ThenBy(e => e.Rule, StringComparer.Ordinal).ThenBy(e => e.Query, StringComparer.Ordinal)];

    internal static PartyKind Together(PartyKind a, PartyKind b) => a == b || b == PartyKind.Unknown ? a : a == PartyKind.Unknown ? b : PartyKind.Unknown;

    internal static bool IsPerson(PartyKind kind, NameForm a, NameForm b) => kind == PartyKind.Person
        || (kind == PartyKind.Unknown && !a.LooksLikeOrganization && !b.LooksLikeOrganization && (a.LooksLikePerson || b.LooksLikePerson));
}
