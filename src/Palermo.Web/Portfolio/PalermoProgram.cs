namespace Palermo.Web.Portfolio;

/// <summary>Finds the command <c>palermo</c>: the folder above, since the workspace lies in the folder <c>web</c> beside it.</summary>
internal static class PalermoProgram
{
    /// <summary>The file to start, and what goes before its arguments.</summary>
    public static (string File, string[] Before) Find()
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
