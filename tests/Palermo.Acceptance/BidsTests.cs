using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using NJsonSchema;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance;

/// <summary><c>palermo bids</c>: what bidders returned.</summary>
public sealed class BidsTests(TenderPacks packs)
{
    private static readonly XNamespace s_cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2", s_cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    [Fact]
    public void Four_bids_in_four_formats_are_assessed_alike()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["bids"]);
        Write(Answers("Alpha", 2_000_000), folder["bids/alpha.json"]);
        Csv("Beta", "2 050 000 AUD", folder["bids/beta.csv"]);
        Docx("Gamma", "2100000 AUD", folder["bids/gamma.docx"]);
        Write(Answers("Delta", 1_100_000, ("question.hours-offered", "40 000"), ("question.labour-cost", "35.5"), ("question.labour-providers", "no"), ("question.agency-workers", "12"), ("question.conviction", "perhaps"), ("question.subcontractors", "")), folder["bids/delta.json"]);
        var bids = Assess(folder, "--output", folder["out"]);
        Assert.Equal(["Alpha", "Beta", "Delta", "Gamma"], bids.Select(b => b.GetProperty("bidder").GetString()).Order());
        Assert.All(bids, b => Assert.True(b.GetProperty("sameQuestionnaire").GetBoolean()));
        var delta = bids.Single(b => b.GetProperty("bidder").GetString() == "Delta");
        Assert.Equal(["inconsistent.agency-without-provider", "inconsistent.labour-above-price"], Texts(delta, "inconsistent").Order());
        Assert.Equal(["estimate", "labour", "others"], delta.GetProperty("lowPrice").EnumerateArray().Select(l => l.GetProperty("kind").GetString()!).Order());
        Assert.Equal("unreadable", State(delta, "question.conviction"));
        Assert.Equal("missing", State(delta, "question.subcontractors"));
        var alpha = bids.Single(b => b.GetProperty("bidder").GetString() == "Alpha");
        Assert.Empty(alpha.GetProperty("lowPrice").EnumerateArray());
        Assert.Equal("notasked", State(alpha, "question.conviction-date"));
        var letter = File.ReadAllText(Directory.EnumerateFiles(folder["out"], "letter-low-bid-*.md").Single());
        Assert.Contains("40,000 hours × 35.5 AUD an hour = 1,420,000 AUD for labour alone; price 1,100,000 AUD; short by 320,000 AUD", letter);
        Assert.Contains("It is a question, not a conclusion.", letter);
        Assert.Contains("median of 3 other bids", letter);
    }

    [Fact]
    public void Scores_follow_the_published_formula_and_wait_for_people()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["bids"]);
        Write(Answers("Alpha", 2_000_000), folder["bids/alpha.json"]);
        Assert.False(Assess(folder)[0].TryGetProperty("score", out _));
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(packs.Of("nsw-cleaning"), "questionnaire.json")));
        var scored = manifest.RootElement.GetProperty("questions").EnumerateArray().Where(q => q.TryGetProperty("points", out _)).Select(q => (Id: q.GetProperty("id").GetString()!, Points: q.GetProperty("points").GetInt32())).ToArray();
        var lines = scored.SelectMany((q, i) => new[] { $"Alpha,{q.Id},Ann,{i % 5},because", $"alpha,{q.Id},Bo,{i % 5}," }).Prepend("bidder,question,evaluator,mark,reason");
        File.WriteAllLines(folder["marks.csv"], lines);
        var expected = Math.Round(scored.Select((q, i) => q.Points * (i % 5) / 4m).Sum() / scored.Sum(q => q.Points) * 10, 2);
        Assert.Equal(expected, Assess(folder, "--marks", folder["marks.csv"])[0].GetProperty("score").GetDecimal());
        // Two who differ settle it in writing; until then there is no score.
        File.AppendAllText(folder["marks.csv"], $"Alpha,{scored[1].Id},Cy,4,\n");
        Assert.False(Assess(folder, "--marks", folder["marks.csv"])[0].TryGetProperty("score", out _));
        File.AppendAllText(folder["marks.csv"], $"Alpha,{scored[1].Id},settled,1,agreed\n");
        Assert.Equal(expected, Assess(folder, "--marks", folder["marks.csv"])[0].GetProperty("score").GetDecimal());
        File.AppendAllText(folder["marks.csv"], $"Alpha,{scored[1].Id},Dee,7,\n");
        var run = Run("bids", folder["bids"], "--tender-pack", packs.Of("nsw-cleaning"), "--marks", folder["marks.csv"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("The mark is \"7\"", run.Error);
    }

    /// <summary>Exactly five years: out in the United Kingdom (Sch 6 para 44), in under the directive (art. 57(7)).</summary>
    [Theory]
    [InlineData("eu-solar", "2021-10-01", "tobeheard")]
    [InlineData("eu-solar", "2021-09-30", "")]
    [InlineData("uk-nhs-gloves", "2021-10-01", "")]
    [InlineData("uk-nhs-gloves", "2021-10-02", "tobeheard")]
    [InlineData("eu-solar", "", "unknown")]
    public void The_look_back_ends_on_the_day_of_the_decision(string tender, string judgment, string state)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["bids"]);
        Write(Answers(tender, "Alpha", 2_000_000, ("question.conviction", "yes"), ("question.conviction-date", judgment)), folder["bids/alpha.json"]);
        var grounds = AssessOf(tender, folder, "--as-of", "2026-10-01")[0].GetProperty("grounds").EnumerateArray().Where(g => g.GetProperty("kind").GetString() == "mandatory-exclusion").ToArray();
        if (state.Length == 0)
        {
            Assert.Empty(grounds);
        }
        else
        {
            Assert.NotEmpty(grounds);
            Assert.All(grounds, g => Assert.Equal(state, g.GetProperty("state").GetString()));
        }
    }

    /// <summary>No rule of New South Wales makes a conviction a ground; the buyer's own documents do.</summary>
    [Fact]
    public void What_a_bidder_admits_is_never_passed_over()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["bids"]);
        Write(Answers("nsw-cleaning", "Alpha", 2_000_000, ("question.conviction", "yes"), ("question.conviction-date", "2024-05-04")), folder["bids/alpha.json"]);
        var bid = Assess(folder, "--output", folder["out"])[0];
        Assert.Empty(bid.GetProperty("grounds").EnumerateArray());
        Assert.Equal(("question.conviction", "2024-05-04"), (bid.GetProperty("admitted")[0].GetProperty("subject").GetString(), bid.GetProperty("admitted")[0].GetProperty("date").GetString()));
        var report = File.ReadAllText(Directory.EnumerateFiles(folder["out"], "*.md").Single(f => !f.Contains("letter", StringComparison.Ordinal)));
        Assert.DoesNotContain("no ground on this subject applies", report);
        Assert.Contains("Final convictions: yes, 4 May 2024", report);
        var letter = File.ReadAllText(Directory.EnumerateFiles(folder["out"], "letter-hearing-*.md").Single());
        Assert.Contains("Integrity ground of the buyer", letter);
        Assert.Contains("Final convictions: yes, 4 May 2024", letter);
    }

    [Fact]
    public async Task What_is_returned_and_what_is_found_keep_to_their_schemas()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["bids"]);
        Write(Answers("eu-solar", "Alpha", 2_000_000, ("question.conviction", "yes"), ("question.conviction-date", "2024-05-04")), folder["bids/alpha.json"]);
        Write(Answers("eu-solar", "Beta", 900_000), folder["bids/beta.json"]);
        var run = Run("bids", folder["bids"], "--tender-pack", packs.Of("eu-solar"), "--format", "json");
        async Task Valid(string schema, string json) =>
            Assert.Empty((await JsonSchema.FromFileAsync(Path.Combine(Root, "docs", "schemas", schema), TestContext.Current.CancellationToken)).Validate(json));
        await Valid("bids.schema.json", run.Output);
        await Valid("questionnaire.schema.json", File.ReadAllText(folder["bids/alpha.json"]));
        foreach (var tender in new[] { "eu-solar", "nsw-cleaning", "us-federal-abroad" })
        {
            await Valid("questionnaire.schema.json", File.ReadAllText(Path.Combine(packs.Of(tender), "questionnaire.json")));
            await Valid("tender-pack.schema.json", File.ReadAllText(Path.Combine(packs.Of(tender), "manifest.json")));
        }
    }

    [Fact]
    public void Hearing_and_self_cleaning_are_the_buyers_to_decide()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["bids"]);
        Write(Answers("eu-solar", "Alpha", 2_000_000, ("question.conviction", "oui"), ("question.conviction-date", "2024-05-04")), folder["bids/alpha.json"]);
        string StateAfter(string decision)
        {
            File.WriteAllText(folder["decisions.csv"], "bidder,heard,self-cleaning\n" + decision);
            return AssessOf("eu-solar", folder, "--as-of", "2026-10-01", "--decisions", folder["decisions.csv"])[0].GetProperty("grounds")[0].GetProperty("state").GetString()!;
        }

        Assert.Equal("tobeheard", StateAfter(""));
        Assert.Equal("tobeheard", StateAfter("Alpha,yes,\n"));
        Assert.Equal("cleaned", StateAfter("Alpha,yes,accepted\n"));
        Assert.Equal("tobedecided", StateAfter("Alpha,yes,rejected\n"));
    }

    [Fact]
    public void An_espd_response_is_read_and_held_against_the_questionnaire()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["bids/alpha"]);
        Write(Answers("eu-solar", "Alpha", 2_000_000), folder["bids/alpha/answers.json"]);
        Respond(Path.Combine(packs.Of("eu-solar"), "espd-request.xml"), folder["bids/alpha/espd.xml"], "human-traffic", "2023-02-01");
        var bid = AssessOf("eu-solar", folder, "--as-of", "2026-10-01")[0];
        Assert.Equal("Alpha", bid.GetProperty("bidder").GetString());
        Assert.Contains("inconsistent.conviction-espd", Texts(bid, "inconsistent"));
        Assert.Contains(bid.GetProperty("grounds").EnumerateArray(), g => g.GetProperty("determination").GetString() == "EU24-X1" && g.GetProperty("state").GetString() == "tobeheard" && g.GetProperty("reason").GetString()!.Contains("2023-02-01", StringComparison.Ordinal));
        Assert.Empty(bid.GetProperty("otherGrounds").EnumerateArray());
    }

    [Fact]
    public void Who_answered_another_questionnaire_is_named()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["bids"]);
        var other = Answers("Alpha", 2_000_000);
        other["questionnaire"] = "0123456789abcdef";
        other["answers"]!["question.favourite-colour"] = "blue";
        Write(other, folder["bids/alpha.json"]);
        var run = Run("bids", folder["bids"], "--tender-pack", packs.Of("nsw-cleaning"));
        Assert.Contains("Alpha answered another questionnaire (0123456789abcdef)", run.Output);
        Assert.Contains("Alpha answered questions that were not asked (question.favourite-colour): they count for nobody.", run.Output);
    }

    [Theory]
    [InlineData("x.json", "{\"answers\": [", "The file is no JSON")]
    [InlineData("x.json", "{\"bidder\": \"A\"}", "There is no object \"answers\" in it.")]
    [InlineData("x.csv", "frage;antwort\na;b\n", "\"id\" and \"answer\" are needed")]
    [InlineData("x.csv", "id,answer\nquestion.conviction,no\n", "does not name its bidder")]
    [InlineData("x.csv", "id,answer\nbidder,A\nprice,1.234 EUR\n", "can be read in two ways")]
    [InlineData("x.xml", "<a/>", "an ESPD response is a QualificationApplicationResponse")]
    [InlineData("x.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", "The file is no XML")]
    [InlineData("x.docx", "nothing", "can't be opened")]
    public void A_file_that_cannot_be_read_stops_the_assessment(string name, string content, string message)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["bids"]);
        File.WriteAllText(folder["bids/" + name], content);
        var run = Run("bids", folder["bids"], "--tender-pack", packs.Of("nsw-cleaning"));
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error);
        Assert.Contains(name, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
    }

    private List<JsonElement> Assess(TempFolder folder, params string[] more) => AssessOf("nsw-cleaning", folder, more);

    private List<JsonElement> AssessOf(string tender, TempFolder folder, params string[] more)
    {
        var run = Run(["bids", folder["bids"], "--tender-pack", packs.Of(tender), "--format", "json", .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        return [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("bids").EnumerateArray()];
    }

    private JsonObject Answers(string bidder, decimal price, params (string Question, string Answer)[] own) => Answers("nsw-cleaning", bidder, price, own);

    private JsonObject Answers(string tender, string bidder, decimal price, params (string Question, string Answer)[] own)
    {
        var form = JsonNode.Parse(File.ReadAllText(Path.Combine(packs.Of(tender), "questionnaire.json")))!.AsObject();
        form["bidder"] = bidder;
        form["price"] = new JsonObject { ["amount"] = price, ["currency"] = tender == "nsw-cleaning" ? "AUD" : "EUR" };
        foreach (var question in form["questions"]!.AsArray())
        {
            if (question!["when"] is null)
            {
                form["answers"]![question["id"]!.GetValue<string>()]!["answer"] = Plain(question["answer"]!.GetValue<string>());
            }
        }

        form["answers"]!["question.hours-offered"]?.AsObject()["answer"] = 40_000;
        form["answers"]!["question.labour-cost"]?.AsObject()["answer"] = 35.5;
        foreach (var (question, answer) in own)
        {
            form["answers"]![question]!["answer"] = answer;
        }

        return form;
    }

    private static string Plain(string type) => type switch { "yes-no" => "no", "number" or "percent" or "money" => "20", "countries" => "AU, New Zealand", "date" => "2020-01-01", _ => "As described in our plan." };

    private static void Write(JsonObject form, string path) => File.WriteAllText(path, form.ToJsonString());

    private void Csv(string bidder, string price, string path)
    {
        var lines = File.ReadAllLines(Path.Combine(packs.Of("nsw-cleaning"), "questionnaire.csv")).Select(line =>
            line.StartsWith("bidder,", StringComparison.Ordinal) ? $"bidder,,,{bidder},"
            : line.StartsWith("price,", StringComparison.Ordinal) ? $"price,,,{price},"
            : line.Contains("yes-no; ", StringComparison.Ordinal) ? line[..^1] + "No," : line);
        File.WriteAllLines(path, lines);
    }

    private void Docx(string bidder, string price, string path)
    {
        File.Copy(Path.Combine(packs.Of("nsw-cleaning"), "bidding-documents.docx"), path);
        using var file = WordprocessingDocument.Open(path, isEditable: true);
        foreach (var control in file.MainDocumentPart!.Document!.Descendants<SdtRun>())
        {
            var tag = control.SdtProperties!.GetFirstChild<Tag>()!.Val!.Value;
            if (tag is "answer:bidder.name" or "answer:bid.price" or "answer:question.conviction")
            {
                control.SdtProperties.RemoveAllChildren<ShowingPlaceholder>();
                control.Descendants<Text>().Single().Text = tag switch { "answer:bidder.name" => bidder, "answer:bid.price" => price, _ => "no" };
            }
        }
    }

    // A response as a service makes one: the criteria repeated, an answer for each path.
    private static void Respond(string request, string path, string ground, string date)
    {
        var source = XDocument.Load(request).Root!;
        XNamespace ns = "urn:oasis:names:specification:ubl:schema:xsd:QualificationApplicationResponse-2";
        var response = new XElement(ns + "QualificationApplicationResponse", source.Elements().Where(e => e.Name.LocalName != "TenderingCriterion"));
        var criteria = source.Elements(s_cac + "TenderingCriterion").ToArray();
        response.Add(criteria.Cast<object>().ToArray());
        foreach (var criterion in criteria)
        {
            var applies = criterion.Element(s_cbc + "CriterionTypeCode")!.Value == ground;
            var first = true;
            foreach (var property in criterion.Descendants(s_cac + "TenderingCriterionProperty"))
            {
                var value = property.Element(s_cbc + "ValueDataTypeCode")!.Value switch
                {
                    "INDICATOR" => new XElement(s_cbc + "ResponseIndicator", first && applies ? "true" : "false"),
                    "DATE" when applies => new XElement(s_cbc + "ResponseDate", date),
                    _ => null,
                };
                first &= value is null;
                if (value is not null)
                {
                    response.Add(new XElement(s_cac + "TenderingCriterionResponse", new XElement(s_cbc + "ValidatedCriterionPropertyID", property.Element(s_cbc + "ID")!.Value), new XElement(s_cac + "ResponseValue", value)));
                }
            }
        }

        new XDocument(response).Save(path);
    }

    private static string State(JsonElement bid, string question) => bid.GetProperty("answers").EnumerateArray().Single(a => a.GetProperty("question").GetString() == question).GetProperty("state").GetString()!;

    private static string[] Texts(JsonElement bid, string name) => [.. bid.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
}
