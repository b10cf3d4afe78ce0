using System.Text.Json.Nodes;
using NJsonSchema;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance;

/// <summary>Rules, harmonized sets and the compendium, as a user meets them.</summary>
public sealed class RulesTests : IDisposable
{
    private const string Notice = """
        {"ocid": "ocds-made-up-1", "date": "2026-03-02T10:00:00Z", "tag": ["tender"], "parties": [{"id": "b", "name": "Council of Testbridge", "roles": ["buyer"], "address": {"countryName": "Ireland"}, "details": {"classifications": [{"scheme": "eu-buyer-legal-type", "id": "la"}]}}],
         "buyer": {"id": "b", "name": "Council of Testbridge"},
         "tender": {"id": "t", "title": "Cleaning cloths", "mainProcurementCategory": "goods", "value": {"amount": 300000, "currency": "EUR"}, "datePublished": "2026-03-02T10:00:00Z", "exclusionGrounds": {"criteria": [{"type": "GROUND"}]}, "items": [{"id": "1", "description": "cleaning cloths", "classification": {"scheme": "CPV", "id": "39525800"}}]}}
        """;

    private readonly TempFolder _folder = new();

    private static string SampleFacts => Path.Combine(Root, "samples", "tender-facts.json");

    [Fact]
    public void An_officer_gets_the_obligations_of_a_tender_with_citations()
    {
        var result = Run("rules", SampleFacts);
        Assert.Equal(0, result.ExitCode);
        var text = result.Output;
        Assert.Contains("Norway: suitable routines for human rights", text);
        Assert.True(text.IndexOf("## Planning", StringComparison.Ordinal) < text.IndexOf("## Tender design", StringComparison.Ordinal));
        Assert.Contains("MUST (buyer) **Routines where risk** [NO-01", text);
        Assert.Contains("LOA, s.5 first para", text);
        Assert.Contains("Open questions, the most decisive first", text);
        Assert.Contains("Of other countries than the buyer's:", text);
        // EEA thresholds are in EUR: the dated rate of the file is shown.
        Assert.Contains("at the rate of 2026-02-27, made up for this sample", text);
        var planning = text[text.IndexOf("## Selection", StringComparison.Ordinal)..text.IndexOf("## Award", StringComparison.Ordinal)];
        Assert.True(planning.LastIndexOf("- MUST", StringComparison.Ordinal) < planning.IndexOf("- MAY", StringComparison.Ordinal), "must stands before may");
        Assert.Contains("- yes: ", Run("rules", SampleFacts, "--explain").Output);
    }

    [Fact]
    public async Task Json_follows_its_schema_and_repeats_to_the_byte()
    {
        var first = Run("rules", SampleFacts, "--format", "json", "--explain").Output;
        Assert.Equal(first, Run("rules", SampleFacts, "--format", "json", "--explain").Output);
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Root, "docs", "schemas", "rules.schema.json"), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(first));
        var packs = JsonNode.Parse(first)!["packs"]!.AsArray();
        var norway = packs.Single(p => (string)p!["id"]! == "no-loa-5")!;
        Assert.True((bool)norway["applies"]!);
        Assert.Contains(norway["obligations"]!.AsArray(), o => (string)o!["id"]! == "NO-01" && (string)o["measure"]! == "buyer-due-diligence" && ((string)o["pack"]!).StartsWith("no-loa-5@", StringComparison.Ordinal));
        Assert.Contains(packs, p => p!["applies"]!.GetValueKind() == System.Text.Json.JsonValueKind.String && (string)p["applies"]! == "unknown");
    }

    [Fact]
    public void Facts_and_the_day_can_be_given_on_the_command_line()
    {
        var at = Run("rules", "--as-of", "2025-11-01", "--fact", "buyer.country=US", "buyer.codes=us-federal", "performance.outsideUS.possibleValue=700000 USD", "supply.entirelyCots=false", "--regime", "us-far-22.17", "--format", "json");
        Assert.Equal(0, at.ExitCode);
        Assert.Contains("FAR2217-03", at.Output);
        var wrong = Run("rules", "--fact", "tender.value=lots");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("tender.value is an amount and its currency", wrong.Error);
        Assert.Contains("there is no fact", Run("rules", "--fact", "buyer.land=NO").Error);
        Assert.Contains("There is no regime", Run("rules", SampleFacts, "--regime", "xx").Error);
        Assert.Equal(2, Run("rules").ExitCode);
    }

    [Fact]
    public void A_facts_file_that_is_wrong_says_where_and_how_to_mend_it()
    {
        File.WriteAllText(_folder["f.json"], "{\n \"asOf\": \"2026-03-01\",\n \"facts\": {\n  \"tender.value\": 216000\n }\n}\n");
        var result = Run("rules", _folder["f.json"]);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("f.json(4): tender.value is the number 216000", result.Error);
        Assert.Contains("{\"amount\": 216000, \"currency\": \"EUR\"}", result.Error);
        File.WriteAllText(_folder["g.json"], "{\"facts\": {\"buyer.coutnry\": \"NO\"}}");
        Assert.Contains("There is no fact \"buyer.coutnry\"", Run("rules", _folder["g.json"]).Error);
    }

    [Theory]
    [InlineData("exg-crim-traffick", "Shown:\n- announce-exclusion-grounds (EU24-02)")]
    [InlineData("exg-crim-corr", "Not shown:\n- announce-exclusion-grounds (EU24-02")]
    public void A_published_notice_shows_its_safeguard_gaps(string ground, string expected)
    {
        File.WriteAllText(_folder["n.json"], Notice.Replace("GROUND", ground, StringComparison.Ordinal));
        var result = Run("rules", _folder["n.json"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("buyer.country: IE ($.parties[0].address.countryName)", result.Output);
        Assert.Contains("eu-2014-24@", result.Output);
        Assert.Contains(expected, result.Output.Replace("Shown: \n", "Shown:\n", StringComparison.Ordinal).Replace("Not shown: \n", "Not shown:\n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_ruling_is_kept_with_its_packs_and_judged_again()
    {
        Assert.Equal(0, Run("rules", SampleFacts, "--save", _folder["ruling.json"]).ExitCode);
        var again = Run("rules", "--again", _folder["ruling.json"]);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("as saved", again.Output);
        Assert.Contains("the same pack; the same binds", again.Output);
        File.WriteAllText(_folder["ruling.json"], File.ReadAllText(_folder["ruling.json"]).Replace("\"value\":100000", "\"value\":900000000", StringComparison.Ordinal));
        Assert.Contains("somebody changed the file", Run("rules", "--again", _folder["ruling.json"]).Error);
    }

    [Fact]
    public void A_policy_of_ones_own_lies_over_the_law()
    {
        File.WriteAllText(_folder["p.json"], """
            {"schema": "palermo.pack/1", "id": "our-policy", "title": "Our policy", "jurisdiction": {"code": "NO", "issuer": "Us"}, "instrument": {"name": "Decision 7", "type": "policy", "binding": "our own"},
             "version": "1", "status": "in-force", "effective": {"from": "2026-01-01", "to": null}, "temporalKey": "procedure.startDate", "applies": {"fact": "buyer.country", "op": "eq", "value": "NO"},
             "obligations": [{"id": "OUR-01", "phase": "selection", "actor": "buyer", "strength": "must", "measures": [{"id": "supplier-questionnaire"}], "title": "Ask", "summary": "Ask.", "citation": {"instrument": "Decision 7"}, "checked": "source"}],
             "checked": {"status": "source"}}
            """);
        Assert.Contains("OUR-01", Run("rules", SampleFacts, "--pack", _folder["p.json"]).Output);
        File.WriteAllText(_folder["q.json"], File.ReadAllText(_folder["p.json"]).Replace("\"checked\": {", "\"chekced\": {", StringComparison.Ordinal));
        var wrong = Run("rules", SampleFacts, "--pack", _folder["q.json"]);
        Assert.Equal(3, wrong.ExitCode);
        Assert.Contains("Did you mean \"checked\"?", wrong.Error);
    }

    [Fact]
    public async Task Every_pack_fits_the_schema_that_editors_use()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Root, "docs", "schemas", "pack.schema.json"), TestContext.Current.CancellationToken);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "data", "packs"), "*.json"))
        {
            var text = File.ReadAllText(file);
            Assert.True(schema.Validate(text).Count == 0, file);
            Assert.NotEmpty(schema.Validate(text.Replace("\"effective\"", "\"efective\"", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Regimes_are_harmonized()
    {
        var result = Run("harmonize", "uk-pa2023-exclusion", "us-far-22.17", "wb-esf-ess2", "--as-of", "2026-03-01");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("**Open a channel for workers** [grievance-mechanism]", result.Output);
        Assert.Contains("What the common set costs each regime", result.Output);
        Assert.Equal(result.Output, Run("harmonize", "wb-esf-ess2", "us-far-22.17", "uk-pa2023-exclusion", "--as-of", "2026-03-01").Output);
        var tender = Run("harmonize", "--tender", SampleFacts, "--format", "json");
        Assert.Contains("no-loa-5@", (string)JsonNode.Parse(tender.Output)!["of"]!);
        Assert.Equal(2, Run("harmonize").ExitCode);
    }

    [Fact]
    public void A_run_with_rules_counts_safeguards_with_their_denominators_and_joins()
    {
        for (var i = 0; i < 4; i++)
        {
            File.WriteAllText(_folder[$"n{i}.json"], Notice.Replace("GROUND", i == 0 ? "exg-crim-corr" : "exg-crim-traffick", StringComparison.Ordinal).Replace("made-up-1", $"made-up-{i}", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal));
        }

        string[] all = [.. Enumerable.Range(0, 4).Select(i => _folder[$"n{i}.json"])];
        Assert.Equal(0, Run(["screen", .. all, "--rules", "--as-of", "2026-04-01", "--format", "jsonl", "--output", _folder["all.jsonl"], "--report", _folder["r.html"], "--quiet"]).ExitCode);
        var rules = JsonNode.Parse(File.ReadAllText(_folder["all.jsonl.run.json"]))!["rules"]!;
        var announced = rules["safeguards"]!.AsArray().Single(s => (string)s!["measure"]! == "announce-exclusion-grounds")!;
        Assert.Equal((4, 3, 1, 0), ((int)announced["hadTo"]!, (int)announced["shown"]!, (int)announced["notShown"]!, (int)announced["cannotBeSeen"]!));
        Assert.Contains(rules["byBuyer"]!.AsArray(), b => (string?)b!["of"] == "Council of Testbridge");
        Assert.Contains(rules["byYear"]!.AsArray(), y => (string?)y!["of"] == "2026");
        Assert.Contains("75.0 %", File.ReadAllText(_folder["r.html"]));

        // Split and joined, the sums are the same.
        Run(["screen", all[0], all[1], "--rules", "--as-of", "2026-04-01", "--format", "jsonl", "--output", _folder["a.jsonl"], "--quiet"]);
        Run(["screen", all[2], all[3], "--rules", "--as-of", "2026-04-01", "--format", "jsonl", "--output", _folder["b.jsonl"], "--quiet"]);
        Assert.Equal(0, Run("join", _folder["b.jsonl"], _folder["a.jsonl"], "--format", "jsonl", "--output", _folder["joined.jsonl"], "--quiet").ExitCode);
        Assert.Equal(rules.ToJsonString(), JsonNode.Parse(File.ReadAllText(_folder["joined.jsonl.run.json"]))!["rules"]!.ToJsonString());

        // A fact that the publisher leaves out can be stated for all.
        File.WriteAllText(_folder["m.json"], File.ReadAllText(all[1]).Replace("\"address\": {\"countryName\": \"Ireland\"}, ", "", StringComparison.Ordinal));
        Assert.DoesNotContain("eu-2014-24", Run("screen", _folder["m.json"], "--rules", "--format", "jsonl", "--quiet").Output);
        Assert.Contains("eu-2014-24", Run("screen", _folder["m.json"], "--rules", "--fact", "buyer.country=IE", "--format", "jsonl", "--quiet").Output);
    }

    [Fact]
    public void Check_rules_lists_what_no_case_would_notice()
    {
        var result = Run("check", "rules", "--pack", "us-far-22.17");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("| us-far-22.17 |", result.Output);
        Assert.Contains("(100.0 %)", result.Output);
        // The page that says how well cases hold the packs is what the command writes.
        Assert.Contains(Run("check", "rules").Output.TrimEnd(), File.ReadAllText(Path.Combine(Root, "docs", "rules-cases.md")));
    }

    [Fact]
    public void Check_data_points_at_a_pack_that_is_wrong()
    {
        var data = _folder["data"];
        Copy(Path.Combine(Root, "data"), data);
        var file = Path.Combine(data, "packs", "us-va-2-2-4311-3.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"value\": 10000,", "\"value\": 10001,", StringComparison.Ordinal));
        var result = Run("check", "data", data);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("us-va-2-2-4311-3.json:", result.Output);
        Assert.Contains("Read the text of the law again", result.Output);
        File.WriteAllText(Path.Combine(data, "compendium", "IS.json"), File.ReadAllText(Path.Combine(data, "compendium", "IS.json")).Replace("\"exclude-on-conviction\"", "\"exclusion_ground\"", StringComparison.Ordinal));
        Assert.Contains("there is no measure \"exclusion_ground\"", Run("check", "data", data).Output);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public void Dispose() => _folder.Dispose();
}
