using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Hosting;
using Palermo.Web.Routing;

namespace Palermo.Web.Administration;

/// <summary>People: invited, given roles, closed, let back in.</summary>
internal static class PeoplePages
{
    public static void Map(WorkRoutes routes)
    {
        routes.Post("/administration/invitations", Permission.ManagePeople, Invite);
        routes.Get("/administration/people/{id}", Permission.ManagePeople, v => With(v, p => Show(v, p)));
        routes.Post("/administration/people/{id}/roles", Permission.ManagePeople, v => With(v, p => SetRoles(v, p)));
        routes.Post("/administration/people/{id}/close", Permission.ManagePeople, v => With(v, p => Close(v, p, true)));
        routes.Post("/administration/people/{id}/open", Permission.ManagePeople, v => With(v, p => Close(v, p, false)));
        routes.Post("/administration/people/{id}/recover", Permission.ManagePeople, v => With(v, p => Recover(v, p)));
    }

    /// <summary>A link that is shown once.</summary>
    public static IResult Link(Visit v, string titleKey, string path) => v.Page<OncePage>((nameof(OncePage.Title), v.C[titleKey]), (nameof(OncePage.Secret), Address(v, path)));

    private static string Address(Visit v, string path) => (v.Service<WorkspaceSettings>().PublicUrl?.ToString().TrimEnd('/') ?? $"{v.Http.Request.Scheme}://{v.Http.Request.Host}") + v.C.Href(path);

    private static async Task<IResult> Invite(Visit v)
    {
        var email = v.Form.Email("email");
        var organization = v.Organization(Permission.ManagePeople);
        var roles = v.Form.All("roles").Where(r => Enum.TryParse<Role>(r, out _)).Select(Enum.Parse<Role>).Distinct().ToArray();
        if (roles.Length == 0)
        {
            v.Form.Wrong("roles", "form.required");
        }

        if (!v.Form.IsRight)
        {
            return await AdministrationPages.Show(v);
        }

        var normalized = v.Service<ILookupNormalizer>().NormalizeEmail(email);
        var code = await v.Write(async change =>
        {
            // Who has an account is not invited anew: the roles are given at once.
            if (await change.Db.Users.SingleOrDefaultAsync(p => p.NormalizedEmail == normalized, v.Cancel) is { } known)
            {
                var has = await change.Db.Memberships.Where(m => m.PersonId == known.Id && m.OrganizationId == organization).Select(m => m.Role).ToListAsync(v.Cancel);
                foreach (var role in roles.Except(has))
                {
                    change.Db.Memberships.Add(new Membership { PersonId = known.Id, OrganizationId = organization, Role = role });
                }

                change.Log("account.roles-changed", known.Id, organization, string.Join(", ", roles.Union(has)));
                return null;
            }

            return Invitations.Make(change, email, organization, roles);
        });
        return code is null ? v.To("/administration", "saved") : Link(v, "invitation.made", $"/join?code={code}");
    }

    private static async Task<IResult> With(Visit v, Func<Person, Task<IResult>> act)
    {
        await using var db = v.Open();
        var id = v.Id();
        var where = v.Who.Where(Permission.ManagePeople);
        // Somebody without any role is nobody's; the organization that runs the workspace sees to them.
        return await db.Users.Include(p => p.Memberships).SingleOrDefaultAsync(p => p.Id == id, v.Cancel) is { } person && (person.Memberships.Exists(m => where.Contains(m.OrganizationId)) || v.Who.May(Permission.Operate)) ? await act(person) : v.NotFound();
    }

    private static async Task<IResult> Show(Visit v, Person person)
    {
        await using var db = v.Open();
        var names = await db.Organizations.ToDictionaryAsync(o => o.Id, o => o.Name, v.Cancel);
        return v.Page<PersonPage>((nameof(PersonPage.Person), person), (nameof(PersonPage.Names), names), (nameof(PersonPage.Form), v.Form), (nameof(PersonPage.Manages), Manages(v, names.Keys)), (nameof(PersonPage.Whole), IsWhole(v, person)));
    }

    // Organizations whose roles the administrator may give.
    private static Guid[] Manages(Visit v, IEnumerable<Guid> all) => v.Who.May(Permission.Operate) ? [.. all] : [.. v.Who.Where(Permission.ManagePeople)];

    // An account is closed or recovered only by those who see to all of it.
    private static bool IsWhole(Visit v, Person person) => v.Who.May(Permission.Operate) || person.Memberships.TrueForAll(m => v.Who.May(Permission.ManagePeople, m.OrganizationId));

    private static async Task<IResult> SetRoles(Visit v, Person person)
    {
        await using var db = v.Open();
        if (!Guid.TryParse(v.Form["organization"], out var organization) || !Manages(v, await db.Organizations.Select(o => o.Id).ToListAsync(v.Cancel)).Contains(organization))
        {
            return v.NotFound();
        }

        var roles = v.Form.All("roles").Where(r => Enum.TryParse<Role>(r, out _)).Select(Enum.Parse<Role>).ToHashSet();
        var kept = await v.Write(async change =>
        {
            var has = await change.Db.Memberships.Where(m => m.PersonId == person.Id && m.OrganizationId == organization).ToListAsync(v.Cancel);
            change.Db.Memberships.RemoveRange(has.Where(m => !roles.Contains(m.Role)));
            change.Db.Memberships.AddRange(roles.Where(r => has.TrueForAll(m => m.Role != r)).Select(r => new Membership { PersonId = person.Id, OrganizationId = organization, Role = r }));
            await change.Db.SaveChangesAsync(v.Cancel);
            if (!await SomebodyOperates(change.Db, v.Cancel))
            {
                throw new NobodyLeftException();
            }

            change.Log("account.roles-changed", person.Id, organization, $"{person.Name}: {string.Join(", ", roles.Order())}");
            return true;
        });
        return v.To($"/administration/people/{person.Id}", "saved");
    }

    private static async Task<IResult> Close(Visit v, Person person, bool close)
    {
        if (!IsWhole(v, person))
        {
            return v.NotFound();
        }

        await v.Write(async change =>
        {
            var account = await change.Db.Users.SingleAsync(p => p.Id == person.Id, v.Cancel);
            account.ClosedAt = close ? change.At : null;
            account.SecurityStamp = Codes.New();
            await change.Db.SaveChangesAsync(v.Cancel);
            if (!await SomebodyOperates(change.Db, v.Cancel))
            {
                throw new NobodyLeftException();
            }

            change.Log(close ? "account.closed" : "account.opened", person.Id, person.Memberships.FirstOrDefault()?.OrganizationId, person.Name);
        });
        return v.To($"/administration/people/{person.Id}", "saved");
    }

    private static async Task<IResult> Recover(Visit v, Person person)
    {
        if (!IsWhole(v, person) || person.ClosedAt is not null || person.Memberships.Count == 0)
        {
            return v.NotFound();
        }

        var code = await v.Write(change => Task.FromResult(Invitations.Make(change, person.Email!, person.Memberships[0].OrganizationId, [])));
        return Link(v, "invitation.recover", $"/join?code={code}");
    }

    private static Task<bool> SomebodyOperates(WorkspaceDb db, CancellationToken cancel) =>
        db.Memberships.AnyAsync(m => m.Role == Role.Administrator && db.Organizations.Any(o => o.Id == m.OrganizationId && o.IsOperator) && db.Users.Any(p => p.Id == m.PersonId && p.ClosedAt == null), cancel);
}

/// <summary>A change would leave nobody who can administer the workspace.</summary>
internal sealed class NobodyLeftException : Exception;
