namespace Palermo.Storage.Changes;

/// <summary>A change under way: what it does to the database, and what the ledger will say of it. Both are kept, or neither.</summary>
public sealed class Change
{
    private readonly List<(string Kind, string Subject, Guid? OrganizationId, string Detail)> _entries = [];

    internal Change(WorkspaceDb db, Actor by, DateTimeOffset at)
    {
        Db = db;
        By = by;
        At = at;
    }

    /// <summary>The database, in a transaction.</summary>
    public WorkspaceDb Db { get; }

    /// <summary>Who does it.</summary>
    public Actor By { get; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; }

    internal IReadOnlyList<(string Kind, string Subject, Guid? OrganizationId, string Detail)> Entries => _entries;

    /// <summary>Has the ledger say it.</summary>
    /// <param name="kind">What: <c>tender.changed</c>.</param>
    /// <param name="subject">To what: an id.</param>
    /// <param name="organizationId">Whose.</param>
    /// <param name="detail">More, in words or a hash.</param>
    public void Log(string kind, object subject, Guid? organizationId, string detail = "") => _entries.Add((kind, subject.ToString()!, organizationId, detail));

    /// <summary>A new id, greater than earlier ones.</summary>
    public Guid NewId() => Guid.CreateVersion7(At);
}
