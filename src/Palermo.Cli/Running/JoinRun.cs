using System.Diagnostics;
using Palermo.Cli.Terminal;
using Palermo.Identify;
using Palermo.Identify.Output;
using Palermo.Identify.Runs;
using Palermo.Knowledge;
using Palermo.Prevent.Gaps;
using Palermo.Procurement;

namespace Palermo.Cli.Running;

/// <summary>
/// Joins the results of runs over parts of an input into those of one run over all of it. The order of the parts does
/// not matter: lines are sorted by the file and place they came from.
/// </summary>
internal sealed class JoinRun(IReadOnlyList<string> results, ResultFormat format, string? output, string? report, bool quiet, TimeProvider clock)
{
    private const int ShownTwice = 5;
    private readonly RuleTallies _rules = new();

    public int Run()
    {
        var watch = Stopwatch.StartNew();
        var runs = results.Select(SavedRun.Beside).ToList();
        for (var i = 0; i < runs.Count; i++)
        {
            if (runs[i].Interrupted)
            {
                throw new UsageException($"The run of {results[i]} was cut short. Go on with it first: palermo screen … --output {results[i]} --resume.");
            }

            if (runs[i].DiffersFrom(runs[0].DataEdition, runs[0].AsOf, runs[0].Options) is { } difference)
            {
                throw new UsageException($"{results[i]} and {results[0]} can't be joined: {difference}. Screen both with the same.");
            }
        }

        using var files = new Files([.. results.Select(Open)]);
        var (lines, twice) = Index(files);
        if (twice.Count > 0)
        {
            Console.Error.WriteLine($"palermo: {twice.Count} process{(twice.Count > 1 ? "es stand" : " stands")} in more than one of the results, so the pieces were judged apart: {string.Join(", ", twice.Take(ShownTwice))}{(twice.Count > ShownTwice ? " …" : "")}. Screen the inputs that hold them together.");
            return ExitCode.BadInput;
        }

        var indicators = Screener.IndicatorsOf(runs[0].Options.ContainsKey("list"), runs[0].Options.GetValueOrDefault("indicator", "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var summary = new RunSummary(indicators) { FilteredOut = runs.Sum(r => r.FilteredOut) };
        using (var written = ResultFiles.Open(format, output, runs[0].DataEdition, runs[0].AsOf))
        {
            ResultFiles.WriteHeader(format, written);
            Write(files, lines, summary, written);
        }

        var problems = new ProblemLog();
        foreach (var run in runs.OrderBy(r => r.Inputs.Count > 0 ? r.Inputs[0].Name : "", StringComparer.Ordinal))
        {
            problems.AddSaved(run.ProblemCounts, run.Problems);
        }

        var record = new RunRecord(ProgramVersion.Text, runs[0].DataEdition, [], runs[0].AsOf, clock.GetUtcNow(), false, [.. runs.SelectMany(r => r.Inputs).DistinctBy(i => (i.Name, i.Hash)).OrderBy(i => i.Name, StringComparer.Ordinal)], runs[0].Options, summary, problems) { Rules = runs[0].Options.ContainsKey("rules") ? _rules : null };
        ResultFiles.WriteReports(Catalogue.Default, record, format, output, report);
        if (output is not null)
        {
            ResultFiles.WriteRecord(record, output + ".run.json");
        }

        if (format == ResultFormat.Table || !quiet)
        {
            new Telling(Catalogue.Default, record, watch.Elapsed, 0, report).Write(format == ResultFormat.Table ? Console.Out : Console.Error, withProcesses: format == ResultFormat.Table);
        }

        return record.FoundNothing || problems.Count(ProblemKind.Lost) > 0 ? ExitCode.BadInput : ExitCode.Success;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} can't be read: {e.Message}");
        }
    }

    // Where each line lies and what it is sorted by; forty bytes a process.
    private static (List<Line> Lines, List<string> Twice) Index(Files files)
    {
        var sources = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var twice = new List<string>();
        var lines = new List<Line>();
        for (var f = 0; f < files.All.Count; f++)
        {
            var at = 0L;
            var number = 0;
            Running.Lines.Read(files.All[f], line =>
            {
                number++;
                var assessment = Parse(files.All[f].Name, number, line);
                if (!seen.Add(assessment.Ocid.Value))
                {
                    twice.Add(assessment.Ocid.Value);
                }

                if (!sources.TryGetValue(assessment.Origin.File, out var source))
                {
                    source = sources.Count;
                    sources.Add(assessment.Origin.File, source);
                }

                lines.Add(new Line(source, assessment.Origin.Offset, f, at, line.Length));
                at += line.Length + 1;
            });
        }

        var order = sources.OrderBy(s => s.Key, StringComparer.Ordinal).Select((s, i) => (s.Value, i)).ToDictionary(p => p.Value, p => p.i);
        lines.Sort((a, b) => (order[a.Source], a.Offset, a.File, a.At).CompareTo((order[b.Source], b.Offset, b.File, b.At)));
        return (lines, twice);
    }

    private void Write(Files files, List<Line> lines, RunSummary summary, Stream written)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using var writer = new ResultWriter(format);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = new byte[lines[i].Length];
            var file = files.All[lines[i].File];
            file.Position = lines[i].At;
            file.ReadExactly(line);
            var assessment = AssessmentReader.Read(line);
            summary.Add(assessment, i);
            RuleLines.Add(line, assessment, _rules);
            if (format is ResultFormat.Jsonl or ResultFormat.Parquet)
            {
                written.Write(line);
                written.WriteByte((byte)'\n');
            }
            else
            {
                writer.Write(assessment, buffer);
                written.Write(buffer.WrittenSpan);
                buffer.ResetWrittenCount();
            }
        }
    }

    private static Assessment Parse(string file, int number, ReadOnlyMemory<byte> line)
    {
        try
        {
            return AssessmentReader.Read(line);
        }
        catch (InvalidDataException e)
        {
            throw new UsageException($"{file}, line {number}: {e.Message} Give results of palermo screen --format jsonl.");
        }
    }

    private readonly record struct Line(int Source, long Offset, int File, long At, int Length);

    private sealed class Files(IReadOnlyList<FileStream> all) : IDisposable
    {
        public IReadOnlyList<FileStream> All => all;

        public void Dispose()
        {
            foreach (var file in all)
            {
                file.Dispose();
            }
        }
    }
}
