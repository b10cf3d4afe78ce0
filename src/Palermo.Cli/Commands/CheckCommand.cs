using System.CommandLine;
using Palermo.Knowledge.Authoring;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo check</c>: validate data/, measure accuracy.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var folder = new Argument<string?>("folder") { Description = "The data folder; the nearest data/ above the current folder otherwise.", Arity = ArgumentArity.ZeroOrOne };
        var data = new Command("data", """
            Validate data/: every table against its schema, every reference, every rule a schema can't say.
              Example: palermo check data
            """) { folder };
        data.SetAction(parsed => Run(parsed.GetValue(folder)));
        return new Command("check", "Validate what Palermo is built from.\n  Example: palermo check data") { data, AccuracyCommand.Create() };
    }

    private static int Run(string? folder)
    {
        folder ??= Nearest() ?? throw new UsageException("No data/ was found here or above. Name the folder: palermo check data PATH.");
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"There is no folder {folder}.");
        }

        var (tables, rows, edition, problems) = DataFolder.Check(folder);
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
