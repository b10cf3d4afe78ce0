using Microsoft.AspNetCore.Identity;
using Palermo.Storage.Model;

namespace Palermo.Web.Accounts;

/// <summary>Length counts, kinds of characters do not (NIST SP 800-63B, OWASP ASVS 5.0 6.2): nothing of one's own name, no keyboard row, no pattern.</summary>
internal sealed class PasswordRules : IPasswordValidator<Person>
{
    public const int Least = 12, Most = 128;
    private const int LeastKinds = 5;
    private static readonly string[] s_known = ["password", "passwort", "motdepasse", "contrasena", "contraseña", "123456", "qwerty", "azerty", "letmein", "palermo", "welcome", "admin"];

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        var given = password ?? "";
        var lower = given.ToLowerInvariant();
        var problem = given.Length < Least ? "password.short"
            : given.Length > Most ? "password.long"
            : given.Distinct().Count() < LeastKinds || s_known.Any(k => lower.Replace(k, "", StringComparison.Ordinal).Length < Least / 2) ? "password.known"
            : Parts(user).Any(p => lower.Contains(p, StringComparison.Ordinal)) ? "password.name"
            : null;
        return Task.FromResult(problem is null ? IdentityResult.Success : IdentityResult.Failed(new IdentityError { Code = problem, Description = problem }));
    }

    private static IEnumerable<string> Parts(Person user) =>
        $"{user.Email?.Split('@')[0]} {user.Name}".ToLowerInvariant().Split([' ', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries).Where(p => p.Length >= 4);
}
