using System.Diagnostics;
using Palermo.Storage.Tests;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>A writer killed without a word while it takes reports, moves plans and posts remedy. The bench does hundreds of rounds (docs/guarantees.md); here some of each store.</summary>
public sealed class KillTests
{
    private const string Rounds = "6";

    [Fact]
    public void Nothing_that_was_acknowledged_is_lost_on_SQLite() => Loop("kill", "--rounds", Rounds);

    [Fact]
    public void Nothing_that_was_acknowledged_is_lost_on_PostgreSQL()
    {
        using var server = new PostgresServer();
        Loop("kill", "--rounds", Rounds, "--store", server.NewDatabase());
    }

    private static void Loop(params string[] arguments)
    {
        var program = Path.Combine(Root, "bench", "Palermo.Bench", "bin", AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "Palermo.Bench.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
        Assert.Contains($"{Rounds} kills in {Rounds} rounds", output, StringComparison.Ordinal);
        Assert.Contains("0 problems", output, StringComparison.Ordinal);
    }
}
