using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Palermo.Cli.Commands;

/// <summary>The workspace, a program of its own beside this one (docs/decisions/0013-workspace.md).</summary>
internal static partial class WorkspaceProgram
{
    /// <summary>Becomes it.</summary>
    public static int Become(IReadOnlyList<string> arguments)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "web");
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "palermo-web.exe" : "palermo-web");
        var library = Path.Combine(folder, "palermo-web.dll");
        if (!File.Exists(library))
        {
            throw new UsageException($"The workspace is not installed: {library} is missing. It comes in the folder web beside the program; copy both.");
        }

        // The runtime this program runs on, if it runs on one, serves the workspace too; packages drop the mark that a file can be executed.
        var host = Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "dotnet" ? self : null;
        var canStart = host is null && File.Exists(program) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(program) & UnixFileMode.UserExecute) != 0);
        string[] line = canStart ? [program, .. arguments] : [host ?? "dotnet", library, .. arguments];
        if (!OperatingSystem.IsWindows())
        {
            // One process: signals, exit code and service managers see the workspace itself.
            _ = Execute(line[0], [.. line, null]);
            throw new UsageException($"The workspace can't be started: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())} ({line[0]}). It needs the ASP.NET Core runtime of .NET 10.");
        }

        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Execute(string file, string?[] arguments);
}
