using System.Net;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>From a worker's report to remedy: as workers and handlers do it, without script.</summary>
public sealed class GrievanceTests
{
    [Fact]
    public async Task A_report_is_read_answered_and_remedied()
    {
        await using var g = await Grievances.Start();
        using var content = new MultipartFormDataContent { { new StringContent("They took our passports <script>alert(1)</script>"), "what" }, { new StringContent("Factory 7"), "where" }, { new StringContent("yes"), "danger" }, { new StringContent("Call 555"), "identity" }, { new StringContent(g.Code), "code" }, { new ByteArrayContent([1, 2, 3, 0, 255]), "files", "photo of gate.jpg" } };
        var (answer, page) = await g.Channel.Post("/en/tell", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var receipt = ChannelServer.ReceiptOn(page);
        Assert.Contains("We look for danger first", page.Body!.TextContent, StringComparison.Ordinal);

        // The number typed back opens it, in the language of the day.
        var (_, opened) = await g.Channel.Post("/ar/case", ("receipt", receipt));
        Assert.Equal("rtl", opened.DocumentElement.GetAttribute("dir"));
        Assert.Contains("They took our passports", opened.Body!.TextContent, StringComparison.Ordinal);

        // The buyer's people see nothing of it; the handlers do.
        using var notHers = await g.Ada.Get("/en/cases");
        Assert.Equal(HttpStatusCode.Forbidden, notHers.StatusCode);
        var @case = Assert.Single(await Grievances.CasesOf(g.Mira));
        var seen = await g.Mira.Page(@case);
        Assert.Contains("They took our passports <script>", seen.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(seen.QuerySelectorAll("script"));
        Assert.DoesNotContain("Call 555", seen.Body.TextContent, StringComparison.Ordinal);
        var file = seen.QuerySelector("a[href*='/files/']")!;
        Assert.Contains("photo of gate.jpg", file.TextContent, StringComparison.Ordinal);
        using var download = await g.Mira.Get(file.GetAttribute("href")!);
        Assert.Equal([1, 2, 3, 0, 255], await download.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);

        // An answer in person stops its clock, and the worker reads it.
        using (await g.Mira.Post(@case, @case + "/messages", ("text", "We are looking into it."), ("to", "reporter")))
        {
        }

        var (_, back) = await g.Channel.Post("/en/case", ("receipt", receipt));
        Assert.Contains("We are looking into it.", back.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("A person answers you", back.Body.TextContent, StringComparison.Ordinal);
        var ticket = back.QuerySelector("form[action='/en/case/say'] input[name=ticket]")!.GetAttribute("value")!;
        var (_, said) = await g.Channel.Post("/en/case/say", ("ticket", ticket), ("text", "Thank you"));
        Assert.Contains("Thank you", said.Body!.TextContent, StringComparison.Ordinal);

        // Nothing is decided before danger was assessed; nothing is disclosed without consent.
        using (var early = await Grievances.WriteDown(g.Mira, @case, "decided", "founded", "Two interviews agree"))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        }

        foreach (var (kind, word, words) in new[] { ("triaged", "possible", ""), ("classified", "documents-kept", ""), ("retaliation-assessed", "some", ""), ("decided", "founded", "Two interviews agree") })
        {
            using var done = await Grievances.WriteDown(g.Mira, @case, kind, word, words);
            Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        }

        using (var told = await Grievances.WriteDown(g.Mira, @case, "disclosed", "tell-buyer", "Told the ministry"))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, told.StatusCode);
        }

        var (_, agreed) = await g.Channel.Post("/en/case/consent", ("ticket", ticket), ("purpose", "tell-buyer"));
        Assert.Contains("Tell the buyer", agreed.Body!.TextContent, StringComparison.Ordinal);
        using (var told = await Grievances.WriteDown(g.Mira, @case, "disclosed", "tell-buyer", "Told the ministry"))
        {
            Assert.Equal(HttpStatusCode.Redirect, told.StatusCode);
        }

        // How they were treated is the reporter's to say, again if they like; the figures are made from the log, and say of what.
        foreach (var (rating, status) in new[] { ("fine", HttpStatusCode.Conflict), ("badly", HttpStatusCode.OK), ("well", HttpStatusCode.OK) })
        {
            var (rated, shown) = await g.Channel.Post("/en/case/rate", ("ticket", ticket), ("rating", rating));
            Assert.Equal(status, rated.StatusCode);
            Assert.Equal(status == HttpStatusCode.OK ? rating : null, shown.QuerySelector("input[name=rating][checked]")?.GetAttribute("value"));
        }

        using (var spoken = await g.Mira.Post(@case, @case + "/events", ("kind", "rated"), ("word", "badly"), ("text", "")))
        {
            Assert.Equal(HttpStatusCode.NotFound, spoken.StatusCode);
        }

        // Of what a signed checkpoint covers; it is one case, so every number of it is hidden.
        // An auditor's pack has one signed at once.
        var contract = (await g.Ada.Page("/en/contracts")).QuerySelector("th a[href*='/contracts/']")!.GetAttribute("href")!;
        using (await g.Ada.Get(contract + "/auditor-pack.zip"))
        {
        }

        var figures = await g.Channel.Client.GetStringAsync("/figures.json", TestContext.Current.CancellationToken);
        using (var json = System.Text.Json.JsonDocument.Parse(figures))
        {
            Assert.Equal(System.Text.Json.JsonValueKind.Null, json.RootElement.GetProperty("total").ValueKind);
            Assert.Equal(System.Text.Json.JsonValueKind.Null, json.RootElement.GetProperty("byRating").GetProperty("well").ValueKind);
            Assert.Equal(0, json.RootElement.GetProperty("treatedWell").GetProperty("of").GetInt32());
            var size = json.RootElement.GetProperty("log").GetProperty("size").GetInt64();
            Assert.True(size <= long.Parse((await g.Channel.Client.GetStringAsync("/log/checkpoint", TestContext.Current.CancellationToken)).Split('\n')[1], null));
            Assert.Matches("up to entry [0-9]+", await g.Channel.Client.GetStringAsync("/en/figures", TestContext.Current.CancellationToken));
        }

        // Remedy: a step by one, verified by another.
        using (await Grievances.WriteDown(g.Mira, @case, "path-opened", "forced-labour"))
        {
        }

        using (await Grievances.WriteDown(g.Mira, @case, "step-done", "forced-labour-danger", "Moved to a safe house"))
        {
        }

        using (var own = await Grievances.WriteDown(g.Mira, @case, "step-verified", "forced-labour-danger"))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, own.StatusCode);
            Assert.Contains("Somebody else than who did it must verify it", await own.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var other = await Grievances.WriteDown(g.Tom, @case, "step-verified", "forced-labour-danger"))
        {
            Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
        }

        // Money: owed, paid, verified by somebody else than who wrote the payment.
        async Task<HttpStatusCode> Post(Session who, params (string, string)[] fields)
        {
            using var posted = await who.Post(@case, @case + "/ledger", fields);
            return posted.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Redirect, await Post(g.Mira, ("entry", "Owed"), ("worker", "W1"), ("component", "recruitment-fee"), ("amount", "1250.50"), ("currency", "EUR"), ("grade", "Interviews"), ("side", "payer")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Post(g.Mira, ("entry", "Paid"), ("worker", "W1"), ("component", "recruitment-fee"), ("amount", "2000"), ("currency", "EUR"), ("method", "bank"), ("side", "payer")));
        Assert.Equal(HttpStatusCode.Redirect, await Post(g.Mira, ("entry", "Paid"), ("worker", "W1"), ("component", "recruitment-fee"), ("amount", "1000"), ("currency", "EUR"), ("method", "bank"), ("side", "payer")));
        var payment = (await g.Mira.Page(@case)).QuerySelectorAll("select[name=to] option").First(o => o.TextContent.Contains("W1", StringComparison.Ordinal)).GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Post(g.Mira, ("entry", "Verified"), ("to", payment), ("method", "interview"), ("side", "independent")));
        Assert.Equal(HttpStatusCode.Redirect, await Post(g.Tom, ("entry", "Verified"), ("to", payment), ("method", "interview"), ("side", "independent")));
        var row = (await g.Mira.Page(@case)).QuerySelector("#ledger ~ div table tbody tr")!.TextContent;
        Assert.Matches("1250\\.50 EUR\\s*1000\\.00 EUR\\s*1000\\.00 EUR\\s*250\\.50 EUR", row);

        // Who it was takes two.
        using (await g.Mira.Post(@case, @case + "/identity", ("text", "To arrange shelter")))
        {
        }

        Assert.DoesNotContain("Call 555", (await g.Mira.Page(@case)).Body!.TextContent, StringComparison.Ordinal);
        using (var agree = await g.Tom.Send(await Grievances.OneOf(g.Tom, @case, @case + "/identity", "request", (await g.Tom.Page(@case)).QuerySelector("input[name=request]")!.GetAttribute("value")!, [])))
        {
            Assert.Equal(HttpStatusCode.Redirect, agree.StatusCode);
        }

        Assert.Contains("Call 555", (await g.Mira.Page(@case)).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Call 555", (await g.Tom.Page(@case)).Body!.TextContent, StringComparison.Ordinal);

        // What was founded reaches the buyer as a reason to look, and names nobody.
        using (await g.Ada.Post(contract, contract + "/judge"))
        {
        }

        var watched = (await g.Ada.Page(contract)).Body!.TextContent;
        Assert.Contains("A grievance about this contract was found to be so (documents-kept)", watched, StringComparison.Ordinal);
        Assert.DoesNotContain("passports", watched, StringComparison.Ordinal);

        // The receipt proves that it was received, to whoever has the log's key: by a program that has nothing of the server.
        var key = await g.Server.Client.GetStringAsync("/log/key");
        using var pack = await g.Ada.Get(contract + "/auditor-pack.zip");
        var (proofAnswer, _) = await g.Channel.Post("/en/case/proof", ("ticket", ticket));
        using var folder = new TempFolder();
        File.WriteAllText(folder["proof"], await proofAnswer.Content.ReadAsStringAsync());
        File.WriteAllText(folder["key"], key);
        var verified = Verify("receipt", folder["proof"], "--key", folder["key"]);
        Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
        Assert.Matches("A report was received at 20[0-9-]+T[0-9:.]+Z", verified.Output);
        // A byte changed in it, and it proves nothing.
        var text = File.ReadAllText(folder["proof"]);
        File.WriteAllText(folder["changed"], text.Replace("index ", "index 1", StringComparison.Ordinal));
        Assert.Equal(1, Verify("receipt", folder["changed"], "--key", folder["key"]).ExitCode);

        // The buyer's pack is whole; with a row changed or left out it is not.
        File.WriteAllBytes(folder["pack.zip"], await pack.Content.ReadAsByteArrayAsync());
        var whole = Verify("pack", folder["pack.zip"], "--key", folder["key"]);
        Assert.True(whole.ExitCode == 0, whole.Error);
    }

    [Fact]
    public async Task What_is_long_arrives_whole_and_what_is_wrong_is_written_nowhere()
    {
        await using var g = await Grievances.Start();
        var story = "Begun. " + new string('x', 30_000) + " Ended.";
        var receipt = await g.Report(("what", story));
        var @case = Assert.Single(await Grievances.CasesOf(g.Mira));
        Assert.Contains(story, (await g.Mira.Page(@case)).Body!.TextContent, StringComparison.Ordinal);
        var (_, opened) = await g.Channel.Post("/en/case", ("receipt", receipt));
        var (_, said) = await g.Channel.Post("/en/case/say", ("ticket", opened.QuerySelector("form[action='/en/case/say'] input[name=ticket]")!.GetAttribute("value")!), ("text", story.Replace('x', 'y')));
        Assert.Contains(story.Replace('x', 'y'), said.Body!.TextContent, StringComparison.Ordinal);

        // A handler's note that is too long is refused, and stands whole in its own form again: not in that of a message to the reporter.
        var note = new string('z', 20_001);
        using (var refused = await Grievances.WriteDown(g.Mira, @case, "triaged", "none", note))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await refused.Content.ReadAsStringAsync());
            Assert.Contains("Shorten this", page.QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("#triaged-text", page.QuerySelector(".govuk-error-summary a")!.GetAttribute("href"));
            Assert.Equal(note, page.QuerySelector("#triaged-text")!.TextContent);
            Assert.Equal("", page.QuerySelector("#message-text")!.TextContent);
        }

        // A day that is none posts nothing: not on today's date either.
        using (var refused = await g.Mira.Post(@case, @case + "/ledger", ("entry", "Owed"), ("worker", "W1"), ("component", "wages"), ("amount", "10"), ("currency", "EUR"), ("grade", "Interviews"), ("side", "payer"), ("on", "2026-02-30")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("2026-02-30", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Null((await g.Mira.Page(@case)).QuerySelector("#ledger ~ div table"));
    }

    [Fact]
    public async Task A_name_that_too_few_may_read_is_told_to_whoever_gave_it()
    {
        await using var g = await Grievances.Start();
        // Tom gets a place with the buyer: of reports about its contract only Mira may know.
        var tom = (await g.Ada.Page("/en/administration")).QuerySelectorAll("a[href*='/administration/people/']").First(a => a.TextContent.Contains("Tom", StringComparison.Ordinal)).GetAttribute("href")!;
        var buyer = (await g.Ada.Page(tom)).QuerySelectorAll("select[name=organization] option, input[name=organization]").Select(o => o.GetAttribute("value")!).First(o => o != g.ChannelId.ToString());
        using (var given = await g.Ada.Send(await Grievances.OneOf(g.Ada, tom, tom + "/roles", "organization", buyer, [("organization", buyer), ("roles", "Analyst")])))
        {
            Assert.Equal(HttpStatusCode.Redirect, given.StatusCode);
        }

        var (answer, page) = await g.Channel.Post("/en/tell", ("what", "Unpaid"), ("identity", "Call 555"), ("code", g.Code));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Your name was not kept", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await Grievances.CasesOf(g.Tom));
        var @case = Assert.Single(await Grievances.CasesOf(g.Mira));
        Assert.Contains("No name is kept with this report", (await g.Mira.Page(@case)).Body!.TextContent, StringComparison.Ordinal);

        // Where two may read it, nothing of the kind is said.
        (_, page) = await g.Channel.Post("/en/tell", ("what", "Unpaid"), ("identity", "Call 555"));
        Assert.DoesNotContain("Your name was not kept", page.Body!.TextContent, StringComparison.Ordinal);

        // A handler who takes it down is told before anything is written.
        using var down = await g.Mira.Post("/en/cases/new", "/en/cases/new", ("way", "paper"), ("what", "Unpaid"), ("identity", "Call 555"), ("consent", "yes"), ("code", g.Code));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, down.StatusCode);
        Assert.Contains("Too few handlers may read a report about this contract", await down.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2, (await Grievances.CasesOf(g.Mira)).Length);
    }

    [Fact]
    public async Task Wrong_numbers_look_all_the_same_and_slips_are_told()
    {
        await using var g = await Grievances.Start();
        var receipt = await g.Report(("what", "Wages were not paid"));
        // Another secret with the same first digits, made to check; and a number of no case at all.
        static string WithCheck(string digits)
        {
            var rest = digits.Aggregate(0, (r, d) => ((r * 10) + (d - '0')) % 97);
            return digits + (98 - (rest * 100 % 97)).ToString("D2", null);
        }

        var plain = receipt.Replace(" ", "", StringComparison.Ordinal);
        var wrong = WithCheck(plain[..6] + new string([.. plain[6..22].Select(d => d == '9' ? '0' : (char)(d + 1))]));
        var none = WithCheck((plain[0] == '9' ? "0" : "9") + plain[1..22]);
        var pages = new List<string>();
        foreach (var number in new[] { wrong, none })
        {
            var (answer, page) = await g.Channel.Post("/en/case", ("receipt", number));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            pages.Add(System.Text.RegularExpressions.Regex.Replace(page.DocumentElement.OuterHtml, "nonce=\"[^\"]*\"", ""));
        }

        Assert.Equal(pages[0], pages[1]);
        Assert.Contains("No report opens with this number", pages[0], StringComparison.Ordinal);
        var (_, slip) = await g.Channel.Post("/en/case", ("receipt", plain[..23] + (plain[23] == '1' ? '2' : '1')));
        Assert.Contains("There is a slip in the number", slip.Body!.TextContent, StringComparison.Ordinal);
        var (_, empty) = await g.Channel.Post("/fr/tell", ("what", " "));
        Assert.Contains("Écrivez quelque chose", empty.Body!.TextContent, StringComparison.Ordinal);
        var (stale, _) = await g.Channel.Post("/en/case/say", ("ticket", "nonsense"), ("text", "x"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.StatusCode);
    }

    [Fact]
    public async Task The_buyer_of_the_contract_cannot_handle_even_if_it_runs_the_channel()
    {
        using var server = new WorkspaceServer("--heavy-per-minute", "0");
        using var ada = await Session.First(server, sample: true);
        using var own = await ada.Invite("Own Handler", "own@example.org", null, "CaseHandler");
        using (await own.Post("/en/cases", "/en/cases/key", ("passphrase", Grievances.Passphrase), ("again", Grievances.Passphrase)))
        {
        }

        using var channel = new ChannelServer(server.Data, "--posts-per-minute", "0");
        var (about, page) = await channel.Post("/en/tell", ("what", "x"), ("code", "1000 0001"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, about.StatusCode);
        Assert.Contains("cannot take reports at the moment", page.Body!.TextContent, StringComparison.Ordinal);
        var (other, _) = await channel.Post("/en/tell", ("what", "x"));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Single(await Grievances.CasesOf(own));
    }
}
