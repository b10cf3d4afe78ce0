using System.Diagnostics;
using Palermo.Cli.Report;
using Palermo.Cli.Terminal;
using Palermo.Identify;
using Palermo.Identify.Output;
using Palermo.Identify.Runs;
using Palermo.Knowledge;
using Palermo.Knowledge.Editions;
using Palermo.Parquet;
using Palermo.Procurement;

namespace Palermo.Cli.Running;

/// <summary>One screening from start to exit code.</summary>
internal sealed class ScreenRun(ScreenRequest request, TimeProvider clock)
{
    private const string DefaultReport = "palermo-report.html";

    public int Run()
    {
        var watch = Stopwatch.StartNew();
        var (catalogue, editions) = Knowledge();
        var loaded = watch.Elapsed;
        var useSample = request.Inputs.Count == 0;
        var report = request.Report ?? (useSample && request.Format == ResultFormat.Table ? DefaultReport : null);
        using var interruption = new Interruption();
        using var output = Results(catalogue);
        using var problemFile = request.Problems is null ? null : CommonOutput(request.Problems);
        using var source = new ProcessSource(useSample ? ["-"] : request.Inputs, useSample ? Sample.AsStandardInput(request.Reading) : request.Reading);
        var started = clock.GetUtcNow();
        watch.Restart();
        // Most files hold each process once. Where what was written can be taken back, that is assumed until it proves wrong.
        var (pipeline, workers) = Screen(catalogue, source, output, problemFile, together: !CanStartOver(output, problemFile), interruption.Token);
        if (pipeline.MustStartOver)
        {
            Array.ForEach(workers, w => w.Dispose());
            CutOff(output);
            CutOff(problemFile);
            source.StartOver();
            (pipeline, workers) = Screen(catalogue, source, output, problemFile, together: true, interruption.Token);
        }

        var summary = new RunSummary(workers[0].Summary.Indicators);
        Array.ForEach(workers, w => summary.Merge(w.Summary));
        var record = new RunRecord(ProgramVersion.Text, catalogue.Edition, editions, request.AsOf, started, pipeline.Interrupted, source.Inputs, request.Options, summary, pipeline.Problems);
        WriteReports(catalogue, record, report);
        Array.ForEach(workers, w => w.Dispose());
        if (request.Format == ResultFormat.Table || !request.Quiet)
        {
            var told = new Telling(catalogue, record, watch.Elapsed, pipeline.InputDone, report);
            told.Write(request.Format == ResultFormat.Table ? Console.Out : Console.Error, withProcesses: request.Format == ResultFormat.Table);
        }

        if (Environment.GetEnvironmentVariable("PALERMO_DEBUG") is { Length: > 0 })
        {
            Console.Error.WriteLine($"GC {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}, pauses {GC.GetTotalPauseDuration().TotalMilliseconds:N0} ms, allocated {GC.GetTotalAllocatedBytes() / 1e6:N0} MB, data/ loaded in {loaded.TotalMilliseconds:N0} ms, all {watch.Elapsed.TotalMilliseconds:N0} ms");
        }

        return ExitCodeOf(record);
    }

    private (Pipeline Pipeline, ScreenWorker[] Workers) Screen(Catalogue catalogue, ProcessSource source, Stream output, Stream? problemFile, bool together, CancellationToken cancel)
    {
        var workers = CreateWorkers(catalogue);
        var pipeline = new Pipeline(source, output, together);
        pipeline.Problems.WriteTo(problemFile);
        if (request.Format == ResultFormat.Csv)
        {
            WriteCsvHeader(output);
        }

        Progress.Show(request.Quiet, source, pipeline, () => pipeline.Run(workers, cancel));
        return (pipeline, workers);
    }

    private Stream Results(Catalogue catalogue) => request.Format switch
    {
        ResultFormat.Jsonl or ResultFormat.Csv => CommonOutput(request.Output),
        ResultFormat.Parquet => new ParquetStream(
            CommonOutput(request.Output ?? throw new UsageException("Parquet is written from both ends: name a file, --output findings.parquet.")),
            new SortedDictionary<string, string>(StringComparer.Ordinal) { ["palermo"] = ProgramVersion.Text, ["dataEdition"] = catalogue.Edition, ["asOf"] = request.AsOf.ToString("yyyy-MM-dd") }),
        _ => Stream.Null,
    };

    private (Catalogue Catalogue, IReadOnlyList<Edition> Editions) Knowledge()
    {
        try
        {
            var store = new EditionStore(request.DataFolder);
            var editions = EditionCatalogue.Counting(store, request.AsOf);
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
        var indicators = request.Indicators.Count == 0 ? null : request.Indicators.ToHashSet(StringComparer.Ordinal);
        var filter = new ProcessFilter(request.Buyer, request.Countries.Select(c => catalogue.FindCountry(c)?.Id ?? throw new UsageException($"--country {c}: no country of that name or code. Use a name in one of eight languages or an ISO 3166-1 code.")).ToHashSet(StringComparer.Ordinal), request.From, request.To);
        try
        {
            return [.. Enumerable.Range(0, request.Threads).Select(_ => new ScreenWorker(new Screener(catalogue, new ScreeningOptions(request.AsOf, indicators)), filter, request.Format))];
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--indicator: {e.Message}");
        }
    }

    private static Stream CommonOutput(string? path) => Commands.CommonOptions.OpenOutput(path);

    private static void WriteCsvHeader(Stream output)
    {
        var header = new System.Buffers.ArrayBufferWriter<byte>();
        AssessmentCsv.WriteHeader(header);
        output.Write(header.WrittenSpan);
    }

    private void WriteReports(Catalogue catalogue, RunRecord record, string? report)
    {
        if (request.Format == ResultFormat.Html)
        {
            using var output = CommonOutput(request.Output);
            HtmlReport.Write(output, catalogue, record);
        }

        if (report is not null)
        {
            using var output = CommonOutput(report);
            HtmlReport.Write(output, catalogue, record);
        }

        if ((request.RunRecord ?? (request.Output is { } beside ? beside + ".run.json" : null)) is { } recordPath)
        {
            using var output = CommonOutput(recordPath);
            record.Write(output);
        }
    }

    private int ExitCodeOf(RunRecord record) =>
        record.Interrupted ? ExitCode.Interrupted
        : request.FailOn is { } bar && record.Summary.CountFrom(bar) > 0 ? ExitCode.BarCrossed
        : record.FoundNothing || record.Problems.Count(ProblemKind.Lost) > 0 ? ExitCode.BadInput
        : ExitCode.Success;
}
