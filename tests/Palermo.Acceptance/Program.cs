using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Palermo.Acceptance;

/// <summary>The program as a user starts it.</summary>
internal static class PalermoProgram
{
    public static string Root { get; } = FindRoot();

    public static string Sample => Path.Combine(Root, "samples", "procurement.jsonl");

    public static Result Run(params string[] arguments) => RunIn(null, null, arguments);

    public static Result RunIn(string? folder, string? input, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            process.StandardInput.Write(input);
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Result(process.ExitCode, output, error.Result);
    }

    public static Process Start(string? folder, params string[] arguments) => StartWith([], folder, arguments);

    public static Process StartWith(IEnumerable<KeyValuePair<string, string>> environment, string? folder, params string[] arguments)
    {
        var configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        var program = Path.Combine(Root, "src", "Palermo.Cli", "bin", configuration, "net10.0", "palermo.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? Root,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs <c>palermo-verify</c>.</summary>
    public static Result Verify(params string[] arguments)
    {
        var program = Path.Combine(Root, "src", "Palermo.Verify", "bin", AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "palermo-verify.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Result(process.ExitCode, output, error.Result);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Kill(int process, int signal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Palermo.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run from within the repository.");
        }

        return folder.FullName;
    }

    internal sealed record Result(int ExitCode, string Output, string Error);
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("palermo-acceptance-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public string Root => _path;

    /// <summary>The sample many times over, each time with other ocids.</summary>
    public string ManySamples(int times)
    {
        var lines = File.ReadAllLines(PalermoProgram.Sample);
        var path = this["many.jsonl"];
        using var writer = new StreamWriter(path);
        for (var i = 0; i < times; i++)
        {
            foreach (var line in lines)
            {
                writer.WriteLine(line.Replace("\"ocid\":\"ocds-palermo", $"\"ocid\":\"ocds-{i}-palermo"));
            }
        }

        return path;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
