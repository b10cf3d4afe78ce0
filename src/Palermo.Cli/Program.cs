using System.CommandLine;
using System.Reflection;
using Palermo.Cli;
using Palermo.Cli.Commands;

var root = new RootCommand("Human-rights due diligence for public procurement: find where trafficking, forced-labour and child-labour risk lies.")
{
    ScreenCommand.Create(TimeProvider.System),
    JoinCommand.Create(TimeProvider.System),
    CompileCommand.Create(),
    PreviewCommand.Create(),
    DataCommand.Create(TimeProvider.System),
    MatchCommand.Create(TimeProvider.System),
    ListsCommand.Create(TimeProvider.System),
    TenderCommand.Create(TimeProvider.System),
    DraftCommand.Create(TimeProvider.System),
    BidsCommand.Create(TimeProvider.System),
    RulesCommand.Create(TimeProvider.System),
    HarmonizeCommand.Create(TimeProvider.System),
    CompendiumCommand.Create(TimeProvider.System),
    CheckCommand.Create(),
    ServeCommand.Create(),
    ChannelCommand.Create(),
    DbCommand.Create(),
};

try
{
    var parsed = root.Parse(args);
    if (parsed.Errors.Count > 0)
    {
        foreach (var error in parsed.Errors)
        {
            Console.Error.WriteLine($"palermo: {error.Message}");
        }

        Console.Error.WriteLine($"Try: palermo {(parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ")}--help");
        return ExitCode.WrongUsage;
    }

    // Ctrl-C is the command's own business: it finishes the line it writes and says how far it came.
    return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
}
catch (UsageException e)
{
    Console.Error.WriteLine($"palermo: {e.Message}");
    return ExitCode.WrongUsage;
}
catch (Exception e) when (e is OutputException || (e is IOException && e.Message.Contains("Broken pipe", StringComparison.Ordinal)))
{
    // The disk is full, or the reader of the results has gone (palermo … | head).
    Console.Error.WriteLine($"palermo: The results could not be written: {e.Message}. What was written is not complete.");
    return ExitCode.OwnFailure;
}
#pragma warning disable CA1031 // The last resort: a user gets a sentence, never a stack trace.
catch (Exception e)
#pragma warning restore CA1031
{
    var inner = e is TargetInvocationException { InnerException: { } cause } ? cause : e;
    Console.Error.WriteLine($"palermo: This is a fault of Palermo, not of your data: {inner.GetType().Name}: {inner.Message}");
    if (Environment.GetEnvironmentVariable("PALERMO_DEBUG") is { Length: > 0 })
    {
        Console.Error.WriteLine(inner.StackTrace);
    }
    else
    {
        Console.Error.WriteLine("Set PALERMO_DEBUG=1 for details, and report it with the command line.");
    }

    return ExitCode.OwnFailure;
}
