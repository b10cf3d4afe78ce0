using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Forms;
using Palermo.Web.Hosting;
using Palermo.Web.Routing;

namespace Palermo.Web.Accounts;

/// <summary>Signing in and out: passkey, password with a second factor, the organization's provider.</summary>
internal static class SignInPages
{
    // Where nobody has the address given, a hash is compared all the same: the time of the answer tells nothing.
    private static readonly Lazy<string> s_nobody = new(() => new PasswordHasher<Person>(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = AccountServices.HashIterations })).HashPassword(null!, Codes.New()));

    public static void Map(WorkRoutes routes)
    {
        routes.Open("GET", "/sign-in", Show);
        routes.Open("POST", "/sign-in", WithPassword).RequireRateLimiting(HeavyLimit.SignIn);
        routes.Open("GET", "/sign-in/second-factor", v => Task.FromResult(v.Page<SecondStepPage>((nameof(SecondStepPage.Form), v.Form), (nameof(SecondStepPage.Next), v.Query("next")))));
        routes.Open("POST", "/sign-in/second-factor", WithCode).RequireRateLimiting(HeavyLimit.SignIn);
        routes.Open("POST", "/sign-in/passkey-options", async v => Results.Content(await v.Service<SignInManager<Person>>().MakePasskeyRequestOptionsAsync(null), "application/json")).RequireRateLimiting(HeavyLimit.SignIn);
        routes.Open("POST", "/sign-in/passkey", WithPasskey).RequireRateLimiting(HeavyLimit.SignIn);
        routes.Open("GET", "/sign-in/provider", ToProvider);
        routes.Open("GET", "/sign-in/provider/done", FromProvider);
        routes.Own("POST", "/sign-out", SignOut, weak: true);
    }

    /// <summary>Signs somebody in, in the way said, and writes it down.</summary>
    public static async Task SignIn(Visit v, Person person, string how)
    {
        await v.Service<SignInManager<Person>>().SignInWithClaimsAsync(person, new AuthenticationProperties(), [new Claim(AccessReader.HowClaim, how)]);
        await v.Store.Write(new Actor(person.Id, person.Name), change =>
        {
            change.Log("account.signed-in", person.Id, null, how);
            return Task.CompletedTask;
        }, v.Cancel);
    }

    /// <summary>Where to go after signing in: a page of ours that was asked for, or the desk.</summary>
    public static IResult Onward(Visit v, string? next) => next is { Length: > 1 } && next[0] == '/' && next[1] is not '/' and not '\\' ? Results.LocalRedirect(next) : v.To("/desk");

    private static async Task<IResult> Show(Visit v)
    {
        var setup = v.Service<SetupCode>();
        if (setup.Value is not null)
        {
            await using var db = v.Open();
            if (!await db.Users.AnyAsync(v.Cancel))
            {
                return v.Message("setup.first");
            }

            // Another node has made the first account.
            setup.Forget();
        }

        v.NeedScript();
        return v.Page<SignInPage>((nameof(SignInPage.Form), v.Form), (nameof(SignInPage.Provider), v.Service<WorkspaceSettings>().Oidc?.Name), (nameof(SignInPage.Next), v.Form["next"] is { Length: > 0 } sent ? sent : v.Query("next")));
    }

    private static async Task<IResult> WithPassword(Visit v)
    {
        var people = v.Service<UserManager<Person>>();
        var person = await people.FindByEmailAsync(v.Form["email"]);
        if (person is null || person.ClosedAt is not null || person.PasswordHash is null)
        {
            _ = v.Service<IPasswordHasher<Person>>().VerifyHashedPassword(null!, s_nobody.Value, v.Form["password"]);
            return await Refused(v, null);
        }

        var result = await v.Service<SignInManager<Person>>().PasswordSignInAsync(person, v.Form["password"], isPersistent: false, lockoutOnFailure: true);
        if (result.RequiresTwoFactor)
        {
            return v.To($"/sign-in/second-factor?next={Uri.EscapeDataString(v.Form["next"])}");
        }

        return result.Succeeded ? v.To("/account/second-factor") : await Refused(v, person);
    }

    private static async Task<IResult> WithCode(Visit v)
    {
        var signIn = v.Service<SignInManager<Person>>();
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { ClosedAt: null } person)
        {
            return v.To("/sign-in");
        }

        var code = new string([.. v.Form["code"].Where(char.IsAsciiLetterOrDigit)]);
        var result = code.All(char.IsAsciiDigit)
            ? await signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false)
            : await signIn.TwoFactorRecoveryCodeSignInAsync(v.Form["code"].Trim());
        if (!result.Succeeded)
        {
            await Failed(v, person);
            v.Form.Wrong("code", "sign-in.code-wrong");
            return v.Page<SecondStepPage>((nameof(SecondStepPage.Form), v.Form), (nameof(SecondStepPage.Next), v.Form["next"]));
        }

        await v.Store.Write(new Actor(person.Id, person.Name), change =>
        {
            change.Log("account.signed-in", person.Id, null, code.All(char.IsAsciiDigit) ? "mfa" : "recovery code");
            return Task.CompletedTask;
        }, v.Cancel);
        return Onward(v, v.Form["next"]);
    }

    private static async Task<IResult> WithPasskey(Visit v)
    {
        PasskeyAssertionResult<Person> result;
        try
        {
            result = await v.Service<SignInManager<Person>>().PerformPasskeyAssertionAsync(v.Form["credential"]);
        }
        catch (InvalidOperationException)
        {
            // No request of ours is under way: the page was open too long.
            return await Refused(v, null);
        }

        if (!result.Succeeded || result.User.ClosedAt is not null)
        {
            return await Refused(v, null);
        }

        await v.Service<UserManager<Person>>().AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        await SignIn(v, result.User, "passkey");
        return Onward(v, v.Form["next"]);
    }

    private static Task<IResult> ToProvider(Visit v)
    {
        if (v.Service<WorkspaceSettings>().Oidc is null)
        {
            return Task.FromResult(v.NotFound());
        }

        var properties = v.Service<SignInManager<Person>>().ConfigureExternalAuthenticationProperties(AccountServices.Provider, $"{v.C.Href("/sign-in/provider/done")}?next={Uri.EscapeDataString(v.Query("next"))}");
        return Task.FromResult(Results.Challenge(properties, [AccountServices.Provider]));
    }

    private static async Task<IResult> FromProvider(Visit v)
    {
        var info = await v.Service<SignInManager<Person>>().GetExternalLoginInfoAsync();
        await v.Http.SignOutAsync(IdentityConstants.ExternalScheme);
        if (info is null)
        {
            return v.To("/sign-in", "provider-failed");
        }

        if (v.Service<WorkspaceSettings>().Oidc!.Acr is { } acr && info.Principal.FindFirstValue("acr") != acr)
        {
            return v.Message("provider.weak", StatusCodes.Status403Forbidden);
        }

        var people = v.Service<UserManager<Person>>();
        var person = await people.FindByLoginAsync(info.LoginProvider, info.ProviderKey) ?? await FirstTime(v, info);
        if (person is not { ClosedAt: null })
        {
            return v.Message("provider.unknown", StatusCodes.Status403Forbidden);
        }

        await SignIn(v, person, "oidc");
        return Onward(v, v.Query("next"));
    }

    // The provider vouches for the address: whoever is known or invited under it is let in, and known by the provider's id from then on.
    private static async Task<Person?> FirstTime(Visit v, ExternalLoginInfo info)
    {
        var email = info.Principal.FindFirstValue("email");
        if (email is null || info.Principal.FindFirstValue("email_verified") is not ("true" or "True"))
        {
            return null;
        }

        var newPerson = v.Service<NewPerson>();
        var normalized = v.Service<ILookupNormalizer>().NormalizeEmail(email);
        return await v.Store.Write(Actor.Program, async change =>
        {
            var person = await change.Db.Users.SingleOrDefaultAsync(p => p.NormalizedEmail == normalized);
            if (person is null)
            {
                var invitation = (await change.Db.Invitations.Where(i => i.UsedAt == null && i.ExpiresAt > change.At).ToListAsync()).FirstOrDefault(i => string.Equals(i.Email, email, StringComparison.OrdinalIgnoreCase));
                if (invitation is null)
                {
                    return null;
                }

                person = new Person { Name = info.Principal.FindFirstValue("name") ?? email, Email = email, UserName = email, EmailConfirmed = true };
                newPerson.Add(change, person);
                Invitations.Use(change, invitation, person);
            }
            else
            {
                // Whoever made the account before need not be who holds the address: only the provider proves that.
                await NewPerson.Renew(change, person, null, v.Cancel);
            }

            change.Db.UserLogins.Add(new IdentityUserLogin<Guid> { LoginProvider = info.LoginProvider, ProviderKey = info.ProviderKey, ProviderDisplayName = info.ProviderDisplayName, UserId = person.Id });
            change.Log("account.linked", person.Id, null, info.LoginProvider);
            return person;
        }, v.Cancel);
    }

    private static async Task<IResult> SignOut(Visit v)
    {
        await v.Service<SignInManager<Person>>().SignOutAsync();
        v.Http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return v.To("/sign-in", "signed-out");
    }

    private static async Task<IResult> Refused(Visit v, Person? person)
    {
        await Failed(v, person);
        v.Form.Wrong("email", "sign-in.wrong");
        return await Show(v);
    }

    private static Task Failed(Visit v, Person? person) => person is null ? Task.CompletedTask : v.Store.Write(Actor.Program, change =>
    {
        change.Log("account.sign-in-failed", person.Id, null);
        return Task.CompletedTask;
    }, v.Cancel);
}
