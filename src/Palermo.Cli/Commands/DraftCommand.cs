using System.CommandLine;
using System.Text;
using System.Text.Json;
using Palermo.Cli.Rules;
using Palermo.Cli.Tender;
using Palermo.Documents.Markdown;
using Palermo.Documents.Packs;
using Palermo.Documents.Reading;
using Palermo.Knowledge;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Checking;
using Palermo.Prevent.Drafting;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo draft</c>: the bidding documents alone, and the check of a draft that somebody else wrote.</summary>
internal static class DraftCommand
{
    public static Command Create(TimeProvider clock)
    {
        var options = new TenderOptions();
        var check = new Option<string?>("--check") { Description = "Read this draft (DOCX, ODT, HTML, Markdown, text) instead: which binding obligations it covers, which it misses, which clauses nothing requires.", HelpName = "FILE" };
        var format = new Option<string>("--format", "-f") { Description = "markdown or json.", DefaultValueFactory = _ => "markdown" };
        format.AcceptOnlyFromAmong("markdown", "json");
        var failOn = new Option<string?>("--fail-on") { Description = "missing: exit code 1 if the draft misses what a binding rule asks of documents.", HelpName = "WHAT" };
        failOn.AcceptOnlyFromAmong("missing");
        var command = new Command("draft", """
            Draw up the bidding documents of a tender, or check a draft that somebody else wrote.
              Example: palermo draft gloves.json --lang es --output documents
              Example: palermo draft gloves.json --check my-tender.docx
              A draft made by Palermo carries its facts: palermo draft --check bidding-documents.docx
              Exit codes: 0 success; 1 --fail-on missing, and something is; 2 wrong usage; 3 the tender or the draft can't be read; 4 a fault of Palermo.
            """) { check, format, failOn };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            try
            {
                var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
                var rules = options.Rules(parsed);
                return parsed.GetValue(check) is { } file
                    ? Check(parsed, options, rules, file, today, parsed.GetValue(format) == "json", parsed.GetValue(failOn) is not null)
                    : Draw(parsed, options, rules, today, clock, parsed.GetValue(format) == "json");
            }
            catch (BadInputException e)
            {
                return RulesCommand.Tell(e);
            }
            catch (UnreadableDraftException e)
            {
                Console.Error.WriteLine($"palermo: {e.Message}");
                return ExitCode.BadInput;
            }
        });
        return command;
    }

    private static int Draw(ParseResult parsed, TenderOptions options, RuleLibrary rules, DateOnly today, TimeProvider clock, bool json)
    {
        if (parsed.GetValue(options.Tender) is not { } path)
        {
            throw new UsageException("Name a tender: palermo draft FILE --output FOLDER; or a draft to check: palermo draft --check FILE.");
        }

        var (_, draft) = options.Read(parsed, rules, TenderInput.Read(path, parsed.GetValue(options.Ocid), rules, today), today);
        var pack = TenderOptions.DrawUp(draft);
        if (parsed.GetValue(options.Output) is { } folder)
        {
            PackReport.Write(pack, folder, biddingOnly: true, json, options.Minor(parsed), options.Issued(parsed, draft, clock));
        }
        else
        {
            Console.Out.WriteLine(json ? PackManifest.Write(pack) : MarkdownWriter.Write(pack.Documents.First(d => d.Id == "bidding-documents")));
        }

        return ExitCode.Success;
    }

    private static int Check(ParseResult parsed, TenderOptions options, RuleLibrary rules, string file, DateOnly today, bool json, bool failOnMissing)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"--check {file}: there is no such file.");
        }

        var draft = DraftReader.Read(File.ReadAllBytes(file), file);
        var input = Tender(parsed, options, rules, draft, today);
        var findings = new DraftCheck(options.Clauses(parsed), rules.Measures, Catalogue.Default).Check(draft, input?.Ruling);
        if (json)
        {
            DraftFindingsWriter.WriteJson(file, findings, input);
        }
        else
        {
            DraftFindingsWriter.WriteMarkdown(file, findings, input);
        }

        return failOnMissing && findings.Missing.Count > 0 ? ExitCode.BarCrossed : ExitCode.Success;
    }

    // The tender named, else the facts the draft carries, else those of the command line, else none.
    private static DraftInput? Tender(ParseResult parsed, TenderOptions options, RuleLibrary rules, DraftText draft, DateOnly today)
    {
        TenderInput? named = null;
        if (parsed.GetValue(options.Tender) is { } path)
        {
            named = TenderInput.Read(path, parsed.GetValue(options.Ocid), rules, today);
        }
        else if (draft.Manifest is { } manifest)
        {
            using var json = JsonDocument.Parse(manifest);
            var (facts, problems, _) = rules.ReadFacts(Encoding.UTF8.GetBytes(json.RootElement.GetProperty("tender").GetRawText()), "facts of the draft");
            named = new TenderInput("facts of the draft", facts ?? throw new BadInputException(problems), null);
        }
        else if ((parsed.GetValue(options.Fact) ?? []).Length > 0)
        {
            named = new TenderInput("facts of the command line", new TenderFacts(), null);
        }

        return named is null ? null : options.Read(parsed, rules, named, today).Draft;
    }
}
