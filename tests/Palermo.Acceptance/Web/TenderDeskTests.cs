using System.Net;
using System.Text;
using System.Text.Json;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>A tender from the desk: left, resumed, decided, recorded.</summary>
public sealed class TenderDeskTests
{
    private static string Id(HttpResponseMessage answer) => answer.Headers.Location!.ToString().Split('/')[3].Split('?')[0];

    [Fact]
    public async Task A_tender_is_kept_with_its_reasons_and_its_record_can_be_proved()
    {
        using var server = new WorkspaceServer("--as-of", "2026-09-01");
        using var ada = await Session.First(server);
        // From a public page, with what was typed there.
        const string facts = "title=School+uniforms&f.buyer.country=BR&f.buyer.codes=br-federal&f.procurement.category=goods&f.tender.value=2400000&f.tender.value.currency=BRL&f.performance.countries=BR&f.procurement.underLaw14133=yes";
        Assert.Contains($"/en/tenders/new?{facts}", (await ada.Page($"/en/tender?{facts}")).QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        using var made = await ada.Post($"/en/tenders/new?{facts}", "/en/tenders", ("title", "School uniforms"), ("publish-on", "2026-09-20"), ("reference", "SU-1"));
        var id = Id(made);
        var tasks = await ada.Page($"/en/tenders/{id}");
        Assert.Contains("2 regimes bind", tasks.Body!.TextContent);
        Assert.Contains("School uniforms", (await ada.Page("/en/desk")).Body!.TextContent);

        // A decision against a rule needs its reason.
        var rules = await ada.Page($"/en/tenders/{id}/rules");
        var subject = rules.QuerySelector("input[name=subject]")!.GetAttribute("value")!;
        using var without = await ada.Post($"/en/tenders/{id}/rules", $"/en/tenders/{id}/decisions", ("subject", subject), ("choice", "leave-out"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        using var with = await ada.Post($"/en/tenders/{id}/rules", $"/en/tenders/{id}/decisions", ("subject", subject), ("choice", "leave-out"), ("reason", "Covered by the framework <b>FW-2</b>"));
        Assert.Equal(HttpStatusCode.Redirect, with.StatusCode);
        Assert.Contains("FW-2", (await ada.Page($"/en/tenders/{id}/rules")).Body!.TextContent);

        // What somebody else saved meanwhile is not written over.
        using var stale = await ada.Form($"/en/tenders/{id}", $"/en/tenders/{id}/settings", [("reference", "SU-2"), ("publish-on", ""), ("responsible", (await ada.Page($"/en/tenders/{id}")).QuerySelector("#responsible option")!.GetAttribute("value")!), ("state", "Preparing")]);
        using var fresh = await ada.Post($"/en/tenders/{id}/facts", $"/en/tenders/{id}/facts", ("title", "School uniforms and shoes"), ("f.buyer.country", "BR"), ("f.tender.value", "2400000"), ("f.tender.value.currency", "BRL"));
        Assert.Equal(HttpStatusCode.Redirect, fresh.StatusCode);
        using var refused = await ada.Send(stale);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        using var wrong = await ada.Post($"/en/tenders/{id}/facts", $"/en/tenders/{id}/facts", ("title", "x"), ("f.tender.value", "many"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);

        using var recorded = await ada.Post($"/en/tenders/{id}", $"/en/tenders/{id}/records");
        Assert.EndsWith("/records/1?done=record", recorded.Headers.Location!.ToString());
        var page = await ada.Page($"/en/tenders/{id}/records/1");
        using var file = await ada.Get($"/en/tenders/{id}/records/1.json");
        var content = await file.Content.ReadAsStringAsync();
        using var record = JsonDocument.Parse(content);
        var schema = await NJsonSchema.JsonSchema.FromJsonAsync(File.ReadAllText(Path.Combine(Root, "docs", "schemas", "assessment-record.schema.json")));
        Assert.Empty(schema.Validate(content).Select(e => e.ToString()));
        Assert.Equal("Ada Lind", record.RootElement.GetProperty("madeBy").GetString());
        Assert.Equal("School uniforms and shoes", record.RootElement.GetProperty("facts").GetProperty("title").GetString());
        Assert.Equal("Covered by the framework <b>FW-2</b>", record.RootElement.GetProperty("decisions")[0].GetProperty("reason").GetString());
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content))), page.Body!.TextContent);
        using var pack = await ada.Get($"/en/tenders/{id}/pack.zip");
        Assert.Equal("application/zip", pack.Content.Headers.ContentType!.MediaType);

        var verified = Run("db", "verify", "--data", server.Data);
        Assert.Equal(0, verified.ExitCode);
        Assert.Matches("[0-9]+ entries in the ledger, the last [0-9a-f]{64}", verified.Output);
    }

    [Fact]
    public async Task A_published_notice_is_kept_as_it_came_and_held_against_what_binds()
    {
        using var server = new WorkspaceServer("--as-of", "2026-09-01");
        using var ada = await Session.First(server, sample: true);
        var id = (await ada.Page("/en/tenders")).QuerySelector("tbody a")!.GetAttribute("href")!.Split('/')[^1];
        using var nothing = await ada.Post($"/en/tenders/{id}/notice", $"/en/tenders/{id}/notice", ("text", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        using var broken = await ada.Post($"/en/tenders/{id}/notice", $"/en/tenders/{id}/notice", ("text", "{\"releases\": [{]"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, broken.StatusCode);
        var notice = """{"ocid":"ocds-x-1","id":"1","date":"2026-08-01T00:00:00Z","tag":["tender"],"buyer":{"name":"NHS Trust"},"tender":{"id":"t","title":"Surgical gloves","items":[{"id":"1","description":"gloves","classification":{"scheme":"CPV","id":"33141420"}}]}}""";
        using var brought = await ada.Post($"/en/tenders/{id}/notice", $"/en/tenders/{id}/notice", ("text", notice));
        Assert.True(brought.StatusCode == HttpStatusCode.Redirect, await brought.Content.ReadAsStringAsync());
        var page = await ada.Page($"/en/tenders/{id}/notice");
        Assert.Contains("ocds-x-1", page.Body!.TextContent);
        Assert.Contains("Surgical gloves for hospitals in England", (await ada.Page($"/en/tenders/{id}")).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Others_of_another_organization_see_nothing_of_it()
    {
        using var server = new WorkspaceServer();
        using var ada = await Session.First(server, sample: true);
        var id = (await ada.Page("/en/tenders")).QuerySelector("tbody a")!.GetAttribute("href")!.Split('/')[^1];
        using var other = await ada.Invite("Bo Ek", "bo@example.org", await ada.AddOrganization("Another agency", "SE"), "Officer");
        Assert.DoesNotContain("Surgical gloves", (await other.Page("/en/tenders")).Body!.TextContent);
        foreach (var path in new[] { "", "/facts", "/rules", "/notice", "/pack.zip", "/facts.json" })
        {
            using var answer = await other.Get($"/en/tenders/{id}{path}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }
}
