using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Forms;

namespace Palermo.Web.Accounts;

/// <summary>Makes accounts, in the same transaction as what goes with them.</summary>
internal sealed class NewPerson(UserManager<Person> people, IPasswordHasher<Person> hasher, ILookupNormalizer normalizer)
{
    /// <summary>Looks at name, e-mail and password of a form, and says in it what is wrong.</summary>
    public async Task<Person> Read(Posted form, string? email = null)
    {
        var name = form.Required("name");
        email ??= form.Email("email");
        var person = new Person { Id = Guid.Empty, Name = name, Email = email, UserName = email, EmailConfirmed = true };
        await ReadPassword(form, person);
        return person;
    }

    /// <summary>Looks at the password of a form.</summary>
    public async Task ReadPassword(Posted form, Person person)
    {
        foreach (var rule in people.PasswordValidators)
        {
            if ((await rule.ValidateAsync(people, person, form["password"])).Errors.FirstOrDefault() is { } error)
            {
                form.Wrong("password", error.Code);
                return;
            }
        }

        person.PasswordHash = hasher.HashPassword(person, form["password"]);
    }

    /// <summary>Takes away all by which somebody could sign in, ends sessions, and sets a password; none if null.</summary>
    public static async Task Renew(Change change, Person account, string? passwordHash, CancellationToken cancel)
    {
        account.PasswordHash = passwordHash;
        account.SecurityStamp = Codes.New();
        account.TwoFactorEnabled = false;
        account.AccessFailedCount = 0;
        account.LockoutEnd = null;
        change.Db.RemoveRange(await change.Db.UserTokens.Where(t => t.UserId == account.Id).ToListAsync(cancel));
        change.Db.RemoveRange(await change.Db.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == account.Id).ToListAsync(cancel));
    }

    /// <summary>Adds the account.</summary>
    public void Add(Change change, Person person)
    {
        person.Id = change.NewId();
        person.CreatedAt = change.At;
        person.LockoutEnabled = true;
        person.NormalizedEmail = normalizer.NormalizeEmail(person.Email);
        person.NormalizedUserName = normalizer.NormalizeName(person.UserName);
        person.SecurityStamp = Codes.New();
        change.Db.Users.Add(person);
        change.Log("account.made", person.Id, null, person.Name);
    }
}
