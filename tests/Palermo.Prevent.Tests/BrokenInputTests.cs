using System.Text;
using System.Text.Json.Nodes;

namespace Palermo.Prevent.Tests;

/// <summary>Whatever stands at any place of a pack or of a facts file, the readers answer with problems and never fail.</summary>
public sealed class BrokenInputTests
{
    private static readonly string[] s_wrong = ["null", "5", "-1e999", "\"x\"", "\"\"", "[]", "{}", "true", "[null]", "[{}]", "\"2026-02-30\"", "{\"all\": null}", "{\"not\": null}", "{\"use\": \"x\"}", "{\"pack\": \"x\"}", "{\"fact\": \"tender.value\", \"op\": \"gte\", \"param\": \"x\"}", "{\"fact\": null, \"op\": null}"];

    public static TheoryData<string> Packs() => ["us-far-22.17", "us-uflpa", "nl-isv", "ca-s211"];

    [Theory]
    [MemberData(nameof(Packs))]
    public void Packs_with_anything_at_any_place(string id)
    {
        var text = File.ReadAllText(Path.Combine(Library.Root, "data", "packs", id + ".json"));
        var pack = JsonNode.Parse(text)!;
        pack["cases"] = new JsonArray([.. pack["cases"]!.AsArray().Take(2).Select(c => c!.DeepClone())]);
        Everywhere(pack, json => Library.Rules.ReadPack(json, "p.json"));
    }

    [Fact]
    public void Facts_with_anything_at_any_place() =>
        Everywhere(JsonNode.Parse(File.ReadAllText(Path.Combine(Library.Root, "samples", "tender-facts.json")))!, json => Library.Rules.ReadFacts(json, "f.json"));

    [Fact]
    public void Packs_cut_off_anywhere()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Library.Root, "data", "packs", "us-tx-2155-0061.json"));
        for (var length = 0; length < bytes.Length - 2; length++)
        {
            Assert.Null(Library.Rules.ReadPack(bytes.AsSpan(0, length), "p.json").Pack);
        }
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void Days_that_publishers_make_up_break_nothing(string day)
    {
        var engine = new Rules.RuleEngine(Library.Rules);
        var sheet = engine.NewSheet();
        foreach (var fact in Library.Rules.Facts.All.Where(f => f.Type == Palermo.Knowledge.Rules.FactType.Date))
        {
            sheet.Set(fact.Name, Palermo.Knowledge.Rules.FactValue.Of(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));
        }

        sheet.Set("buyer.country", Palermo.Knowledge.Rules.FactValue.Of("FR"));
        Assert.Equal(Library.Rules.Packs.Count, Explaining.RulingMaker.Make(engine, sheet).Packs.Count);
    }

    [Theory]
    [InlineData("\"asOf\": \"0001-01-01\", \"facts\": {}")]
    [InlineData("\"facts\": {\"procedure.date\": \"9999-12-31\"}")]
    [InlineData("\"facts\": {\"tender.value\": {\"amount\": 1e27, \"currency\": \"EUR\"}}")]
    public void Figures_beyond_reason_are_refused(string facts) => Assert.NotEmpty(Library.Rules.ReadFacts(Encoding.UTF8.GetBytes("{" + facts + "}"), "f").Problems);

    private delegate void Reader(ReadOnlySpan<byte> json);

    private static void Everywhere(JsonNode document, Reader read)
    {
        foreach (var (set, reset) in Places(document).ToArray())
        {
            foreach (var wrong in s_wrong)
            {
                set(wrong == "null" ? null : JsonNode.Parse(wrong));
                read(Encoding.UTF8.GetBytes(document.ToJsonString()));
            }

            reset();
        }
    }

    private static IEnumerable<(Action<JsonNode?> Set, Action Reset)> Places(JsonNode node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (key, value) in o.ToArray())
                {
                    yield return (v => o[key] = v, () => o[key] = value);
                    foreach (var place in value is null ? [] : Places(value))
                    {
                        yield return place;
                    }
                }

                break;
            case JsonArray a:
                for (var i = 0; i < a.Count; i++)
                {
                    var (at, value) = (i, a[i]);
                    yield return (v => a[at] = v, () => a[at] = value);
                    foreach (var place in value is null ? [] : Places(value))
                    {
                        yield return place;
                    }
                }

                break;
        }
    }
}
