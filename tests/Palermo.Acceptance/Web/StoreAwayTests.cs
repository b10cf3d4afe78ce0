using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Palermo.Storage.Tests;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>The database goes away under a workspace and a channel, and comes back: nobody's words are lost, and nothing has to be started anew.</summary>
public sealed class StoreAwayTests
{
    [Fact]
    public async Task What_was_written_while_the_store_was_away_is_sent_again_by_a_button()
    {
        using var postgres = new PostgresServer();
        var store = postgres.NewDatabase();
        Assert.Equal(0, Run("db", "migrate", "--store", store).ExitCode);
        await using var g = await Grievances.StartOn(store);
        await g.Report(("what", "The first"));
        var @case = Assert.Single(await Grievances.CasesOf(g.Mira));
        var note = await g.Mira.Form(@case, @case + "/messages", [("text", "A note \"kept\" & safe"), ("to", "note")]);
        postgres.Stop();

        // The worker: told in plain words, and the report stays in the page.
        using var content = new MultipartFormDataContent { { new StringContent("They took <our> passports"), "what" }, { new StringContent(g.Code), "code" }, { new ByteArrayContent([1, 2]), "files", "gate.jpg" } };
        var (away, page) = await g.Channel.Post("/en/tell", content);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.Contains("This was not sent. What you wrote is kept in this page", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("input[type=file]"));
        var again = FieldsOf(page);
        Assert.Contains(("what", "They took <our> passports"), again);
        var (arabic, right) = await g.Channel.Post("/ar/tell", ("what", "…"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "rtl"), (arabic.StatusCode, right.DocumentElement.GetAttribute("dir")));
        using var start = await g.Channel.Client.GetAsync("/en/tell");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, start.StatusCode);
        Assert.Contains("Something does not work at the moment", await start.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // The handler, the same; a program, a problem of its own kind.
        note.Headers.Accept.ParseAdd("text/html");
        using var refused = await g.Mira.Send(note);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("30", Assert.Single(refused.Headers.GetValues("Retry-After")));
        var kept = new HtmlParser().ParseDocument(await refused.Content.ReadAsStringAsync());
        Assert.Contains("Nothing was changed", kept.Body!.TextContent, StringComparison.Ordinal);
        using var problem = await g.Server.Client.GetAsync("/log/checkpoint");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (problem.StatusCode, problem.Content.Headers.ContentType?.MediaType));
        using var ready = await g.Server.Client.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);

        postgres.Restart();
        var (sent, receipt) = await g.Channel.Post("/en/tell", [.. again]);
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Matches("[0-9 ]{29}", ChannelServer.ReceiptOn(receipt));
        using (var noted = await g.Mira.Send(new HttpRequestMessage(HttpMethod.Post, kept.QuerySelector("main form")!.GetAttribute("action")) { Content = new FormUrlEncodedContent(FieldsOf(kept).Select(f => KeyValuePair.Create(f.Name, f.Value))) }))
        {
            Assert.Equal(HttpStatusCode.Redirect, noted.StatusCode);
        }

        Assert.Contains("A note \"kept\" & safe", (await g.Mira.Page(@case)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await Grievances.CasesOf(g.Mira)).Length);
        Assert.Equal(0, Run("db", "verify", "--store", store).ExitCode);
    }

    [Fact]
    public async Task Who_is_asked_to_wait_keeps_what_they_wrote()
    {
        await using var g = await Grievances.Start("--posts-per-minute", "1");
        await g.Report(("what", "The first"));
        var (busy, page) = await g.Channel.Post("/fr/tell", ("what", "La seconde"));
        Assert.Equal(HttpStatusCode.TooManyRequests, busy.StatusCode);
        Assert.Contains(("what", "La seconde"), FieldsOf(page));
    }

    private static (string Name, string Value)[] FieldsOf(IHtmlDocument page) => [.. page.QuerySelectorAll("main input[type=hidden][name]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))];
}
