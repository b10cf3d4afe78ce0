using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Palermo.Storage;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Storage.Operating;
using Palermo.Web.Accounts;

namespace Palermo.Web.Tests;

/// <summary>Who may do what: the rules themselves. That every endpoint asks them is tested from outside, as each role (Palermo.Acceptance).</summary>
public sealed class AuthorizationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("palermo-web-tests-").FullName;
    private readonly Workspace _workspace;

    public AuthorizationTests() => _workspace = new Workspace(StoreAddress.OfFile(Path.Combine(_folder, "store.db")), TimeProvider.System);

    public void Dispose()
    {
        StoreAddress.Release();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(Role.Officer, "ReadTenders ReadRuns ReadSuppliers ReadContracts PrepareTenders JudgeSuppliers WatchContracts", "")]
    [InlineData(Role.ContractManager, "ReadTenders ReadRuns ReadSuppliers ReadContracts JudgeSuppliers WatchContracts", "")]
    [InlineData(Role.Analyst, "ReadRuns MakeRuns ReadSuppliers JudgeSuppliers", "ReadRuns ReadSuppliers")]
    [InlineData(Role.CaseHandler, "HandleCases", "")]
    [InlineData(Role.Auditor, "ReadTenders ReadRuns ReadSuppliers ReadContracts ReadLedger", "ReadTenders ReadRuns ReadSuppliers ReadContracts ReadLedger")]
    [InlineData(Role.Supplier, "AnswerPlans", "")]
    [InlineData(Role.Administrator, "ManagePeople ManageKeys ReadLedger", "")]
    public void A_role_may_what_it_needs_and_no_more(Role role, string own, string overseeing)
    {
        Assert.Equal(own, string.Join(' ', RolePermissions.Of(role)));
        Assert.Equal(overseeing, string.Join(' ', RolePermissions.OverseeingAs(role)));
    }

    [Fact]
    public void A_role_nobody_knows_may_nothing()
    {
        Assert.Empty(RolePermissions.Of((Role)99));
        Assert.Empty(RolePermissions.OverseeingAs((Role)99));
        Assert.Equal(Enum.GetValues<Role>().Length, Enum.GetValues<Role>().Count(r => RolePermissions.Of(r).Count > 0));
    }

    [Fact]
    public void Where_somebody_may_something_goes_by_name()
    {
        var (a, b, c) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var access = new Access(Guid.NewGuid(), "Ada", true, new Dictionary<Guid, IReadOnlySet<Permission>> { [a] = new HashSet<Permission> { Permission.ReadRuns }, [b] = new HashSet<Permission> { Permission.ReadRuns, Permission.ReadLedger }, [c] = new HashSet<Permission>() }, new Dictionary<Guid, string> { [a] = "Zeta", [b] = "Alpha", [c] = "Mid" });
        Assert.Equal([b, a], access.Where(Permission.ReadRuns));
        Assert.Empty(access.Where(Permission.Operate));
        Assert.True(access.May(Permission.ReadLedger));
        Assert.False(access.May(Permission.Operate));
        Assert.True(access.May(Permission.ReadLedger, b));
        Assert.False(access.May(Permission.ReadLedger, a));
        Assert.False(access.May(Permission.ReadLedger, Guid.NewGuid()));
        Assert.Equal((access.PersonId, "Ada"), (access.Actor.Id, access.Actor.Name));
    }

    [Fact]
    public async Task What_somebody_may_is_read_from_the_store_at_each_request()
    {
        await Migrator.Migrate(_workspace.Address);
        var (works, health, audit, person, closed) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await _workspace.Write(Actor.Program, change =>
        {
            change.Db.AddRange(
                new Organization { Id = works, Name = "Works", Country = "NO", IsOperator = true, CreatedAt = change.At }, new Organization { Id = health, Name = "Health", Country = "NO", CreatedAt = change.At }, new Organization { Id = audit, Name = "Audit", Country = "NO", CreatedAt = change.At },
                new Oversight { OverseerId = audit, OverseenId = health },
                new Person { Id = person, Name = "Ada", UserName = "ada", SecurityStamp = "now", CreatedAt = change.At, Memberships = [new Membership { PersonId = person, OrganizationId = works, Role = Role.Administrator }, new Membership { PersonId = person, OrganizationId = audit, Role = Role.Auditor }, new Membership { PersonId = person, OrganizationId = audit, Role = Role.Administrator }] },
                new Person { Id = closed, Name = "Bo", UserName = "bo", SecurityStamp = "now", CreatedAt = change.At, ClosedAt = change.At, Memberships = [new Membership { PersonId = closed, OrganizationId = works, Role = Role.Officer }] });
            return Task.CompletedTask;
        });
        var access = (await Read(person, "now", "mfa"))!;
        string May(Guid where) => string.Join(' ', access.Permissions[where].Order());
        // Operate belongs to administrators of the organization that runs the workspace, and to no other's.
        Assert.Equal("ReadLedger ManagePeople ManageKeys Operate", May(works));
        Assert.Equal("ReadTenders ReadRuns ReadSuppliers ReadContracts ReadLedger ManagePeople ManageKeys", May(audit));
        Assert.Equal("ReadTenders ReadRuns ReadSuppliers ReadContracts ReadLedger", May(health));
        Assert.Equal(["Audit", "Health", "Works"], access.Organizations.Values.Order());
        Assert.Equal((person, "Ada", true), (access.PersonId, access.Name, access.Strong));
        Assert.Equal([true, true, false, false], new[] { await Read(person, "now", "passkey"), await Read(person, "now", "oidc"), await Read(person, "now", "pwd"), await Read(person, "now", null) }.Select(a => a!.Strong));
        // A cookie of before "sign out everywhere", a closed account, nobody, no person's id.
        Assert.Null(await Read(person, "before", "mfa"));
        Assert.Null(await Read(closed, "now", "mfa"));
        Assert.Null(await Read(Guid.NewGuid(), "now", "mfa"));
        Assert.Null(await Of(new ClaimsPrincipal(new ClaimsIdentity())).Reader.Read(default));
        Assert.Null(await Of(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ada")], "x"))).Reader.Read(default));
    }

    [Fact]
    public async Task An_endpoint_opens_to_whom_it_needs_and_to_nobody_else()
    {
        var person = await Analyst();
        async Task<bool> Opens(Needs needs, string? how, string stamp = "now")
        {
            var (reader, accessor) = Of(Principal(person, stamp, how));
            var context = new AuthorizationHandlerContext([needs], accessor.HttpContext!.User, null);
            await ((IAuthorizationHandler)new NeedsHandler(reader, accessor)).HandleAsync(context);
            return context.HasSucceeded;
        }

        Assert.True(await Opens(new Needs(Permission.MakeRuns), "mfa"));
        Assert.False(await Opens(new Needs(Permission.PrepareTenders), "mfa"));
        Assert.False(await Opens(new Needs(Permission.MakeRuns), "pwd"));
        Assert.True(await Opens(new Needs(null), "mfa"));
        Assert.False(await Opens(new Needs(null), "pwd"));
        Assert.True(await Opens(new Needs(null, Weak: true), "pwd"));
        Assert.False(await Opens(new Needs(null, Weak: true), "pwd", "before"));
        Assert.False(await Opens(new Needs(Permission.PrepareTenders, Weak: true), "pwd"));
        Assert.Equal(["MakeRuns", "signed in, second factor", "signed in"], new[] { new Needs(Permission.MakeRuns), new Needs(null), new Needs(null, Weak: true) }.Select(n => n.ToString()));
        var one = new Needs(null);
        Assert.Equal([one], one.GetRequirements());
    }

    [Fact]
    public async Task Within_one_request_it_is_read_once()
    {
        var person = await Analyst();
        var (reader, _) = Of(Principal(person, "now", "mfa"));
        Assert.Same(await reader.Read(default), await reader.Read(default));
    }

    /// <summary>Somebody with one role in one organization.</summary>
    private async Task<Guid> Analyst()
    {
        await Migrator.Migrate(_workspace.Address);
        var (works, person) = (Guid.NewGuid(), Guid.NewGuid());
        await _workspace.Write(Actor.Program, change =>
        {
            change.Db.AddRange(new Organization { Id = works, Name = "Works", Country = "NO", CreatedAt = change.At }, new Person { Id = person, Name = "Ada", UserName = "ada", SecurityStamp = "now", CreatedAt = change.At, Memberships = [new Membership { PersonId = person, OrganizationId = works, Role = Role.Analyst }] });
            return Task.CompletedTask;
        });
        return person;
    }

    private static ClaimsPrincipal Principal(Guid person, string stamp, string? how) => new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.ToString()), new Claim(new IdentityOptions().ClaimsIdentity.SecurityStampClaimType, stamp), .. how is null ? Array.Empty<Claim>() : [new Claim(AccessReader.HowClaim, how)]], "cookie"));

    private (AccessReader Reader, HttpContextAccessor Accessor) Of(ClaimsPrincipal user)
    {
        var accessor = new HttpContextAccessor { HttpContext = new DefaultHttpContext { User = user } };
        // Pages never look at keys of programs.
        return (new AccessReader(_workspace.Open(), null!, accessor), accessor);
    }

    private Task<Access?> Read(Guid person, string stamp, string? how) => Of(Principal(person, stamp, how)).Reader.Read(default);
}
