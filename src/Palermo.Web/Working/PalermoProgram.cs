using System.Diagnostics;

namespace Palermo.Web.Working;

/// <summary>The command <c>palermo</c>, which lies in the folder above: what a broken file does to it, it does to nobody else.</summary>
internal static class PalermoProgram
{
    /// <summary>Runs it.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="temporary">Where it puts temporary files.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Its exit code, what it said, and the first line of what went wrong, without its own name before it.</returns>
    public static async Task<(int Code, string Output, string Error)> Run(IEnumerable<string> arguments, string temporary, CancellationToken stop)
    {
        var (file, before) = Find();
        var start = new ProcessStartInfo(file, [.. before, .. arguments]) { RedirectStandardError = true, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TMPDIR"] = temporary;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop);
            var error = await process.StandardError.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            return (process.ExitCode, (await output).Trim(), FirstLine(error));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string FirstLine(string error) => error.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0) is { } line ? line.StartsWith("palermo: ", StringComparison.Ordinal) ? line[9..] : line : "";

    private static (string File, string[] Before) Find()
    {
        var folder = Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!;
        var native = Path.Combine(folder, OperatingSystem.IsWindows() ? "palermo.exe" : "palermo");
        var library = Path.Combine(folder, "palermo.dll");
        var canStart = File.Exists(native) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(native) & UnixFileMode.UserExecute) != 0);
        return canStart && !File.Exists(library) ? (native, []) : File.Exists(library) ? (Host(), [library]) : throw new FileNotFoundException($"The command palermo is not beside the workspace: {native}");
    }

    // The runtime this program runs on.
    private static string Host() => Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "dotnet" ? self
        : Path.Combine(Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")), OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
}
