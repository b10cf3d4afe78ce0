using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Hosting;
using Palermo.Web.Routing;

namespace Palermo.Web.Administration;

/// <summary>Keys and webhooks of programs.</summary>
internal static class KeyPages
{
    /// <summary>How a key begins; scanners for leaked secrets look for such marks.</summary>
    public const string Prefix = "palermo_";

    /// <summary>What secrets of webhooks are protected for.</summary>
    public const string HookPurpose = "webhooks";

    private const int IdBytes = 6, MostQuota = 10_000_000, MostDays = 366;

    public static void Map(WorkRoutes routes)
    {
        routes.Post("/administration/keys", Permission.ManageKeys, MakeKey);
        routes.Post("/administration/keys/{id}/revoke", Permission.ManageKeys, RevokeKey);
        routes.Post("/administration/webhooks", Permission.ManageKeys, MakeHook);
        routes.Post("/administration/webhooks/{id}/switch", Permission.ManageKeys, SwitchHook);
    }

    private static async Task<IResult> MakeKey(Visit v)
    {
        var name = v.Form.Required("key-name");
        var organization = v.Organization(Permission.ManageKeys, "key-organization");
        var scopes = v.Form.All("scopes").Where(Scopes.All.ContainsKey).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (scopes.Length == 0)
        {
            v.Form.Wrong("scopes", "form.required");
        }

        if (!int.TryParse(v.Form["quota"], out var quota) || quota is < 1 or > MostQuota)
        {
            v.Form.Wrong("quota", "form.number");
        }

        var today = v.Service<KnowledgeBase>().Today;
        var expires = v.Form.Day("expires") ?? today.AddDays(MostDays - 1);
        if (expires < today || expires > today.AddDays(MostDays))
        {
            v.Form.Wrong("expires", "key.expires");
        }

        if (!v.Form.IsRight)
        {
            return await AdministrationPages.Show(v);
        }

        var (id, secret) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), Codes.New());
        await v.Write(change =>
        {
            change.Db.ApiKeys.Add(new ApiKey { Id = id, OrganizationId = organization, Name = name, SecretHash = Codes.Hash(secret), Scopes = string.Join(' ', scopes), DailyQuota = quota, ExpiresOn = expires, ById = v.Who.PersonId!.Value, CreatedAt = change.At });
            change.Log("key.made", id, organization, $"{name}: {string.Join(' ', scopes)}");
            return Task.CompletedTask;
        });
        return v.Page<OncePage>((nameof(OncePage.Title), v.C["key.made"]), (nameof(OncePage.Secret), $"{Prefix}{id}_{secret}"));
    }

    private static async Task<IResult> RevokeKey(Visit v)
    {
        var id = v.Route("id");
        var revoked = await v.Write(async change =>
        {
            if (await change.Db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id, v.Cancel) is not { } key || !v.Who.May(Permission.ManageKeys, key.OrganizationId))
            {
                return false;
            }

            key.RevokedAt ??= change.At;
            change.Log("key.revoked", id, key.OrganizationId, key.Name);
            return true;
        });
        return revoked ? v.To("/administration#keys", "saved") : v.NotFound();
    }

    private static async Task<IResult> MakeHook(Visit v)
    {
        var organization = v.Organization(Permission.ManageKeys, "webhook-organization");
        var url = v.Form.Required("url", 500);
        var settings = v.Service<WorkspaceSettings>();
        if (url.Length > 0 && (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.UserInfo.Length > 0 || !(address.Scheme == "https" || (address.Scheme == "http" && settings.WebhooksToPrivateNetworks))))
        {
            v.Form.Wrong("url", "webhook.url");
        }

        if (!v.Form.IsRight)
        {
            return await AdministrationPages.Show(v);
        }

        var kinds = v.Form["kinds"] is { Length: > 0 } some ? string.Join(' ', some.Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) : "*";
        // The form that receivers of Standard Webhooks expect.
        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var kept = v.Service<IDataProtectionProvider>().CreateProtector(HookPurpose).Protect(secret);
        await v.Write(change =>
        {
            var hook = new Webhook { Id = change.NewId(), OrganizationId = organization, Url = url, Secret = kept, Kinds = kinds, CreatedAt = change.At };
            change.Db.Webhooks.Add(hook);
            change.Log("webhook.made", hook.Id, organization, url);
            return Task.CompletedTask;
        });
        return v.Page<OncePage>((nameof(OncePage.Title), v.C["webhook.made"]), (nameof(OncePage.Secret), secret));
    }

    private static async Task<IResult> SwitchHook(Visit v)
    {
        var id = v.Id();
        var done = await v.Write(async change =>
        {
            if (await change.Db.Webhooks.SingleOrDefaultAsync(w => w.Id == id, v.Cancel) is not { } hook || !v.Who.May(Permission.ManageKeys, hook.OrganizationId))
            {
                return false;
            }

            hook.DisabledAt = hook.DisabledAt is null ? change.At : null;
            change.Log(hook.DisabledAt is null ? "webhook.on" : "webhook.off", id, hook.OrganizationId, hook.Url);
            return true;
        });
        return done ? v.To("/administration#webhooks", "saved") : v.NotFound();
    }
}
