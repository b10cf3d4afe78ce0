using System.Buffers.Text;
using System.Security.Cryptography;
using Palermo.Storage.Changes;

namespace Palermo.Web.Accounts;

/// <summary>Random codes that are sent once and kept as a hash.</summary>
internal static class Codes
{
    private const int Bytes = 32;

    /// <summary>256 random bits, for an address.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept of it. It holds enough bits for a fast hash.</summary>
    public static string Hash(string code) => LedgerHash.Of(code);
}
