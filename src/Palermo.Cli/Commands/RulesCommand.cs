using System.CommandLine;
using Palermo.Cli.Rules;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Gaps;
using Palermo.Prevent.Output;
using Palermo.Prevent.Rules;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo rules</c>: which obligations bind a tender, why, and what is unknown.</summary>
internal static class RulesCommand
{
    public static Command Create(TimeProvider clock)
    {
        var tender = new Argument<string?>("tender") { Description = "A file of facts, or a published tender: OCDS, an eForms notice; - for standard input.", Arity = ArgumentArity.ZeroOrOne };
        var ocid = new Option<string?>("--ocid") { Description = "The process, where the file holds several.", HelpName = "OCID" };
        var format = new Option<string>("--format", "-f") { Description = "markdown or json.", DefaultValueFactory = _ => "markdown" };
        format.AcceptOnlyFromAmong("markdown", "json");
        var output = CommonOptions.Output();
        var asOf = CommonOptions.Date("--as-of", "Judge as of this day, whatever days are published.");
        var fact = new Option<string[]>("--fact") { Description = "A fact: name=value; again for more. tender.value=\"216000 EUR\", buyer.codes=us-federal,us-dod", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = true };
        var regime = new Option<string[]>("--regime") { Description = "Only this regime; again for more.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var pack = PackOption();
        var explain = new Option<bool>("--explain") { Description = "Show each condition as it was judged, and what would flip it." };
        var save = new Option<string?>("--save") { Description = "File that keeps the ruling with the packs that made it, so that it can be judged again later.", HelpName = "FILE" };
        var again = new Option<string?>("--again") { Description = "Judge a saved ruling again: by the packs it keeps and by today's, and show what changed.", HelpName = "FILE" };
        var listFacts = new Option<bool>("--facts") { Description = "List the facts that rules read, with their questions, codes and places in OCDS and eForms." };
        var listRegimes = new Option<bool>("--regimes") { Description = "List the regimes." };
        var command = new Command("rules", """
            Say which obligations bind a tender, phase by phase, with citations; which questions are open; which regimes do not bind and why.
              Example: palermo rules tender-facts.json --as-of 2026-03-01 --fact risk.level=high
              Exit codes: 0 success; 2 wrong usage; 3 the tender can't be read; 4 a fault of Palermo.
            """) { tender, ocid, format, output, asOf, fact, regime, pack, explain, save, again, listFacts, listRegimes };
        command.SetAction(parsed =>
        {
            try
            {
                var library = RulesRequest.Library(parsed.GetValue(pack) ?? []);
                if (parsed.GetValue(listFacts) || parsed.GetValue(listRegimes))
                {
                    return List(library, parsed.GetValue(listFacts), parsed.GetValue(format) == "json");
                }

                if (parsed.GetValue(again) is { } saved)
                {
                    return SavedRuling.JudgeAgain(saved, library);
                }

                var path = parsed.GetValue(tender);
                var given = parsed.GetValue(fact) ?? [];
                if (path is null && given.Length == 0)
                {
                    throw new UsageException("Name a tender: palermo rules FILE, or give facts: palermo rules --fact buyer.country=NO --as-of 2026-03-01. The facts that rules read: palermo rules --facts.");
                }

                var input = path is null ? new TenderInput("facts of the command line", new TenderFacts(), null) : TenderInput.Read(path, parsed.GetValue(ocid), library, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
                return Judge(library, input, RulesRequest.With(input.Facts, library, given, parsed.GetValue(asOf)), RulesRequest.Regimes(parsed.GetValue(regime) ?? [], library), parsed.GetValue(format) == "json", parsed.GetValue(output), parsed.GetValue(explain), parsed.GetValue(save));
            }
            catch (BadInputException e)
            {
                return Tell(e);
            }
        });
        return command;
    }

    public static Option<string[]> PackOption() => new("--pack") { Description = "A pack of your own, laid over the shipped ones: a buyer's policy, say; again for more.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };

    public static int Tell(BadInputException problem)
    {
        foreach (var line in problem.Problems)
        {
            Console.Error.WriteLine($"palermo: {line}");
        }

        return ExitCode.BadInput;
    }

    private static int Judge(RuleLibrary library, TenderInput input, TenderFacts facts, HashSet<string>? regimes, bool json, string? path, bool explain, string? save)
    {
        var engine = new RuleEngine(library);
        var sheet = engine.NewSheet();
        sheet.Load(facts);
        var ruling = RulingMaker.Make(engine, sheet, regimes);
        var gaps = input.Published is { } published
            ? GapFinder.Find(library.Measures, ruling.Packs.Where(p => p.Applies == Truth.True).SelectMany(p => p.Provisions).Where(p => p.Result == Truth.True).Select(p => p.Provision).OfType<Obligation>(), published)
            : null;
        using var output = CommonOptions.OpenOutput(path);
        if (json)
        {
            RulesJson.Write(output, input.Name, facts, ruling, gaps, explain);
        }
        else
        {
            using var text = new StreamWriter(output);
            new RulesMarkdown(text, explain).Write(input, facts, ruling, gaps);
        }

        if (save is not null)
        {
            SavedRuling.Save(save, input.Name, facts, ruling);
        }

        return ExitCode.Success;
    }

    private static int List(RuleLibrary library, bool facts, bool json)
    {
        if (json)
        {
            VocabularyWriter.WriteJson(library, facts);
        }
        else
        {
            VocabularyWriter.WriteMarkdown(library, facts);
        }

        return ExitCode.Success;
    }
}
