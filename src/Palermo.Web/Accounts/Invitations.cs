using Microsoft.EntityFrameworkCore;
using Palermo.Storage;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;

namespace Palermo.Web.Accounts;

/// <summary>Invitations: made by administrators, used once.</summary>
internal static class Invitations
{
    /// <summary>For how long one can be used.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    /// <summary>Makes one.</summary>
    /// <returns>Its code, which is kept nowhere.</returns>
    public static string Make(Change change, string email, Guid organizationId, IEnumerable<Role> roles)
    {
        var code = Codes.New();
        var invitation = new Invitation { Id = change.NewId(), CodeHash = Codes.Hash(code), Email = email, OrganizationId = organizationId, Roles = string.Join(',', roles), ExpiresAt = change.At + Lasts };
        change.Db.Invitations.Add(invitation);
        change.Log("invitation.made", invitation.Id, organizationId, $"{email} ({invitation.Roles})");
        return code;
    }

    /// <summary>The invitation of a code; null if there is none, it was used, or it is too old.</summary>
    public static Task<Invitation?> Find(WorkspaceDb db, string code, DateTimeOffset now, CancellationToken cancel)
    {
        var hash = Codes.Hash(code);
        return db.Invitations.SingleOrDefaultAsync(i => i.CodeHash == hash && i.UsedAt == null && i.ExpiresAt > now, cancel);
    }

    /// <summary>Gives a person what the invitation promises.</summary>
    public static void Use(Change change, Invitation invitation, Person person)
    {
        invitation.UsedAt = change.At;
        foreach (var role in invitation.Roles.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>))
        {
            change.Db.Memberships.Add(new Membership { PersonId = person.Id, OrganizationId = invitation.OrganizationId, Role = role });
        }

        change.Log("invitation.used", invitation.Id, invitation.OrganizationId, $"{person.Name} ({invitation.Roles})");
    }
}
