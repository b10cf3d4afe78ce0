using System.Diagnostics;
using Palermo.Cli.Terminal;
using Palermo.Identify;
using Palermo.Identify.Runs;
using Palermo.Knowledge;
using Palermo.Knowledge.Editions;
using Palermo.Knowledge.Rules;
using Palermo.Matching.Lists;
using Palermo.Prevent.Gaps;
using Palermo.Prevent.Rules;
using Palermo.Procurement;

namespace Palermo.Cli.Running;

/// <summary>One screening from start to exit code.</summary>
internal sealed class ScreenRun
{
    private const string DefaultReport = "palermo-report.html";
    private readonly ScreenRequest _request;
    private readonly IReadOnlyList<ListIndex> _lists;
    private readonly TimeProvider _clock;
    private ResumePoint? _resumed;

    public ScreenRun(ScreenRequest request, TimeProvider clock)
    {
        // A run that is resumed counts lists as of its own day.
        _request = request.Resume && !request.AsOfGiven && request.Output is { } output && File.Exists(output) ? request with { AsOf = SavedRun.Beside(output).AsOf } : request;
        _clock = clock;
        _lists = [.. request.Lists.Select(id => Open(id))];
        // What was screened with is named by edition: another edition is another run.
        _request = _request with { Lists = [.. _lists.Select(l => $"{l.Edition.Source.Id}@{l.Edition.Date:yyyy-MM-dd}-{l.Edition.Hash[..8]}")] };
    }

    public int Run()
    {
        var watch = Stopwatch.StartNew();
        if (_request.Rules)
        {
            // Read beside the rest of the knowledge; whoever asks for it waits, and meets what went wrong.
            _ = Task.Run(static () => RuleLibrary.Shipped);
        }

        var (catalogue, editions) = Knowledge();
        var loaded = watch.Elapsed;
        var useSample = _request.Inputs.Count == 0;
        var report = _request.Report ?? (useSample && _request.Format == ResultFormat.Table ? DefaultReport : null);
        using var interruption = new Interruption();
        if (_request.Resume && IsComplete(catalogue))
        {
            Console.Error.WriteLine($"palermo: The run of {_request.Output} is complete; there is nothing to resume.");
            return ExitCode.Success;
        }

        using var output = Results(catalogue);
        using var problemFile = _request.Problems is null ? null : CommonOutput(_request.Problems);
        using var source = new ProcessSource(useSample ? ["-"] : _request.Inputs, useSample ? Sample.AsStandardInput(_request.Reading) : _request.Reading);
        var started = _clock.GetUtcNow();
        watch.Restart();
        if (_request is { Format: ResultFormat.Jsonl, Output: not null })
        {
            // What is cut short, even by a power cut, can be resumed: the record says from the start of which run the lines are.
            WriteRecord(new RunRecord(ProgramVersion.Text, catalogue.Edition, editions, _request.AsOf, started, true, [], _request.Options, new RunSummary(Indicators()), new ProblemLog()));
        }

        // Most files hold each process once. Where what was written can be taken back, that is assumed until it proves wrong.
        var (pipeline, workers) = Screen(catalogue, source, output, problemFile, together: _resumed is not null || !CanStartOver(output, problemFile), interruption.Token);
        if (pipeline.MustStartOver || _resumed is { IsStale: true })
        {
            _resumed = null;
            Array.ForEach(workers, w => w.Dispose());
            CutOff(output);
            CutOff(problemFile);
            source.StartOver();
            (pipeline, workers) = Screen(catalogue, source, output, problemFile, together: true, interruption.Token);
        }

        var summary = new RunSummary(workers[0].Summary.Indicators);
        if (_resumed is not null)
        {
            summary.Merge(_resumed.Summary);
        }

        Array.ForEach(workers, w => summary.Merge(w.Summary));
        var record = new RunRecord(ProgramVersion.Text, catalogue.Edition, editions, _request.AsOf, started, pipeline.Interrupted, source.Inputs, _request.Options, summary, pipeline.Problems) { Rules = RuleSums(workers) };
        ResultFiles.WriteReports(catalogue, record, _request.Format, _request.Output, report);
        WriteRecord(record);
        Array.ForEach(workers, w => w.Dispose());
        if (_request.Format == ResultFormat.Table || !_request.Quiet)
        {
            var told = new Telling(catalogue, record, watch.Elapsed, pipeline.InputDone, report);
            told.Write(_request.Format == ResultFormat.Table ? Console.Out : Console.Error, withProcesses: _request.Format == ResultFormat.Table);
        }

        if (Environment.GetEnvironmentVariable("PALERMO_DEBUG") is { Length: > 0 })
        {
            Console.Error.WriteLine($"GC {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}, pauses {GC.GetTotalPauseDuration().TotalMilliseconds:N0} ms, allocated {GC.GetTotalAllocatedBytes() / 1e6:N0} MB, data/ loaded in {loaded.TotalMilliseconds:N0} ms, all {watch.Elapsed.TotalMilliseconds:N0} ms");
        }

        return ExitCodeOf(record);
    }

    private RuleTallies? RuleSums(ScreenWorker[] workers)
    {
        if (!_request.Rules)
        {
            return null;
        }

        var sums = new RuleTallies();
        if (_resumed is not null)
        {
            sums.Merge(_resumed.Rules);
        }

        Array.ForEach(workers, w => sums.Merge(w.RuleTallies!)); // with rules, each has them
        return sums;
    }

    private (Pipeline Pipeline, ScreenWorker[] Workers) Screen(Catalogue catalogue, ProcessSource source, Stream output, Stream? problemFile, bool together, CancellationToken cancel)
    {
        var workers = CreateWorkers(catalogue);
        var pipeline = new Pipeline(source, output, together);
        pipeline.Problems.WriteTo(problemFile);
        ResultFiles.WriteHeader(_request.Format, output);

        Progress.Show(_request.Quiet, source, pipeline, () => pipeline.Run(workers, cancel));
        return (pipeline, workers);
    }

    private Stream Results(Catalogue catalogue) => _request.Resume ? Resumed() : ResultFiles.Open(_request.Format, _request.Output, catalogue.Edition, _request.AsOf);

    private bool IsComplete(Catalogue catalogue)
    {
        if (_request is not { Format: ResultFormat.Jsonl, Output: { } output })
        {
            throw new UsageException("Only lines can be gone on with: --resume wants --format jsonl and the --output of the run that was cut short.");
        }

        if (!File.Exists(output))
        {
            return false; // nothing was done yet
        }

        var saved = SavedRun.Beside(output);
        return saved.DiffersFrom(catalogue.Edition, _request.AsOf, _request.Options) is { } difference
            ? throw new UsageException($"The run of {output} is another one: {difference}. Resume with what it was begun with, or begin anew without --resume.")
            : !saved.Interrupted;
    }

    private FileStream Resumed()
    {
        var file = new FileStream(_request.Output!, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        try
        {
            _resumed = ResumePoint.Read(file, Indicators());
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private IReadOnlyList<IndicatorInfo> Indicators() => Screener.IndicatorsOf(_lists.Count > 0, [.. _request.Indicators]);

    private ListIndex Open(string id)
    {
        try
        {
            var index = Commands.ListsCommand.Store(_request.ListFolder).Open(id, _request.AsOf);
            if (!_request.Quiet && Commands.ListsCommand.Staleness(index.Edition, _request.AsOf) is { } stale)
            {
                Console.Error.WriteLine("palermo: " + stale);
            }

            return index;
        }
        catch (InvalidDataException e)
        {
            throw new UsageException($"--list {id}: {e.Message}");
        }
    }

    private (Catalogue Catalogue, IReadOnlyList<Edition> Editions) Knowledge()
    {
        try
        {
            var store = new EditionStore(_request.DataFolder);
            var editions = EditionCatalogue.Counting(store, _request.AsOf);
            return (EditionCatalogue.With(store, editions), editions);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(e.Message);
        }
    }

    private static bool CanStartOver(Stream output, Stream? problemFile) => (output == Stream.Null || output.CanSeek) && problemFile is null or { CanSeek: true };

    private static void CutOff(Stream? file)
    {
        if (file is not null && file != Stream.Null)
        {
            file.Flush();
            file.SetLength(0);
        }
    }

    private ScreenWorker[] CreateWorkers(Catalogue catalogue)
    {
        var indicators = _request.Indicators.Count == 0 ? null : _request.Indicators.ToHashSet(StringComparer.Ordinal);
        var filter = new ProcessFilter(_request.Buyer, _request.Countries.Select(c => catalogue.FindCountry(c)?.Id ?? throw new UsageException($"--country {c}: no country of that name or code. Use a name in one of eight languages or an ISO 3166-1 code.")).ToHashSet(StringComparer.Ordinal), _request.From, _request.To);
        if (_request.Facts.Count > 0 && !_request.Rules)
        {
            throw new UsageException("--fact is for rules: add --rules.");
        }

        var engine = _request.Rules ? new RuleEngine(RuleLibrary.Shipped) : null;
        var facts = _request.Rules ? Rules.RulesRequest.With(new TenderFacts(), RuleLibrary.Shipped, _request.Facts, null).Facts : new TenderFacts().Facts;
        try
        {
            return [.. Enumerable.Range(0, _request.Threads).Select(_ => new ScreenWorker(new Screener(catalogue, new ScreeningOptions(_request.AsOf, indicators, _lists)), filter, _request.Format, _resumed, engine is null ? null : new RuleScreening(engine, catalogue, facts)))];
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--indicator: {e.Message}");
        }
    }

    private static Stream CommonOutput(string? path) => Commands.CommonOptions.OpenOutput(path);

    private void WriteRecord(RunRecord record)
    {
        if ((_request.RunRecord ?? (_request.Output is { } beside ? beside + ".run.json" : null)) is { } path)
        {
            ResultFiles.WriteRecord(record, path);
        }
    }

    private int ExitCodeOf(RunRecord record) =>
        record.Interrupted ? ExitCode.Interrupted
        : _request.FailOn is { } bar && record.Summary.CountFrom(bar) > 0 ? ExitCode.BarCrossed
        : record.FoundNothing || record.Problems.Count(ProblemKind.Lost) > 0 ? ExitCode.BadInput
        : ExitCode.Success;
}
