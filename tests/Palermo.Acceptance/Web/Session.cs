using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace Palermo.Acceptance.Web;

/// <summary>Somebody at the workspace without a browser: keeps cookies as a browser on this machine does, reads forms and sends them.</summary>
public sealed partial class Session : IDisposable
{
    public const string Password = "three green kettles sing";

    private readonly HttpClient _client;
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    public Session(WorkspaceServer server)
    {
        Server = server;
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Client.BaseAddress, Timeout = TimeSpan.FromMinutes(2) };
    }

    public WorkspaceServer Server { get; }

    /// <summary>The same person, with the same cookies, at another node.</summary>
    public Session At(WorkspaceServer other)
    {
        var there = new Session(other);
        foreach (var (name, value) in _cookies)
        {
            there._cookies[name] = value;
        }

        return there;
    }

    public string Key { get; private set; } = "";

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    /// <summary>Every header Set-Cookie that was seen.</summary>
    public List<string> CookieHeaders { get; } = [];

    /// <summary>Makes the first account of a new workspace and signs in.</summary>
    public static async Task<Session> First(WorkspaceServer server, bool sample = false, string email = "ada@example.org")
    {
        var session = new Session(server);
        var code = server.SetupCode();
        (string, string)[] fields = [("code", code), ("organization", "Ministry of Works"), ("country", "NO"), ("name", "Ada Lind"), ("email", email), ("password", Password), .. sample ? [("sample", "yes")] : Array.Empty<(string, string)>()];
        await session.Post($"/en/setup?code={code}", "/en/setup", fields);
        await session.SetSecondFactor();
        return session;
    }

    /// <summary>Adds an organization, as an administrator of the workspace.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> AddOrganization(string name, string country, bool isSupplier = false)
    {
        using (await Post("/en/administration", "/en/administration/organizations", [("name", name), ("country", country), .. isSupplier ? [("supplier", "yes")] : Array.Empty<(string, string)>()]))
        {
        }

        return await OrganizationId(name);
    }

    /// <summary>Id of an organization by its name.</summary>
    public async Task<string> OrganizationId(string name) => (await Page("/en/administration")).QuerySelectorAll("select[name=organization] option").First(o => o.TextContent == name).GetAttribute("value")!;

    /// <summary>Invites somebody for a supplier, whose dossier of the sample is theirs from then on.</summary>
    public async Task<Session> InviteSupplier(string name, string email)
    {
        var account = await AddOrganization("Halden Ltd (supplier)", "MY", isSupplier: true);
        var supplier = await Invite(name, email, account, "Supplier");
        var dossier = (await Page("/en/suppliers")).QuerySelector(".govuk-list a")!.GetAttribute("href")!;
        using (await Post(dossier, dossier, ("name", "Halden Ltd"), ("other-names", ""), ("country", "MY"), ("identifiers", ""), ("address", ""), ("account", account)))
        {
        }

        return supplier;
    }

    /// <summary>Invites somebody and has them join.</summary>
    public async Task<Session> Invite(string name, string email, string? organization, params string[] roles)
    {
        var session = await Join(name, email, organization, roles);
        await session.SetSecondFactor();
        return session;
    }

    /// <summary>Invites somebody and has them join with a password and nothing more yet.</summary>
    public Task<Session> InviteHalf(string name, string email, params string[] roles) => Join(name, email, null, roles);

    private async Task<Session> Join(string name, string email, string? organization, string[] roles)
    {
        using var answer = await Post("/en/administration", "/en/administration/invitations", [("email", email), .. organization is null ? Array.Empty<(string, string)>() : [("organization", organization)], .. roles.Select(r => ("roles", r))]);
        var code = JoinCode().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value;
        Assert.NotEmpty(code);
        var session = new Session(Server);
        await session.Post($"/en/join?code={code}", "/en/join", ("code", code), ("name", name), ("password", Password));
        return session;
    }

    public async Task SetSecondFactor()
    {
        Key = (await Page("/en/account/second-factor")).QuerySelector("code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        using var answer = await Post("/en/account/second-factor", "/en/account/second-factor", ("code", Code(Key)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async Task<HttpResponseMessage> Get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return await Send(request);
    }

    public async Task<AngleSharp.Html.Dom.IHtmlDocument> Page(string path)
    {
        using var answer = await Get(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {answer.Headers.Location} {text} {(answer.StatusCode == HttpStatusCode.InternalServerError ? Server.Log : "")}");
        return new HtmlParser().ParseDocument(text);
    }

    /// <summary>Loads a page, takes the hidden fields of its form with that address, and sends it with these fields; follows one redirect if it says so.</summary>
    public async Task<HttpResponseMessage> Post(string page, string action, params (string Name, string Value)[] fields) => await Send(await Form(page, action, fields));

    public async Task<HttpRequestMessage> Form(string page, string action, (string Name, string Value)[] fields)
    {
        var document = await Page(page);
        var form = document.QuerySelectorAll("form").OfType<AngleSharp.Html.Dom.IHtmlFormElement>().FirstOrDefault(f => f.GetAttribute("action") == action && f.GetAttribute("method") == "post");
        Assert.True(form is not null, $"{page} has no form to {action}");
        var sent = form.QuerySelectorAll("input[type=hidden][name]").Select(i => (Name: i.GetAttribute("name")!, Value: i.GetAttribute("value") ?? "")).Where(h => fields.All(f => f.Name != h.Name)).Concat(fields);
        return new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(sent.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
    }

    public async Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
        }

        var answer = await _client.SendAsync(request);
        foreach (var header in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            CookieHeaders.Add(header);
            var (name, value) = header.Split(';')[0].Split('=', 2) is [var n, var v] ? (n, v) : (header, "");
            if (value.Length == 0)
            {
                _cookies.Remove(name);
            }
            else
            {
                _cookies[name] = value;
            }
        }

        return answer;
    }

    /// <summary>What an authenticator app shows now (RFC 6238).</summary>
    public static string Code(string key)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.TrimEnd('=').ToUpperInvariant().Select(c => Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = BitConverter.GetBytes(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
        Array.Reverse(counter);
#pragma warning disable CA5350 // The algorithm of the standard.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = ((hash[at] & 127) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("D6", null);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("/en/join\\?code=([A-Za-z0-9_-]+)")]
    private static partial Regex JoinCode();
}
