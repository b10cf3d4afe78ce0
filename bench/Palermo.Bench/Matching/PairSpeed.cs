using System.Diagnostics;
using Palermo.Matching;

namespace Palermo.Bench.Matching;

/// <summary>Pairs a second on one core: from text to score, and with the names prepared.</summary>
internal static class PairSpeed
{
    public static void Run(string pairs)
    {
        var rows = LabelledPairs.Read(pairs).Select(r => (A: r.Row.A with { Addresses = [], Dates = [], Phones = [] }, B: r.Row.B with { Addresses = [], Dates = [], Phones = [] })).ToList();
        var comparer = new PartyComparer();
        for (var round = 0; round < 3; round++)
        {
            var watch = Stopwatch.StartNew();
            var sum = 0d;
            foreach (var (a, b) in rows)
            {
                sum += comparer.Score(a.Names[0], b.Names[0], a.Kind, b.Kind);
            }

            Console.WriteLine($"{rows.Count / watch.Elapsed.TotalSeconds:N0} pairs/s from text to score ({sum:0})");
            Console.WriteLine($"{comparer.PreparedSpeed([.. rows.Take(20_000)]):N0} pairs/s prepared");
        }
    }
}
