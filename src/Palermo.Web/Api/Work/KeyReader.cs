using Microsoft.EntityFrameworkCore;
using Palermo.Storage;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Administration;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api.Work;

/// <summary>Reads the key of a program: <c>Authorization: Bearer palermo_ID_SECRET</c>. Keys count for the API alone, cookies for pages alone: no page of another site can use either.</summary>
internal sealed class KeyReader(WorkspaceDb db, KnowledgeBase knowledge, TimeProvider clock)
{
    /// <summary>Marks a request whose key has used up its day.</summary>
    public static readonly object QuotaMark = new();

    /// <summary>Whether a request is one of the API.</summary>
    public static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    /// <summary>Who asks; null if there is no key, or it opens nothing.</summary>
    public async Task<Access?> Read(HttpContext http, CancellationToken cancel)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer " + KeyPages.Prefix, StringComparison.OrdinalIgnoreCase) || header["Bearer ".Length..][KeyPages.Prefix.Length..].Split('_', 2) is not [var id, var secret])
        {
            return null;
        }

        var hash = Codes.Hash(secret);
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, cancel);
        var today = knowledge.Today;
        if (key is null || key.RevokedAt is not null || key.ExpiresOn < today || !System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(key.SecretHash), System.Text.Encoding.ASCII.GetBytes(hash)))
        {
            return null;
        }

        if (!await Count(key, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancel))
        {
            http.Items[QuotaMark] = true;
            return null;
        }

        var permissions = key.Scopes.Split(' ').Where(Scopes.All.ContainsKey).SelectMany(s => Scopes.All[s]).ToHashSet();
        var name = await db.Organizations.Where(o => o.Id == key.OrganizationId).Select(o => o.Name).SingleAsync(cancel);
        return new Access(null, $"key {key.Name}", true, new Dictionary<Guid, IReadOnlySet<Permission>> { [key.OrganizationId] = permissions }, new Dictionary<Guid, string> { [key.OrganizationId] = name }) { ApiKeyId = key.Id, OnBehalfOf = key.ById };
    }

    // One statement each, so that all nodes count together; who is not first on a new day counts on what the first began.
    private async Task<bool> Count(ApiKey key, DateOnly day, CancellationToken cancel)
    {
        Task<int> One() => db.ApiKeys.Where(k => k.Id == key.Id && k.CountedOn == day && k.Count < k.DailyQuota).ExecuteUpdateAsync(s => s.SetProperty(k => k.Count, k => k.Count + 1), cancel);
        return await One() == 1
            || await db.ApiKeys.Where(k => k.Id == key.Id && k.CountedOn != day).ExecuteUpdateAsync(s => s.SetProperty(k => k.CountedOn, day).SetProperty(k => k.Count, 1), cancel) == 1
            || await One() == 1;
    }
}
