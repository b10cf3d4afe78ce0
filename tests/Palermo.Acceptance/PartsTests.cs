using System.Text.Json.Nodes;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance;

/// <summary>Runs over parts, joined, and runs cut short, gone on with, are the run over the whole.</summary>
public sealed class PartsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Parts_split_anywhere_and_joined_in_any_order_are_the_whole()
    {
        var all = File.ReadAllLines(Sample);
        var whole = Screen("whole", "data", all);
        var random = new Random(20261123);
        for (var round = 0; round < 4; round++)
        {
            // Cut at random places, one part perhaps empty but for a line.
            int[] cuts = [0, .. Enumerable.Range(0, 3).Select(_ => random.Next(1, all.Length)).Distinct().Order(), all.Length];
            var parts = Enumerable.Range(0, cuts.Length - 1).Select(i => Screen($"part{round}-{i}", $"data{i}", all[cuts[i]..cuts[i + 1]])).ToArray();
            random.Shuffle(parts);
            var joined = _folder[$"joined{round}.jsonl"];
            var result = Run(["join", .. parts, "--format", "jsonl", "--output", joined, "--report", _folder["joined.html"], "--quiet"]);
            Assert.Equal(0, result.ExitCode);

            // Where a process was read differs, what was found does not.
            Assert.Equal(Lines(whole), Lines(joined));
            foreach (var sums in new[] { "processes", "salience", "coverage" })
            {
                Assert.Equal(Record(whole)[sums]!.ToJsonString(), Record(joined)[sums]!.ToJsonString());
            }
        }

        string[] first = ["part3-0", "part3-1"];
        var one = Run(["join", .. first.Select(n => _folder[n + ".jsonl"]), "--format", "jsonl", "--quiet"]).Output;
        Assert.Equal(one, Run(["join", .. first.Reverse().Select(n => _folder[n + ".jsonl"]), "--format", "jsonl", "--quiet"]).Output);
        Assert.Equal(Run("screen", Sample, "--as-of", "2026-01-01").Output.Split("Most salient")[1].Split("Report for")[0], Run("join", whole).Output.Split("Most salient")[1]);
    }

    [Fact]
    public void A_process_in_two_parts_is_named_and_not_joined()
    {
        var all = File.ReadAllLines(Sample);
        var result = Run("join", Screen("a", "in-a", all[..3]), Screen("b", "in-b", all[2..5]));
        Assert.Equal(3, result.ExitCode);
        Assert.Contains((string)JsonNode.Parse(all[2])!["ocid"]!, result.Error);
        Assert.Contains("Screen the inputs that hold them together", result.Error);
    }

    [Fact]
    public void Parts_of_different_runs_are_not_joined()
    {
        var all = File.ReadAllLines(Sample);
        var other = Screen("b", "in-b", all[3..5], "--indicator", "rush");
        Assert.Contains("--indicator", Run("join", Screen("a", "in-a", all[..3]), other).Error);
        File.Delete(other + ".run.json");
        Assert.Contains("There is no", Run("join", other).Error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40_000)]
    [InlineData(-1)]
    public void A_run_cut_short_anywhere_is_gone_on_with_to_the_same_end(int kept)
    {
        var input = _folder.ManySamples(3);
        var output = _folder["out.jsonl"];
        string[] arguments = ["screen", input, "--format", "jsonl", "--output", output, "--as-of", "2026-01-01", "--quiet"];
        Assert.Equal(0, Run(arguments).ExitCode);
        var (whole, record) = (File.ReadAllText(output), Record(output));

        // As after a power cut: a record of a run not ended, and part of the lines, the last one in the middle.
        using (var file = File.OpenWrite(output))
        {
            file.SetLength(kept < 0 ? file.Length - 7 : kept);
        }

        File.WriteAllText(output + ".run.json", File.ReadAllText(output + ".run.json").Replace("\"interrupted\": false", "\"interrupted\": true", StringComparison.Ordinal));
        var resumed = Run([.. arguments[..6], "--quiet", "--resume"]);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(whole, File.ReadAllText(output));
        foreach (var sums in new[] { "processes", "salience", "coverage", "inputs", "asOf" })
        {
            Assert.Equal(record[sums]!.ToJsonString(), Record(output)[sums]!.ToJsonString());
        }

        Assert.Contains("nothing to resume", Run([.. arguments, "--resume"]).Error);
    }

    [Fact]
    public void A_run_killed_on_its_way_can_be_gone_on_with()
    {
        var input = _folder.ManySamples(150);
        var output = _folder["out.jsonl"];
        string[] arguments = ["screen", input, "--format", "jsonl", "--output", output, "--as-of", "2026-01-01", "--quiet"];
        using (var killed = Start(null, arguments))
        {
            while (!killed.HasExited && (!File.Exists(output) || new FileInfo(output).Length < 100_000))
            {
                Thread.Sleep(1);
            }

            killed.Kill();
            killed.WaitForExit();
        }

        Assert.Equal(0, Run([.. arguments, "--resume"]).ExitCode);
        var resumed = File.ReadAllText(output);
        Assert.Equal(0, Run(arguments).ExitCode);
        Assert.Equal(File.ReadAllText(output), resumed);
    }

    [Fact]
    public void A_piece_that_came_later_makes_all_begin_anew()
    {
        var input = _folder["pieces.jsonl"];
        static string Release(string ocid, int n) => $$"""{"ocid":"{{ocid}}","id":"{{n}}","date":"2026-01-0{{n}}T00:00:00Z","tag":["tender"],"tender":{"id":"t","title":"Rice {{n}}"} }""" + "\n";
        File.WriteAllText(input, Release("o-1", 1) + Release("o-2", 2));
        string[] arguments = ["screen", input, "--format", "jsonl", "--output", _folder["out.jsonl"], "--as-of", "2026-01-01", "--quiet"];
        Run(arguments);
        File.AppendAllText(input, Release("o-1", 3));
        File.WriteAllText(_folder["out.jsonl.run.json"], File.ReadAllText(_folder["out.jsonl.run.json"]).Replace("\"interrupted\": false", "\"interrupted\": true", StringComparison.Ordinal));
        Run([.. arguments, "--resume"]);
        var resumed = File.ReadAllText(_folder["out.jsonl"]);
        Run(arguments);
        Assert.Equal(File.ReadAllText(_folder["out.jsonl"]), resumed);
        Assert.Contains("Rice 3", resumed);
    }

    [Theory]
    [InlineData("Only lines can be gone on with", "--format", "csv")]
    [InlineData("is another one: lists as of", "--format", "jsonl", "--as-of", "2026-02-02")]
    [InlineData("is another one: --buyer", "--format", "jsonl", "--buyer", "City")]
    public void What_cannot_be_resumed_is_said(string message, params string[] arguments)
    {
        var output = Screen("out", "in", File.ReadAllLines(Sample)[..5]);
        var result = Run(["screen", _folder["in.jsonl"], "--output", output, "--resume", .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error);
    }

    public void Dispose() => _folder.Dispose();

    private string Screen(string name, string input, string[] lines, params string[] arguments)
    {
        File.WriteAllLines(_folder[input + ".jsonl"], lines);
        var result = Run(["screen", _folder[input + ".jsonl"], "--format", "jsonl", "--output", _folder[name + ".jsonl"], "--as-of", "2026-01-01", "--quiet", .. arguments]);
        Assert.Equal(0, result.ExitCode);
        return _folder[name + ".jsonl"];
    }

    private static string[] Lines(string path) => [.. File.ReadLines(path).Select(line =>
    {
        var assessment = JsonNode.Parse(line)!.AsObject();
        assessment.Remove("source");
        return assessment.ToJsonString();
    }).Order(StringComparer.Ordinal)];

    private static JsonNode Record(string results) => JsonNode.Parse(File.ReadAllText(results + ".run.json"))!;
}
