using System.Net;
using System.Text;
using System.Text.Json;

namespace Palermo.Acceptance.Web;

/// <summary>The matching protocols that others' clients speak.</summary>
public sealed class MatchingApiTests(Workspace workspace)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entities_are_matched_with_reasons_that_add_up()
    {
        using var json = await Match("{\"queries\": {\"a\": {\"schema\": \"Company\", \"properties\": {\"name\": [\"Hetian Taida Apparel\"], \"country\": [\"cn\"]}}, \"b\": {\"schema\": \"Company\", \"properties\": {\"name\": [\"Nordic Paper AS\"]}}}}");
        var responses = json.RootElement.GetProperty("responses");
        var result = responses.GetProperty("a").GetProperty("results")[0];
        Assert.Equal(("E1", "Organization", true), (result.GetProperty("id").GetString(), result.GetProperty("schema").GetString() is "LegalEntity" ? "Organization" : result.GetProperty("schema").GetString(), result.GetProperty("match").GetBoolean()));
        Assert.InRange(result.GetProperty("score").GetDouble(), 0.8, 1);
        Assert.Equal("example", result.GetProperty("datasets")[0].GetString());
        Assert.Equal("Hetian Taida Apparel Co. Ltd.", result.GetProperty("properties").GetProperty("name")[0].GetString());
        Assert.Equal(result.GetProperty("bits").GetDouble(), result.GetProperty("features").EnumerateObject().Sum(f => f.Value.GetDouble()), 1);
        Assert.NotEmpty(result.GetProperty("sentence").GetString()!);
        Assert.Equal(200, responses.GetProperty("b").GetProperty("status").GetInt32());
        Assert.Empty(responses.GetProperty("b").GetProperty("results").EnumerateArray());
        Assert.Equal("Company", responses.GetProperty("a").GetProperty("query").GetProperty("schema").GetString());
    }

    [Fact]
    public async Task The_catalogue_says_which_lists_and_editions()
    {
        using var json = JsonDocument.Parse(await workspace.Client.GetStringAsync("/catalog", Cancel));
        var names = json.RootElement.GetProperty("datasets").EnumerateArray().Select(d => d.GetProperty("name").GetString()).ToArray();
        Assert.Contains("example", names);
        Assert.Contains("default", names);
        Assert.False(json.RootElement.GetProperty("index_stale").GetBoolean());
        using var algorithms = JsonDocument.Parse(await workspace.Client.GetStringAsync("/algorithms", Cancel));
        Assert.Equal(algorithms.RootElement.GetProperty("best").GetString(), algorithms.RootElement.GetProperty("algorithms")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Lists_are_searched_and_entities_read()
    {
        using var found = JsonDocument.Parse(await workspace.Client.GetStringAsync("/search/default?q=sunrise+rubber+glove", Cancel));
        Assert.Equal("E2", found.RootElement.GetProperty("results")[0].GetProperty("id").GetString());
        using var entity = JsonDocument.Parse(await workspace.Client.GetStringAsync("/entities/E2", Cancel));
        Assert.Equal("Sunrise Rubber Gloves Sdn Bhd", entity.RootElement.GetProperty("caption").GetString());
        Assert.Equal("E2", JsonDocument.Parse(await workspace.Client.GetStringAsync("/entities/example:E2", Cancel)).RootElement.GetProperty("id").GetString());
    }

    /// <summary>As OpenRefine does it: the manifest first, then batches of a form field.</summary>
    [Fact]
    public async Task A_spreadsheet_tool_reconciles_its_rows()
    {
        using var manifest = JsonDocument.Parse(await workspace.Client.GetStringAsync("/reconcile/example", Cancel));
        Assert.Equal("0.2", manifest.RootElement.GetProperty("versions")[0].GetString());
        Assert.Contains("{{id}}", manifest.RootElement.GetProperty("view").GetProperty("url").GetString());
        using var form = new FormUrlEncodedContent([new("queries", "{\"q0\": {\"query\": \"Hetian TEDA Garment\", \"limit\": 3, \"type\": \"Company\", \"properties\": [{\"pid\": \"country\", \"v\": \"CN\"}]}, \"q1\": {\"query\": \"Nordic Paper\"}}")]);
        var response = await workspace.Client.PostAsync("/reconcile/example", form, Cancel);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        var best = json.RootElement.GetProperty("q0").GetProperty("result")[0];
        Assert.Equal("example:E1", best.GetProperty("id").GetString());
        Assert.InRange(best.GetProperty("score").GetDouble(), 50, 100);
        Assert.NotEmpty(best.GetProperty("type").EnumerateArray());
        Assert.Empty(json.RootElement.GetProperty("q1").GetProperty("result").EnumerateArray());
        using var broken = new FormUrlEncodedContent([new("queries", "{\"q0\": ")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await workspace.Client.PostAsync("/reconcile/example", broken, Cancel)).StatusCode);
    }

    /// <summary>What OpenRefine's own page asks for, from another origin: found by trying it with OpenRefine 3.6.2.</summary>
    [Fact]
    public async Task A_spreadsheet_tool_suggests_previews_and_fills_columns()
    {
        async Task<JsonElement> Read(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Origin", "http://127.0.0.1:3333" } } };
            using var answer = await workspace.Client.SendAsync(request, Cancel);
            Assert.Equal((HttpStatusCode.OK, "*"), (answer.StatusCode, Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin"))));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
            return json.RootElement.Clone();
        }

        var manifest = await Read("/reconcile/default");
        string Path(JsonElement at) => at.GetProperty("service_path").GetString()!;
        var suggest = manifest.GetProperty("suggest");
        var entity = (await Read(Path(suggest.GetProperty("entity")) + "?prefix=Sunrise+Rubber+Gl"))!.GetProperty("result")[0];
        Assert.Equal(("example:E2", "Sunrise Rubber Gloves Sdn Bhd"), (entity.GetProperty("id").GetString(), entity.GetProperty("name").GetString()));
        Assert.Equal("example:E1", (await Read(Path(suggest.GetProperty("entity")) + "?prefix=example:E1")).GetProperty("result")[0].GetProperty("id").GetString());
        Assert.Equal("country", (await Read(Path(suggest.GetProperty("property")) + "?prefix=coun")).GetProperty("result")[0].GetProperty("id").GetString());
        Assert.Equal("Person", Assert.Single((await Read(Path(suggest.GetProperty("type")) + "?prefix=pe")).GetProperty("result").EnumerateArray()).GetProperty("id").GetString());
        var proposed = (await Read(Path(manifest.GetProperty("extend").GetProperty("propose_properties")) + "?type=Organization")).GetProperty("properties").EnumerateArray().Select(p => p.GetProperty("id").GetString()).ToArray();
        Assert.Contains("country", proposed);
        Assert.DoesNotContain("birthDate", proposed);

        // Every property that is offered can be fetched; one nobody knows is told.
        var properties = string.Join(", ", proposed.Select(p => $"{{\"id\": \"{p}\"}}"));
        using var extend = new FormUrlEncodedContent([new("extend", $"{{\"ids\": [\"example:E1\", \"none\"], \"properties\": [{properties}]}}")]);
        using var filled = JsonDocument.Parse(await (await workspace.Client.PostAsync("/reconcile/default", extend, Cancel)).Content.ReadAsStringAsync(Cancel));
        Assert.Equal(proposed, filled.RootElement.GetProperty("meta").EnumerateArray().Select(m => m.GetProperty("id").GetString()));
        Assert.Equal("example", filled.RootElement.GetProperty("rows").GetProperty("example:E1").GetProperty("datasets")[0].GetProperty("str").GetString());
        Assert.All(filled.RootElement.GetProperty("rows").GetProperty("none").EnumerateObject(), p => Assert.Empty(p.Value.EnumerateArray()));
        foreach (var wrong in new[] { "{\"ids\": [\"example:E1\"], \"properties\": [{\"id\": \"nothing\"}]}", "{\"ids\": [null], \"properties\": [{\"id\": \"country\"}]}", "{}" })
        {
            using var form = new FormUrlEncodedContent([new("extend", wrong)]);
            using var answer = await workspace.Client.PostAsync("/reconcile/default", form, Cancel);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }

        // It may stand in a frame of another's page; nothing else may.
        using var preview = await workspace.Client.GetAsync(new Uri(manifest.GetProperty("preview").GetProperty("url").GetString()!.Replace("{{id}}", "example:E1", StringComparison.Ordinal)), Cancel);
        Assert.Contains("frame-ancestors *", Assert.Single(preview.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("Hetian Taida Apparel Co. Ltd.", await preview.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Client.GetAsync(new Uri("/reconcile/nothing/suggest/type", UriKind.Relative), Cancel)).StatusCode);
    }

    private async Task<JsonDocument> Match(string body)
    {
        var response = await workspace.Client.PostAsync("/match/default", new StringContent(body, Encoding.UTF8, "application/json"), Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
    }
}
