using System.IO.Compression;
using System.Net;
using System.Text;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>Contracts under watch and corrective plans, as a buyer and its supplier work on them.</summary>
public sealed class ContractTests
{
    private static async Task<string> FirstLink(Session who, string page, string part) => (await who.Page(page)).QuerySelector($"th a[href*='{part}']")!.GetAttribute("href")!;

    private static async Task<HttpResponseMessage> Act(Session who, string plan, string kind, params (string, string)[] fields) =>
        await who.Send(await Grievances.OneOf(who, plan, plan + "/events", "kind", kind, [("kind", kind), .. fields]));

    private static async Task Done(Session who, string plan, string kind, params (string, string)[] fields)
    {
        using var answer = await Act(who, plan, kind, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{kind}: {answer.StatusCode} {(await answer.Content.ReadAsStringAsync()).Split("error-summary").ElementAtOrDefault(1)}");
    }

    // An auditor's pack and the key of the log, which prove each other.
    private static async Task TakePack(WorkspaceServer server, Session who, string contract, TempFolder folder)
    {
        File.WriteAllText(folder["key"], await server.Client.GetStringAsync("/log/key"));
        using (var pack = await who.Get(contract + "/auditor-pack.zip"))
        {
            File.WriteAllBytes(folder["pack.zip"], await pack.Content.ReadAsByteArrayAsync());
        }

        var whole = Verify("pack", folder["pack.zip"], "--key", folder["key"]);
        Assert.True(whole.ExitCode == 0, whole.Error);
    }

    [Fact]
    public async Task What_is_new_is_told_once_and_answered_with_a_reason()
    {
        using var folder = new TempFolder();
        using var server = new WorkspaceServer("--data", folder["data"], "--heavy-per-minute", "0", "--as-of", "2026-11-30");
        using var ada = await Session.First(server, sample: true);
        var contract = await FirstLink(ada, "/en/contracts", "/contracts/");
        AngleSharp.Html.Dom.IHtmlDocument page;
        for (var i = 0; (page = await ada.Page(contract)).QuerySelector("[id^=alert-]") is null && i < 100; i++)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        // Rubber gloves from Malaysia are listed; what a finding rests on stands beside it.
        var alerts = page.QuerySelectorAll("section[id^=alert-]").ToArray();
        Assert.Contains(alerts, a => a.TextContent.Contains("Malaysia", StringComparison.Ordinal) && a.TextContent.Contains("U.S. Department of Labor", StringComparison.Ordinal));
        // Judged again, nothing is told twice.
        using (await ada.Post(contract, contract + "/judge"))
        {
        }

        Assert.Equal(alerts.Length, (await ada.Page(contract)).QuerySelectorAll("section[id^=alert-]").Length);
        // Put aside only with a reason.
        var alert = alerts[0].Id!["alert-".Length..];
        using (var without = await ada.Send(await Grievances.OneOf(ada, contract, contract + "/alerts", "alert", alert, [("answer", "dismiss"), ("reason", "")])))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        }

        using (var past = await ada.Send(await Grievances.OneOf(ada, contract, contract + "/alerts", "alert", alert, [("answer", "snooze"), ("until", "2026-11-01"), ("reason", "later")])))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, past.StatusCode);
        }

        using (var aside = await ada.Send(await Grievances.OneOf(ada, contract, contract + "/alerts", "alert", alert, [("answer", "dismiss"), ("reason", "Origin is Portugal, shown by invoice")])))
        {
            Assert.Equal(HttpStatusCode.Redirect, aside.StatusCode);
        }

        Assert.Contains("Origin is Portugal", (await ada.Page(contract)).QuerySelector($"#alert-{alert}")!.TextContent, StringComparison.Ordinal);
        // A list that names somebody in the chain brings one more alert, by itself.
        using (await ada.Post(contract, contract + "/parties", ("kind", "site"), ("tier", "2"), ("name", "Sunrise Rubber Gloves Sdn Bhd"), ("country", "MY"), ("address", ""), ("source", "price list")))
        {
        }

        File.WriteAllText(folder["list.csv"], "id,name,alias,country\nE2,Sunrise Rubber Gloves Sdn Bhd,,MY\n");
        Assert.Equal(0, Run("lists", "add", "table", folder["list.csv"], "--id", "example", "--title", "Example list", "--map", "id=id;name=name;alias=alias;country=country", "--date", "2026-11-01", "--data", folder["data"]).ExitCode);
        for (var i = 0; !(page = await ada.Page(contract)).Body!.TextContent.Contains("may be Sunrise Rubber Gloves", StringComparison.Ordinal) && i < 200; i++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        Assert.Contains("of the list example", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Alert on a contract", (await ada.Page("/en/desk")).Body!.TextContent, StringComparison.Ordinal);
    }

    // Arizona's law gives five working days to report and 180 days to mend: the tender that it binds hands both to its contract.
    [Fact]
    public async Task What_binds_the_tender_sets_the_clocks_of_its_contract_and_plans()
    {
        using var server = new WorkspaceServer("--heavy-per-minute", "0", "--as-of", "2026-11-30");
        using var ada = await Session.First(server);
        const string Facts = "f.buyer.country=US&f.buyer.codes=us-az-public&f.procurement.category=goods&f.contract.signatureDate=2026-01-15";
        using var made = await ada.Post($"/en/tenders/new?{Facts}", "/en/tenders", ("title", "Uniforms"), ("publish-on", ""), ("reference", ""));
        var tender = made.Headers.Location!.ToString().Split('/')[3].Split('?')[0];
        Assert.Contains("Cure within 180 days", (await ada.Page($"/en/tenders/{tender}/rules")).Body!.TextContent, StringComparison.Ordinal);
        using var watched = await ada.Post("/en/contracts", "/en/contracts", ("title", "Uniforms 2026"), ("start", "2026-01-15"), ("end", ""), ("tender", tender), ("supplier", ""), ("country", "US"), ("reference", ""), ("ocid", ""), ("items", ""));
        var contract = watched.Headers.Location!.ToString();
        // Whether or not it was judged already, a plan is bound from the beginning.
        using (var first = await ada.Post(contract, contract + "/plans", ("finding", "No contracts in their language"), ("priority", "other")))
        {
            Assert.Contains("Mend what was found", (await ada.Page(first.Headers.Location!.ToString())).Body!.TextContent, StringComparison.Ordinal);
        }

        using (await ada.Post(contract, contract + "/judge"))
        {
        }

        var page = await ada.Page(contract);
        Assert.Contains("180 days (A.R.S., s. 35-394; us-az-35-394@", page.QuerySelector("#history ~ ul")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Report what became known", page.QuerySelector("#clocks ~ .p-scroll")!.TextContent, StringComparison.Ordinal);
        using (var told = await ada.Post(contract, contract + "/events", ("note-kind", "incident"), ("text", "A worker says that fees were taken"), ("to", "")))
        {
            Assert.Equal(HttpStatusCode.Redirect, told.StatusCode);
        }

        string Clocks(AngleSharp.Html.Dom.IHtmlDocument p) => p.QuerySelector("#clocks ~ .p-scroll")!.TextContent;
        Assert.Contains("A.R.S., s. 35-394", Clocks(await ada.Page(contract)), StringComparison.Ordinal);
        Assert.Contains("Report what became known", Clocks(await ada.Page(contract)), StringComparison.Ordinal);
        using var asked = await ada.Post(contract, contract + "/plans", ("finding", "Fees were taken"), ("priority", "other"));
        var plan = asked.Headers.Location!.ToString();
        var clocks = (await ada.Page(plan)).Body!.TextContent;
        Assert.Contains("Mend what was found", clocks, StringComparison.Ordinal);
        Assert.Contains("times that bind the contract", clocks, StringComparison.Ordinal);
        // What binds is found by the program: nobody types it.
        using (var typed = await ada.Post(plan, plan + "/events", ("kind", "bound"), ("text", "corrective-action\twithinDays\t900\tx@1#0\tX-1\tAct\tsource")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, typed.StatusCode);
        }

        // Judged again, what binds is not written down again.
        using (await ada.Post(contract, contract + "/judge"))
        {
        }

        Assert.Single((await ada.Page(contract)).QuerySelectorAll("#history ~ ul li"), l => l.TextContent.Contains("times that bind it", StringComparison.Ordinal));
        Assert.Equal(0, Run("db", "verify", "--data", server.Data).ExitCode);
        using var folder = new TempFolder();
        await TakePack(server, ada, contract, folder);
    }

    [Fact]
    public async Task What_is_published_of_a_contract_is_judged_as_it_comes_in()
    {
        using var server = new WorkspaceServer("--heavy-per-minute", "0", "--as-of", "2026-11-30");
        using var ada = await Session.First(server);
        using (var made = await ada.Post("/en/contracts", "/en/contracts", ("title", "Lot 4"), ("start", "2026-11-29"), ("ocid", "ocds-test-1")))
        {
            Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        }

        var contract = await FirstLink(ada, "/en/contracts", "/contracts/");
        Assert.Equal("ocds-test-1", (await ada.Page(contract)).QuerySelector("#ocid")!.GetAttribute("value"));
        // Nothing is known of it, and that is said.
        for (var i = 0; !(await ada.Page(contract)).QuerySelector(".govuk-summary-list")!.TextContent.Contains("None", StringComparison.Ordinal) && i < 240; i++)
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }

        Assert.Contains("None", (await ada.Page("/en/contracts")).QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        // A data set comes in that holds a release of it: tomatoes from China.
        var line = File.ReadLines(Path.Combine(Root, "samples", "procurement.jsonl")).First(l => l.Contains("\"ocds-palermo6-0000026\"", StringComparison.Ordinal)).Replace("ocds-palermo6-0000026", "ocds-test-1", StringComparison.Ordinal);
        async Task Bring(string name)
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(line + "\n")), "file", name }, { new StringContent("Releases of November"), "title" } };
            var token = (await ada.Page("/en/runs")).QuerySelector("form[action='/en/runs'] input[type=hidden]")!;
            form.Add(new StringContent(token.GetAttribute("value")!), token.GetAttribute("name")!);
            using var brought = await ada.Send(new HttpRequestMessage(HttpMethod.Post, "/en/runs") { Content = form });
            Assert.Equal(HttpStatusCode.Redirect, brought.StatusCode);
        }

        await Bring("november.jsonl");
        AngleSharp.Html.Dom.IHtmlDocument page;
        for (var i = 0; !(page = await ada.Page(contract)).Body!.TextContent.Contains("Tomato", StringComparison.Ordinal) && i < 240; i++)
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }

        var alerts = page.QuerySelectorAll("section[id^=alert-]").Select(a => a.TextContent).ToArray();
        Assert.Contains(alerts, a => a.Contains("Tomato Products from China", StringComparison.Ordinal) && a.Contains("published data", StringComparison.Ordinal) && a.Contains("ocds-test-1 in Releases of November", StringComparison.Ordinal));
        // The same again is nothing new.
        await Bring("again.jsonl");
        for (var i = 0; i < 240 && (await ada.Page("/en/runs")).QuerySelectorAll("tbody tr").Any(r => r.TextContent.Contains('–')); i++)
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }

        using (await ada.Post(contract, contract + "/judge"))
        {
        }

        Assert.Equal(alerts.Length, (await ada.Page(contract)).QuerySelectorAll("section[id^=alert-]").Length);
    }

    [Fact]
    public async Task A_plan_goes_between_buyer_and_supplier_and_its_pack_is_proved()
    {
        using var server = new WorkspaceServer("--heavy-per-minute", "0");
        using var ada = await Session.First(server, sample: true);
        using var wei = await ada.InviteSupplier("Wei Tan", "wei@halden.example");
        using var bo = await ada.Invite("Bo Ek", "bo@example.org", await ada.OrganizationId("Ministry of Works"), "ContractManager");
        using var eve = await ada.Invite("Eve Other", "eve@other.example", await ada.AddOrganization("Another supplier", "VN", isSupplier: true), "Supplier");
        var supplier = (await ada.Page("/en/suppliers")).QuerySelector(".govuk-list a")!.GetAttribute("href")!;
        var contract = await FirstLink(ada, "/en/contracts", "/contracts/");
        using (await ada.Send(await OfFinding(ada, contract, "Workers paid fees for their jobs")))
        {
        }

        var plan = (await ada.Page(contract)).QuerySelector("a[href*='/plans/']")!.GetAttribute("href")!;
        // The supplier sees its plan and nothing else of the buyer; another supplier sees nothing at all.
        Assert.Contains("Workers paid fees", (await wei.Page("/en/plans")).Body!.TextContent, StringComparison.Ordinal);
        using (var hidden = await eve.Get(plan))
        {
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }

        foreach (var closed in new[] { contract, supplier, "/en/tenders", "/en/runs" })
        {
            using var answer = await wei.Get(closed);
            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{closed}: {answer.StatusCode}");
        }

        using (var early = await Act(wei, plan, "submitted"))
        {
            Assert.Contains("Write down the root cause first", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await Done(wei, plan, "root-cause", ("text", "Recruiters were not asked what they charge"));
        await Done(wei, plan, "action", ("text", "Repay all fees"), ("word", "supplier"), ("day", "2027-03-01"));
        await Done(wei, plan, "submitted");
        await Done(ada, plan, "approved");
        // Evidence is brought once and shown.
        using (var file = new MultipartFormDataContent { { new StringContent("Bank transfers"), "title" }, { new ByteArrayContent(Encoding.UTF8.GetBytes("%PDF fees repaid")), "file", "transfers.pdf" } })
        {
            var token = (await wei.Page("/en/plans")).QuerySelector("form[action='/en/files'] input[type=hidden]")!;
            file.Add(new StringContent(token.GetAttribute("value")!), token.GetAttribute("name")!);
            using var brought = await wei.Send(new HttpRequestMessage(HttpMethod.Post, "/en/files") { Content = file });
            Assert.Equal(HttpStatusCode.Redirect, brought.StatusCode);
        }

        var library = (await wei.Page(plan)).QuerySelector("input[name=library]")!.GetAttribute("value")!;
        await Done(wei, plan, "evidence", ("action", "a1"), ("text", "All 40 repaid"), ("library", library));
        using (var own = await Act(ada, plan, "verified", ("action", "a1"), ("word", "nonsense")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, own.StatusCode);
        }

        using (var download = await ada.Get((await ada.Page(plan)).QuerySelector("a[href*='/files/']")!.GetAttribute("href")!))
        {
            Assert.Equal("%PDF fees repaid", await download.Content.ReadAsStringAsync());
            Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        }

        await Done(bo, plan, "verified", ("action", "a1"), ("word", "worker-interviews"), ("text", "Talked to eight"));
        await Done(ada, plan, "closed", ("text", "Ask recruiters before the award"));
        // Handed over with what the next person must know.
        using (var handed = await ada.Post(contract, contract + "/events", ("note-kind", "incident"), ("text", "Next audit in May"), ("to", "bo@example.org")))
        {
            Assert.Equal(HttpStatusCode.Redirect, handed.StatusCode);
        }

        Assert.Equal(2, (await bo.Page(contract)).QuerySelectorAll("#history ~ ul li").Count(l => l.TextContent.Contains("Next audit in May", StringComparison.Ordinal))); // handed over, and known

        using var folder = new TempFolder();
        await TakePack(server, ada, contract, folder);
        Assert.Equal(1, Tamper("rows/plan-", content => Encoding.UTF8.GetString(content).Replace("All 40 repaid", "All 50 repaid", StringComparison.Ordinal)));
        Assert.Equal(1, Tamper("rows/plan-", _ => null));
        Assert.Equal(1, Tamper("files/", content => Encoding.UTF8.GetString(content) + "!"));
        Assert.Equal(1, Tamper("files/", _ => null));
        Assert.Equal(1, Tamper("proofs/", content => Encoding.UTF8.GetString(content).Replace("index ", "index 1", StringComparison.Ordinal)));
        // A later checkpoint begins with the earlier one.
        File.WriteAllText(folder["one"], await server.Client.GetStringAsync("/log/checkpoint"));
        using (await ada.Post(contract, contract + "/events", ("text", "One more note"), ("to", "")))
        using (await ada.Get(contract + "/auditor-pack.zip"))
        {
            File.WriteAllText(folder["two"], await server.Client.GetStringAsync("/log/checkpoint"));
        }

        var sizes = new[] { "one", "two" }.Select(n => File.ReadAllLines(folder[n])[1]).ToArray();
        Assert.NotEqual(sizes[0], sizes[1]);
        File.WriteAllText(folder["proof"], await server.Client.GetStringAsync($"/log/consistency?first={sizes[0]}&second={sizes[1]}"));
        var consistent = Verify("consistency", folder["one"], folder["two"], folder["proof"], "--key", folder["key"]);
        Assert.True(consistent.ExitCode == 0, consistent.Error);
        File.WriteAllText(folder["proof"], "");
        Assert.Equal(1, Verify("consistency", folder["one"], folder["two"], folder["proof"], "--key", folder["key"]).ExitCode);

        int Tamper(string start, Func<byte[], string?> change)
        {
            File.Copy(folder["pack.zip"], folder["other.zip"], overwrite: true);
            using (var zip = ZipFile.Open(folder["other.zip"], ZipArchiveMode.Update))
            {
                foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith(start, StringComparison.Ordinal)).ToArray())
                {
                    using var memory = new MemoryStream();
                    using (var stream = entry.Open())
                    {
                        stream.CopyTo(memory);
                    }

                    var (name, text) = (entry.FullName, change(memory.ToArray()));
                    entry.Delete();
                    if (text is not null)
                    {
                        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
                        writer.Write(text);
                    }
                }
            }

            return Verify("pack", folder["other.zip"], "--key", folder["key"]).ExitCode;
        }
    }

    private static async Task<HttpRequestMessage> OfFinding(Session who, string contract, string finding)
    {
        var form = (await who.Page(contract)).QuerySelectorAll($"form[action='{contract}/plans']").First(f => f.QuerySelector("textarea[name=finding]") is not null);
        var token = form.QuerySelector("input[type=hidden]")!;
        return new HttpRequestMessage(HttpMethod.Post, contract + "/plans") { Content = new FormUrlEncodedContent([KeyValuePair.Create(token.GetAttribute("name")!, token.GetAttribute("value")!), KeyValuePair.Create("finding", finding), KeyValuePair.Create("priority", "priority")]) };
    }
}
