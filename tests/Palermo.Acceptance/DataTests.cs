using System.Diagnostics;
using System.Text.Json.Nodes;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance;

/// <summary>Newer editions of the lists, and the program as a .NET tool.</summary>
public sealed class DataTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_newer_edition_is_shown_kept_and_used_from_its_date_on()
    {
        File.WriteAllText(_folder["list.csv"], "Good,Country/Area,Child Labor,Forced Labor\nUmbrellas,China,,X\nFootwear,China,X,X\n");
        File.WriteAllText(_folder["tender.json"], """{"ocid":"o-1","tender":{"items":[{"id":"1","description":"Umbrellas"}]}}""");
        var import = Run("data", "import", "dol-goods", _folder["list.csv"], "--date", "2026-09-01", "--data", _folder["editions"], "--force");
        Assert.Equal(0, import.ExitCode);
        Assert.Contains("+ Umbrellas · CN", import.Output);
        Assert.Contains("~ Footwear · CN: ", import.Output);
        Assert.Contains("more removed; --all shows them", import.Output);
        Assert.Contains("2026-09-01", Run("data", "list", "--data", _folder["editions"]).Output);

        string[] Goods(string asOf) => [.. JsonNode.Parse(Run("screen", _folder["tender.json"], "--format", "jsonl", "--quiet", "--as-of", asOf, "--data", _folder["editions"], "--run-record", _folder[asOf + ".json"]).Output)!["findings"]!.AsArray().Select(f => (string)f!["subject"]!)];
        Assert.DoesNotContain("umbrellas", Goods("2026-08-31"));
        Assert.Contains("umbrellas", Goods("2026-09-01"));
        Assert.Contains("dol-goods-2026-09-01", File.ReadAllText(_folder["2026-09-01.json"]));
        Assert.Equal("[]", JsonNode.Parse(File.ReadAllText(_folder["2026-08-31.json"]))!["importedEditions"]!.ToJsonString());
    }

    [Theory]
    [InlineData(2, "Say the date of the edition", "data", "import", "uflpa", "README.md")]
    [InlineData(2, "There is no file", "data", "import", "uflpa", "nowhere.csv", "--date", "2026-01-01")]
    [InlineData(3, "No header", "data", "import", "uflpa", "README.md", "--date", "2026-01-01")]
    public void What_cannot_be_imported_is_said(int exitCode, string message, params string[] arguments)
    {
        var result = Run([.. arguments, "--data", _folder["none"]]);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(message, result.Error);
        Assert.False(Directory.Exists(_folder["none"]));
    }

    [Fact]
    public void It_installs_as_a_tool_that_knows_the_data()
    {
        var configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        Dotnet("pack", Path.Combine("src", "Palermo.Cli"), "-c", configuration, "-o", _folder["packages"]);
        Dotnet("tool", "install", "palermo", "--tool-path", _folder["bin"], "--source", _folder["packages"]);
        using var tool = Process.Start(new ProcessStartInfo(_folder["bin"] + "/palermo", ["screen"]) { WorkingDirectory = _folder.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Assert.Contains("240 processes screened", tool.StandardOutput.ReadToEnd());
        tool.WaitForExit();
        Assert.Equal(0, tool.ExitCode);
        // The workspace comes with it.
        using var serve = Process.Start(new ProcessStartInfo(_folder["bin"] + "/palermo", ["serve", "--as-of", "never"]) { WorkingDirectory = _folder.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Assert.Contains("a day such as 2026-03-01", serve.StandardError.ReadToEnd());
        serve.WaitForExit();
        Assert.Equal(2, serve.ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    private static void Dotnet(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
    }
}
