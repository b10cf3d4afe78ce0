using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>What the workspace keeps, for programs: keys, scopes, versions, repeats, webhooks.</summary>
public sealed class WorkApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<string> Key(Session session, string quota, params string[] scopes)
    {
        using var answer = await session.Post("/en/administration", "/en/administration/keys", [("key-name", "test"), ("quota", quota), ("organization", (await session.Page("/en/administration")).QuerySelector("#key-organization option")!.GetAttribute("value")!), .. scopes.Select(s => ("scopes", s))]);
        return Regex.Match(await answer.Content.ReadAsStringAsync(Cancel), "palermo_[0-9a-f]+_[A-Za-z0-9_-]+").Value;
    }

    private static async Task<HttpResponseMessage> Call(WorkspaceServer server, string key, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await server.Client.SendAsync(request, Cancel);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel));

    [Fact]
    public async Task A_key_opens_what_its_scopes_say_until_it_is_withdrawn_or_used_up()
    {
        using var server = new WorkspaceServer();
        using var ada = await Session.First(server);
        var key = await Key(ada, "1000", "tenders:read");
        using var none = await server.Client.GetAsync(new Uri("/api/v1/tenders", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        Assert.Equal("Bearer", none.Headers.WwwAuthenticate.ToString());
        Assert.Contains("/problems/unauthorized", await none.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, (await Call(server, key, HttpMethod.Get, "/api/v1/tenders")).StatusCode);
        using var write = await Call(server, key, HttpMethod.Post, "/api/v1/tenders", "{\"title\": \"x\"}");
        Assert.Equal(HttpStatusCode.Forbidden, write.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Call(server, key[..^1] + (key[^1] == 'A' ? 'B' : 'A'), HttpMethod.Get, "/api/v1/tenders")).StatusCode);
        // A cookie is for pages, a key for the API.
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.Get("/api/v1/tenders")).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await Call(server, key, HttpMethod.Get, "/en/tenders")).StatusCode);

        var few = await Key(ada, "2", "tenders:read");
        Assert.Equal(HttpStatusCode.OK, (await Call(server, few, HttpMethod.Get, "/api/v1/tenders")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Call(server, few, HttpMethod.Get, "/api/v1/tenders")).StatusCode);
        using var over = await Call(server, few, HttpMethod.Get, "/api/v1/tenders");
        Assert.Equal(HttpStatusCode.TooManyRequests, over.StatusCode);
        Assert.True(over.Headers.RetryAfter!.Delta > TimeSpan.Zero);

        var id = key.Split('_')[1];
        await ada.Post("/en/administration", $"/en/administration/keys/{id}/revoke");
        Assert.Equal(HttpStatusCode.Unauthorized, (await Call(server, key, HttpMethod.Get, "/api/v1/tenders")).StatusCode);
        // The secret is nowhere on disk.
        foreach (var file in Directory.EnumerateFiles(server.Data, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(few.Split('_', 3)[2], Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        }
    }

    [Fact]
    public async Task What_comes_again_is_done_once_and_what_was_changed_meanwhile_is_not_written_over()
    {
        using var server = new WorkspaceServer();
        using var ada = await Session.First(server);
        var key = await Key(ada, "1000", "tenders:write", "ledger:read");
        const string body = """{"title": "Cleaning", "publishOn": "2026-12-01", "facts": {"facts": {"buyer.country": "NO", "procurement.category": "services"}}}""";
        var many = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Call(server, key, HttpMethod.Post, "/api/v1/tenders", body, ("Idempotency-Key", "k1"))));
        var texts = await Task.WhenAll(many.Select(m => m.Content.ReadAsStringAsync(Cancel)));
        Assert.All(many, m => Assert.Equal(HttpStatusCode.Created, m.StatusCode));
        Assert.Single(texts.Distinct());
        Assert.Equal(5, many.Count(m => m.Headers.Contains("Idempotent-Replayed")));
        using var other = await Call(server, key, HttpMethod.Post, "/api/v1/tenders", body.Replace("Cleaning", "Other", StringComparison.Ordinal), ("Idempotency-Key", "k1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Contains("idempotency-key-reused", await other.Content.ReadAsStringAsync(Cancel));
        var listed = await Json(await Call(server, key, HttpMethod.Get, "/api/v1/tenders"));
        Assert.Equal(1, listed.GetProperty("items").GetArrayLength());

        var location = many[0].Headers.Location!.ToString();
        using var got = await Call(server, key, HttpMethod.Get, location);
        var tag = got.Headers.ETag!.Tag;
        Assert.Equal(HttpStatusCode.NotModified, (await Call(server, key, HttpMethod.Get, location, null, ("If-None-Match", tag))).StatusCode);
        Assert.Equal((HttpStatusCode)428, (await Call(server, key, HttpMethod.Put, location, body)).StatusCode);
        using var put = await Call(server, key, HttpMethod.Put, location, body.Replace("Cleaning", "Cleaning of schools", StringComparison.Ordinal), ("If-Match", tag));
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.NotEqual(tag, put.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Call(server, key, HttpMethod.Put, location, body, ("If-Match", tag))).StatusCode);
        foreach (var (wrong, says) in new[] { ("{", "malformed-request"), ("{\"title\": \"\"}", "invalid-input"), ("{\"title\": \"x\", \"facts\": {\"facts\": {\"no.such\": 1}}}", "no.such") })
        {
            using var refused = await Call(server, key, HttpMethod.Post, "/api/v1/tenders", wrong);
            Assert.Contains(says, await refused.Content.ReadAsStringAsync(Cancel));
        }

        Assert.Equal("application/zip", (await Call(server, key, HttpMethod.Get, location + "/pack")).Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.OK, (await Call(server, key, HttpMethod.Get, location + "/ruling")).StatusCode);
        // Deep links: the same id on the screen.
        Assert.Contains("Cleaning of schools", (await ada.Page("/en/tenders/" + location.Split('/')[^1])).QuerySelector("h1")!.TextContent);
        // Page by page.
        for (var i = 0; i < 5; i++)
        {
            await Call(server, key, HttpMethod.Post, "/api/v1/tenders", $"{{\"title\": \"T{i}\"}}");
        }

        var seen = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await Json(await Call(server, key, HttpMethod.Get, $"/api/v1/tenders?limit=2&cursor={cursor}"));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("title").GetString()!));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        Assert.Equal(["T4", "T3", "T2", "T1", "T0", "Cleaning of schools"], seen);
        var ledger = await Json(await Call(server, key, HttpMethod.Get, "/api/v1/ledger?limit=200"));
        Assert.Equal(6, ledger.GetProperty("items").EnumerateArray().Count(e => e.GetProperty("type").GetString() == "tender.made"));
    }

    [Fact]
    public async Task A_program_brings_a_data_set_and_reads_its_sums()
    {
        using var server = new WorkspaceServer("--as-of", "2026-09-01");
        using var ada = await Session.First(server);
        var key = await Key(ada, "10000", "runs:write", "suppliers:write");
        async Task<HttpResponseMessage> Bring()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/runs?name=procurement.jsonl&title=Nation") { Content = new ByteArrayContent(File.ReadAllBytes(Sample)) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            request.Headers.Add("Idempotency-Key", "once");
            return await server.Client.SendAsync(request, Cancel);
        }

        using var first = await Bring();
        using var again = await Bring();
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Single(Directory.EnumerateDirectories(Path.Combine(server.Data, "runs")));
        var location = first.Headers.Location!.ToString();
        JsonElement run = default;
        for (var i = 0; i < 200; i++)
        {
            run = await Json(await Call(server, key, HttpMethod.Get, location));
            if (run.GetProperty("state").GetString() == "done")
            {
                break;
            }

            await Task.Delay(200, Cancel);
        }

        Assert.Equal(240, run.GetProperty("processes").GetInt64());
        var sums = await Json(await Call(server, key, HttpMethod.Get, location + "/summary"));
        Assert.Equal(240, sums.GetProperty("processes").GetInt64());
        var page = await Json(await Call(server, key, HttpMethod.Get, location + "/processes?indicator=listed-good&limit=3"));
        var ocid = page.GetProperty("items")[0].GetProperty("ocid").GetString();
        var process = await Json(await Call(server, key, HttpMethod.Get, $"{location}/processes/{ocid}"));
        Assert.NotEqual(0, process.GetProperty("findings").GetArrayLength());
        var supplied = (await Json(await Call(server, key, HttpMethod.Get, location + "/summary"))).GetProperty("suppliers")[0];
        var named = await Json(await Call(server, key, HttpMethod.Get, $"{location}/processes?supplier={supplied.GetProperty("id").GetString()}"));
        process = await Json(await Call(server, key, HttpMethod.Get, $"{location}/processes/{named.GetProperty("items")[0].GetProperty("ocid").GetString()}"));
        Assert.Contains(supplied.GetProperty("name").GetString(), process.GetProperty("suppliers").EnumerateArray().Select(s => s.GetProperty("name").GetString()));

        using var supplier = await Call(server, key, HttpMethod.Post, "/api/v1/suppliers", """{"name": "Hetian Taida Apparel", "country": "CN", "otherNames": ["和田泰达服饰"]}""");
        Assert.Equal(HttpStatusCode.Created, supplier.StatusCode);
        Assert.Contains("和田泰达服饰", (await ada.Page("/en/suppliers/" + supplier.Headers.Location!.ToString().Split('/')[^1])).Body!.TextContent);
        // A contract is watched, and its alerts and plans are told.
        var watch = await Key(ada, "10000", "contracts:write");
        using var added = await Call(server, watch, HttpMethod.Post, "/api/v1/contracts", """{"title": "Gloves", "items": ["33141420-0 Surgical gloves", "Rubber gloves"], "country": "MY", "startOn": "2026-01-01"}""");
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        System.Text.Json.JsonElement watched;
        for (var i = 0; (watched = await Json(await Call(server, watch, HttpMethod.Get, added.Headers.Location!.ToString()))).GetProperty("alerts").GetArrayLength() == 0 && i < 100; i++)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        Assert.Contains(watched.GetProperty("alerts").EnumerateArray(), a => a.GetProperty("sentence").GetString()!.Contains("Malaysia", StringComparison.Ordinal));
        Assert.Equal(8, watched.GetProperty("channelCode").GetString()!.Length);
        using (var without = await Call(server, watch, HttpMethod.Post, "/api/v1/contracts", """{"title": "Gloves"}"""))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        }

        using (var reader = await Call(server, key, HttpMethod.Get, added.Headers.Location!.ToString()))
        {
            Assert.Equal(HttpStatusCode.Forbidden, reader.StatusCode);
        }

        using var wrong = await Call(server, key, HttpMethod.Post, "/api/v1/suppliers", """{"name": "X", "country": "ZZ"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    [Fact]
    public async Task Webhooks_are_told_signed_until_they_take_it_and_never_on_private_networks_unless_said()
    {
        using var listener = new HttpListener();
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            listener.Prefixes.Add($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        listener.Start();
        var url = listener.Prefixes.Single() + "hook";
        using (var closed = new WorkspaceServer())
        {
            using var eve = await Session.First(closed);
            using var refused = await eve.Post("/en/administration", "/en/administration/webhooks", ("url", url), ("organization", ""));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        using var server = new WorkspaceServer("--webhooks-to-private-networks", "yes");
        using var ada = await Session.First(server);
        using var made = await ada.Post("/en/administration", "/en/administration/webhooks", ("url", url), ("kinds", "tender.made"), ("organization", (await ada.Page("/en/administration")).QuerySelector("#webhook-organization option")!.GetAttribute("value")!));
        var secret = WebUtility.HtmlDecode(Regex.Match(await made.Content.ReadAsStringAsync(Cancel), "whsec_[^<]+").Value);
        await ada.Post("/en/tenders/new", "/en/tenders", ("title", "Told"));

        var ids = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var context = await listener.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(30), Cancel);
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var body = await reader.ReadToEndAsync(Cancel);
            var (id, time) = (context.Request.Headers["webhook-id"]!, context.Request.Headers["webhook-timestamp"]!);
            var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{time}.{body}")));
            Assert.Equal("v1," + signature, context.Request.Headers["webhook-signature"]);
            Assert.Equal("tender.made", JsonElement.Parse(body).GetProperty("type").GetString());
            ids.Add(id);
            // Refused once: it comes again, the same.
            context.Response.StatusCode = i == 0 ? 503 : 204;
            context.Response.Close();
        }

        Assert.Single(ids.Distinct());
        for (var i = 0; i < 50 && !(await ada.Page("/en/administration")).Body!.TextContent.Contains("0 waiting, 0 given up", StringComparison.Ordinal); i++)
        {
            await Task.Delay(100, Cancel);
        }

        Assert.Contains("0 waiting, 0 given up", (await ada.Page("/en/administration")).Body!.TextContent);
    }
}
