using System.Net;

namespace Palermo.Acceptance.Web;

/// <summary>The first account, signing in, second factor, sessions.</summary>
public sealed class AccountTests
{
    [Fact]
    public async Task The_first_account_is_made_by_whoever_reads_the_log_and_nobody_else()
    {
        using var server = new WorkspaceServer();
        using var stranger = new Session(server);
        using var wrong = await stranger.Get("/en/setup?code=0123456789abcdef0123456789abcdef");
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        Assert.Contains("has no account yet", (await stranger.Page("/en/sign-in")).Body!.TextContent);

        using var ada = await Session.First(server);
        Assert.Contains("Ada Lind", (await ada.Page("/en/desk")).Body!.TextContent);
        using var again = await stranger.Get($"/en/setup?code={server.SetupCode()}");
        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
        Assert.All(ada.CookieHeaders, c => Assert.Matches("^__Host-[^;]*;.*path=/;.*secure.*httponly|^__Host-[^=]+=;", c.ToLowerInvariant().Replace("__host-", "__Host-", StringComparison.Ordinal)));
        Assert.DoesNotContain(ada.CookieHeaders, c => c.Contains("domain=", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_password_alone_opens_only_the_way_to_a_second_factor()
    {
        using var server = new WorkspaceServer();
        using var first = await Session.First(server);

        using var back = new Session(server);
        using var password = await back.Post("/en/sign-in", "/en/sign-in", ("email", "ada@example.org"), ("password", Session.Password));
        Assert.StartsWith("/en/sign-in/second-factor", password.Headers.Location!.ToString());
        using var desk = await back.Get("/en/desk");
        Assert.StartsWith("/en/sign-in", desk.Headers.Location!.ToString());
        using var wrongCode = await back.Post("/en/sign-in/second-factor", "/en/sign-in/second-factor", ("code", "000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrongCode.StatusCode);
        using var code = await back.Post("/en/sign-in/second-factor", "/en/sign-in/second-factor", ("code", Session.Code(first.Key)), ("next", "/en/tenders"));
        Assert.Equal("/en/tenders", code.Headers.Location!.ToString());
        Assert.Contains("Ada Lind", (await back.Page("/en/desk")).Body!.TextContent);

        // A way onward that leads elsewhere is not taken.
        using var signedOut = await back.Post("/en/desk", "/en/sign-out");
        Assert.Contains("Clear-Site-Data", signedOut.Headers.Select(h => h.Key));
        using var elsewhere = await back.Post("/en/sign-in", "/en/sign-in", ("email", "ada@example.org"), ("password", Session.Password), ("next", "//evil.example"));
        using var led = await back.Post("/en/sign-in/second-factor?next=%2F%2Fevil.example", "/en/sign-in/second-factor", ("code", Session.Code(first.Key)));
        Assert.Equal("/en/desk", led.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Guessing_closes_the_account_for_a_while_and_says_the_same_as_for_nobody()
    {
        using var server = new WorkspaceServer("--heavy-per-minute", "0");
        using var first = await Session.First(server);
        using var guesser = new Session(server);
        string Said(string body) => System.Text.RegularExpressions.Regex.Replace(body, "value=\"[^\"]*\"|nonce=\"[^\"]*\"", "");
        using var nobody = await guesser.Post("/en/sign-in", "/en/sign-in", ("email", "nobody@example.org"), ("password", "wrong wrong wrong"));
        var expected = Said(await nobody.Content.ReadAsStringAsync());
        for (var i = 0; i < 8; i++)
        {
            using var wrong = await guesser.Post("/en/sign-in", "/en/sign-in", ("email", "ada@example.org"), ("password", "wrong wrong wrong"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Equal(expected, Said(await wrong.Content.ReadAsStringAsync()));
        }

        using var right = await guesser.Post("/en/sign-in", "/en/sign-in", ("email", "ada@example.org"), ("password", Session.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, right.StatusCode);
    }

    [Fact]
    public async Task A_password_that_is_easily_guessed_is_refused_with_the_reason()
    {
        using var server = new WorkspaceServer("--heavy-per-minute", "0");
        using var session = new Session(server);
        var code = server.SetupCode();
        foreach (var (password, reason) in new[] { ("short", "too short"), ("adalind-adalind-1", "holds your name"), ("passwordpassword", "strangers try first"), ("aaaaaaaaaaaaaaaa", "strangers try first"), (new string('x', 129), "too long") })
        {
            using var answer = await session.Post($"/en/setup?code={code}", "/en/setup", ("organization", "X"), ("name", "Adalind"), ("email", "a@example.org"), ("password", password));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(reason, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task What_another_site_posts_changes_nothing()
    {
        using var server = new WorkspaceServer();
        using var ada = await Session.First(server);
        using var request = await ada.Form("/en/account", "/en/account/sessions", [("__RequestVerificationToken", "forged")]);
        using var answer = await ada.Send(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await ada.Page("/en/desk");
    }

    [Fact]
    public async Task Ending_all_sessions_ends_them_at_once()
    {
        using var server = new WorkspaceServer();
        using var ada = await Session.First(server);
        using var other = new Session(server);
        await other.Post("/en/sign-in", "/en/sign-in", ("email", "ada@example.org"), ("password", Session.Password));
        await other.Post("/en/sign-in/second-factor", "/en/sign-in/second-factor", ("code", Session.Code(ada.Key)));
        await other.Page("/en/desk");
        await ada.Post("/en/account", "/en/account/sessions");
        using var desk = await other.Get("/en/desk");
        Assert.StartsWith("/en/sign-in", desk.Headers.Location!.ToString());
    }
}
