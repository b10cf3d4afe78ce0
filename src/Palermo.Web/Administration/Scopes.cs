using Palermo.Web.Accounts;

namespace Palermo.Web.Administration;

/// <summary>What a key may do.</summary>
internal static class Scopes
{
    /// <summary>Scopes with what they allow.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<Permission>> All = new SortedDictionary<string, IReadOnlyList<Permission>>(StringComparer.Ordinal)
    {
        ["tenders:read"] = [Permission.ReadTenders],
        ["tenders:write"] = [Permission.ReadTenders, Permission.PrepareTenders],
        ["runs:read"] = [Permission.ReadRuns],
        ["runs:write"] = [Permission.ReadRuns, Permission.MakeRuns],
        ["suppliers:read"] = [Permission.ReadSuppliers],
        ["suppliers:write"] = [Permission.ReadSuppliers, Permission.JudgeSuppliers],
        ["contracts:read"] = [Permission.ReadContracts],
        ["contracts:write"] = [Permission.ReadContracts, Permission.WatchContracts],
        ["ledger:read"] = [Permission.ReadLedger],
    };
}
