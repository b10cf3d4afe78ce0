using System.Data;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Evidence;
using Palermo.Storage.Model;

namespace Palermo.Storage.Changes;

/// <summary>The way to the store: reads, and changes that go into the ledger with what they change.</summary>
public sealed class Workspace(StoreAddress address, TimeProvider clock)
{
    // Whoever adds to the ledger on PostgreSQL holds this lock until the end of the transaction: numbers have no gaps.
    private const long LedgerLock = 0x50414C45524D4F;

    /// <summary>What the ledger says where its clock went back: times before and after it can't be held against each other.</summary>
    public const string ClockWentBack = "clock.went-back";

    /// <summary>Nodes differ by less; beyond it a clock was set, or two disagree.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>Where it is.</summary>
    public StoreAddress Address => address;

    /// <summary>Opens the store to read.</summary>
    public WorkspaceDb Open()
    {
        var db = address.Open();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>Now, to the millisecond: both databases keep it as it is.</summary>
    public DateTimeOffset Now => Whole(clock.GetUtcNow());

    /// <summary>Makes a change: all of it, with its entries in the ledger, or nothing.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed the same thing first.</exception>
    public async Task<T> Write<T>(Actor by, Func<Change, Task<T>> make, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(make);
        using var outer = address.Open();
        // A connection lost half-way is tried again from the start, with a context that knows nothing of the first try.
        return await outer.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var db = address.Open();
            // SQLite: takes the right to write now, so that two writers wait for each other and don't fail at the end.
            await using var transaction = await db.Database.BeginTransactionAsync(address.Kind == StoreKind.Sqlite ? IsolationLevel.Serializable : IsolationLevel.ReadCommitted, cancel).ConfigureAwait(false);
            var change = new Change(db, by, Now);
            var result = await make(change).ConfigureAwait(false);
            await db.SaveChangesAsync(cancel).ConfigureAwait(false);
            if (change.Entries.Count > 0)
            {
                await Append(change, cancel).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancel).ConfigureAwait(false);
            return result;
        }).ConfigureAwait(false);
    }

    /// <summary>Makes a change that has no result.</summary>
    public Task Write(Actor by, Func<Change, Task> make, CancellationToken cancel = default) => Write(by, async change =>
    {
        await make(change).ConfigureAwait(false);
        return true;
    }, cancel);

    /// <summary>Waits until no other change is under way that adds to the ledger, and keeps others waiting until this one is done.</summary>
    public async Task Alone(Change change, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        // SQLite has one writer as it is.
        if (address.Kind == StoreKind.Postgres)
        {
            await change.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LedgerLock})", cancel).ConfigureAwait(false);
        }
    }

    private async Task Append(Change change, CancellationToken cancel)
    {
        var db = change.Db;
        await Alone(change, cancel).ConfigureAwait(false);
        var last = await db.Ledger.AsNoTracking().OrderByDescending(l => l.Number).Select(l => new { l.Number, l.Hash, l.At }).FirstOrDefaultAsync(cancel).ConfigureAwait(false);
        var number = last?.Number ?? 0;
        var previous = last?.Hash ?? LedgerHash.First;
        var hooks = await db.Webhooks.AsNoTracking().Where(h => h.DisabledAt == null).ToListAsync(cancel).ConfigureAwait(false);
        var added = new List<LedgerEntry>();
        // An entry of its own, so that nobody can hide behind a clock that was set back: order stands, whatever the clock says.
        (Actor By, string Kind, string Subject, Guid? Organization, string Detail)[] back = last is not null && last.At - change.At > ClockTolerance ? [(Actor.Program, ClockWentBack, "clock", null, $"{LedgerHash.Text(last.At)} {LedgerHash.Text(change.At)}")] : [];
        foreach (var (by, kind, subject, organization, detail) in back.Concat(change.Entries.Select(e => (change.By, e.Kind, e.Subject, e.OrganizationId, e.Detail))))
        {
            var entry = new LedgerEntry { Number = ++number, At = change.At, ById = by.Id, ByName = by.Name, OrganizationId = organization, Kind = kind, Subject = subject, Detail = detail, Previous = previous, Hash = "" };
            entry.Hash = previous = LedgerHash.Of(entry);
            db.Ledger.Add(entry);
            added.Add(entry);
            // What webhooks are told is written down with the change itself: a killed process forgets nobody.
            foreach (var hook in hooks.Where(h => h.OrganizationId == organization && (h.Kinds == "*" || h.Kinds.Split(' ').Contains(kind))))
            {
                db.Deliveries.Add(new Delivery { Id = change.NewId(), WebhookId = hook.Id, EntryNumber = entry.Number, Body = LedgerHash.Body(entry), NextAt = change.At });
            }
        }

        await LogTree.Add(db, added, cancel).ConfigureAwait(false);
        await db.SaveChangesAsync(cancel).ConfigureAwait(false);
    }

    private static DateTimeOffset Whole(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
