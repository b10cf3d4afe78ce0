using System.CommandLine;
using System.Globalization;
using Palermo.Cli.Rules;
using Palermo.Knowledge.Authoring;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Authoring;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo check rules</c>: golden cases, and whether they would notice a mistake.</summary>
internal static class CheckRulesCommand
{
    public static Command Create()
    {
        var folder = CheckCommand.Folder();
        var only = new Option<string[]>("--pack") { Description = "Only this pack; again for more.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var suggest = new Option<bool>("--suggest") { Description = "Write golden cases that would notice the mistakes no case notices yet, as JSON to read against the law and to paste." };
        var command = new Command("rules", """
            Run the golden cases of the packs, then make every small mistake somebody could make (a figure or a day moved, a
            comparator changed, a condition dropped) and list those that no case notices. Writes Markdown.
              Example: palermo check rules --pack us-far-22.17
            """) { folder, only, suggest };
        command.SetAction(parsed => Run(CheckCommand.Find(parsed.GetValue(folder)), parsed.GetValue(only) ?? [], parsed.GetValue(suggest)));
        return command;
    }

    private static int Run(string folder, string[] only, bool suggest)
    {
        var (rules, _, problems) = DataFolder.ReadDocuments(folder);
        if (only.FirstOrDefault(o => !rules.Packs.Any(p => p.Id == o)) is { } unknown)
        {
            throw new UsageException($"There is no pack \"{unknown}\". There are {string.Join(", ", rules.Packs.Select(p => p.Id))}.");
        }

        var packs = rules.Packs.Where(p => only.Length == 0 || only.Contains(p.Id)).ToArray();
        if (problems.Count == 0)
        {
            problems = [.. packs.SelectMany(p => GoldenCases.Check(rules, p))];
        }

        if (problems.Count > 0)
        {
            foreach (var problem in problems)
            {
                Console.Error.WriteLine($"{Path.Combine(folder, problem.File)}:{problem.Line}: {problem.What} {problem.Mend}");
            }

            return ExitCode.BadInput;
        }

        if (suggest)
        {
            using var output = Console.OpenStandardOutput();
            CaseWriter.Write(packs.Select(p => (p.Id, CaseFinder.Propose(rules, p))), output);
            return ExitCode.Success;
        }

        Report(packs, [.. packs.Select(p => MutationRun.Run(rules, p))]);
        return ExitCode.Success;
    }

    private static void Report(Pack[] packs, MutationResult[] results)
    {
        Console.Out.WriteLine("| pack | golden cases | from the law | mistakes made | noticed |");
        Console.Out.WriteLine("|---|---:|---:|---:|---:|");
        foreach (var (pack, result) in packs.Zip(results))
        {
            Console.Out.WriteLine($"| {pack.Id} | {pack.Cases.Count} | {pack.Cases.Count(c => c.Origin != "own")} | {result.Made} | {Share(result.Noticed, result.Made)} |");
        }

        Console.Out.WriteLine($"| all {packs.Length} | {packs.Sum(p => p.Cases.Count)} | {packs.Sum(p => p.Cases.Count(c => c.Origin != "own"))} | {results.Sum(r => r.Made)} | {Share(results.Sum(r => r.Noticed), results.Sum(r => r.Made))} |");
        if (results.Any(r => r.Survivors.Count > 0))
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine("Not noticed (if palermo check rules --suggest proposes no case for one, no case can tell it from the pack):");
            Console.Out.WriteLine();
            foreach (var result in results)
            {
                foreach (var (line, what, _) in result.Survivors)
                {
                    Console.Out.WriteLine($"- {result.Pack}, line {line}: {what}");
                }
            }
        }
    }

    private static string Share(int part, int whole) => whole == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{part} ({100.0 * part / whole:0.0} %)");
}
