using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Palermo.Matching;
using Palermo.Matching.Index;
using Palermo.Matching.Pairs;

namespace Palermo.Bench.Matching;

/// <summary>Recall of the right entity in first place, with the threshold set where 0.1, 1 and 5 % of clean queries alert; queries a second on one core.</summary>
internal static class SearchBench
{
    public static void Run(string folder, string? missed)
    {
        var watch = Stopwatch.StartNew();
        var list = RetrievalList.Read(folder);
        var image = RetrievalList.Build(list);
        using var index = NameIndex.Over(image);
        Console.WriteLine($"{index.EntityCount:N0} entities, {index.NameCount:N0} names, {image.Length / 1e6:0.0} MB, built in {watch.Elapsed.TotalSeconds:0.0} s");
        var queries = Queries(folder);
        var searcher = new NameSearcher(index);
        var hits = new List<Hit>();
        var results = new List<(string Group, bool Clean, bool Right, double Bits)>();
        foreach (var q in queries)
        {
            searcher.Search(q.Name, q.Kind, 5, -100, hits);
            var id = hits.Count == 0 ? "" : Encoding.UTF8.GetString(index.Entity(hits[0].Entity));
            results.Add((q.Group, q.Expect.Length == 0, id == q.Expect, hits.Count == 0 ? -100 : hits[0].Bits));
            if (missed == q.Group && (id != q.Expect || q.Expect.Length == 0))
            {
                Console.WriteLine($"{q.Name} | {(hits.Count == 0 ? "nothing" : $"{index.NameText(hits[0].Name)} {hits[0].Bits:0.0}")} | {(q.Expect.Length == 0 ? "clean" : string.Join("; ", list.First(l => l.Id == q.Expect).Names.Select(n => n.Item1).Take(5)))}");
            }
        }

        var clean = results.Where(r => r.Clean).Select(r => r.Bits).OrderDescending().ToList();
        Console.WriteLine("| kind | queries | first @ 0.1 % | first @ 1 % | first @ 5 % | first |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach (var group in results.Where(r => !r.Clean).GroupBy(r => r.Group.StartsWith("treat", StringComparison.Ordinal) ? "typing errors" : r.Group).Append(results.Where(r => !r.Clean).GroupBy(_ => "all").First()))
        {
            double At(double share) => (double)group.Count(r => r.Right && r.Bits > clean[(int)(share * clean.Count)]) / group.Count();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {group.Key} | {group.Count()} | {At(.001):.000} | {At(.01):.000} | {At(.05):.000} | {(double)group.Count(r => r.Right) / group.Count():.000} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bits of clean queries: 0.1 % {clean[(int)(.001 * clean.Count)]:0.0}, 1 % {clean[(int)(.01 * clean.Count)]:0.0}, 5 % {clean[(int)(.05 * clean.Count)]:0.0}"));
        Speed(queries.ConvertAll(q => (q.Name, q.Kind)), searcher);
    }

    public static List<(string Name, PartyKind Kind, string Expect, string Group)> Queries(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, "queries-development.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)
            .Select(q => (q.GetProperty("A").GetString()!, PairRow.KindOf(q.GetProperty("Schema").GetString()), q.GetProperty("Expect").GetString()!, q.GetProperty("kind").GetString()!))];

    public static void Speed(List<(string Name, PartyKind Kind)> queries, NameSearcher searcher)
    {
        var hits = new List<Hit>();
        var times = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            times.Clear();
            foreach (var (name, kind) in queries)
            {
                var start = Stopwatch.GetTimestamp();
                searcher.Search(name, kind, 5, -100, hits);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            var total = times.Sum();
            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{queries.Count / total * 1000:N0} queries/s on one core; p50 {times[times.Count / 2]:0.000} ms, p95 {times[(int)(times.Count * .95)]:0.000} ms, p99 {times[(int)(times.Count * .99)]:0.000} ms, most {times[^1]:0.0} ms"));
        }
    }
}
