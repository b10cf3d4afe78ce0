using System.Text.Json.Nodes;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance;

/// <summary>The compendium, as a policy maker meets it.</summary>
public sealed class CompendiumTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void All_jurisdictions_and_entries_are_there()
    {
        var list = Run("compendium", "list");
        Assert.Equal(0, list.ExitCode);
        Assert.Contains("state-or-territory: 95", list.Output);
        Assert.Contains("456 entries", list.Output);
    }

    [Theory]
    [InlineData("coton forced labuor", "cotton")]
    [InlineData("vigilence plan", "fr-ccp-l2141-7-1")]
    [InlineData("Zamówień publicznych", "pl-pzp-108")]
    [InlineData("52.222-50", "us-far-52-222-50")]
    public void Words_are_found_with_slips_of_the_pen(string words, string expected)
    {
        var result = Run("compendium", "search", words);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(expected, string.Join('\n', result.Output.Split('\n').Take(12)));
    }

    [Fact]
    public void Industries_are_findable()
    {
        foreach (var sector in new[] { "cotton", "seafood", "apparel", "minerals", "solar" })
        {
            Assert.DoesNotContain("\n0 entries", Run("compendium", "list", "--sector", sector).Output);
        }

        var wrong = Run("compendium", "list", "--sector", "coton");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("cotton", wrong.Error);
    }

    [Fact]
    public void Standing_is_told_as_of_any_day()
    {
        string Standing(string day) => (string)JsonNode.Parse(Run("compendium", "show", "gb-ppn-02-23", "--as-of", day, "--json").Output)![0]!["standing"]!;
        Assert.Equal("not-yet", Standing("2023-02-09"));
        Assert.Equal("adopted", Standing("2023-03-01"));
        Assert.Equal("in-force", Standing("2023-04-01"));
        Assert.Equal("ended", Standing("2026-01-01"));
        // Of what is known only by its year, the year itself is not settled.
        Assert.Equal("unknown", (string)JsonNode.Parse(Run("compendium", "show", "at-bvergg-2018-78", "--as-of", "2018-06-01", "--json").Output)![0]!["standing"]!);
    }

    [Fact]
    public void An_entry_shows_how_it_was_verified_and_where_its_text_is()
    {
        Assert.Contains("NOT YET VERIFIED", Run("compendium", "show", "at-bvergg-2018-78").Output);
        var seen = Run("compendium", "show", "pl-pzp-108").Output;
        Assert.Contains("Verified: seen in its source", seen);
        Assert.Contains("https://", seen);
        Assert.Contains("Runs as: pl-pzp-108@", seen);
        var missing = Run("compendium", "show", "pl-pzp-180");
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("Did you mean", missing.Error);
    }

    [Fact]
    public void States_are_compared_and_gaps_named_with_those_who_have_it()
    {
        var compared = Run("compendium", "compare", "DE", "Norway", "--measure", "exclude-on-conviction", "--as-of", "2026-01-01").Output;
        Assert.Contains("de-gwb-123-1-10", compared);
        Assert.Contains("no-foa-2016-24-2*", compared); // not yet verified
        var gaps = JsonNode.Parse(Run("compendium", "gaps", "FR", "--peers", "DE", "NL", "NO", "SE", "--as-of", "2026-01-01", "--format", "json").Output)!;
        var assessment = gaps["measures"]!.AsArray().Single(m => (string)m!["id"]! == "risk-assessment")!;
        Assert.False((bool)assessment["has"]!);
        Assert.Contains(assessment["statesThatHaveIt"]!.AsArray(), s => (string)s! == "NO");
        Assert.Contains("against Model Guidelines on Government Measures", Run("compendium", "gaps", "NZ").Output);
        Assert.Contains("the harmonized set of osce-procurement", Run("compendium", "gaps", "NZ", "--regimes", "osce-procurement").Output);
    }

    [Fact]
    public void Figures_by_year_are_one_command_away()
    {
        var counts = JsonNode.Parse(Run("compendium", "count", "exclude-on-conviction", "--from", "2015", "--to", "2020", "--format", "json").Output)!["years"]!.AsArray();
        var numbers = counts.Select(y => (int)y!["exclude-on-conviction"]!["had"]!).ToArray();
        Assert.Equal(6, numbers.Length);
        Assert.True(numbers[^1] > numbers[0] + 10, "the directives of 2014 came into force in between");
        Assert.Equal(2, Run("compendium", "count", "exclusion").ExitCode);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("html")]
    public void Exports_hold_every_entry_with_its_citation(string format)
    {
        Assert.Equal(0, Run("compendium", "export", "--format", format, "--output", _folder["out"]).ExitCode);
        var text = File.ReadAllText(_folder["out"]);
        Assert.Contains("pl-pzp-108", text);
        Assert.Contains("Criminal Code art. 189a", text);
        if (format == "json")
        {
            Assert.Equal(456, JsonNode.Parse(text)!.AsArray().Count);
        }
        else if (format == "html")
        {
            Assert.Contains("not yet verified", text);
            Assert.DoesNotContain("<script", text);
        }
    }

    public void Dispose() => _folder.Dispose();
}
