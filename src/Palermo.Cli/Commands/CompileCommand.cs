using System.CommandLine;
using System.Text.Json;
using Palermo.Cli.Running;
using Palermo.Cli.Terminal;
using Palermo.Procurement;
using Palermo.Procurement.Merging;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo compile</c>: merge releases.</summary>
internal static class CompileCommand
{
    public static Command Create()
    {
        var inputs = CommonOptions.Inputs("Files, folders or patterns; - for standard input.");
        inputs.Arity = ArgumentArity.OneOrMore;
        var versioned = new Option<bool>("--versioned") { Description = "Write versioned releases." };
        var schema = new Option<string?>("--schema") { Description = "Release schema whose merging rules to use; those of OCDS 1.0 or 1.1 otherwise.", HelpName = "FILE" };
        var array = new Option<string[]>("--array") { Description = "PATH=append or PATH=by-position: how to merge an array whose ids mean nothing.", HelpName = "PATH=RULE", AllowMultipleArgumentsPerToken = true };
        var output = CommonOptions.Output();
        var threads = CommonOptions.Threads();
        var encoding = CommonOptions.Encoding();
        var columns = CommonOptions.Columns();
        var problems = CommonOptions.Problems();
        var quiet = CommonOptions.Quiet();
        var command = new Command("compile", """
            Merge the releases of each contracting process by the rules of OCDS and write compiled releases as JSON Lines.
              Example: palermo compile releases/ --output compiled.jsonl
            """)
        {
            inputs, versioned, schema, array, output, threads, columns, encoding, problems, quiet,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(inputs)!,
            parsed.GetValue(versioned),
            Rules(parsed.GetValue(schema), parsed.GetValue(array) ?? []),
            parsed.GetValue(output),
            CommonOptions.ReadOptions(parsed, encoding, columns, parsed.GetValue(threads)),
            parsed.GetValue(problems),
            parsed.GetValue(quiet)));
        return command;
    }

    private static int Run(string[] inputs, bool versioned, MergeRules? rules, string? outputPath, ReadOptions reading, string? problemPath, bool quiet)
    {
        using var interruption = new Interruption();
        using var output = CommonOptions.OpenOutput(outputPath);
        using var problemFile = problemPath is null ? null : CommonOptions.OpenOutput(problemPath);
        using var source = new ProcessSource(inputs, reading);
        var pipeline = new Pipeline(source, output);
        pipeline.Problems.WriteTo(problemFile);
        if (problemFile is null)
        {
            pipeline.Problems.OnProblem += problem =>
            {
                if (problem.Kind == ProblemKind.Lost || !quiet)
                {
                    Console.Error.WriteLine($"palermo: {problem}");
                }
            };
        }

        Progress.Show(quiet, source, pipeline, () => pipeline.Run([.. Enumerable.Range(0, reading.Threads).Select(_ => new CompileWorker(versioned, rules))], interruption.Token));
        if (!quiet)
        {
            Console.Error.WriteLine($"{(pipeline.Interrupted ? "Interrupted: " : "")}{pipeline.Processes:N0} {(versioned ? "versioned" : "compiled")} releases written{(pipeline.Problems.Count(ProblemKind.Lost) is > 0 and var lost ? $"; {lost:N0} pieces of the input could not be read" : "")}.");
        }

        return pipeline.Interrupted ? ExitCode.Interrupted : pipeline.Problems.Count(ProblemKind.Lost) > 0 ? ExitCode.BadInput : ExitCode.Success;
    }

    private static MergeRules? Rules(string? schemaPath, string[] arrays)
    {
        MergeRules? rules = null;
        if (schemaPath is not null)
        {
            try
            {
                rules = MergeRules.FromSchema(File.ReadAllText(schemaPath));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
            {
                throw new UsageException($"--schema {schemaPath}: {e.Message}");
            }
        }

        foreach (var array in arrays)
        {
            var split = array.LastIndexOf('=');
            var rule = split < 1 ? null : array[(split + 1)..] switch { "append" => ArrayMerge.Append, "by-position" => ArrayMerge.ByPosition, _ => (ArrayMerge?)null };
            rules = (rules ?? MergeRules.Ocds11).With(
                rule is null ? throw new UsageException($"--array {array}: PATH=append or PATH=by-position was expected, such as tender/documents=append.") : array[..split],
                rule.Value);
        }

        return rules;
    }
}
