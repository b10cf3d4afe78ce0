using System.CommandLine;
using Palermo.Cli.Running;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo join</c>: results of parts become those of the whole.</summary>
internal static class JoinCommand
{
    public static Command Create(TimeProvider clock)
    {
        var results = new Argument<string[]>("results") { Description = "Results of palermo screen --format jsonl, each with its record (.run.json) beside it.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format", "-f") { Description = "table, jsonl, csv, parquet or html.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "jsonl", "csv", "parquet", "html");
        var output = CommonOptions.Output();
        var report = new Option<string?>("--report") { Description = "File for the HTML report, beside the results.", HelpName = "FILE" };
        var quiet = CommonOptions.Quiet();
        var command = new Command("join", """
            Join the results of runs over parts of an input, in any order, into those of one run over all of it; or make another form or a report of one.
              Example: palermo join 2024.jsonl 2025.jsonl --format jsonl --output all.jsonl --report all.html
              A process of which pieces stand in several parts is named, not joined: it has to be judged as a whole.
            """)
        {
            results, format, output, report, quiet,
        };
        command.SetAction(parsed => new JoinRun(parsed.GetValue(results)!, Enum.Parse<ResultFormat>(parsed.GetValue(format)!, ignoreCase: true), parsed.GetValue(output), parsed.GetValue(report), parsed.GetValue(quiet), clock).Run());
        return command;
    }
}
