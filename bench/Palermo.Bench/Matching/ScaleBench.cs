using System.Diagnostics;
using System.Globalization;
using System.Text;
using Palermo.Matching;
using Palermo.Matching.Index;

namespace Palermo.Bench.Matching;

/// <summary>
/// Speed at scale: a list of made-up names (words of the retrieval list recombined, as in the measurements that the goals
/// come from), suppliers looked up in it on all cores, and the other way round: changed entries looked up among millions of
/// suppliers.
/// </summary>
internal static class ScaleBench
{
    public static void Run(string folder, int names, int suppliers, int threads)
    {
        var list = RetrievalList.Read(folder);
        var words = list.SelectMany(l => l.Names.Select(n => n.Item1.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();
        var watch = Stopwatch.StartNew();
        var path = Path.Combine(Path.GetTempPath(), "palermo-scale.index");
        using (var builder = new NameIndexBuilder())
        {
            foreach (var l in list)
            {
                builder.Add(l.Kind, l.Names, [], Encoding.UTF8.GetBytes(l.Id));
            }

            var random = new Random(1);
            while (builder.NameCount < names)
            {
                builder.Add(random.Next(2) == 0 ? PartyKind.Person : PartyKind.Organization, [(Made(words, random), NameStrength.Main)], [], "x"u8);
            }

            using var file = new BufferedStream(File.Create(path), 1 << 20);
            builder.Write(file, "{}"u8);
        }

        Console.WriteLine($"{names:N0} names: built in {watch.Elapsed.TotalSeconds:0.0} s, {new FileInfo(path).Length / 1e6:0} MB ({(double)new FileInfo(path).Length / names:0} bytes a name)");
        GC.Collect();
        watch.Restart();
        using var index = NameIndex.Open(path);
        var first = new NameSearcher(index);
        var hits = new List<Hit>();
        first.Search("Hetian Taida Apparel", PartyKind.Organization, 5, -100, hits);
        Console.WriteLine($"opened and first answer in {watch.Elapsed.TotalMilliseconds:0} ms");
        var known = SearchBench.Queries(folder).Where(q => q.Expect.Length > 0).ToList();
        var right = known.Count(q =>
        {
            first.Search(q.Name, q.Kind, 5, -100, hits);
            return hits.Any(h => Encoding.UTF8.GetString(index.Entity(h.Entity)) == q.Expect);
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"answers of the retrieval benchmark among the first five of the {names:N0} names: {(double)right / known.Count:.000}"));
        var queries = Queries(words, suppliers);
        SearchBench.Speed(queries[..Math.Min(20_000, queries.Count)], first);
        watch.Restart();
        var found = 0;
        Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0, queries.Count, 2_000), new ParallelOptions { MaxDegreeOfParallelism = threads }, () => (Searcher: new NameSearcher(index), Hits: new List<Hit>()), (range, _, local) =>
        {
            for (var i = range.Item1; i < range.Item2; i++)
            {
                local.Searcher.Search(queries[i].Name, queries[i].Kind, 3, 0, local.Hits);
                if (local.Hits.Count > 0)
                {
                    Interlocked.Increment(ref found);
                }
            }

            return local;
        }, _ => { });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{queries.Count:N0} suppliers against {index.NameCount:N0} names on {threads} threads: {watch.Elapsed.TotalSeconds:0.0} s ({queries.Count / watch.Elapsed.TotalSeconds:N0} a second), {found:N0} with candidates; peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB with the queries and the builder"));
        watch.Restart();
        var changed = list.SelectMany(l => l.Names.Select(n => (n.Item1, l.Kind))).Take(500).ToList();
        var affected = 0;
        foreach (var (name, kind) in changed)
        {
            first.Search(name, kind, 50, 0, hits);
            affected += hits.Count;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"delta: 500 changed names against {index.NameCount:N0} suppliers on one thread: {watch.Elapsed.TotalSeconds:0.00} s, {affected:N0} suppliers to look at"));
        File.Delete(path);
    }

    private static string Made(string[][] words, Random random)
    {
        var (a, b) = (words[random.Next(words.Length)], words[random.Next(words.Length)]);
        var cut = random.Next(1, Math.Max(2, a.Length));
        // Now and then a word that no list has, as real lists have.
        var own = random.Next(3) == 0 ? " " + Word(random) : "";
        return string.Join(' ', a.Take(cut).Concat(b.Skip(Math.Min(b.Length - 1, random.Next(0, 2))).Take(3))) + own;
    }

    private static string Word(Random random)
    {
        var length = random.Next(5, 10);
        return string.Create(length, random, static (span, r) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = i % 2 == 0 ? "bcdfghklmnprstvz"[r.Next(16)] : "aeiou"[r.Next(5)];
            }
        });
    }

    private static List<(string Name, PartyKind Kind)> Queries(string[][] words, int count)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, count).Select(_ => (Made(words, random), random.Next(2) == 0 ? PartyKind.Person : PartyKind.Organization))];
    }
}
