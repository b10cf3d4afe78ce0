using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Palermo.Remedy.Receipts;

namespace Palermo.Channel;

/// <summary>What a page carries to the next in place of a session: sealed for the server, for half an hour. Nothing of it is kept.</summary>
internal sealed class Tickets(IDataProtectionProvider protection)
{
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(30);
    private readonly ITimeLimitedDataProtector _receipts = protection.CreateProtector("receipt").ToTimeLimitedDataProtector(), _reports = protection.CreateProtector("report").ToTimeLimitedDataProtector();

    /// <summary>Of an open case.</summary>
    public string Of(Receipt receipt) => _receipts.Protect(receipt.ToString(), s_life);

    /// <summary>The receipt in it; null if it is none or too old.</summary>
    public Receipt? Receipt(string ticket) => Open(_receipts, ticket) is { } text ? Palermo.Remedy.Receipts.Receipt.Read(text).Receipt : null;

    /// <summary>Of a report that a browser seals: its receipt and salt.</summary>
    public string Of(Receipt receipt, byte[] salt) => _reports.Protect($"{receipt}|{Convert.ToBase64String(salt)}", s_life);

    /// <summary>Receipt and salt in it; null if it is none or too old.</summary>
    public (Receipt Receipt, byte[] Salt)? Report(string ticket) =>
        Open(_reports, ticket)?.Split('|') is [var receipt, var salt] && Palermo.Remedy.Receipts.Receipt.Read(receipt).Receipt is { } read ? (read, Convert.FromBase64String(salt)) : null;

    private static string? Open(ITimeLimitedDataProtector protector, string ticket)
    {
        try
        {
            return ticket.Length == 0 ? null : protector.Unprotect(ticket);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
