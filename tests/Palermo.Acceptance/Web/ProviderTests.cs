using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Palermo.Acceptance.Web;

/// <summary>Signing in through an organization's own provider: a real one, OpenIddict, that the test starts.</summary>
public sealed class ProviderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_the_provider_vouches_for_and_an_administrator_invited_is_let_in()
    {
        var (own, providers) = (Port(), Port());
        var person = new Vouched("bo@example.org", true, "Bo Ek", "urn:mfa");
        await using var provider = await Provider(providers, own, () => person);
        using var server = new WorkspaceServer("--urls", $"http://127.0.0.1:{own}", "--oidc-authority", $"http://127.0.0.1:{providers}/", "--oidc-client-id", "palermo", "--oidc-client-secret", "secret of the test", "--oidc-name", "Ministry login", "--oidc-acr", "urn:mfa", "--heavy-per-minute", "0");
        using var ada = await Session.First(server);

        // Known there, not invited here.
        var (stranger, said) = await Through(server, "/en/desk");
        Assert.Contains("Nobody invited you yet", said);
        stranger.Dispose();

        using var invited = await ada.Post("/en/administration", "/en/administration/invitations", ("email", "bo@example.org"), ("roles", "Officer"));
        // An address that the provider did not verify proves nothing.
        person = person with { Verified = false };
        Assert.Contains("Nobody invited you yet", (await Through(server, "/en/desk")).Said);
        person = person with { Verified = true, Acr = "urn:password" };
        Assert.Contains("strong enough", (await Through(server, "/en/desk")).Said);
        person = person with { Acr = "urn:mfa" };
        var (bo, desk) = await Through(server, "/en/tenders");
        Assert.Contains("<h1 class=\"govuk-heading-xl\">Tenders</h1>", desk);
        bo.Dispose();

        // Known by the provider's id from then on, whatever the address says.
        person = person with { Email = "other@example.org" };
        Assert.Contains("Bo Ek", (await Through(server, "/en/desk")).Said);
        // An account that somebody made under another's address is the other's once the provider vouches for them.
        using var squatter = await ada.Invite("Not Cleo", "cleo@example.org", null, "Analyst");
        person = new Vouched("cleo@example.org", true, "Cleo Dahl", "urn:mfa") { Subject = "subject-2" };
        var (cleo, _) = await Through(server, "/en/desk");
        await cleo.Page("/en/runs");
        using var out_ = await squatter.Get("/en/runs");
        Assert.StartsWith("/en/sign-in", out_.Headers.Location!.ToString());
        using var password = await squatter.Post("/en/sign-in", "/en/sign-in", ("email", "cleo@example.org"), ("password", Session.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, password.StatusCode);
        cleo.Dispose();
        person = new Vouched("other@example.org", true, "Bo Ek", "urn:mfa");

        // Closed here is closed, whatever the provider says.
        var page = await ada.Page("/en/administration");
        var link = page.QuerySelectorAll("tbody a").First(a => a.TextContent == "Bo Ek").GetAttribute("href")!;
        await ada.Post(link, link + "/close");
        Assert.DoesNotContain("this is what waits", (await Through(server, "/en/desk")).Said);
    }

    // As a browser goes: to the provider and back.
    private static async Task<(Session Session, string Said)> Through(WorkspaceServer server, string next)
    {
        var session = new Session(server);
        Assert.Contains("Sign in with Ministry login", (await session.Page($"/en/sign-in?next={Uri.EscapeDataString(next)}")).Body!.TextContent);
        var answer = await session.Get($"/en/sign-in/provider?next={Uri.EscapeDataString(next)}");
        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        for (var i = 0; i < 10 && answer.StatusCode == HttpStatusCode.Redirect; i++)
        {
            var to = new Uri(server.Client.BaseAddress!, answer.Headers.Location!);
            answer = to.Port == server.Client.BaseAddress!.Port ? await session.Get(to.PathAndQuery) : await outside.GetAsync(to, Cancel);
        }

        return (session, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static int Port()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    private static async Task<WebApplication> Provider(int port, int client, Func<Vouched> person)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<ProviderDb>(o => o.UseInMemoryDatabase("provider").UseOpenIddict());
        builder.Services.AddOpenIddict()
            .AddCore(o => o.UseEntityFrameworkCore().UseDbContext<ProviderDb>())
            .AddServer(o =>
            {
                o.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetUserInfoEndpointUris("userinfo");
                o.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                o.RegisterScopes(Scopes.Email, Scopes.Profile);
                o.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
                o.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableUserInfoEndpointPassthrough().DisableTransportSecurityRequirement();
            });
        builder.Services.AddAuthentication();
        var app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{port}");
        app.UseAuthentication();
        app.MapGet("/authorize", () =>
        {
            var who = person();
            var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
            identity.SetClaim(Claims.Subject, who.Subject).SetClaim(Claims.Name, who.Name).SetClaim(Claims.Email, who.Email).SetClaim(Claims.EmailVerified, who.Verified).SetClaim("acr", who.Acr);
            identity.SetScopes(Scopes.OpenId, Scopes.Email, Scopes.Profile);
            identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
            return Results.SignIn(new ClaimsPrincipal(identity), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        });
        app.MapGet("/userinfo", async (HttpContext http) =>
        {
            var user = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal!;
            return Results.Json(new Dictionary<string, object> { ["sub"] = user.GetClaim(Claims.Subject)!, ["name"] = user.GetClaim(Claims.Name)! });
        });
        await app.StartAsync(Cancel);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = "palermo",
            ClientSecret = "secret of the test",
            RedirectUris = { new Uri($"http://127.0.0.1:{client}/sign-in/provider/back") },
            Permissions = { Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code, Permissions.Scopes.Email, Permissions.Scopes.Profile },
        }, Cancel);
        return app;
    }

    private sealed record Vouched(string Email, bool Verified, string Name, string Acr)
    {
        public string Subject { get; init; } = "subject-1";
    }

    private sealed class ProviderDb(DbContextOptions<ProviderDb> options) : DbContext(options);
}
