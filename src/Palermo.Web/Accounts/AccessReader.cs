using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage;
using Palermo.Storage.Model;
using Palermo.Web.Api.Work;

namespace Palermo.Web.Accounts;

/// <summary>Reads who asks from the cookie, and what they may do from the store.</summary>
internal sealed class AccessReader(WorkspaceDb db, KeyReader keys, IHttpContextAccessor accessor)
{
    /// <summary>Claim that says how somebody signed in.</summary>
    public const string HowClaim = "amr";

    /// <summary>Ways that are more than a password.</summary>
    private static readonly string[] s_strong = ["mfa", "passkey", "oidc"];

    private static readonly object s_key = new();

    /// <summary>Who asks; null if nobody is signed in, or no longer may be.</summary>
    public async Task<Access?> Read(CancellationToken cancel)
    {
        var http = accessor.HttpContext!;
        if (http.Items.TryGetValue(s_key, out var known))
        {
            return (Access?)known;
        }

        var access = KeyReader.IsApi(http) ? await keys.Read(http, cancel) : http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && Guid.TryParse(id, out var personId) ? await Of(personId, http.User, cancel) : null;
        http.Items[s_key] = access;
        return access;
    }

    private async Task<Access?> Of(Guid personId, ClaimsPrincipal user, CancellationToken cancel)
    {
        var stamp = user.FindFirstValue(new IdentityOptions().ClaimsIdentity.SecurityStampClaimType);
        var person = await db.Users.AsNoTracking().Include(p => p.Memberships).SingleOrDefaultAsync(p => p.Id == personId, cancel);
        if (person is null || person.ClosedAt is not null || person.SecurityStamp != stamp)
        {
            return null;
        }

        var (permissions, names) = await Rights(db, person.Memberships, cancel);
        return new Access(person.Id, person.Name, s_strong.Contains(user.FindFirstValue(HowClaim)), permissions, names);
    }

    private static async Task<(IReadOnlyDictionary<Guid, IReadOnlySet<Permission>>, IReadOnlyDictionary<Guid, string>)> Rights(WorkspaceDb db, List<Membership> memberships, CancellationToken cancel)
    {
        var own = memberships.Select(m => m.OrganizationId).Distinct().ToArray();
        var overseen = await db.Oversights.AsNoTracking().Where(o => own.Contains(o.OverseerId)).ToListAsync(cancel);
        var all = own.Concat(overseen.Select(o => o.OverseenId)).Distinct().ToArray();
        var organizations = await db.Organizations.AsNoTracking().Where(o => all.Contains(o.Id)).Select(o => new { o.Id, o.Name, o.IsOperator }).ToListAsync(cancel);
        var permissions = all.ToDictionary(o => o, _ => new HashSet<Permission>());
        foreach (var membership in memberships)
        {
            permissions[membership.OrganizationId].UnionWith(RolePermissions.Of(membership.Role));
            if (membership.Role == Role.Administrator && organizations.Any(o => o.Id == membership.OrganizationId && o.IsOperator))
            {
                permissions[membership.OrganizationId].Add(Permission.Operate);
            }

            foreach (var oversight in overseen.Where(o => o.OverseerId == membership.OrganizationId))
            {
                permissions[oversight.OverseenId].UnionWith(RolePermissions.OverseeingAs(membership.Role));
            }
        }

        return (permissions.ToDictionary(p => p.Key, p => (IReadOnlySet<Permission>)p.Value), organizations.ToDictionary(o => o.Id, o => o.Name));
    }
}
