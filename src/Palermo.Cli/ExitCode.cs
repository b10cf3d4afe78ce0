namespace Palermo.Cli;

/// <summary>Exit codes, the same for all commands.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A bar the user set was crossed (<c>--fail-on</c>).</summary>
    public const int BarCrossed = 1;

    public const int WrongUsage = 2;

    /// <summary>Some of the input could not be read; the rest was.</summary>
    public const int BadInput = 3;

    public const int OwnFailure = 4;

    /// <summary>Interrupted by Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;
}

/// <summary>The results can't be written on: a full disk, a reader that has gone.</summary>
internal sealed class OutputException(IOException cause) : Exception(cause.Message, cause);

/// <summary>The command line asks for something impossible; the message says what and how to mend it.</summary>
internal sealed class UsageException(string message) : Exception(message);
