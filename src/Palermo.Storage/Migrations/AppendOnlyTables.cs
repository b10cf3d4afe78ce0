using Palermo.Storage.Model;

namespace Palermo.Storage.Migrations;

/// <summary>Tables whose rows are added and never changed or removed, whoever asks: triggers refuse it. A test holds this list against <see cref="IAppendOnly"/>.</summary>
public static class AppendOnlyTables
{
    /// <summary>Names of the tables of the first shape.</summary>
    public static IReadOnlyList<string> First { get; } = ["Answers", "AssessmentRecords", "Ledger", "ListingDecisions", "SupplierNotes", "TenderNotices", "TenderReasons"];

    /// <summary>Names of the tables that came with contracts, cases and the evidence log.</summary>
    public static IReadOnlyList<string> Second { get; } = ["CaseEntries", "ContractEvents", "EvidenceReceived", "KeptFiles", "LogCheckpoints", "LogNodes", "PlanEntries", "RemedyPostings"];

    /// <summary>All.</summary>
    public static IReadOnlyList<string> All { get; } = [.. First.Concat(Second).Order(StringComparer.Ordinal)];
}
