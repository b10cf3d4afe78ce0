using System.Diagnostics;
using System.Text.Json.Nodes;
using NJsonSchema;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance;

public sealed class ScreenTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Without_any_argument_the_sample_is_screened_and_a_report_left()
    {
        var result = RunIn(_folder.Root, null, "screen");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("240 processes screened", result.Output);
        Assert.Contains("palermo-report.html", result.Output);
        Assert.Contains("<h1>Where to look first</h1>", File.ReadAllText(_folder["palermo-report.html"]));
    }

    [Fact]
    public async Task Every_line_of_the_results_fits_the_published_schema()
    {
        var result = Run("screen", Sample, "--format", "jsonl", "--quiet");
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Root, "docs", "schemas", "assessment.schema.json"), TestContext.Current.CancellationToken);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(240, lines.Length);
        Assert.All(lines, line => Assert.Empty(schema.Validate(line)));
        Assert.Empty(result.Error);
    }

    [Fact]
    public void The_results_are_the_same_whatever_the_number_of_threads()
    {
        var many = _folder.ManySamples(12);
        foreach (var format in new[] { "jsonl", "csv" })
        {
            var one = Run("screen", many, "--format", format, "--threads", "1", "--as-of", "2026-01-01", "--quiet").Output;
            Assert.Equal(one, Run("screen", many, "--format", format, "--threads", "5", "--as-of", "2026-01-01", "--quiet").Output);
            Assert.NotEmpty(one);
        }

        Run("screen", many, "--report", _folder["1.html"], "--threads", "1");
        Run("screen", many, "--report", _folder["5.html"], "--threads", "5");
        static string WithoutClock(string path) => System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(path), "<dt>Started</dt><dd>[^<]*</dd>", "");
        Assert.Equal(WithoutClock(_folder["1.html"]), WithoutClock(_folder["5.html"]));
    }

    [Fact]
    public void A_bar_that_is_crossed_shows_in_the_exit_code()
    {
        Assert.Equal(1, Run("screen", Sample, "--fail-on", "high", "--quiet").ExitCode);
        Assert.Equal(0, Run("screen", Sample, "--fail-on", "critical", "--indicator", "place", "--quiet").ExitCode);
    }

    [Theory]
    [InlineData("--format", "xml")]
    [InlineData("--as-of", "yesterday")]
    [InlineData("--threads", "0")]
    [InlineData("--indicator", "nothing")]
    [InlineData("--country", "Ruritania")]
    [InlineData("--output", "/nowhere/at/all.jsonl")]
    [InlineData("--no-such-option", "x")]
    public void Wrong_usage_is_said_in_a_sentence(string option, string value)
    {
        var result = Run("screen", Sample, option, value, "--format", "jsonl");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("palermo: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error);
    }

    [Fact]
    public void What_could_not_be_read_is_reported_and_the_rest_screened()
    {
        File.WriteAllText(_folder["data.jsonl"], File.ReadLines(Sample).First() + "\n{\"ocid\":\"ocds-broken\",\"tender\":{\"title\":}}\n{\"id\":\"1\",\"tender\":{}}\n");
        var result = Run("screen", _folder["data.jsonl"], "--format", "jsonl", "--output", _folder["out.jsonl"], "--problems", _folder["problems.jsonl"]);
        Assert.Equal(3, result.ExitCode);
        Assert.Single(File.ReadLines(_folder["out.jsonl"]));
        var problems = File.ReadLines(_folder["problems.jsonl"]).Select(l => JsonNode.Parse(l)!).ToArray();
        Assert.Equal([2, 3], problems.Select(p => p["line"]!.GetValue<int>()));
        Assert.Equal("ocds-broken", problems[0]["ocid"]!.GetValue<string>());
        Assert.Contains("data.jsonl:2", result.Error);
    }

    [Fact]
    public void A_missing_file_is_bad_input()
    {
        var result = Run("screen", _folder["none.json"]);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("There is no such file or folder.", result.Output);
    }

    [Fact]
    public void An_empty_result_does_not_look_like_a_clean_one()
    {
        File.WriteAllText(_folder["letter.txt"], "Dear colleague");
        var result = Run("screen", _folder.Root);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("No contracting process was found", result.Output);
    }

    [Fact]
    public void Standard_input_is_read_and_results_go_to_standard_output()
    {
        var result = RunIn(null, File.ReadAllText(Sample), "screen", "-", "--format", "jsonl", "--quiet");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(240, result.Output.Count(c => c == '\n'));
    }

    [Fact]
    public void Filters_choose_processes_and_say_how_many_they_left_out()
    {
        Run("screen", Sample, "--buyer", "primaria", "--country", "România", "--from", "2025-01-01", "--to", "2026-12-31", "--format", "jsonl", "--output", _folder["out.jsonl"]);
        var lines = File.ReadLines(_folder["out.jsonl"]).Select(l => JsonNode.Parse(l)!).ToArray();
        Assert.NotEmpty(lines);
        Assert.All(lines, l => Assert.Contains("Primăria", l["buyer"]!["name"]!.GetValue<string>()));
        Assert.Equal(240 - lines.Length, JsonNode.Parse(File.ReadAllText(_folder["out.jsonl.run.json"]))!["filteredOut"]!.GetValue<int>());
    }

    [Fact]
    public void A_run_leaves_a_record_to_repeat_it()
    {
        Run("screen", Sample, "--format", "csv", "--output", _folder["out.csv"], "--as-of", "2025-05-05");
        var record = JsonNode.Parse(File.ReadAllText(_folder["out.csv.run.json"]))!;
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Sample)));
        Assert.Equal(hash, record["inputs"]![0]!["sha256"]!.GetValue<string>());
        Assert.Equal("2025-05-05", record["asOf"]!.GetValue<string>());
        Assert.Matches("^[0-9a-f]{12}$", record["dataEdition"]!.GetValue<string>());
        Assert.Equal(240, record["processes"]!.GetValue<int>());
    }

    [Fact]
    public void The_hash_of_a_packed_file_is_that_of_the_file_on_disk()
    {
        using (var gzip = new System.IO.Compression.GZipStream(File.Create(_folder["sample.jsonl.gz"]), System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(File.ReadAllBytes(Sample));
        }

        Run("screen", _folder["sample.jsonl.gz"], "--run-record", _folder["run.json"]);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_folder["sample.jsonl.gz"])));
        Assert.Equal(hash, JsonNode.Parse(File.ReadAllText(_folder["run.json"]))!["inputs"]![0]!["sha256"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("late")]
    [InlineData("none")]
    [InlineData("broken")]
    public void A_file_as_output_changes_nothing_whether_or_not_a_process_comes_in_pieces(string pieces)
    {
        // Written to a file, results can be taken back, so the input is not counted first; on standard output they can't.
        var many = _folder.ManySamples(12);
        File.WriteAllText(_folder["b.json"], "{\"ocid\":\"o-1\",\"id\":\"1\",\"tender\":{\"title\":\"Cotton shirts from Turkmenistan\"}}\n");
        File.WriteAllText(_folder["c.json"], pieces switch
        {
            "late" => "{\"ocid\":\"o-1\",\"id\":\"2\",\"date\":\"2024-01-02T00:00:00Z\",\"tender\":{\"description\":\"Delivery in May\"}}",
            "broken" => "{\"ocid\":\"o-1\",\"id\":\"2\",\"tender\":{\"description\":\"Deli",
            _ => "{\"ocid\":\"o-2\",\"id\":\"2\"}",
        });
        foreach (var format in new[] { "jsonl", "csv" })
        {
            string[] common = ["screen", many, _folder["b.json"], _folder["c.json"], "--format", format, "--as-of", "2026-01-01", "--quiet"];
            var streamed = Run([.. common, "--run-record", _folder["streamed.run.json"], "--problems", _folder["streamed.problems"]]);
            var kept = Run([.. common, "--output", _folder["kept"], "--problems", _folder["kept.problems"]]);
            Assert.Equal(streamed.ExitCode, kept.ExitCode);
            Assert.Equal(streamed.Output, File.ReadAllText(_folder["kept"]));
            Assert.Equal(File.ReadAllText(_folder["streamed.problems"]), File.ReadAllText(_folder["kept.problems"]));
            Assert.Equal(WithoutClock(_folder["streamed.run.json"]), WithoutClock(_folder["kept.run.json"]));
        }

        static string WithoutClock(string path) => System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(path), "\"started\": *\"[^\"]*\"", "");
    }

    [Fact]
    public void A_full_disk_is_told_in_a_sentence()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full on this system.");
        var result = Run("screen", _folder.ManySamples(12), "--format", "jsonl", "--output", "/dev/full", "--run-record", _folder["run.json"], "--quiet");
        Assert.Equal(4, result.ExitCode);
        Assert.StartsWith("palermo: The results could not be written: No space left on device", result.Error);
        Assert.Equal(4, Run("compile", _folder["many.jsonl"], "--output", "/dev/full", "--quiet").ExitCode);
    }

    [Fact]
    public async Task Control_c_leaves_valid_partial_output_and_says_so()
    {
        // A pipe that nobody empties: the run can't end before it is interrupted, however slow this machine is.
        var pipe = _folder["out.pipe"];
        System.Diagnostics.Process.Start("mkfifo", pipe).WaitForExit();
        using var process = Start(null, "screen", _folder.ManySamples(600), "--format", "jsonl", "--output", pipe, "--run-record", _folder["out.jsonl.run.json"], "--threads", "1");
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var output = new StreamReader(new FileStream(pipe, FileMode.Open, FileAccess.Read));
        var first = await output.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, Kill(process.Id, 2));
        // It stands before a full pipe and can't end; while it does, it hears the signal, also on a machine with other work.
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        var rest = await output.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("Interrupted.", await error);
        string[] lines = [first!, .. rest.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.InRange(lines.Length, 1, (600 * 240) - 1);
        Assert.NotNull(JsonNode.Parse(lines[^1]));
        Assert.True(JsonNode.Parse(File.ReadAllText(_folder["out.jsonl.run.json"]))!["interrupted"]!.GetValue<bool>());
    }

    [Fact]
    public void The_table_in_samples_is_previewed_and_screened()
    {
        var table = Path.Combine(Root, "samples", "contracts.csv");
        var preview = Run("preview", table);
        Assert.Equal(0, preview.ExitCode);
        Assert.Matches("Pays du titulaire +suppliers/address/countryName +French", preview.Output);
        Assert.DoesNotContain("not understood", preview.Output);
        var screened = Run("screen", table, "--format", "jsonl", "--quiet", "--as-of", "2026-01-01");
        Assert.Equal(0, screened.ExitCode);
        var lines = screened.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToArray();
        Assert.Equal(8, lines.Length);
        Assert.Equal("table-contracts-2025-014", lines[0]["ocid"]!.GetValue<string>());
        Assert.Equal(2, lines[0]["source"]!["line"]!.GetValue<int>());
        Assert.Contains(lines[0]["findings"]!.AsArray(), f => f!["subject"]!.GetValue<string>() == "cotton");
    }

    [Theory]
    [InlineData("{\"columns\": {\"x\": \"y\"}}", "--columns")]
    [InlineData("nothing", "It is no JSON")]
    public void A_mapping_that_is_none_is_wrong_usage(string mapping, string says)
    {
        File.WriteAllText(_folder["map.json"], mapping);
        var result = Run("preview", Path.Combine(Root, "samples", "contracts.csv"), "--columns", _folder["map.json"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(says, result.Error);
    }

    [Fact]
    public void Compiled_releases_are_written_as_lines()
    {
        File.WriteAllText(_folder["r.json"], """[{"ocid":"o-1","id":"1","date":"2024-01-01T00:00:00Z","tag":["tender"],"tender":{"title":"a","x_extension":{"kept":true}}},{"ocid":"o-1","id":"2","date":"2024-01-02T00:00:00Z","tag":["tender"],"tender":{"title":"b"}}]""");
        var compiled = Run("compile", _folder["r.json"], "--quiet");
        Assert.Equal("""{"tag":["compiled"],"id":"o-1-2024-01-02T00:00:00Z","date":"2024-01-02T00:00:00Z","ocid":"o-1","tender":{"title":"b","x_extension":{"kept":true}}}""", compiled.Output.Trim());
        Assert.Contains("\"releaseID\":\"2\"", Run("compile", "--versioned", _folder["r.json"], "--quiet").Output);
        Assert.Equal(2, Run("compile", _folder["r.json"], "--array", "tender/items").ExitCode);
    }

    [Fact]
    public void Check_data_passes_on_the_data_as_it_is_and_names_a_slip()
    {
        Assert.Equal(0, Run("check", "data").ExitCode);
        Directory.CreateDirectory(_folder["data/sources"]);
        File.WriteAllText(_folder["data/sources/sources.csv"], "id\n");
        var result = Run("check", "data", _folder["data"]);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("sources.csv:1: ", result.Output);
    }

    [Theory]
    [InlineData]
    [InlineData("screen")]
    [InlineData("compile")]
    [InlineData("check")]
    [InlineData("check", "data")]
    public void Help_shows_an_example(params string[] command)
    {
        var help = Run([.. command, "--help"]);
        Assert.Equal(0, help.ExitCode);
        Assert.True(command.Length == 0 || help.Output.Contains("Example: palermo ", StringComparison.Ordinal), help.Output);
    }

    public void Dispose() => _folder.Dispose();
}
