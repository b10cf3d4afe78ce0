using System.Diagnostics;
using Palermo.Matching;
using Palermo.Matching.Names;
using Palermo.Matching.Scoring;

namespace Palermo.Bench.Matching;

/// <summary>Pairs a second on one core: from text to score, and with the names prepared.</summary>
internal static class PairSpeed
{
    public static void Run(string pairs)
    {
        var rows = LabelledPairs.Read(pairs).Select(r => (A: r.Row.A with { Addresses = [], Dates = [], Phones = [] }, B: r.Row.B with { Addresses = [], Dates = [], Phones = [] })).ToList();
        var comparer = new PartyComparer();
        Console.WriteLine($"slowest of the worst names: {Worst()}");
        for (var round = 0; round < 3; round++)
        {
            var watch = Stopwatch.StartNew();
            var sum = 0d;
            foreach (var (a, b) in rows)
            {
                sum += comparer.NameBits(a.Names[0], b.Names[0], a.Kind, b.Kind, search: false);
            }

            Console.WriteLine($"{rows.Count / watch.Elapsed.TotalSeconds:N0} pairs/s from text to score ({sum:0})");
            Console.WriteLine($"{Prepared([.. rows.Take(20_000)]):N0} pairs/s prepared");
        }
    }

    // Names that make other matchers try all combinations.
    private static string Worst()
    {
        string[] worst =
        [
            "Isa Bin Tarif Al Bin Ali", string.Join(' ', Enumerable.Repeat("bin al", 40)), string.Concat(Enumerable.Repeat("李", 300)), string.Join(' ', Enumerable.Repeat("Ministry of the Interior Department of Special Affairs", 8)),
            new string('a', 5000), string.Join(' ', Enumerable.Repeat("aaaa aaab aaba abaa", 10)),
        ];
        var comparer = new PartyComparer();
        return worst.SelectMany(a => worst.Select(b =>
        {
            comparer.NameBits(a, b, PartyKind.Unknown, PartyKind.Unknown, search: false);
            var start = Stopwatch.GetTimestamp();
            comparer.NameBits(a, b, PartyKind.Unknown, PartyKind.Unknown, search: false);
            return (Time: Stopwatch.GetElapsedTime(start), Pair: $"{a[..Math.Min(30, a.Length)]} | {b[..Math.Min(30, b.Length)]}");
        })).Max() is var slowest ? $"{slowest.Time.TotalMilliseconds:0.00} ms ({slowest.Pair})" : "";
    }

    private static double Prepared(List<(Party A, Party B)> rows)
    {
        var (analyzer, scorer, features) = (new NameAnalyzer(), new PairScorer(), new float[MatchModel.FeatureCount]);
        var prepared = rows.ConvertAll(r =>
        {
            var kind = PartyComparer.Together(r.A.Kind, r.B.Kind);
            var (a, b) = (new NameForm { Arena = new byte[128] }, new NameForm { Arena = new byte[128] });
            analyzer.Analyze(r.A.Names[0], kind, a);
            analyzer.Analyze(r.B.Names[0], kind, b);
            return (a, b, People: PartyComparer.IsPerson(kind, a, b));
        });
        var start = Stopwatch.GetTimestamp();
        foreach (var (a, b, people) in prepared)
        {
            Array.Clear(features);
            scorer.Compare(a, b, people, features);
            MatchModel.For(people, search: false).Bits(features);
        }

        return prepared.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
