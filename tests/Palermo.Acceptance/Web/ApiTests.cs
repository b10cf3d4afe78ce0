using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>The API: the same answers as the command line, clear problems, and a description made from the code.</summary>
public sealed class ApiTests(Workspace workspace, TenderPacks packs)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_description_is_the_one_that_was_reviewed()
    {
        var path = Path.Combine(Root, "docs", "openapi", "v1.json");
        var made = (await workspace.Client.GetStringAsync("/openapi/v1.json", Cancel)).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("PALERMO_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, made);
        }

        Assert.Equal(File.ReadAllText(path), made);
        using var json = JsonDocument.Parse(made);
        Assert.StartsWith("3.1", json.RootElement.GetProperty("openapi").GetString());
        foreach (var operation in json.RootElement.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()))
        {
            Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
            Assert.NotEmpty(operation.Value.GetProperty("operationId").GetString()!);
        }
    }

    [Fact]
    public async Task A_list_is_walked_to_its_end_with_cursors()
    {
        var ids = new List<string>();
        var url = "/api/v1/compendium/entries?limit=77";
        for (string? cursor = ""; cursor is not null;)
        {
            using var page = JsonDocument.Parse(await workspace.Client.GetStringAsync(url + (cursor.Length > 0 ? "&cursor=" + cursor : ""), Cancel));
            ids.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            Assert.Equal(ids.Count, ids.Distinct().Count());
            cursor = page.RootElement.TryGetProperty("next", out var next) ? next.GetString() : null;
            Assert.True(cursor is not null || ids.Count == page.RootElement.GetProperty("total").GetInt32());
        }

        Assert.True(ids.Count > 400);
    }

    [Fact]
    public async Task An_entry_a_ruling_and_a_set_are_what_the_command_line_says()
    {
        var id = JsonDocument.Parse(Run("compendium", "list", "--jurisdiction", "NO", "--json").Output).RootElement[0].GetProperty("id").GetString()!;
        var cli = JsonNode.Parse(Run("compendium", "show", id, "--json", "--as-of", "2026-09-01").Output)![0];
        Assert.True(JsonNode.DeepEquals(cli, JsonNode.Parse(await workspace.Client.GetStringAsync("/api/v1/compendium/entries/" + id, Cancel))));

        var facts = File.ReadAllText(Path.Combine(Root, "samples", "tender-facts.json"));
        var api = JsonNode.Parse(await (await Post("/api/v1/rulings", facts)).Content.ReadAsStringAsync(Cancel))!;
        var own = JsonNode.Parse(Run("rules", Path.Combine(Root, "samples", "tender-facts.json"), "--format", "json").Output)!;
        Assert.True(JsonNode.DeepEquals(own["packs"], api["packs"]));
        Assert.True(JsonNode.DeepEquals(own["questions"], api["questions"]));
        Assert.Empty((await JsonSchema.FromFileAsync(Path.Combine(Root, "docs", "schemas", "rules.schema.json"), Cancel)).Validate(api.ToJsonString()));

        var set = JsonNode.Parse(await (await Post("/api/v1/harmonized-sets", "{\"regimes\": [\"us-far-22.17\", \"wb-esf-ess2\"]}")).Content.ReadAsStringAsync(Cancel))!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Run("harmonize", "us-far-22.17", "wb-esf-ess2", "--format", "json").Output)!["measures"], set["measures"]));
    }

    [Fact]
    public async Task Screening_is_what_the_command_line_says()
    {
        using var folder = new TempFolder();
        Run("screen", Sample, "--as-of", "2026-09-01", "--format", "jsonl", "--output", folder["own.jsonl"]);
        using var content = new ByteArrayContent(File.ReadAllBytes(Sample));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        var response = await workspace.Client.PostAsync("/api/v1/screenings", content, Cancel);
        var lines = (await response.Content.ReadAsStringAsync(Cancel)).TrimEnd('\n').Split('\n');
        var own = File.ReadAllLines(folder["own.jsonl"]);
        Assert.Equal(own.Length, lines.Length);
        for (var i = 0; i < own.Length; i++)
        {
            var (a, b) = (JsonNode.Parse(own[i])!, JsonNode.Parse(lines[i])!);
            Assert.Equal("body", b["source"]!["file"]!.GetValue<string>());
            a["source"]!.AsObject().Remove("file");
            b["source"]!.AsObject().Remove("file");
            Assert.True(JsonNode.DeepEquals(a, b), own[i]);
        }
    }

    [Fact]
    public async Task What_could_not_be_screened_is_said_after_what_could()
    {
        using var content = new StringContent(File.ReadLines(Sample).First() + "\n{\"ocid\": \n", Encoding.UTF8, "application/x-ndjson");
        var lines = (await (await workspace.Client.PostAsync("/api/v1/screenings", content, Cancel)).Content.ReadAsStringAsync(Cancel)).TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.NotNull(JsonNode.Parse(lines[0])!["ocid"]);
        var problem = JsonNode.Parse(lines[1])!["problems"]![0]!;
        Assert.StartsWith("line 2", problem["where"]!.GetValue<string>());
        Assert.NotEmpty(problem["mend"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_notice_is_judged_as_the_command_line_judges_it()
    {
        using var folder = new TempFolder();
        // The first of the sample that some rule certainly binds.
        JsonNode api = new JsonObject();
        foreach (var line in File.ReadLines(Sample))
        {
            api = JsonNode.Parse(await (await Post("/api/v1/notice-rulings", line)).Content.ReadAsStringAsync(Cancel))!;
            if (api["safeguards"]!.AsArray().Count > 0)
            {
                File.WriteAllText(folder["one.json"], line);
                break;
            }
        }

        var own = JsonNode.Parse(Run("rules", folder["one.json"], "--format", "json").Output)!;
        Assert.NotEmpty(api["safeguards"]!.AsArray());
        Assert.True(JsonNode.DeepEquals(own["safeguards"], api["safeguards"]));
        Assert.Equal(own["packs"]!.AsArray().Select(p => (p!["id"]!.GetValue<string>(), p["applies"]!.ToJsonString())), api["packs"]!.AsArray().Select(p => (p!["id"]!.GetValue<string>(), p["applies"]!.ToJsonString())));
        Assert.Empty((await JsonSchema.FromFileAsync(Path.Combine(Root, "docs", "schemas", "rules.schema.json"), Cancel)).Validate(api.ToJsonString()));
    }

    [Fact]
    public async Task A_tender_pack_is_that_of_the_command_line_to_the_byte()
    {
        var response = await Post("/api/v1/tender-packs?lang=fr", File.ReadAllText(TenderPacks.Facts("un-garments")));
        Assert.Equal("application/zip", response.Content.Headers.ContentType!.MediaType);
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(Cancel));
        var own = Directory.GetFiles(packs.Of("un-garments", "fr"));
        Assert.Equal(own.Select(Path.GetFileName).Order(StringComparer.Ordinal), zip.Entries.Select(e => e.Name).Order(StringComparer.Ordinal));
        foreach (var entry in zip.Entries)
        {
            using var stream = new MemoryStream();
            using (var content = entry.Open())
            {
                content.CopyTo(stream);
            }

            Assert.True(stream.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(own.Single(f => Path.GetFileName(f) == entry.Name))), entry.Name);
        }
    }

    [Theory]
    [InlineData("POST", "/api/v1/rulings", "{\"facts\": {\"buyer.county\": \"NO\"}}", 422, "invalid-input", "buyer.county")]
    [InlineData("POST", "/api/v1/rulings", "{\"facts\": ", 422, "invalid-input", "")]
    [InlineData("POST", "/api/v1/harmonized-sets", "{\"regimes\": [\"atlantis\"]}", 422, "invalid-input", "atlantis")]
    [InlineData("POST", "/api/v1/harmonized-sets", "{\"regimes\": ", 400, "malformed-request", "")]
    [InlineData("POST", "/api/v1/screenings", "{\"hello\": 1}", 422, "invalid-input", "")]
    [InlineData("POST", "/api/v1/screenings", "[[[[", 422, "invalid-input", "")]
    [InlineData("POST", "/api/v1/notice-rulings", "{\"facts\": {}}", 422, "invalid-input", "")]
    [InlineData("POST", "/api/v1/tender-packs?lang=xx", "{\"facts\": {}}", 422, "invalid-input", "xx")]
    [InlineData("POST", "/api/v1/tender-packs?sdk=9", "{\"facts\": {}}", 422, "invalid-input", "sdk")]
    [InlineData("POST", "/api/v1/tender-packs", "{\"facts\": {}, \"fillIns\": {\"fees.repay-days\": \"soon\"}}", 422, "invalid-input", "fees.repay-days")]
    [InlineData("GET", "/api/v1/compendium/entries?limit=0", null, 422, "invalid-input", "limit")]
    [InlineData("GET", "/api/v1/compendium/entries?limit=many", null, 400, "malformed-request", "limit")]
    [InlineData("GET", "/api/v1/compendium/entries?cursor=!!", null, 422, "invalid-input", "cursor")]
    [InlineData("GET", "/api/v1/compendium/entries?measure=magic", null, 422, "invalid-input", "magic")]
    [InlineData("GET", "/api/v1/compendium/entries/nothing", null, 404, "not-found", "nothing")]
    [InlineData("GET", "/api/v1/compendium/jurisdictions/FR/gaps", null, 422, "invalid-input", "peer")]
    [InlineData("GET", "/api/v1/regimes/nothing", null, 404, "not-found", "nothing")]
    [InlineData("GET", "/api/v1/nothing", null, 404, "not-found", "nothing")]
    [InlineData("DELETE", "/api/v1/measures", null, 405, "method-not-allowed", "")]
    [InlineData("POST", "/match/nothing", "{\"queries\": {}}", 404, "not-found", "example")]
    [InlineData("POST", "/match/example", "{\"queries\": {}}", 422, "invalid-input", "0 queries")]
    [InlineData("POST", "/match/example", "{\"queries\": {\"a\": {\"schema\": \"Vessel\", \"properties\": {\"name\": [\"x\"]}}}}", 422, "invalid-input", "Vessel")]
    [InlineData("POST", "/match/example", "{\"queries\": {\"a\": {\"schema\": \"Company\"}}}", 422, "invalid-input", "name")]
    [InlineData("POST", "/match/example", "{\"queries\": {\"a\": {\"schema\": \"Company\", \"properties\": {\"name\": [\"#\"]}}}}", 422, "invalid-input", "500 letters")]
    [InlineData("GET", "/search/example?q=#", null, 422, "invalid-input", "500 letters")]
    [InlineData("GET", "/api/v1/compendium/entries?q=#", null, 422, "invalid-input", "letters")]
    [InlineData("GET", "/search/example", null, 422, "invalid-input", "q=")]
    [InlineData("GET", "/entities/nothing", null, 404, "not-found", "nothing")]
    public async Task A_problem_says_what_and_how_to_mend_it(string method, string path, string? body, int status, string type, string names)
    {
        // # stands for more than anybody means.
        (path, body) = (path.Replace("#", new string('x', 1000), StringComparison.Ordinal), body?.Replace("#", new string('x', 1000), StringComparison.Ordinal));
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        var response = await workspace.Client.SendAsync(request, Cancel);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("/problems/" + type, problem.RootElement.GetProperty("type").GetString());
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Contains(names, problem.RootElement.GetProperty("detail").GetString());
        Assert.DoesNotContain("   at ", problem.RootElement.GetRawText());
        Assert.Equal(HttpStatusCode.OK, (await workspace.Client.GetAsync(new Uri("/problems/" + type, UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public async Task What_a_client_has_is_not_sent_again()
    {
        foreach (var path in new[] { "/api/v1/measures", "/en/compendium?q=cotton", "/en/method" })
        {
            var first = await workspace.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.True(first.Headers.ETag is { IsWeak: false }, path);
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag);
            var second = await workspace.Client.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
            Assert.Empty(await second.Content.ReadAsByteArrayAsync(Cancel));
        }

        var (one, other) = (await workspace.Client.GetAsync(new Uri("/en/method", UriKind.Relative), Cancel), await workspace.Client.GetAsync(new Uri("/fr/method", UriKind.Relative), Cancel));
        Assert.NotEqual(one.Headers.ETag, other.Headers.ETag);
    }

    /// <summary>Nothing is shared that two requests at once could disturb.</summary>
    [Fact]
    public async Task Many_at_once_get_what_one_alone_gets()
    {
        var facts = Directory.EnumerateFiles(TenderPacks.Folder, "*.json").Take(4).Select(File.ReadAllText).ToArray();
        async Task<string> Ruling(string json) => await (await Post("/api/v1/rulings?explain=true", json)).Content.ReadAsStringAsync(Cancel);
        var alone = new List<string>();
        foreach (var json in facts)
        {
            alone.Add(await Ruling(json));
        }

        var together = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Ruling(facts[i % 4])));
        Assert.All(together.Select((text, i) => (text, i)), t => Assert.Equal(alone[t.i % 4], t.text));
    }

    private Task<HttpResponseMessage> Post(string path, string json) => workspace.Client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), Cancel);
}
