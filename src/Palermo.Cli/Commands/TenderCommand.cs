using System.CommandLine;
using Palermo.Cli.Rules;
using Palermo.Cli.Tender;
using Palermo.Documents.Markdown;
using Palermo.Documents.Packs;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Output;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo tender</c>: one tender, from facts or a notice to the documents.</summary>
internal static class TenderCommand
{
    public static Command Create(TimeProvider clock)
    {
        var options = new TenderOptions();
        var ask = new Option<bool>("--ask") { Description = "Ask on the terminal, the most decisive question first; \"?\" says why it is asked, a blank answer means don't know." };
        var save = new Option<string?>("--save") { Description = "File for the facts; --ask writes facts.json otherwise.", HelpName = "FILE" };
        var format = new Option<string>("--format", "-f") { Description = "What goes to standard output: markdown or json.", DefaultValueFactory = _ => "markdown" };
        format.AcceptOnlyFromAmong("markdown", "json");
        var command = new Command("tender", """
            Prepare a tender: risk brief, rules that bind, and the document pack (DOCX, HTML, Markdown, ESPD, eForms, OCDS, calendar).
              Example: palermo tender gloves.json --lang fr --output pack
              Example: palermo tender --ask --save gloves.json --output pack
              Exit codes: 0 success; 2 wrong usage; 3 the tender can't be read; 4 a fault of Palermo.
            """) { ask, save, format };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            try
            {
                var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
                var rules = options.Rules(parsed);
                var path = parsed.GetValue(options.Tender);
                if (path is null && !parsed.GetValue(ask) && (parsed.GetValue(options.Fact) ?? []).Length == 0)
                {
                    throw new UsageException("Name a tender: palermo tender FILE, or answer questions: palermo tender --ask.");
                }

                var read = path is null ? new TenderInput("facts of the command line", new TenderFacts(), null) : TenderInput.Read(path, parsed.GetValue(options.Ocid), rules, today);
                var (input, draft) = options.Read(parsed, rules, read, today);
                if (parsed.GetValue(ask))
                {
                    var facts = new Conversation(Console.In, Console.Out, rules, draft.Clauses, parsed.GetValue(options.Language)!).Ask(draft.Facts, f => options.Draft(parsed, rules, input, f, today));
                    draft = options.Draft(parsed, rules, input, facts, today);
                }

                Save(parsed.GetValue(save) ?? (parsed.GetValue(ask) ? "facts.json" : null), draft.Facts);
                return Write(TenderOptions.DrawUp(draft), parsed.GetValue(options.Output), parsed.GetValue(format) == "json", quiet: parsed.GetValue(ask), options.Minor(parsed), options.Issued(parsed, draft, clock));
            }
            catch (BadInputException e)
            {
                return RulesCommand.Tell(e);
            }
        });
        return command;
    }

    private static void Save(string? path, TenderFacts facts)
    {
        if (path is null)
        {
            return;
        }

        using (var file = CommonOptions.OpenOutput(path))
        {
            JsonOut.Write(file, w => FactsFile.Write(facts, w));
        }

        Console.Error.WriteLine($"palermo: The facts are in {path}. Edit it and run again: palermo tender {path}");
    }

    private static int Write(Prevent.Drafting.TenderPack pack, string? folder, bool json, bool quiet, int sdk, DateTimeOffset time)
    {
        if (folder is null)
        {
            if (json)
            {
                Console.Out.WriteLine(PackManifest.Write(pack));
            }
            else if (!quiet)
            {
                Console.Out.WriteLine(MarkdownWriter.Write(pack.Documents[0]));
                Console.Out.WriteLine(MarkdownWriter.Write(pack.Documents[1]));
            }

            return ExitCode.Success;
        }

        PackReport.Write(pack, folder, biddingOnly: false, json, sdk, time);
        return ExitCode.Success;
    }
}
