using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Hosting;
using Palermo.Web.Routing;
using Palermo.Web.Samples;

namespace Palermo.Web.Accounts;

/// <summary>The first account of a workspace, accounts of those invited, and ways back into an account.</summary>
internal static class JoinPages
{
    private static readonly Role[] s_first = [Role.Administrator, Role.Officer, Role.ContractManager, Role.Analyst];

    public static void Map(WorkRoutes routes)
    {
        routes.Open("GET", "/setup", v => Task.FromResult(v.Service<SetupCode>().Fits(v.Query("code")) ? v.Page<SetupPage>((nameof(SetupPage.Form), v.Form), (nameof(SetupPage.Code), v.Query("code"))) : v.Message("setup.closed", StatusCodes.Status403Forbidden)));
        routes.Open("POST", "/setup", Setup).RequireRateLimiting(HeavyLimit.SignIn);
        routes.Open("GET", "/join", async v =>
        {
            await using var db = v.Open();
            return await Invitations.Find(db, v.Query("code"), v.Store.Now, v.Cancel) is { } invitation ? await ShowJoin(v, invitation, v.Query("code")) : v.Message("join.closed", StatusCodes.Status403Forbidden);
        });
        routes.Open("POST", "/join", Join).RequireRateLimiting(HeavyLimit.SignIn);
    }

    private static async Task<IResult> Setup(Visit v)
    {
        var setup = v.Service<SetupCode>();
        if (!setup.Fits(v.Form["code"]))
        {
            return v.Message("setup.closed", StatusCodes.Status403Forbidden);
        }

        var organization = v.Form.Required("organization");
        var newPerson = v.Service<NewPerson>();
        var person = await newPerson.Read(v.Form);
        if (!v.Form.IsRight)
        {
            return v.Page<SetupPage>((nameof(SetupPage.Form), v.Form), (nameof(SetupPage.Code), v.Form["code"]));
        }

        var made = await v.Store.Write(new Actor(null, person.Name), async change =>
        {
            // Another node may have been quicker.
            if (await change.Db.Users.AnyAsync(v.Cancel))
            {
                return Guid.Empty;
            }

            var home = new Organization { Id = change.NewId(), Name = organization, Country = v.Form["country"], IsOperator = true, CreatedAt = change.At };
            change.Db.Organizations.Add(home);
            change.Log("organization.made", home.Id, home.Id, organization);
            newPerson.Add(change, person);
            foreach (var role in s_first)
            {
                change.Db.Memberships.Add(new Membership { PersonId = person.Id, OrganizationId = home.Id, Role = role });
            }

            if (v.Form["sample"] == "yes")
            {
                await SampleData.Add(change, home.Id, person);
            }

            return home.Id;
        }, v.Cancel);
        setup.Forget();
        if (made == Guid.Empty)
        {
            return v.Message("setup.closed", StatusCodes.Status403Forbidden);
        }

        if (v.Form["sample"] == "yes")
        {
            await SampleData.BringRun(v.Store, v.Service<WorkspaceSettings>(), made, person, v.Cancel);
        }

        await SignInPages.SignIn(v, person, "pwd");
        return v.To("/account/second-factor");
    }

    private static async Task<IResult> ShowJoin(Visit v, Invitation invitation, string code)
    {
        await using var db = v.Open();
        var organization = await db.Organizations.SingleAsync(o => o.Id == invitation.OrganizationId, v.Cancel);
        var back = invitation.Roles.Length == 0;
        return v.Page<JoinPage>((nameof(JoinPage.Form), v.Form), (nameof(JoinPage.Code), code), (nameof(JoinPage.Organization), organization.Name), (nameof(JoinPage.Email), invitation.Email), (nameof(JoinPage.Back), back));
    }

    private static async Task<IResult> Join(Visit v)
    {
        var code = v.Form["code"];
        await using var db = v.Open();
        if (await Invitations.Find(db, code, v.Store.Now, v.Cancel) is not { } found)
        {
            return v.Message("join.closed", StatusCodes.Status403Forbidden);
        }

        var back = found.Roles.Length == 0;
        var newPerson = v.Service<NewPerson>();
        var person = back ? await v.Service<UserManager<Person>>().FindByEmailAsync(found.Email) : await newPerson.Read(v.Form, found.Email);
        if (person is null)
        {
            return v.Message("join.closed", StatusCodes.Status403Forbidden);
        }

        if (back)
        {
            await newPerson.ReadPassword(v.Form, person);
        }

        if (!v.Form.IsRight)
        {
            return await ShowJoin(v, found, code);
        }

        var joined = await v.Store.Write(new Actor(back ? person.Id : null, person.Name), async change =>
        {
            if (await Invitations.Find(change.Db, code, change.At, v.Cancel) is not { } invitation)
            {
                return null;
            }

            if (!back)
            {
                newPerson.Add(change, person);
                Invitations.Use(change, invitation, person);
                return person;
            }

            // Whoever comes back sets everything anew: password, second factor, passkeys; other sessions end.
            var account = await change.Db.Users.SingleAsync(p => p.Id == person.Id, v.Cancel);
            await NewPerson.Renew(change, account, person.PasswordHash, v.Cancel);
            invitation.UsedAt = change.At;
            change.Log("account.recovered", account.Id, invitation.OrganizationId);
            return account;
        }, v.Cancel);
        if (joined is null)
        {
            return v.Message("join.closed", StatusCodes.Status403Forbidden);
        }

        await SignInPages.SignIn(v, joined, "pwd");
        return v.To("/account/second-factor");
    }
}
