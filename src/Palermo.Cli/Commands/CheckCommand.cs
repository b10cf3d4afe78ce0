using System.CommandLine;
using Palermo.Knowledge.Authoring;
using Palermo.Prevent.Authoring;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo check</c>: validate data/, try the rules, measure accuracy.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var folder = Folder();
        var data = new Command("data", """
            Validate data/: every table against its schema, every reference, every rule a schema can't say; packs and compendium with
            their golden cases, and a case on each side of every boundary.
              Example: palermo check data
            """) { folder };
        data.SetAction(parsed => Run(parsed.GetValue(folder)));
        return new Command("check", "Validate what Palermo is built from.\n  Example: palermo check data") { data, CheckRulesCommand.Create(), AccuracyCommand.Create() };
    }

    /// <summary>The argument that names a data folder.</summary>
    public static Argument<string?> Folder() => new("folder") { Description = "The data folder; the nearest data/ above the current folder otherwise.", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>The folder named, or the nearest.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static string Find(string? folder)
    {
        folder ??= Nearest() ?? throw new UsageException("No data/ was found here or above. Name the folder: palermo check data PATH.");
        return Directory.Exists(folder) ? folder : throw new UsageException($"There is no folder {folder}.");
    }

    private static int Run(string? given)
    {
        var folder = Find(given);
        var (tables, rows, edition, problems) = DataFolder.Check(folder);
        var (rules, compendium, more) = DataFolder.ReadDocuments(folder);
        problems = [.. problems, .. more];
        if (more.Count == 0)
        {
            problems = [.. problems, .. rules.Packs.SelectMany(p => GoldenCases.Check(rules, p)), .. rules.Packs.SelectMany(p => MutationRun.Unheld(rules, p))];
        }

        foreach (var problem in problems)
        {
            Console.Out.WriteLine($"{Path.Combine(folder, problem.File)}:{problem.Line}: {problem.What} {problem.Mend}");
        }

        if (problems.Count > 0)
        {
            Console.Error.WriteLine($"{problems.Count} problem{(problems.Count > 1 ? "s" : "")}.");
            return ExitCode.BadInput;
        }

        Console.Out.WriteLine($"{tables} tables, {rows} rows: no problems. Edition {edition}.");
        Console.Out.WriteLine($"{rules.Measures.All.Count} measures, {rules.Facts.All.Count} facts, {rules.Packs.Count} packs, {rules.Packs.Sum(p => p.Obligations.Count + p.Determinations.Count)} provisions, {rules.Packs.Sum(p => p.Cases.Count)} golden cases pass; {compendium.Initiatives.Count} initiatives of {compendium.Jurisdictions.Count} jurisdictions.");
        return ExitCode.Success;
    }

    private static string? Nearest()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "data");
            if (File.Exists(Path.Combine(data, "sources", "sources.csv")))
            {
                return data;
            }
        }

        return null;
    }
}
