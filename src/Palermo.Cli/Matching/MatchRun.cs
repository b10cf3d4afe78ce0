using System.Diagnostics;
using Palermo.Cli.Commands;
using Palermo.Matching;
using Palermo.Matching.Decisions;
using Palermo.Matching.Lists;
using Palermo.Matching.Pairs;

namespace Palermo.Cli.Matching;

/// <summary>Runs <c>palermo match</c>: one party, a file of them, or pairs. Memory does not grow with the input.</summary>
internal sealed class MatchRun(MatchRequest request, TimeProvider clock)
{
    private const int Chunk = 256;

    public static string DecisionsOf(ListStore store) => Path.Combine(store.Folder, "decisions.jsonl");

    public int Run() => request.Pairs is { } pairs ? Pairs(pairs) : Parties();

    private int Parties()
    {
        var store = ListsCommand.Store(request.Data);
        var ids = request.Lists.Count > 0 ? request.Lists : [.. store.Lists().Select(l => l.Id)];
        if (ids.Count == 0)
        {
            throw new UsageException($"There are no lists in {store.Folder}. palermo lists add adds one, for example: palermo lists add uflpa entity-list.csv --date 2025-08-15.");
        }

        var indexes = ids.Select(id => store.Open(ListsCommand.Known(store, id).Id, request.AsOf)).ToList();
        var log = new DecisionLog(DecisionsOf(store));
        try
        {
            Warn(indexes);
            var form = request.Format.Length > 0 ? request.Format : request.Party is not null ? "table" : "jsonl";
            using var output = CommonOptions.OpenOutput(request.Output);
            using var writer = MatchWriter.Create(form, output, request.Party is not null);
            var watch = Stopwatch.StartNew();
            var (asked, found, worst) = Work(indexes, log, writer);
            writer.End();
            if (!request.Quiet && request.Party is null)
            {
                Console.Error.WriteLine($"{asked:N0} parties looked up in {indexes.Count} list{(indexes.Count == 1 ? "" : "s")}; {found:N0} with candidates; {watch.Elapsed.TotalSeconds:N1} s, {asked / Math.Max(0.001, watch.Elapsed.TotalSeconds):N0} a second. A candidate is a reason to look, never a verdict.");
            }

            return request.FailOn is { } bar && worst >= bar && worst > MatchBand.Clear ? ExitCode.BarCrossed : _lost > 0 ? ExitCode.BadInput : ExitCode.Success;
        }
        finally
        {
            indexes.ForEach(i => i.Dispose());
        }
    }

    private int _lost;

    private void Warn(List<ListIndex> indexes)
    {
        if (request.Quiet)
        {
            return;
        }

        foreach (var index in indexes)
        {
            if (ListsCommand.Staleness(index.Edition, request.AsOf ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)) is { } stale)
            {
                Console.Error.WriteLine("palermo: " + stale);
            }
        }
    }

    private (long Asked, long Found, MatchBand Worst) Work(List<ListIndex> indexes, DecisionLog log, MatchWriter writer)
    {
        var threads = request.Party is not null ? 1 : request.Threads;
        var matchers = new ThreadLocal<ListMatcher>(() => new ListMatcher(indexes));
        var (asked, found, worst) = (0L, 0L, MatchBand.Clear);
        var least = request.Least switch { MatchBand.Clear => 0.001, MatchBand.Likely => 0.8, MatchBand.Certain => 0.95, _ => PartyComparer.MatchProbability };
        // Chunks in parallel, written in the order of the input; a few of them at a time.
        foreach (var batch in PartyInput().Chunk(Chunk * threads * 4))
        {
            var results = new MatchResult[batch.Length];
            Parallel.For(0, (batch.Length + Chunk - 1) / Chunk, new ParallelOptions { MaxDegreeOfParallelism = threads }, c =>
            {
                for (var i = c * Chunk; i < Math.Min(batch.Length, (c + 1) * Chunk); i++)
                {
                    results[i] = One(batch[i], matchers.Value!, log, least);
                }
            });
            foreach (var result in results)
            {
                asked++;
                found += result.Candidates.Count > 0 ? 1 : 0;
                worst = result.Candidates.Where(c => c.Decision is not { Reopened: false, Decision.Verdict: Verdict.NotAMatch }).Select(c => c.Candidate.Comparison.Band).Append(worst).Max();
                writer.Write(result);
            }
        }

        return (asked, found, worst);
    }

    private MatchResult One(AskedParty asked, ListMatcher matcher, DecisionLog log, double least)
    {
        var candidates = matcher.Find(asked.Party, request.Most, least)
            .Where(c => c.Comparison.Band >= request.Least)
            .Select(c => new DecidedCandidate(c, log.Find(asked.Party, c.List, c.Party)))
            .Where(c => request.WithDecided || c.Decision is not { Reopened: false, Decision.Verdict: Verdict.NotAMatch }).ToList();
        return new MatchResult(asked, candidates);
    }

    private IEnumerable<AskedParty> PartyInput()
    {
        if (request.Party is { } party)
        {
            return [new AskedParty("", 1, party)];
        }

        if (request.Changed is { } list)
        {
            var store = ListsCommand.Store(request.Data);
            ListsCommand.Known(store, list);
            var difference = store.Diff(list, null, request.AsOf);
            return difference.Added.Concat(difference.Changed.Select(c => c.After)).Where(p => p.Names.Count > 0).Select((p, i) => new AskedParty(p.Id, i + 1, p.ToParty()));
        }

        return AskedParties.Read(request.Input!, request.Map, message =>
        {
            _lost++;
            Console.Error.WriteLine($"palermo: {request.Input}: {message}");
        });
    }

    private int Pairs(string path)
    {
        using var output = CommonOptions.OpenOutput(request.Output);
        var lines = path == "-" ? StandardInput() : File.Exists(path) ? File.ReadLines(path) : throw new UsageException($"There is no file {path}.");
        var comparers = new ThreadLocal<PartyComparer>(() => new PartyComparer());
        var number = 0;
        var bad = 0;
        var watch = Stopwatch.StartNew();
        foreach (var batch in lines.Chunk(Chunk * request.Threads * 4))
        {
            var results = new byte[batch.Length][];
            var problems = new string?[batch.Length];
            Parallel.For(0, (batch.Length + Chunk - 1) / Chunk, new ParallelOptions { MaxDegreeOfParallelism = request.Threads }, c =>
            {
                for (var i = c * Chunk; i < Math.Min(batch.Length, (c + 1) * Chunk); i++)
                {
                    if (string.IsNullOrWhiteSpace(batch[i]))
                    {
                        continue;
                    }

                    try
                    {
                        var row = PairRow.Parse(batch[i]);
                        results[i] = PairWriter.Line(row, comparers.Value!.Compare(row.A, row.B));
                    }
                    catch (FormatException e)
                    {
                        problems[i] = e.Message;
                        results[i] = PairWriter.Problem(e.Message);
                    }
                }
            });
            for (var i = 0; i < batch.Length; i++)
            {
                number++;
                if (problems[i] is { } problem)
                {
                    bad++;
                    Console.Error.WriteLine($"palermo: {path}, line {number}: not scored: {problem}.");
                }

                // One line out for each line in, so that the two can be laid side by side.
                output.Write(results[i] ?? []);
                output.WriteByte((byte)'\n');
            }
        }

        if (!request.Quiet)
        {
            Console.Error.WriteLine($"{number:N0} pairs in {watch.Elapsed.TotalSeconds:N1} s.");
        }

        return bad > 0 ? ExitCode.BadInput : ExitCode.Success;
    }

    private static IEnumerable<string> StandardInput()
    {
        using var reader = new StreamReader(Console.OpenStandardInput());
        for (var line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            yield return line;
        }
    }
}
