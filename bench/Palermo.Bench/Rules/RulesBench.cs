using System.Diagnostics;
using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Knowledge.Authoring;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Facts;
using Palermo.Prevent.Gaps;
using Palermo.Prevent.Rules;
using Palermo.Procurement;

namespace Palermo.Bench.Rules;

/// <summary>Time and memory of judging all regimes for one tender: with and without reasons.</summary>
internal static class RulesBench
{
    private const int Rounds = 2000;

    /// <summary>Time of the parts of judging published processes, on a file of them.</summary>
    public static void Processes(string file)
    {
        var engine = new RuleEngine(RuleLibrary.Shipped);
        var screening = new RuleScreening(engine, Catalogue.Default);
        var screener = new Screener(Catalogue.Default, new ScreeningOptions(new DateOnly(2026, 3, 1)));
        var facts = new ProcessFacts(Catalogue.Default, engine.Library.Facts);
        var sheet = engine.NewSheet();
        var results = new Truth[engine.ResultCount];
        long count = 0, assess = 0, read = 0, judge = 0, all = 0, none = 0;
        var reader = new BatchReader();
        for (var pass = 0; pass < 6; pass++)
        {
            (count, assess, read, judge, all, none) = (0, 0, 0, 0, 0, 0); // the last pass counts: all code is compiled by then
            using var source = new ProcessSource([file], new ReadOptions { Threads = 1 });
            source.Index(CancellationToken.None);
            while (source.Next() is { } batch)
            {
                using (batch)
                {
                    reader.Read(batch, (process, origin) =>
                    {
                        var t0 = Stopwatch.GetTimestamp();
                        var assessment = screener.Assess(process, origin);
                        var t1 = Stopwatch.GetTimestamp();
                        sheet.Clear();
                        facts.Read(process, assessment, (place, value, _) => sheet.Set(place, value), withPlaces: false);
                        var t2 = Stopwatch.GetTimestamp();
                        engine.Judge(sheet, results);
                        var t3 = Stopwatch.GetTimestamp();
                        screening.Judge(process, assessment);
                        var t4 = Stopwatch.GetTimestamp();
                        var t5 = Stopwatch.GetTimestamp();
                        count++;
                        assess += t1 - t0;
                        read += t2 - t1;
                        judge += t3 - t2;
                        all += t4 - t3;
                        none += t5 - t4;
                    }, _ => { });
                }
            }
        }

        double Each(long ticks) => (ticks - none) * 1e6 / Stopwatch.Frequency / count;
        Console.WriteLine($"{count:N0} processes, us each: screening {Each(assess):0.00}, taking facts {Each(read):0.00}, judging {Each(judge):0.00}, rules in all {Each(all):0.00}");
    }

    public static void Run(string data)
    {
        var loading = Stopwatch.StartNew();
        var library = RuleLibrary.Shipped;
        var loaded = loading.Elapsed.TotalMilliseconds;
        var engine = new RuleEngine(library);
        var compiled = loading.Elapsed.TotalMilliseconds;

        // The golden cases are the tenders: facts of every regime, few and many.
        var (withCases, _, problems) = DataFolder.ReadDocuments(data);
        if (problems.Count > 0)
        {
            throw new InvalidOperationException(problems[0].ToString());
        }

        var sheets = withCases.Packs.SelectMany(p => p.Cases).Select(c =>
        {
            var sheet = engine.NewSheet();
            sheet.Load(new TenderFacts { AsOf = c.AsOf, Facts = c.Facts });
            return sheet;
        }).ToArray();
        var results = new Truth[engine.ResultCount];
        for (var i = 0; i < 50; i++)
        {
            Judge(engine, sheets, results); // warm
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var times = new double[Rounds / 50];
        for (var i = 0; i < times.Length; i++)
        {
            var watch = Stopwatch.StartNew();
            Judge(engine, sheets, results);
            times[i] = watch.Elapsed.TotalMicroseconds / sheets.Length;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before - 8; // the watches
        Array.Sort(times);
        Console.WriteLine($"{library.Packs.Count} packs read in {loaded:0} ms, made ready in {compiled - loaded:0} ms");
        Console.WriteLine($"{sheets.Length} tenders, all packs: {times[times.Length / 2]:0.00} us a tender (median; best {times[0]:0.00}, worst {times[^1]:0.00}), {Math.Max(0, allocated - (times.Length * 40)) / (double)(times.Length * sheets.Length):0.##} B a tender");
        var full = engine.NewSheet();
        full.Load(Full());
        Console.WriteLine($"one German tender with all facts, all packs: {Time(() => engine.Judge(full, results)):0.00} us");
        var explained = Stopwatch.StartNew();
        foreach (var sheet in sheets)
        {
            RulingMaker.Make(engine, sheet);
        }

        Console.WriteLine($"with reasons, questions and what would flip it: {explained.Elapsed.TotalMilliseconds / sheets.Length:0.00} ms a tender");
    }

    private static void Judge(RuleEngine engine, FactSheet[] sheets, Truth[] results)
    {
        foreach (var sheet in sheets)
        {
            engine.Judge(sheet, results);
        }
    }

    private static double Time(Action act)
    {
        for (var i = 0; i < 20_000; i++)
        {
            act();
        }

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 200_000; i++)
        {
            act();
        }

        return watch.Elapsed.TotalMicroseconds / 200_000;
    }

    private static TenderFacts Full() => new()
    {
        AsOf = new DateOnly(2026, 3, 1),
        Facts = new Dictionary<string, FactValue>
        {
            ["buyer.country"] = FactValue.Of("DE"),
            ["buyer.level"] = FactValue.Of("central"),
            ["buyer.codes"] = FactValue.Of(["de-be-land"]),
            ["procurement.category"] = FactValue.Of("goods"),
            ["tender.value"] = FactValue.Of(900_000m, "EUR"),
            ["items.tags"] = FactValue.Of(["textiles"]),
            ["supplier.conviction.trafficking.final"] = FactValue.Of(true),
            ["supplier.conviction.trafficking.date"] = FactValue.Of(new DateOnly(2024, 5, 5)),
            ["supplier.selfCleaning.accepted"] = FactValue.Of(false),
        },
    };
}
