using System.Globalization;
using Palermo.Matching;

namespace Palermo.Bench.Matching;

/// <summary>Precision, recall, F1 at the one threshold, best F1, average precision and calibration, per data set and half.</summary>
internal static class PairBench
{
    public static void Run(string pairs, string? wrong)
    {
        var comparer = new PartyComparer();
        var scored = LabelledPairs.Read(pairs).Where(r => r.Row.Label is not null).Select(r => (r.Row, r.HeldOut, Result: comparer.Compare(r.Row.A, r.Row.B, explain: wrong == r.Row.Source))).ToList();
        Console.WriteLine("| data set | half | pairs | precision | recall | F1 | best F1 | AP | ECE | ties at the top |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var source in scored.Select(s => s.Row.Source).Distinct())
        {
            foreach (var half in new[] { "held out", "all" })
            {
                var rows = scored.Where(s => s.Row.Source == source && (half == "all" || s.HeldOut)).Select(s => (s.Result.Probability, Label: s.Row.Label!.Value, s.Result.Bits)).ToList();
                if (rows.Count > 0)
                {
                    Console.WriteLine(Line(source, half, rows));
                }
            }
        }

        if (wrong is not null)
        {
            foreach (var (row, heldOut, result) in scored.Where(s => s.Row.Source == wrong && !s.HeldOut && (s.Result.Probability >= PartyComparer.MatchProbability) != (s.Row.Label == 1)))
            {
                Console.WriteLine($"{row.Label} {result.Probability:0.00} {result.Bits:0.0} | {result.Query} | {result.Listed} | {string.Join("; ", result.Evidence.Where(e => Math.Abs(e.Bits) > 0.05).Select(e => $"{e.Rule} {e.Query}/{e.Listed} {e.Bits:0.0}"))}");
            }
        }
    }

    private static string Line(string source, string half, List<(double Probability, int Label, double Bits)> rows)
    {
        var positives = rows.Count(r => r.Label == 1);
        var (precision, recall) = At(rows, PartyComparer.MatchProbability);
        var ordered = rows.OrderByDescending(r => r.Bits).ToList();
        var (hits, ap, best) = (0, 0d, 0d);
        for (var i = 0; i < ordered.Count; i++)
        {
            hits += ordered[i].Label;
            if (ordered[i].Label == 1)
            {
                ap += (double)hits / (i + 1);
            }

            best = Math.Max(best, 2.0 * hits / (i + 1 + positives));
        }

        var ece = Enumerable.Range(0, 10).Sum(b =>
        {
            var bin = rows.Where(r => Math.Min(9, (int)(r.Probability * 10)) == b).ToList();
            return bin.Count == 0 ? 0 : Math.Abs(bin.Average(r => r.Probability) - bin.Average(r => r.Label)) * bin.Count / rows.Count;
        });
        return string.Create(CultureInfo.InvariantCulture, $"| {source} | {half} | {rows.Count} | {precision:.000} | {recall:.000} | {F1(precision, recall):.000} | {best:.000} | {(positives == 0 ? 0 : ap / positives):.000} | {ece:.000} | {(double)rows.Count(r => Math.Round(r.Probability, 4) == Math.Round(rows.Max(x => x.Probability), 4)) / rows.Count:.000} |");
    }

    private static (double Precision, double Recall) At(List<(double Probability, int Label, double Bits)> rows, double threshold)
    {
        var found = rows.Where(r => r.Probability >= threshold).ToList();
        var right = found.Count(r => r.Label == 1);
        return (found.Count == 0 ? 0 : (double)right / found.Count, rows.Count(r => r.Label == 1) is var all && all == 0 ? 0 : (double)right / all);
    }

    private static double F1(double precision, double recall) => precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
}
