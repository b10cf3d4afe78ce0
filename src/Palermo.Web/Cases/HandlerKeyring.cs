using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Routing;

namespace Palermo.Web.Cases;

/// <summary>A handler's key while they work: under a secret in a cookie of its own, for half an hour. Whoever reads the store, or has the cookie alone, opens nothing.</summary>
internal static class HandlerKeyring
{
    private const string Cookie = "__Host-palermo-cases";
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(30);

    /// <summary>The key of who asks; null if it is locked.</summary>
    public static async Task<KeyPair?> Of(Visit v)
    {
        if (v.Http.Request.Cookies[Cookie] is not { Length: > 0 } text || !Base64Url.IsValid(text))
        {
            return null;
        }

        var (id, me, now) = (Codes.Hash(text), v.Who.PersonId, v.Store.Now);
        await using var db = v.Open();
        return await db.UnlockedKeys.SingleOrDefaultAsync(k => k.Id == id && k.PersonId == me && k.ExpiresAt > now, v.Cancel) is { } kept ? SessionKey.Unwrap(kept.Box, Base64Url.DecodeFromChars(text)) : null;
    }

    /// <summary>Unlocks the key of who asks; false if the passphrase is wrong.</summary>
    public static async Task<bool> Unlock(Visit v, HandlerKey row, string passphrase)
    {
        if (new LockedKey(row.Salt, row.Box).Unlock(passphrase) is not { } keys)
        {
            await v.Write(change =>
            {
                change.Log("handler-key.refused", row.PersonId, null);
                return Task.CompletedTask;
            });
            return false;
        }

        var secret = RandomNumberGenerator.GetBytes(SessionKey.SecretSize);
        var text = Base64Url.EncodeToString(secret);
        await v.Write(async change =>
        {
            await change.Db.UnlockedKeys.Where(k => k.PersonId == row.PersonId || k.ExpiresAt < change.At).ExecuteDeleteAsync(v.Cancel);
            change.Db.UnlockedKeys.Add(new UnlockedKey { Id = Codes.Hash(text), PersonId = row.PersonId, Box = SessionKey.Wrap(keys, secret), ExpiresAt = change.At + s_life });
            change.Log("handler-key.unlocked", row.PersonId, null);
        });
        v.Http.Response.Cookies.Append(Cookie, text, new CookieOptions { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
        return true;
    }

    /// <summary>Locks it.</summary>
    public static async Task Lock(Visit v)
    {
        var me = v.Who.PersonId;
        await v.Write(async change => await change.Db.UnlockedKeys.Where(k => k.PersonId == me).ExecuteDeleteAsync(v.Cancel));
        v.Http.Response.Cookies.Delete(Cookie, new CookieOptions { Secure = true, Path = "/" });
    }
}
