using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Hosting;
using Palermo.Web.Routing;

namespace Palermo.Web.Accounts;

/// <summary>One's own account: second factor, passkeys, password, sessions.</summary>
internal static class AccountPages
{
    private const int RecoveryCodes = 10, MostPasskeys = 10;

    public static void Map(WorkRoutes routes)
    {
        routes.Own("GET", "/account", Show);
        routes.Own("GET", "/account/second-factor", ShowSecondFactor, weak: true);
        routes.Own("POST", "/account/second-factor", SetSecondFactor, weak: true).RequireRateLimiting(HeavyLimit.SignIn);
        routes.Own("POST", "/account/recovery-codes", NewRecoveryCodes);
        routes.Own("POST", "/account/passkey-options", PasskeyOptions, weak: true).RequireRateLimiting(HeavyLimit.SignIn);
        routes.Own("POST", "/account/passkeys", AddPasskey, weak: true);
        routes.Own("POST", "/account/passkeys/remove", RemovePasskey);
        routes.Own("POST", "/account/password", ChangePassword).RequireRateLimiting(HeavyLimit.SignIn);
        routes.Own("POST", "/account/sessions", EndSessions);
    }

    private static async Task<Person> Me(Visit v) => (await v.Service<UserManager<Person>>().FindByIdAsync(v.Who.PersonId!.Value.ToString()))!;

    private static async Task<IResult> Show(Visit v)
    {
        v.NeedScript();
        var people = v.Service<UserManager<Person>>();
        var me = await Me(v);
        return v.Page<AccountPage>((nameof(AccountPage.Form), v.Form), (nameof(AccountPage.Me), me), (nameof(AccountPage.Passkeys), await people.GetPasskeysAsync(me)), (nameof(AccountPage.CodesLeft), await people.CountRecoveryCodesAsync(me)), (nameof(AccountPage.Roles), await RolesOf(v)));
    }

    private static async Task<IReadOnlyList<(string Organization, Role Role)>> RolesOf(Visit v)
    {
        await using var db = v.Open();
        return [.. (await db.Memberships.Where(m => m.PersonId == v.Who.PersonId).Join(db.Organizations, m => m.OrganizationId, o => o.Id, (m, o) => new { o.Name, m.Role }).ToListAsync(v.Cancel)).OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => (m.Name, m.Role))];
    }

    private static async Task<IResult> ShowSecondFactor(Visit v)
    {
        var people = v.Service<UserManager<Person>>();
        var me = await Me(v);
        if (await MustProveMore(v, me))
        {
            return v.To("/sign-in", "second-factor-needed");
        }

        if (await people.GetAuthenticatorKeyAsync(me) is not { } key)
        {
            await people.ResetAuthenticatorKeyAsync(me);
            key = (await people.GetAuthenticatorKeyAsync(me))!;
            await SignInPages.SignIn(v, me, v.Who.Strong ? "mfa" : "pwd");
        }

        v.NeedScript();
        return v.Page<SecondFactorPage>((nameof(SecondFactorPage.Form), v.Form), (nameof(SecondFactorPage.Key), key), (nameof(SecondFactorPage.Email), me.Email!));
    }

    private static async Task<IResult> SetSecondFactor(Visit v)
    {
        var people = v.Service<UserManager<Person>>();
        var me = await Me(v);
        if (await MustProveMore(v, me))
        {
            return v.To("/sign-in", "second-factor-needed");
        }

        var code = new string([.. v.Form["code"].Where(char.IsAsciiDigit)]);
        if (!await people.VerifyTwoFactorTokenAsync(me, people.Options.Tokens.AuthenticatorTokenProvider, code))
        {
            v.Form.Wrong("code", "sign-in.code-wrong");
            return await ShowSecondFactor(v);
        }

        await people.SetTwoFactorEnabledAsync(me, true);
        return await Codes(v, people, me, "account.second-factor-set");
    }

    private static async Task<IResult> NewRecoveryCodes(Visit v) => await Codes(v, v.Service<UserManager<Person>>(), await Me(v), "account.recovery-codes-made");

    private static async Task<IResult> Codes(Visit v, UserManager<Person> people, Person me, string kind)
    {
        var codes = await people.GenerateNewTwoFactorRecoveryCodesAsync(me, RecoveryCodes);
        await SignInPages.SignIn(v, me, "mfa");
        await v.Write(change => Log(change, kind, me));
        return v.Page<RecoveryCodesPage>((nameof(RecoveryCodesPage.Codes), codes!.ToArray()));
    }

    private static async Task<IResult> PasskeyOptions(Visit v)
    {
        var me = await Me(v);
        if (await MustProveMore(v, me))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        return Results.Content(await v.Service<SignInManager<Person>>().MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = me.Id.ToString(), Name = me.Email!, DisplayName = me.Name }), "application/json");
    }

    private static async Task<IResult> AddPasskey(Visit v)
    {
        var people = v.Service<UserManager<Person>>();
        var me = await Me(v);
        if (await MustProveMore(v, me))
        {
            return v.To("/sign-in");
        }

        PasskeyAttestationResult result;
        try
        {
            result = await v.Service<SignInManager<Person>>().PerformPasskeyAttestationAsync(v.Form["credential"]);
        }
        catch (InvalidOperationException)
        {
            return v.To("/account", "passkey-failed");
        }

        if (!result.Succeeded || result.UserEntity.Id != me.Id.ToString() || (await people.GetPasskeysAsync(me)).Count >= MostPasskeys)
        {
            return v.To("/account", "passkey-failed");
        }

        result.Passkey.Name = v.Form["label"] is { Length: > 0 } name ? name[..Math.Min(name.Length, 60)] : $"{v.Store.Now:yyyy-MM-dd}";
        await people.AddOrUpdatePasskeyAsync(me, result.Passkey);
        await SignInPages.SignIn(v, me, "passkey");
        await v.Write(change => Log(change, "account.passkey-added", me));
        return v.To("/account", "passkey-added");
    }

    private static async Task<IResult> RemovePasskey(Visit v)
    {
        var people = v.Service<UserManager<Person>>();
        var me = await Me(v);
        var passkeys = await people.GetPasskeysAsync(me);
        if (passkeys.FirstOrDefault(p => Convert.ToHexString(p.CredentialId) == v.Form["id"]) is not { } passkey)
        {
            return v.NotFound();
        }

        if (passkeys.Count == 1 && !me.TwoFactorEnabled)
        {
            // Nobody locks themselves out.
            return v.To("/account", "passkey-last");
        }

        await people.RemovePasskeyAsync(me, passkey.CredentialId);
        await v.Write(change => Log(change, "account.passkey-removed", me));
        return v.To("/account", "passkey-removed");
    }

    private static async Task<IResult> ChangePassword(Visit v)
    {
        var people = v.Service<UserManager<Person>>();
        var me = await Me(v);
        if (me.PasswordHash is not null && !await people.CheckPasswordAsync(me, v.Form["old"]))
        {
            v.Form.Wrong("old", "account.password-wrong");
            return await Show(v);
        }

        await v.Service<NewPerson>().ReadPassword(v.Form, me);
        if (!v.Form.IsRight)
        {
            return await Show(v);
        }

        await people.UpdateSecurityStampAsync(me);
        await SignInPages.SignIn(v, me, v.Http.User.FindFirst(AccessReader.HowClaim)!.Value);
        await v.Write(change => Log(change, "account.password-changed", me));
        return v.To("/account", "password-changed");
    }

    private static async Task<IResult> EndSessions(Visit v)
    {
        var me = await Me(v);
        await v.Service<UserManager<Person>>().UpdateSecurityStampAsync(me);
        await v.Write(change => Log(change, "account.sessions-ended", me));
        return v.To("/sign-in", "signed-out");
    }

    // A password alone must neither replace a second factor that there is nor add another beside it.
    private static async Task<bool> MustProveMore(Visit v, Person me) => !v.Who.Strong && (me.TwoFactorEnabled || (await v.Service<UserManager<Person>>().GetPasskeysAsync(me)).Count > 0);

    private static Task Log(Change change, string kind, Person me)
    {
        change.Log(kind, me.Id, null);
        return Task.CompletedTask;
    }
}
