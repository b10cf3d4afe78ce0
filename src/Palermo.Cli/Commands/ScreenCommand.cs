using System.CommandLine;
using Palermo.Cli.Running;
using Palermo.Identify;
using Palermo.Knowledge.Editions;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo screen</c>: screen procurement data.</summary>
internal static class ScreenCommand
{
    private static readonly string[] s_bars = ["low", "medium", "high", "critical"];

    public static Command Create(TimeProvider clock)
    {
        var inputs = CommonOptions.Inputs("Files, folders or patterns; - for standard input. Without any, the shipped sample.");
        var format = new Option<string>("--format", "-f") { Description = "table, jsonl, csv, parquet or html.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "jsonl", "csv", "parquet", "html");
        var output = CommonOptions.Output();
        var report = new Option<string?>("--report") { Description = "File for the HTML report, beside the results.", HelpName = "FILE" };
        var runRecord = new Option<string?>("--run-record") { Description = "File for the record of the run; FILE.run.json beside --output otherwise.", HelpName = "FILE" };
        var asOf = CommonOptions.Date("--as-of", "Date at which lists and measures count; today otherwise.");
        var threads = CommonOptions.Threads();
        var encoding = CommonOptions.Encoding();
        var columns = CommonOptions.Columns();
        var problems = CommonOptions.Problems();
        var failOn = new Option<string?>("--fail-on") { Description = "Exit with 1 if a process reaches this level: low, medium, high, critical.", HelpName = "LEVEL" };
        failOn.AcceptOnlyFromAmong(s_bars);
        var buyer = new Option<string>("--buyer") { Description = "Only processes whose buyer's name or id contains this.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var country = new Option<string[]>("--country") { Description = "Only processes with a party or delivery in one of these countries (names or ISO codes).", HelpName = "COUNTRY", AllowMultipleArgumentsPerToken = true };
        var from = CommonOptions.Date("--from", "Only releases of this date or later.");
        var to = CommonOptions.Date("--to", "Only releases of this date or earlier.");
        var indicator = new Option<string[]>("--indicator") { Description = $"Only these indicators: {string.Join(", ", Screener.IndicatorsOf(true, []).Select(i => i.Id))}.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var list = new Option<string[]>("--list") { Description = "Exclusion list to compare tenderers, suppliers and subcontractors with (palermo lists); again for more.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var resume = new Option<bool>("--resume") { Description = "Go on with a run that was cut short: the same command, --format jsonl, and the --output it left." };
        var rules = new Option<bool>("--rules") { Description = "Judge each process by rules too: which regimes bind, and which safeguards its publication shows (results as jsonl, report and run record)." };
        var fact = new Option<string[]>("--fact") { Description = "With --rules: a fact that holds for all processes that do not publish it, name=value; again for more. --fact buyer.country=AU", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = true };
        var data = CommonOptions.DataFolder();
        var quiet = CommonOptions.Quiet();

        var command = new Command("screen", """
            Screen procurement data (OCDS, eForms notices, CSV and XLSX tables) for the risk of trafficking, forced labour and child labour.
              Example: palermo screen data/ --format jsonl --output findings.jsonl --report report.html
              Exit codes: 0 success; 1 --fail-on was reached; 2 wrong usage; 3 some input could not be read; 4 a fault of Palermo.
            """)
        {
            inputs, format, output, report, runRecord, asOf, threads, failOn, buyer, country, from, to, indicator, list, rules, fact, columns, data, resume, encoding, problems, quiet,
        };
        command.SetAction(parsed => new ScreenRun(new ScreenRequest(
            parsed.GetValue(inputs) ?? [],
            Enum.Parse<ResultFormat>(parsed.GetValue(format)!, ignoreCase: true),
            parsed.GetValue(output),
            parsed.GetValue(report),
            parsed.GetValue(runRecord),
            parsed.GetValue(asOf) ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
            parsed.GetValue(asOf) is not null,
            parsed.GetValue(threads),
            parsed.GetValue(failOn) is { } bar ? Enum.Parse<Level>(bar, ignoreCase: true) : null,
            parsed.GetValue(buyer) ?? "",
            parsed.GetValue(country) ?? [],
            parsed.GetValue(from),
            parsed.GetValue(to),
            parsed.GetValue(indicator) ?? [],
            CommonOptions.ReadOptions(parsed, encoding, columns, parsed.GetValue(threads)),
            parsed.GetValue(problems),
            parsed.GetValue(data) ?? EditionStore.DefaultFolder,
            parsed.GetValue(list) ?? [],
            parsed.GetValue(data),
            parsed.GetValue(resume),
            parsed.GetValue(rules),
            parsed.GetValue(fact) ?? [],
            parsed.GetValue(quiet)), clock).Run());
        return command;
    }
}
