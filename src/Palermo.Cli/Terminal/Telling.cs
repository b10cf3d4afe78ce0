using Palermo.Cli.Running;
using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Procurement;
using Spectre.Console;

namespace Palermo.Cli.Terminal;

/// <summary>The summary of a run for a terminal: read in ten seconds, then the most salient processes.</summary>
internal sealed class Telling(Catalogue catalogue, RunRecord record, TimeSpan elapsed, long bytes, string? report)
{
    private const int ShownProcesses = 10;
    private const int ShownProblems = 8;
    private const long LargeRun = 50_000_000;

    public void Write(TextWriter writer, bool withProcesses)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (Console.IsOutputRedirected || writer != Console.Out)
        {
            console.Profile.Width = 120;
        }

        if (record.FoundNothing)
        {
            console.MarkupLine("[bold]No contracting process was found in the input.[/] Give releases, records or packages of OCDS.");
        }

        WriteCounts(console);
        WriteCoverage(console);
        WriteRules(console);
        if (withProcesses)
        {
            WriteProcesses(console);
        }

        WriteProblems(console);
        if (report is not null)
        {
            console.MarkupLineInterpolated($"Report for a browser: [bold]{report}[/]");
        }
    }

    private void WriteCounts(IAnsiConsole console)
    {
        var summary = record.Summary;
        var inputs = record.Inputs.Count == 1 ? record.Inputs[0].Name : $"{record.Inputs.Count} files";
        if (record.Interrupted)
        {
            console.MarkupLine("[bold]Interrupted.[/] What follows, and what was written, covers only the part of the input that was done.");
        }

        console.MarkupLineInterpolated($"[bold]{summary.Processes:N0} processes[/] screened, {inputs}; as of {record.AsOf:yyyy-MM-dd}, data edition {record.DataEdition}.");
        if (summary.FilteredOut > 0)
        {
            console.MarkupLineInterpolated($"{summary.FilteredOut:N0} more were left out by the filters.");
        }

        console.MarkupLine(string.Join("   ", new[] { Level.Critical, Level.High, Level.Medium, Level.Low, Level.Hint, Level.None, Level.Unknown }
            .Select(level => $"[{Style(level)}]{level.Name()}[/] {summary.Count(level):N0}")));
        if (bytes > LargeRun)
        {
            console.MarkupLineInterpolated($"[dim]{bytes / 1e6:N0} MB in {elapsed.TotalSeconds:N1} s, {bytes / 1e6 / elapsed.TotalSeconds:N0} MB/s.[/]");
        }

        console.WriteLine();
    }

    private void WriteRules(IAnsiConsole console)
    {
        if (record.Rules is not { } rules)
        {
            return;
        }

        console.MarkupLineInterpolated($"Rules: {rules.Binding.Count} regimes bind some of the {rules.Processes:N0} processes{(rules.Undated > 0 ? $"; {rules.Undated:N0} publish no day to judge at" : "")}.");
        foreach (var (measure, tally) in rules.Measures.OrderByDescending(m => m.Value.Bound).ThenBy(m => m.Key, StringComparer.Ordinal))
        {
            console.MarkupLineInterpolated($"  {measure}: {tally.Bound:N0} had to carry it; {tally.Shown:N0} show it, {tally.NotShown:N0} do not, in {tally.CannotBeSeen:N0} it can't be seen");
        }

        console.WriteLine();
    }

    private void WriteCoverage(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("indicator", "found", "judged", "in part", "not judged", "what would settle it");
        foreach (var column in table.Columns.Skip(1).Take(4))
        {
            column.RightAligned();
        }

        foreach (var indicator in record.Summary.Indicators)
        {
            var tally = record.Summary.ByIndicator[indicator.Id];
            var missing = tally.Reasons.OrderByDescending(r => r.Value.Count).ThenBy(r => r.Key, StringComparer.Ordinal).Select(r => r.Value.Missing).FirstOrDefault() ?? "";
            table.AddRow(
                indicator.Id,
                tally.Found.ToString("N0"),
                Share(tally.Judged),
                Share(tally.Partly),
                Share(tally.NotJudged),
                Markup.Escape(missing));
        }

        console.Write(table);
    }

    private string Share(long count) => record.Summary.Processes == 0 ? "–" : $"{100.0 * count / record.Summary.Processes:0.#} %";

    private void WriteProcesses(IAnsiConsole console)
    {
        var top = record.Summary.Top.Where(t => t.Assessment.Salience > Level.Hint).Take(ShownProcesses).ToArray();
        if (top.Length == 0)
        {
            console.WriteLine("No process has a finding. That is not the same as no risk: see the table above for what could be judged.");
            return;
        }

        console.MarkupLine("[bold]Most salient[/] (a finding is a reason to look, never a verdict on anybody)");
        foreach (var ranked in top)
        {
            var a = ranked.Assessment;
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{a.Ocid}[/]  {Clip(a.Title.ToString(), 70)}");
            console.MarkupLine($"  [dim]{Markup.Escape(Clip(string.Join(" → ", new[] { a.BuyerName.ToString(), Phrase([.. a.Suppliers.Select(s => s.ToString())]) }.Where(t => t.Length > 0)), 110))}[/]");
            console.MarkupLine($"  [{Style(a.Salience)}]{a.Salience.Name()}[/]  {Markup.Escape(a.Findings[0].Sentence)}");
            var more = a.Findings.Count(f => f.Level > Level.Hint) - 1;
            console.MarkupLine($"  [dim]{Markup.Escape(a.Findings[0].Path)}: {Markup.Escape(Clip(a.Findings[0].Evidence, 100))}{(more > 0 ? $"; {more} more finding{(more > 1 ? "s" : "")}" : "")}[/]");
            console.MarkupLine($"  [dim]sources: {Markup.Escape(string.Join(", ", a.Findings[0].Sources.Select(Cite)))}[/]");
        }

        console.WriteLine();
    }

    private void WriteProblems(IAnsiConsole console)
    {
        var problems = record.Problems;
        var lost = problems.Count(ProblemKind.Lost);
        var mended = problems.Count(ProblemKind.Mended);
        if (lost > 0)
        {
            console.MarkupLine($"[bold]{lost:N0} piece{(lost > 1 ? "s" : "")} of the input could not be read[/] and {(lost > 1 ? "were" : "was")} not screened:");
            foreach (var problem in problems.Kept.Where(p => p.Kind == ProblemKind.Lost).Take(ShownProblems))
            {
                console.WriteLine($"  {problem}");
            }

            if (lost > ShownProblems)
            {
                console.MarkupLineInterpolated($"  … and {lost - ShownProblems:N0} more (--problems FILE lists all).");
            }
        }

        if (mended > 0)
        {
            console.MarkupLineInterpolated($"{mended:N0} slips in the data were mended while reading (--problems FILE lists them).");
        }

        if (problems.Count(ProblemKind.Ignored) is > 0 and var ignored)
        {
            console.MarkupLineInterpolated($"{ignored:N0} files or objects without procurement data were passed over.");
        }
    }

    private string Cite(string id) => catalogue.Sources.TryGetValue(id, out var source) ? $"{id} ({source.EditionDate})" : id;

    private static string Phrase(IReadOnlyList<string> names) => names.Count == 0 ? "" : names.Count == 1 ? names[0] : $"{names[0]} and {names.Count - 1} more";

    private static string Clip(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";

    private static string Style(Level level) => level switch
    {
        Level.Critical => "bold white on red",
        Level.High => "bold red",
        Level.Medium => "yellow",
        Level.Low => "blue",
        Level.Unknown => "dim italic",
        _ => "dim",
    };
}
