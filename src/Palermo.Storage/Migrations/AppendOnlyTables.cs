using Palermo.Storage.Model;

namespace Palermo.Storage.Migrations;

/// <summary>Tables whose rows are added and never changed or removed, whoever asks: triggers refuse it. A test holds this list against <see cref="IAppendOnly"/>.</summary>
public static class AppendOnlyTables
{
    /// <summary>Names of the tables of the first shape.</summary>
    public static IReadOnlyList<string> First { get; } = ["Answers", "AssessmentRecords", "Ledger", "ListingDecisions", "SupplierNotes", "TenderNotices", "TenderReasons"];
}
