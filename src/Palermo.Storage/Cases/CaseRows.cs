using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Ledgers;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;

namespace Palermo.Storage.Cases;

/// <summary>Cases between the store and what they mean.</summary>
public static class CaseRows
{
    /// <summary>A case as its entries make it.</summary>
    public static async Task<CaseState> State(WorkspaceDb db, Guid caseId, Conduct conduct, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return StateOf(await db.CaseEntries.AsNoTracking().Where(e => e.CaseId == caseId).OrderBy(e => e.Number).ToListAsync(cancel).ConfigureAwait(false), conduct);
    }

    /// <summary>A case of entries in their order.</summary>
    public static CaseState StateOf(IEnumerable<CaseEntry> rows, Conduct conduct) => CaseState.Of(rows.Select(EventOf), conduct);

    /// <summary>The ledger of remedy of a case.</summary>
    public static async Task<RemedyLedger> Ledger(WorkspaceDb db, Guid caseId, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.RemedyPostings.AsNoTracking().Where(p => p.CaseId == caseId).OrderBy(p => p.Number).ToListAsync(cancel).ConfigureAwait(false);
        return new RemedyLedger(rows.Select(EntryOf));
    }

    /// <summary>Adds an event to a case, if it may happen; with words, sealed to the case.</summary>
    /// <exception cref="Mitigate.RefusedException">It may not.</exception>
    /// <returns>The case after it, and the entry.</returns>
    public static async Task<(CaseState State, CaseEntry Entry)> Add(Change change, Case row, Conduct conduct, Func<Instant, CaseEvent> make, string byName, byte[]? words = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(make);
        // Those of this change are not in the database yet.
        await change.Db.SaveChangesAsync(cancel).ConfigureAwait(false);
        var state = await State(change.Db, row.Id, conduct, cancel).ConfigureAwait(false);
        var e = make(change.At.ToInstant());
        // A clock that was set back must not stop a case: what follows never stands before what it follows on.
        e = state.Events.Count > 0 && e.At < state.Events[^1].At ? e with { At = state.Events[^1].At } : e;
        var after = state.After(e with { HasWords = words is not null }, conduct);
        var entry = new CaseEntry { Id = change.NewId(), CaseId = row.Id, Number = state.Events.Count + 1, Kind = e.Kind, Word = e.Word, PersonId = e.Person, HasWords = words is not null, Until = e.Until?.ToDateOnly(), Ref = e.Ref, ById = e.By, ByName = byName, At = e.At.ToDateTimeOffset() };
        change.Db.CaseEntries.Add(entry);
        if (words is not null)
        {
            change.Db.CaseMessages.Add(new CaseMessage { Id = entry.Id, CaseId = row.Id, From = "words", Box = words, ByName = byName, At = entry.At });
        }

        change.Log($"case.{e.Kind}", row.Id, row.OrganizationId, RowHash.Of(entry));
        return (after, entry);
    }

    /// <summary>Adds a posting to the ledger of a case, if it fits.</summary>
    /// <exception cref="Mitigate.RefusedException">It does not.</exception>
    public static async Task<RemedyLedger> Post(Change change, Case row, RemedyEntry entry, string byName, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(entry);
        await change.Db.SaveChangesAsync(cancel).ConfigureAwait(false);
        var ledger = await Ledger(change.Db, row.Id, cancel).ConfigureAwait(false);
        ledger.Take(entry);
        var posting = new RemedyPosting { Id = entry.Id, CaseId = row.Id, Number = ledger.Entries.Count, Kind = entry.Kind.ToString(), Worker = entry.Worker, Component = entry.Component, Currency = entry.Currency, Minor = entry.Minor, Grade = entry.Grade.ToString(), Method = entry.Method, ToId = entry.To, Reason = entry.Reason, OnDay = entry.On.ToDateOnly(), Side = entry.BySide, ById = entry.By, ByName = byName, At = change.At };
        change.Db.RemedyPostings.Add(posting);
        change.Log("remedy." + entry.Kind.ToString().ToLower(CultureInfo.InvariantCulture), row.Id, row.OrganizationId, RowHash.Of(posting));
        return ledger;
    }

    private static CaseEvent EventOf(CaseEntry e) => new(e.Kind, e.At.ToInstant(), e.ById, e.Word, e.PersonId, e.HasWords, e.Until is { } d ? LocalDate.FromDateOnly(d) : null, e.Ref);

    private static RemedyEntry EntryOf(RemedyPosting p) => new(p.Id, Enum.Parse<EntryKind>(p.Kind), p.Worker, p.Component, p.Currency, p.Minor, Enum.Parse<EvidenceGrade>(p.Grade), p.Method, p.ToId, p.Reason, LocalDate.FromDateOnly(p.OnDay), p.ById, p.Side);
}
