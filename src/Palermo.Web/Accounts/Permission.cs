using Palermo.Storage.Model;

namespace Palermo.Web.Accounts;

/// <summary>What somebody may do in an organization.</summary>
public enum Permission
{
    /// <summary>See tenders, their reasons and records.</summary>
    ReadTenders,

    /// <summary>Make and change tenders, make records.</summary>
    PrepareTenders,

    /// <summary>Explore screened data sets.</summary>
    ReadRuns,

    /// <summary>Bring data sets and have them screened.</summary>
    MakeRuns,

    /// <summary>See dossiers of suppliers.</summary>
    ReadSuppliers,

    /// <summary>Make and change dossiers, decide on listings.</summary>
    JudgeSuppliers,

    /// <summary>See contracts under watch, their plans and alerts.</summary>
    ReadContracts,

    /// <summary>Watch contracts, ask for corrective action, answer alerts.</summary>
    WatchContracts,

    /// <summary>Work on plans that buyers ask of a supplier.</summary>
    AnswerPlans,

    /// <summary>Handle grievance cases: those one has a key to.</summary>
    HandleCases,

    /// <summary>See what happened, who did it and when.</summary>
    ReadLedger,

    /// <summary>Invite people, give and take roles.</summary>
    ManagePeople,

    /// <summary>Make and withdraw keys and webhooks of programs.</summary>
    ManageKeys,

    /// <summary>Organizations, oversight, lists, backup: of the organization that runs the workspace.</summary>
    Operate,
}

/// <summary>What each role may do. docs/authorization.md shows it, made from here.</summary>
public static class RolePermissions
{
    private static readonly Permission[] s_reading = [Permission.ReadTenders, Permission.ReadRuns, Permission.ReadSuppliers, Permission.ReadContracts];

    /// <summary>What a role may do in its own organization.</summary>
    public static IReadOnlyList<Permission> Of(Role role) => role switch
    {
        Role.Officer => [.. s_reading, Permission.PrepareTenders, Permission.JudgeSuppliers, Permission.WatchContracts],
        Role.ContractManager => [.. s_reading, Permission.JudgeSuppliers, Permission.WatchContracts],
        Role.Analyst => [Permission.ReadRuns, Permission.MakeRuns, Permission.ReadSuppliers, Permission.JudgeSuppliers],
        Role.CaseHandler => [Permission.HandleCases],
        Role.Auditor => [.. s_reading, Permission.ReadLedger],
        Role.Supplier => [Permission.AnswerPlans],
        Role.Administrator => [Permission.ManagePeople, Permission.ManageKeys, Permission.ReadLedger],
        _ => [],
    };

    /// <summary>What a role may do in an organization that its own one oversees.</summary>
    public static IReadOnlyList<Permission> OverseeingAs(Role role) => role switch
    {
        Role.Analyst => [Permission.ReadRuns, Permission.ReadSuppliers],
        Role.Auditor => [.. s_reading, Permission.ReadLedger],
        _ => [],
    };
}
