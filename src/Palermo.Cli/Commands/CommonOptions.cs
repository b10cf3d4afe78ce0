using System.CommandLine;
using System.CommandLine.Parsing;
using Palermo.Procurement;
using Palermo.Procurement.Tables;

namespace Palermo.Cli.Commands;

/// <summary>Options that mean the same in every command.</summary>
internal static class CommonOptions
{
    public static Argument<string[]> Inputs(string description)
    {
        var inputs = new Argument<string[]>("input") { Description = description, Arity = ArgumentArity.ZeroOrMore };
        inputs.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => t.Value.StartsWith('-') && t.Value.Length > 1))
            {
                result.AddError($"{token.Value} is no option of this command. A file of that name is read as ./{token.Value}.");
            }
        });
        return inputs;
    }

    public static Option<string?> Output() => new("--output", "-o") { Description = "File for the results; standard output otherwise.", HelpName = "FILE" };

    public static Option<int> Threads()
    {
        var option = new Option<int>("--threads") { Description = "Threads to work with.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var threads) || threads is < 1 or > 1024))
            {
                result.AddError($"--threads {result.Tokens[0].Value}: a number from 1 to 1024 was expected.");
            }
        });
        return option;
    }

    public static Option<string> Encoding()
    {
        var option = new Option<string>("--encoding") { Description = "auto: UTF-8, UTF-16 and UTF-32 are recognised, stray bytes read as Windows-1252; latin1: the input is ISO-8859-1.", DefaultValueFactory = _ => "auto" };
        option.AcceptOnlyFromAmong("auto", "latin1");
        return option;
    }

    public static Option<string?> Problems() => new("--problems") { Description = "File for all that was lost or mended, as JSON Lines.", HelpName = "FILE" };

    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "Neither progress nor summary on standard error." };

    public static Option<DateOnly?> Date(string name, string description)
    {
        var option = new Option<DateOnly?>(name)
        {
            Description = description,
            HelpName = "DATE",
            CustomParser = result => DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", out var date) ? date : Fail(result, name),
        };
        return option;
    }

    public static Option<string?> DataFolder() => new("--data") { Description = "Folder of imported editions (palermo data import); PALERMO_DATA, or the user's application data otherwise.", HelpName = "FOLDER" };

    public static Option<string?> Columns() => new("--columns") { Description = "File that says which column of a table (CSV, XLSX) holds what; palermo preview shows what is understood without.", HelpName = "FILE" };

    /// <summary>How to read, from the options of a command.</summary>
    /// <exception cref="UsageException">The mapping can't be read.</exception>
    public static ReadOptions ReadOptions(ParseResult parsed, Option<string> encoding, Option<string?> columns, int threads) =>
        new() { Latin1 = parsed.GetValue(encoding) == "latin1", Threads = threads, Tables = Mapping(parsed.GetValue(columns)) };

    /// <summary>Reads a mapping of columns.</summary>
    /// <exception cref="UsageException">It can't be read.</exception>
    public static TableMapping Mapping(string? path)
    {
        try
        {
            return path is null ? TableMapping.None : TableMapping.Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UsageException($"--columns {path}: {e.Message}");
        }
    }

    /// <summary>Opens the file for results.</summary>
    /// <exception cref="UsageException">The file can't be written.</exception>
    public static Stream OpenOutput(string? path)
    {
        if (path is null)
        {
            return Console.OpenStandardOutput();
        }

        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{path} can't be written: {e.Message} Choose another file for --output.");
        }
    }

    private static DateOnly? Fail(ArgumentResult result, string name)
    {
        result.AddError($"{name} {result.Tokens[0].Value}: a date such as 2026-11-22 was expected.");
        return null;
    }
}
