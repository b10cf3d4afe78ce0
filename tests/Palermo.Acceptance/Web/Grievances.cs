using System.Net;

namespace Palermo.Acceptance.Web;

/// <summary>A workspace with an independent channel: two handlers with keys, and a contract of a buyer.</summary>
public sealed class Grievances : IAsyncDisposable
{
    public const string Passphrase = "seven quiet lanterns over water";

    private Grievances(WorkspaceServer server, Session ada, Session mira, Session tom, ChannelServer channel, Guid channelId, string code)
    {
        (Server, Ada, Mira, Tom, Channel, ChannelId, Code) = (server, ada, mira, tom, channel, channelId, code);
    }

    public WorkspaceServer Server { get; }

    /// <summary>Administrator and contract manager of the buyer.</summary>
    public Session Ada { get; }

    /// <summary>A handler.</summary>
    public Session Mira { get; }

    /// <summary>Another.</summary>
    public Session Tom { get; }

    public ChannelServer Channel { get; private set; }

    public Guid ChannelId { get; }

    /// <summary>The number on the notices of the buyer's contract.</summary>
    public string Code { get; }

    public static Task<Grievances> Start(params string[] channelArguments) => StartOn(null, channelArguments);

    /// <param name="store">A store other than a file of its own; null for that.</param>
    /// <param name="channelArguments">Settings of the channel.</param>
    public static async Task<Grievances> StartOn(string? store, params string[] channelArguments)
    {
        string[] at = store is null ? [] : ["--store", store];
        var server = new WorkspaceServer(["--heavy-per-minute", "0", .. at]);
        var ada = await Session.First(server, sample: true);
        var organization = await ada.AddOrganization("Independent office", "NO");
        var mira = await ada.Invite("Mira Handler", "mira@office.example", organization, "CaseHandler");
        var tom = await ada.Invite("Tom Handler", "tom@office.example", organization, "CaseHandler");
        foreach (var handler in new[] { mira, tom })
        {
            using var made = await handler.Post("/en/cases", "/en/cases/key", ("passphrase", Passphrase), ("again", Passphrase));
            Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        }

        var contract = (await ada.Page("/en/contracts")).QuerySelector("th a[href*='/contracts/']")!.GetAttribute("href")!;
        var code = System.Text.RegularExpressions.Regex.Match((await ada.Page(contract)).QuerySelector("#channel + p")!.TextContent, "[0-9]{8}").Value;
        var channel = new ChannelServer(server.Data, ["--organization", "Independent office", .. at, .. channelArguments.Length > 0 ? channelArguments : ["--posts-per-minute", "0"]]);
        return new Grievances(server, ada, mira, tom, channel, Guid.Parse(organization), code);
    }

    /// <summary>Reports as a worker without script.</summary>
    public async Task<string> Report(params (string Name, string Value)[] fields)
    {
        var (answer, page) = await Channel.Post("/en/tell", fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return ChannelServer.ReceiptOn(page);
    }

    /// <summary>Addresses of the cases a handler can open, the first first.</summary>
    public static async Task<string[]> CasesOf(Session handler) => [.. (await handler.Page("/en/cases")).QuerySelectorAll("th a[href*='/cases/']").Select(a => a.GetAttribute("href")!)];

    /// <summary>Has a handler write something down.</summary>
    public static async Task<HttpResponseMessage> WriteDown(Session handler, string @case, string kind, string word = "", string text = "", params (string, string)[] more) =>
        await handler.Send(await OneOf(handler, @case, @case + "/events", "kind", kind, [("kind", kind), ("word", word), ("text", text), .. more]));

    /// <summary>A form among several of one address.</summary>
    public static async Task<HttpRequestMessage> OneOf(Session session, string page, string action, string field, string value, (string Name, string Value)[] fields)
    {
        var document = await session.Page(page);
        var form = document.QuerySelectorAll($"form[action='{action}']").OfType<AngleSharp.Html.Dom.IHtmlFormElement>().FirstOrDefault(f => f.QuerySelector($"input[name='{field}'][value='{value}']") is not null);
        Assert.True(form is not null, $"{page} has no form to {action} with {field}={value}: {document.Body!.TextContent}");
        var sent = form.QuerySelectorAll("input[type=hidden][name]").Select(i => (Name: i.GetAttribute("name")!, Value: i.GetAttribute("value") ?? "")).Where(h => fields.All(f => f.Name != h.Name)).Concat(fields);
        return new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(sent.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        foreach (var session in new[] { Ada, Mira, Tom })
        {
            session.Dispose();
        }

        Server.Dispose();
        await Task.CompletedTask;
    }
}
