using System.Text.Json;
using System.Text.Json.Nodes;
using Palermo.Procurement.Merging;

namespace Palermo.Procurement.Tests;

/// <summary>The merging rules of OCDS, case by case; releases in, compiled and versioned release out.</summary>
public sealed class MergeTests : IDisposable
{
    private readonly Reading _reading = new();

    public static TheoryData<string> Cases()
    {
        var data = new TheoryData<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures", "merge"), "*.json").Order(StringComparer.Ordinal))
        {
            data.Add(Path.GetFileNameWithoutExtension(file));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_rules_hold(string name)
    {
        var fixture = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "merge", name + ".json")))!;
        var rules = fixture["rules"]?.GetValue<string>() == "1.0" ? MergeRules.Ocds10 : fixture["schema"] is { } schema ? MergeRules.FromSchema(schema.ToJsonString()) : MergeRules.Ocds11;
        foreach (var (path, rule) in fixture["arrays"]?.AsObject() ?? [])
        {
            rules = rules.With(path, rule!.GetValue<string>() == "append" ? ArrayMerge.Append : ArrayMerge.ByPosition);
        }

        var file = _reading.File("releases.json", fixture["releases"]!.ToJsonString());
        foreach (var (key, versioned) in new[] { ("compiled", false), ("versioned", true) })
        {
            if (fixture[key] is { } expected)
            {
                var (releases, problems) = Reading.Compile(versioned, rules, file);
                Assert.DoesNotContain(problems, p => p.Kind == ProblemKind.Lost);
                var merged = JsonNode.Parse(Assert.Single(releases));
                Assert.True(JsonNode.DeepEquals(expected, merged), $"{key}: {merged!.ToJsonString()}");
            }
        }
    }

    [Fact]
    public void A_version_without_a_value_leaves_the_one_before() // found by fuzzing
    {
        var file = _reading.File("v.json", """{"ocid":"o-1","x":[{"releaseID":"1","releaseDate":"2024-01-01T00:00:00Z","releaseTag":["tender"],"value":"a"},{"releaseID":"2","releaseDate":"2024-01-02T00:00:00Z","releaseTag":["tender"]}]}""");
        Assert.Contains("\"x\":\"a\"", Assert.Single(Reading.Compile(false, null, file).Releases));
    }

    [Fact]
    public void Values_are_copied_as_published_down_to_the_digits()
    {
        var file = _reading.File("r.json", """{"ocid":"o-1","id":"1","date":"2024-01-01T00:00:00Z","tag":["tender"],"x":{"a":1.50,"b":1e3,"c":"\u00e9\ud800","d":12345678901234567890}}""");
        var release = Assert.Single(Reading.Compile(false, null, file).Releases);
        Assert.Contains("""{"a":1.50,"b":1e3,"c":"\u00e9\ud800","d":12345678901234567890}""", release);
    }

    [Theory]
    [InlineData("""{"ocid":"o-1","compiledRelease":{"ocid":"o-1","tender":{"title":"a",/* note */},}}""")]
    [InlineData("""{"ocid":"o-1","releases":[{"ocid":"o-1","date":"2024-01-01","tender":{"title":"a","x":[1,2,],},}],}""")]
    public void What_was_mended_is_written_as_json(string record)
    {
        var (releases, problems) = Reading.Compile(false, null, _reading.File("r.json", record));
        Assert.Equal("a", JsonNode.Parse(Assert.Single(releases))!["tender"]!["title"]!.GetValue<string>());
        Assert.All(problems, p => Assert.Equal(ProblemKind.Mended, p.Kind));
    }

    [Fact]
    public void The_order_of_the_input_does_not_matter()
    {
        string[] releases =
        [
            """{"ocid":"o-1","id":"1","date":"2024-01-01T00:00:00Z","tag":["tender"],"tender":{"title":"a","status":"active"}}""",
            """{"ocid":"o-1","id":"2","date":"2024-01-01T09:00:00+10:00","tag":["tender"],"tender":{"title":"b"}}""",
            """{"ocid":"o-1","id":"3","date":"2024-01-02T00:00:00Z","tag":["tender"],"tender":{"title":"c"}}""",
        ];
        var forward = Assert.Single(Reading.Compile(false, null, _reading.File("f.jsonl", string.Join('\n', releases))).Releases);
        var backward = Assert.Single(Reading.Compile(false, null, _reading.File("b.jsonl", string.Join('\n', releases.Reverse()))).Releases);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(forward), JsonNode.Parse(backward)));
        Assert.Equal("c", JsonNode.Parse(forward)!["tender"]!["title"]!.GetValue<string>());
    }

    [Fact]
    public void A_schema_reference_that_leads_nowhere_is_named()
    {
        var error = Assert.Throws<JsonException>(() => MergeRules.FromSchema("""{"properties":{"a":{"$ref":"#/definitions/None"}}}"""));
        Assert.Contains("#/definitions/None", error.Message);
    }

    public void Dispose() => _reading.Dispose();
}
