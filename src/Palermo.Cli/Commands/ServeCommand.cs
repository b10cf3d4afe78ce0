using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo serve</c>: starts the workspace, a program of its own beside this one (docs/decisions/0013-workspace.md).</summary>
internal static partial class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on, separated by semicolons; http://127.0.0.1:5080 otherwise.", HelpName = "URLS" };
        var lists = new Option<string?>("--lists") { Description = "Folder of exclusion lists; that of palermo lists otherwise.", HelpName = "FOLDER" };
        var body = new Option<string?>("--max-body-megabytes") { Description = "Largest body of a request; 32 otherwise.", HelpName = "NUMBER" };
        var heavy = new Option<string?>("--heavy-per-minute") { Description = "Requests that screen, match or draw up, by one client in a minute; 120 otherwise, 0 for no limit.", HelpName = "NUMBER" };
        var asOf = new Option<string?>("--as-of") { Description = "The day that today is.", HelpName = "DATE" };
        var command = new Command("serve", """
            Start the workspace: guided preparation of tenders, the public compendium and rules, the API.
              Example: palermo serve
              Example: palermo serve --urls http://0.0.0.0:8080 --lists /srv/palermo/lists
              Exit codes: 0 stopped; 2 wrong usage, or the address is taken; 4 a fault of Palermo.
            """) { urls, lists, body, heavy, asOf };
        command.SetAction(parsed =>
        {
            var arguments = new List<string>();
            foreach (var option in new[] { urls, lists, body, heavy, asOf })
            {
                if (parsed.GetValue(option) is { } value)
                {
                    arguments.Add($"{option.Name}={value}");
                }
            }

            return Start(arguments);
        });
        return command;
    }

    private static int Start(List<string> arguments)
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
