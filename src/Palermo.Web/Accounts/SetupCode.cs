using System.Security.Cryptography;

namespace Palermo.Web.Accounts;

/// <summary>
/// Opens the first set-up to whoever can read what the program says at its start, and to nobody else: there is no default
/// password. Made anew at each start, gone once there is an account.
/// </summary>
internal sealed class SetupCode
{
    private const int Bytes = 16;

    /// <summary>The code; null if the workspace has people.</summary>
    public string? Value { get; private set; }

    public void Make() => Value = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    public void Forget() => Value = null;

    public bool Fits(string? given) => Value is { } code && given is not null && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(code), System.Text.Encoding.UTF8.GetBytes(given));
}
