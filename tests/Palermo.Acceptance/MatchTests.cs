using System.Text.Json.Nodes;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance;

/// <summary>Exclusion lists and names, as a user meets them. The parties are made up.</summary>
public sealed class MatchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public MatchTests()
    {
        File.WriteAllText(_folder["uflpa.csv"], "name,effective_date\n\"Zhoulan Cotton Weaving Co., Ltd. (and two aliases: Zholan Weaving; and ZCW Textiles)\",6/21/2022\n\"Huaming Silicon Corporation and its two subsidiaries, which include Huaming Pure Silicon Co., Ltd.; and Huaming Wafer Co., Ltd.\",6/12/2023\nAll Freedonian cotton or products produced with Freedonian cotton.,5/18/2018\n");
        Assert.Equal(0, Palermo("lists", "add", "uflpa", _folder["uflpa.csv"], "--date", "2025-01-15").ExitCode);
    }

    [Fact]
    public void A_name_is_looked_up_with_reasons()
    {
        var result = Palermo("match", "--name", "Zhoulan Cotton Weaving", "--list", "uflpa");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Zhoulan Cotton Weaving Co., Ltd.  (uflpa, edition of 2025-01-15", result.Output);
        Assert.Contains("bits in all", result.Output);
        Assert.Contains("the list says: Zhoulan Cotton Weaving Co., Ltd. (and two aliases", result.Output);
        Assert.Contains("is stale: its edition is of 2025-01-15", result.Error);
        Assert.Contains("Huaming Wafer Co., Ltd.", Palermo("match", "--name", "HUAMING WAFER COMPANY LIMITED").Output);
        Assert.Contains("does not mean that it is not listed elsewhere", Palermo("match", "--name", "Bäckerei Schmidt").Output);
    }

    [Fact]
    public void A_file_of_suppliers_gives_a_line_for_each()
    {
        File.WriteAllText(_folder["suppliers.csv"], "id,supplier,country\n7,Zholan Weaving Ltd,CN\n8,Acme Stationery,GB\n");
        var result = Palermo("match", _folder["suppliers.csv"], "--list", "uflpa");
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(["7", "8"], lines.Select(l => (string)l["id"]!));
        var candidate = lines[0]["candidates"]![0]!;
        Assert.Equal("Zhoulan Cotton Weaving Co., Ltd.", (string)candidate["name"]!);
        Assert.Equal("Zholan Weaving", (string)candidate["matchedName"]!);
        Assert.Equal((double)candidate["bits"]!, candidate["evidence"]!.AsArray().Sum(e => (double)e!["bits"]!), 2);
        Assert.Empty(lines[1]["candidates"]!.AsArray());
        Assert.Contains("never a verdict", result.Error);
        Assert.Contains("Zhoulan Cotton", Palermo("match", _folder["suppliers.csv"], "-f", "csv").Output);
        Assert.Equal(1, Palermo("match", _folder["suppliers.csv"], "--fail-on", "review").ExitCode);
    }

    [Fact]
    public void Pairs_are_scored_line_by_line()
    {
        var result = RunIn(null, "{\"a\":\"Jon Smith\",\"b\":\"John Smith\",\"schema\":\"Person\"}\n{\"a\":\"Fund 5\",\"b\":\"Fund 8\",\"schema\":\"Company\"}\nnonsense\n", "match", "--pairs", "-");
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal([true, false], lines.Take(2).Select(l => (bool)l["match"]!));
        Assert.Contains("not JSON", (string)lines[2]["problem"]!);
        Assert.Contains("line 3", result.Error);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void A_decision_is_kept_and_honoured()
    {
        var before = JsonNode.Parse(Palermo("match", "--name", "Zholan Weaving", "--list", "uflpa", "-f", "jsonl").Output)!["candidates"]![0]!;
        var decide = Palermo("match", "decide", "--name", "Zholan Weaving", "--list", "uflpa", "--id", (string)before["id"]!, "--verdict", "not-a-match", "--who", "A. Okoye", "--why", "registered in Kenya");
        Assert.Equal(0, decide.ExitCode);
        Assert.DoesNotContain("Zhoulan Cotton Weaving Co., Ltd.", Palermo("match", "--name", "ZHOLAN WEAVING", "--list", "uflpa").Output);
        Assert.Contains("not-a-match, A. Okoye", Palermo("match", "--name", "Zholan Weaving", "--list", "uflpa", "--with-decided").Output);
    }

    [Fact]
    public void A_new_edition_shows_what_changed_and_finds_whom_it_concerns()
    {
        File.WriteAllText(_folder["suppliers.csv"], "id,name\n1,Baiyu Seafood Processing Ltd\n2,Acme Stationery Ltd\n");
        Palermo("lists", "add", "table", _folder["suppliers.csv"], "--id", "suppliers", "--date", "2025-01-01");
        File.AppendAllText(_folder["uflpa.csv"], "\"Baiyu Seafood Processing Co., Ltd.\",9/1/2025\n");
        var update = Palermo("lists", "update", "uflpa", "--date", "2025-09-02");
        Assert.Contains("+ Baiyu Seafood Processing Co., Ltd.", update.Output);
        Assert.Contains("1 added", Palermo("lists", "diff", "uflpa").Output);
        var affected = JsonNode.Parse(Palermo("match", "--changed", "uflpa", "--list", "suppliers").Output.Split('\n')[0])!;
        Assert.Equal("Baiyu Seafood Processing Ltd", (string)affected["candidates"]![0]!["name"]!);
        Assert.DoesNotContain("Baiyu Seafood Processing Co", Palermo("match", "--name", "Baiyu Seafood Processing", "--list", "uflpa", "--as-of", "2025-05-01").Output);
        Assert.Contains("2025-09-02", Palermo("lists", "show", "uflpa").Output);
        Assert.Equal(0, Palermo("lists", "remove", "suppliers").ExitCode);
        Assert.DoesNotContain("suppliers", Palermo("lists", "show").Output);
    }

    [Fact]
    public void Screening_judges_suppliers_against_a_list()
    {
        File.WriteAllText(_folder["release.json"], """
            {"ocid":"o-1","tag":["award"],"parties":[{"id":"S","name":"Huaming Wafer Company Ltd","roles":["supplier"]},{"id":"T","name":"Zhoulan Cotton Weaving Co Ltd","roles":["tenderer"]},{"id":"U","name":"Acme Stationery","roles":["tenderer"]}],"tender":{"title":"Paper clips"}}
            """);
        var result = Palermo("screen", _folder["release.json"], "--list", "uflpa", "--format", "jsonl", "--quiet", "--as-of", "2025-02-01", "--run-record", _folder["run.json"]);
        var findings = JsonNode.Parse(result.Output)!["findings"]!.AsArray().Where(f => (string)f!["indicator"]! == "listed-party").ToList();
        Assert.Equal(["listed", "owned"], findings.Select(f => (string)f!["subject"]!).Order());
        Assert.All(findings, f => Assert.Contains("UFLPA Entity List (U.S. Department of Homeland Security, Forced Labor Enforcement Task Force), edition of 2025-01-15", (string)f!["sentence"]!));
        Assert.Contains("uflpa@2025-01-15", File.ReadAllText(_folder["run.json"]));
        var early = Palermo("screen", _folder["release.json"], "--list", "uflpa", "--as-of", "2024-01-01");
        Assert.Equal(2, early.ExitCode);
        Assert.Contains("no edition as of 2024-01-01", early.Error);
        Assert.Contains("needs an exclusion list", Palermo("screen", _folder["release.json"], "--indicator", "listed-party").Error);
    }

    [Theory]
    [InlineData(2, "Say whom to look up", "match")]
    [InlineData(2, "There is no list \"nowhere\"", "match", "--name", "x", "--list", "nowhere")]
    [InlineData(2, "There is no file nowhere.csv", "lists", "add", "uflpa", "nowhere.csv")]
    [InlineData(3, "No party was found", "lists", "add", "table", "data/names/common.csv", "--id", "x", "--map", "name=source;id=token")]
    [InlineData(2, "There is no file some.csv. To look up one name", "match", "some.csv")]
    public void What_cannot_be_done_is_said(int exitCode, string message, params string[] arguments)
    {
        if (message.StartsWith("No party", StringComparison.Ordinal))
        {
            File.WriteAllText(_folder["empty.csv"], "name,country\n");
            arguments = ["lists", "add", "table", _folder["empty.csv"], "--id", "x"];
        }

        var result = Palermo(arguments);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(message, result.Error);
    }

    public void Dispose() => _folder.Dispose();

    private Result Palermo(params string[] arguments) => Run([.. arguments, .. arguments.Contains("--pairs") ? [] : new[] { "--data", _folder["data"] }]);
}
