using System.Net;
using System.Text.RegularExpressions;

namespace Palermo.Acceptance.Web;

/// <summary>People, organizations, oversight, ways back into an account.</summary>
public sealed class AdministrationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<string> Person(Session ada, string name) => (await ada.Page("/en/administration")).QuerySelectorAll("tbody a").First(a => a.TextContent == name).GetAttribute("href")!;

    [Fact]
    public async Task Roles_are_given_and_taken_at_once_and_somebody_is_always_left()
    {
        using var server = new WorkspaceServer("--heavy-per-minute", "0");
        using var ada = await Session.First(server, sample: true);
        using var bo = await ada.Invite("Bo Ek", "bo@example.org", null, "Officer");
        await bo.Page("/en/tenders");
        var path = await Person(ada, "Bo Ek");
        var home = (await ada.Page(path)).QuerySelector("input[name=organization]")!.GetAttribute("value")!;
        await ada.Post(path, path + "/roles", ("organization", home), ("roles", "Analyst"));
        using var gone = await bo.Get("/en/tenders");
        Assert.Equal(HttpStatusCode.Forbidden, gone.StatusCode);
        await bo.Page("/en/runs");

        // The last administrator can neither be closed nor lose the role.
        var self = await Person(ada, "Ada Lind");
        using var close = await ada.Post(self, self + "/close");
        Assert.Equal(HttpStatusCode.Conflict, close.StatusCode);
        using var drop = await ada.Post(self, self + "/roles", ("organization", home), ("roles", "Officer"));
        Assert.Equal(HttpStatusCode.Conflict, drop.StatusCode);
        await ada.Page("/en/administration");

        // Closed at once, wherever signed in; open again with a way back that sets everything anew.
        await ada.Post(path, path + "/close");
        using var closed = await bo.Get("/en/desk");
        Assert.StartsWith("/en/sign-in", closed.Headers.Location!.ToString());
        using var refused = new Session(server);
        using var wrong = await refused.Post("/en/sign-in", "/en/sign-in", ("email", "bo@example.org"), ("password", Session.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        await ada.Post(path, path + "/open");
        using var link = await ada.Post(path, path + "/recover");
        var code = Regex.Match(await link.Content.ReadAsStringAsync(Cancel), "/en/join\\?code=([A-Za-z0-9_-]+)").Groups[1].Value;
        using var back = new Session(server);
        await back.Post($"/en/join?code={code}", "/en/join", ("password", "seven quiet otters swim"));
        await back.SetSecondFactor();
        Assert.Contains("Bo Ek", (await back.Page("/en/desk")).Body!.TextContent);
        using var used = await back.Get($"/en/join?code={code}");
        Assert.Equal(HttpStatusCode.Forbidden, used.StatusCode);
    }

    [Fact]
    public async Task Oversight_lets_analysts_read_and_not_change_what_another_organization_keeps()
    {
        using var server = new WorkspaceServer("--heavy-per-minute", "0");
        using var ada = await Session.First(server, sample: true);
        var ministry = await ada.AddOrganization("Ministry of Labour", "NO");
        var works = await ada.OrganizationId("Ministry of Works");
        using var cleo = await ada.Invite("Cleo Dahl", "cleo@example.org", ministry, "Auditor");
        Assert.DoesNotContain("Surgical gloves", (await cleo.Page("/en/tenders")).Body!.TextContent);
        await ada.Post("/en/administration", "/en/administration/oversights", ("overseer", ministry), ("overseen", works));
        Assert.Contains("Surgical gloves", (await cleo.Page("/en/tenders")).Body!.TextContent);
        var tender = (await cleo.Page("/en/tenders")).QuerySelector("tbody a")!.GetAttribute("href")!;
        Assert.Null((await cleo.Page(tender)).QuerySelector("form[action$='/records']"));
        Assert.Contains("tender.made", (await cleo.Page("/en/ledger")).Body!.TextContent);
        using var lines = await cleo.Get("/en/ledger.jsonl?kind=tender");
        Assert.Contains("\"type\":\"tender.made\"", await lines.Content.ReadAsStringAsync(Cancel));
        await ada.Post("/en/administration", "/en/administration/oversights/remove", ("overseer", ministry), ("overseen", works));
        using var gone = await cleo.Get(tender);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var itself = await ada.Post("/en/administration", "/en/administration/oversights", ("overseer", works), ("overseen", works));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, itself.StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_opens_once_and_a_backup_lies_where_it_is_said()
    {
        using var server = new WorkspaceServer("--heavy-per-minute", "0");
        using var ada = await Session.First(server);
        using var made = await ada.Post("/en/account", "/en/account/recovery-codes");
        var code = Regex.Match(await made.Content.ReadAsStringAsync(Cancel), "<code>([A-Z0-9-]{8,})</code>").Groups[1].Value;
        for (var i = 0; i < 2; i++)
        {
            using var again = new Session(server);
            await again.Post("/en/sign-in", "/en/sign-in", ("email", "ada@example.org"), ("password", Session.Password));
            using var answer = await again.Post("/en/sign-in/second-factor", "/en/sign-in/second-factor", ("code", code));
            Assert.Equal(i == 0 ? HttpStatusCode.Redirect : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }

        await ada.Post("/en/administration", "/en/administration/backups");
        var name = (await ada.Page("/en/administration")).QuerySelector("#backups ~ ul code")!.TextContent;
        var verified = PalermoProgram.Run("db", "verify", "--store", "sqlite:" + Path.Combine(server.Data, "backups", name));
        Assert.Equal(0, verified.ExitCode);
    }

    [Fact]
    public async Task A_list_is_brought_in_the_browser_and_the_desk_says_whom_it_names()
    {
        using var folder = new TempFolder();
        using var server = new WorkspaceServer("--heavy-per-minute", "0", "--data", folder["data"]);
        using var ada = await Session.First(server, sample: true);
        await ada.Post("/en/tenders/new", "/en/tenders", ("title", "Due soon"), ("publish-on", $"{DateTime.UtcNow.AddDays(3):yyyy-MM-dd}"));
        async Task<HttpStatusCode> Bring(string content, string map)
        {
            using var request = await ada.Form("/en/administration", "/en/administration/lists", []);
            var token = System.Web.HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync())["__RequestVerificationToken"]!;
            using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("table"), "format" }, { new StringContent("debarred"), "list-id" }, { new StringContent("Debarred here"), "list-title" }, { new StringContent(map), "list-map" }, { new StringContent("2026-05-01"), "list-date" } };
            form.Add(new StringContent(content), "list-file", "debarred.csv");
            request.Content = form;
            using var answer = await ada.Send(request);
            return answer.StatusCode;
        }

        async Task<string> Until(string path, string words, Session? other = null)
        {
            var text = "";
            for (var i = 0; i < 200; i++)
            {
                text = (await (other ?? ada).Page(path)).Body!.TextContent;
                if (text.Contains(words, StringComparison.Ordinal))
                {
                    break;
                }

                await Task.Delay(150, Cancel);
            }

            return text;
        }

        // What can't be read is said, and replaces nothing.
        Assert.Equal(HttpStatusCode.Redirect, await Bring("nothing of use\n", "name=Firm"));
        Assert.Contains("list failed", Regex.Replace(await Until("/en/administration", "list failed"), "\\s+", " "));
        Assert.Equal(HttpStatusCode.Redirect, await Bring("id,name\nD1,Halden Limited\n", "id=id;name=name"));
        Assert.Contains("Debarred here", await Until("/en/administration", "Debarred here"));
        var desk = await Until("/en/desk", "a listed party is probably this supplier");
        Assert.Contains("Halden Ltd", desk);
        Assert.Contains("list.updated", await Until("/en/ledger", "list.updated"));

        // Looked at when a node starts, and every ten minutes; said once, however many look.
        Assert.Equal(0, server.Stop());
        for (var i = 0; i < 2; i++)
        {
            using var again = new WorkspaceServer("--data", folder["data"]);
            using var there = ada.At(again);
            var ledger = await Until("/en/ledger", "reminder.tender-due", there);
            Assert.Single(Regex.Matches(ledger, "reminder.tender-due"));
        }
    }
}
