using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using System.Xml.Schema;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance;

/// <summary><c>palermo tender</c>, as an officer meets it.</summary>
public sealed partial class TenderTests(TenderPacks packs)
{
    private static readonly string[] s_reviewed = ["risk-brief.md", "officer-file.md", "bidding-documents.md"];

    /// <summary>Every word of ten tenders under as many regimes. A change of a text or a rule shows here; write anew with <c>PALERMO_GOLDEN=write ./test</c>.</summary>
    [Theory]
    [MemberData(nameof(TenderPacks.All), MemberType = typeof(TenderPacks))]
    public void The_documents_say_what_was_reviewed(string tender, string language)
    {
        var folder = packs.Of(tender, language);
        foreach (var file in s_reviewed)
        {
            var now = Edition().Replace(File.ReadAllText(Path.Combine(folder, file)), "EDITION");
            var path = Path.Combine(TenderPacks.Folder, "expected", tender, file);
            if (Environment.GetEnvironmentVariable("PALERMO_GOLDEN") == "write")
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, now);
            }

            var (lines, before) = (now.Split('\n'), File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n'));
            for (var i = 0; i < Math.Min(lines.Length, before.Length); i++)
            {
                Assert.Equal(before[i], lines[i]);
            }

            Assert.Equal(before.Length, lines.Length);
        }
    }

    [Theory]
    [InlineData("eu-solar")]
    [InlineData("us-federal-abroad")]
    [InlineData("fr-paper-light")]
    public void Every_language_has_the_same_texts_and_obligations(string tender)
    {
        string Shape(string language)
        {
            using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(packs.Of(tender, language), "manifest.json")));
            var texts = manifest.RootElement.GetProperty("texts").EnumerateArray().Select(t => $"{t.GetProperty("id")} {t.GetProperty("why")} {string.Join(',', t.GetProperty("obligations").EnumerateArray().Select(o => o.GetProperty("id")))}");
            var numbers = Number().Matches(File.ReadAllText(Path.Combine(packs.Of(tender, language), "bidding-documents.md"))).Select(m => m.Value);
            return string.Join('\n', texts.Concat(numbers).Append(manifest.RootElement.GetProperty("fillIns").GetRawText()));
        }

        var english = Shape("en");
        Assert.Contains("contract.", english);
        Assert.Equal(english, Shape("fr"));
        Assert.Equal(english, Shape("es"));
    }

    [Theory]
    [MemberData(nameof(TenderPacks.All), MemberType = typeof(TenderPacks))]
    public void Every_text_is_traced_to_an_obligation_or_to_the_risk(string tender, string language)
    {
        var folder = packs.Of(tender, language);
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")));
        var document = File.ReadAllText(Path.Combine(folder, "bidding-documents.md"));
        foreach (var text in manifest.RootElement.GetProperty("texts").EnumerateArray())
        {
            var id = text.GetProperty("id").GetString()!;
            var obligations = text.GetProperty("obligations").EnumerateArray().ToArray();
            Assert.True(obligations.Length > 0 || text.GetProperty("why").GetString() != "rule", id);
            Assert.All(obligations, o => Assert.Matches(@"^[a-z0-9.-]+@[0-9.]+#[0-9a-f]{12}$", o.GetProperty("pack").GetString()));
            if (id.Split('.')[0] is "exclusion" or "selection" or "award" or "contract")
            {
                // In the annex: id, version, wording; and each obligation with its pack.
                var row = document.Split('\n').Single(l => l.StartsWith("| ", StringComparison.Ordinal) && l.Contains($"\\[{id} v", StringComparison.Ordinal));
                Assert.All(obligations, o => Assert.Contains(o.GetProperty("id").GetString()!, row));
            }
        }
    }

    [Fact]
    public void The_same_facts_give_the_same_files()
    {
        using var folder = new TempFolder();
        Assert.Equal(0, Run("tender", TenderPacks.Facts("eu-solar"), "--output", folder["again"]).ExitCode);
        foreach (var file in Directory.EnumerateFiles(packs.Of("eu-solar")))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(folder["again"], Path.GetFileName(file))));
        }
    }

    [Fact]
    public void The_saved_facts_draw_up_the_same_pack()
    {
        using var folder = new TempFolder();
        Assert.Equal(0, Run("tender", Path.Combine(packs.Of("no-textiles"), "facts.json"), "--output", folder["again"]).ExitCode);
        Assert.Equal(File.ReadAllText(Path.Combine(packs.Of("no-textiles"), "bidding-documents.md")), File.ReadAllText(Path.Combine(folder["again"], "bidding-documents.md")));
    }

    [Fact]
    public void A_published_notice_gets_its_brief_and_its_gaps()
    {
        using var folder = new TempFolder();
        var first = File.ReadLines(Sample).First();
        var ocid = JsonDocument.Parse(first).RootElement.GetProperty("ocid").GetString()!;
        var run = Run("tender", Sample, "--ocid", ocid, "--output", folder["pack"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("What the publication shows", File.ReadAllText(folder["pack/officer-file.md"]));
        Assert.Contains(JsonDocument.Parse(first).RootElement.GetProperty("tender").GetProperty("title").GetString()!, File.ReadAllText(folder["pack/risk-brief.md"]));
    }

    [Fact]
    public void The_light_form_is_short_and_says_so()
    {
        var light = packs.Of("fr-paper-light", "fr");
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(light, "manifest.json")));
        Assert.True(manifest.RootElement.GetProperty("light").GetBoolean());
        using var folder = new TempFolder();
        Run("tender", TenderPacks.Facts("fr-paper-light"), "--form", "full", "--output", folder["full"]);
        Assert.True(new FileInfo(Path.Combine(light, "bidding-documents.md")).Length < new FileInfo(folder["full/bidding-documents.md"]).Length);
        // The form asked for against the risk is named in the file.
        Run("tender", TenderPacks.Facts("nsw-cleaning"), "--form", "light", "--output", folder["risky"]);
        Assert.Contains("although the risk is not low", File.ReadAllText(folder["risky/officer-file.md"]));
    }

    [Fact]
    public void What_exceeds_the_risk_or_falls_short_of_a_rule_is_named()
    {
        using var folder = new TempFolder();
        var run = Run("tender", TenderPacks.Facts("us-federal-abroad"), "--include", "contract.third-parties", "--exclude", "contract.notification", "--set", "incident.days=10", "--set", "terms.days=2", "--output", folder["pack"]);
        Assert.Equal(0, run.ExitCode);
        var file = File.ReadAllText(folder["pack/officer-file.md"]);
        Assert.Contains("\"What workers can rely on\" exceeds what rule and risk call for", file);
        Assert.Contains("\"Telling the buyer\" was left out although a rule asks for it: FAR2217", file);
        Assert.Contains("The value of incident.days is laxer than a rule asks: 0 days (FAR2217-07", file);
        Assert.Contains("The value of terms.days is laxer than a rule asks: 5 days", file);
    }

    [Theory]
    [InlineData("--lang", "xx", "There are no texts in \"xx\"; there are en, es, fr.")]
    [InlineData("--set", "fees.repay=3", "There is no fill-in \"fees.repay\".")]
    [InlineData("--set", "fees.repay-days=900", "The fill-in fees.repay-days: 900 is not between 1 and 90 days.")]
    [InlineData("--set", "contract.start=soon", "The fill-in contract.start: \"soon\" is no day (YYYY-MM-DD).")]
    [InlineData("--set", "tender.procedure=secret", "tender.procedure is \"secret\"; it is one of open, restricted")]
    [InlineData("--include", "contract.nothing", "There is no text \"contract.nothing\".")]
    [InlineData("--texts", "nowhere", "--texts nowhere: there is no such folder.")]
    [InlineData("--sdk", "2.0", "--sdk 2.0: a version from 1.3 to 1.15 was expected")]
    [InlineData("--form", "huge", "huge")]
    public void Wrong_usage_is_told_with_the_way_out(string option, string value, string message)
    {
        using var folder = new TempFolder();
        var run = Run("tender", TenderPacks.Facts("eu-solar"), option, value, "--output", folder["pack"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
    }

    [Fact]
    public void A_lawyer_changes_a_text_without_code()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["own/en"]);
        File.WriteAllText(folder["own/en/mine.md"], "## contract.survival: What stays\n\nOur own words, for {records.years} years.\n");
        Run("tender", TenderPacks.Facts("eu-solar"), "--texts", folder["own"], "--output", folder["pack"]);
        Assert.Contains("Our own words, for 6 years.", File.ReadAllText(folder["pack/bidding-documents.md"]));
        File.WriteAllText(folder["own/en/mine.md"], "## contract.survival: What stays\n\nFor {record.years} years.\n");
        var run = Run("tender", TenderPacks.Facts("eu-solar"), "--texts", folder["own"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("contract.survival has the fill-in {record.years}", run.Error);
    }

    [Fact]
    public void The_conversation_asks_explains_and_saves()
    {
        using var folder = new TempFolder();
        var answers = "Rubber gloves for a hospital\nNorway\n?\nback\nGB\nmaybe\n\nstop\n";
        var run = RunIn(folder.Root, answers, "tender", "--ask", "--as-of", "2026-09-01", "--save", "gloves.json");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("In which country is the buyer?", run.Output);
        Assert.Contains("An answer settles", run.Output);
        Assert.Contains("Stopped.", run.Output);
        Assert.Contains("\"GB\"", File.ReadAllText(folder["gloves.json"]));
        Assert.DoesNotContain("\"NO\"", File.ReadAllText(folder["gloves.json"]));
        Assert.Equal(0, RunIn(folder.Root, null, "tender", "gloves.json", "--output", "pack").ExitCode);
    }

    [Fact]
    public void An_answer_that_does_not_fit_is_asked_again()
    {
        using var folder = new TempFolder();
        var run = RunIn(folder.Root, "Uniformes\nES\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n", "tender", "--ask", "--lang", "es", "--as-of", "2026-09-01");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("¿Qué compra y para quién?", run.Output);
        Assert.True(File.Exists(folder["facts.json"]));
    }

    [Theory]
    [InlineData("eu-solar", "en")]
    [InlineData("de-construction", "en")]
    [InlineData("es-school-meals", "es")]
    [InlineData("un-garments", "fr")]
    public void The_espd_request_keeps_to_schema_and_rules(string tender, string language)
    {
        var schemas = new XmlSchemaSet();
        foreach (var (ns, file) in new[] { ("urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2", "basic.xsd"), ("urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2", "aggregate.xsd"), ("urn:oasis:names:specification:ubl:schema:xsd:QualificationApplicationRequest-2", "request.xsd") })
        {
            using var reader = System.Xml.XmlReader.Create(Path.Combine(Root, "tests", "Palermo.Acceptance", "Espd", file));
            schemas.Add(ns, reader);
        }

        var request = XDocument.Load(Path.Combine(packs.Of(tender, language), "espd-request.xml"));
        var faults = new List<string>();
        request.Validate(schemas, (_, e) => faults.Add(e.Message));
        Assert.Empty(faults);
        XNamespace cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2", cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
        var criteria = request.Root!.Elements(cac + "TenderingCriterion").ToDictionary(c => c.Element(cbc + "CriterionTypeCode")!.Value);
        // BR-REQ-30: the grounds of part III A and B; the UUID is the one of every version.
        Assert.All(new[] { "crime-org", "corruption", "fraud", "terr-offence", "finan-laund", "human-traffic", "tax-pay", "socsec-pay" }, code => Assert.Contains(code, criteria.Keys));
        Assert.Equal("d789d01a-fe03-4ccd-9898-73f9cfa080d1", criteria["human-traffic"].Element(cbc + "ID")!.Value);
        Assert.Equal("C6_EG_human-traffic/QG1/Q1", criteria["human-traffic"].Descendants(cac + "TenderingCriterionProperty").First().Element(cbc + "ID")!.Value);
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", request.Root.Element(cbc + "UUID")!.Value);
        var ids = request.Descendants(cac + "TenderingCriterion").Descendants(cbc + "ID").Where(i => i.Parent!.Name.LocalName is not "ProcurementProjectLotReference").Select(i => i.Value).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.DoesNotContain("[Legislation", request.ToString());
    }

    [Theory]
    [InlineData("1.11", "criterion_exclusion-ground", "human-traffic")]
    [InlineData("1.12", "exclusion-ground", "exg-crim-traffick")]
    [InlineData("1.15", "exclusion-ground", "exg-crim-traffick")]
    public void The_notice_fields_carry_the_codes_of_their_version(string sdk, string list, string code)
    {
        using var folder = new TempFolder();
        Assert.Equal(0, Run("tender", TenderPacks.Facts("de-construction"), "--sdk", sdk, "--output", folder["pack"]).ExitCode);
        var fragment = XDocument.Load(folder["pack/eforms-fragment.xml"]);
        var codes = fragment.Descendants().Where(e => (string?)e.Attribute("listName") == list).Select(e => e.Value).ToArray();
        Assert.Contains(code, codes);
        Assert.Contains(fragment.Descendants(), e => (string?)e.Attribute("listName") == "social-objective" && e.Value == "hum-right");
    }

    [Fact]
    public void A_release_with_the_fragment_shows_its_safeguards()
    {
        using var folder = new TempFolder();
        using var fragment = JsonDocument.Parse(File.ReadAllText(Path.Combine(packs.Of("eu-solar"), "ocds-fragment.json")));
        var tender = fragment.RootElement.GetProperty("tender").GetRawText();
        File.WriteAllText(folder["release.json"], $$$"""{"ocid":"ocds-x-1","id":"1","date":"2026-09-01T00:00:00Z","tag":["tender"],"parties":[{"id":"b","roles":["buyer"],"address":{"countryName":"FI"},"details":{"classifications":[{"scheme":"eu-buyer-legal-type","id":"cga"}]}}],"buyer":{"id":"b"},"tender":{{{tender.Insert(1, "\"id\":\"1\",\"title\":\"Solar panels\",\"mainProcurementCategory\":\"goods\",\"value\":{\"amount\":4800000,\"currency\":\"EUR\"},\"datePublished\":\"2026-09-01T00:00:00Z\",")}}}}""");
        var output = Run("rules", folder["release.json"], "--fact", "buyer.level=central", "--fact", "procurement.instrument=contract").Output;
        var shown = output[output.IndexOf("\nShown:", StringComparison.Ordinal)..output.IndexOf("Can't be seen", StringComparison.Ordinal)];
        Assert.Contains("exclude-on-conviction", shown);
        Assert.Contains("labour-law-compliance", shown);
        Assert.Contains("Not shown: none.", output);
    }

    [Fact]
    public void The_calendar_is_one_that_programs_read()
    {
        var calendar = File.ReadAllText(Path.Combine(packs.Of("uk-nhs-gloves"), "calendar.ics"));
        Assert.StartsWith("BEGIN:VCALENDAR", calendar);
        Assert.All(calendar.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line));
        // The 31st of January and three months: the 30th of April, and no month is left out.
        Assert.Contains("DTSTART;VALUE=DATE:20270430", calendar);
        Assert.Contains("BYMONTHDAY=28,29,30", calendar);
        Assert.False(File.Exists(Path.Combine(packs.Of("un-garments", "fr"), "calendar.ics")));
    }

    [GeneratedRegex("(?<=[Ee]dition |édition des données |edición de datos |édition |edición )[0-9a-f]{12}")]
    private static partial Regex Edition();

    [GeneratedRegex(@"(?m)^(\*\*\d+\.\d+\.\d+\*\*|### \d+\.\d+)")]
    private static partial Regex Number();
}
