using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;

namespace Palermo.Storage.Operating;

/// <summary>What a store proved to be.</summary>
/// <param name="Entries">Entries in the ledger.</param>
/// <param name="Head">Hash of the last: who noted it elsewhere can tell later that nothing before it was changed.</param>
/// <param name="Problems">What is wrong, in words; empty if nothing is.</param>
public sealed record Verified(long Entries, string Head, IReadOnlyList<string> Problems);

/// <summary>Looks whether a store is whole and unedited: the database itself, the chain of the ledger, the records against it.</summary>
public static class Verifier
{
    private const int MostProblems = 50;

    /// <summary>Looks.</summary>
    /// <exception cref="StoreException">The store can't be read.</exception>
    public static async Task<Verified> Verify(StoreAddress address, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.File is { } file && !File.Exists(file))
        {
            throw new StoreException($"There is no store at {file}.");
        }

        try
        {
            await using var db = address.Open();
            var problems = new List<string>();
            if (address.Kind == StoreKind.Sqlite)
            {
                foreach (var line in await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS \"Value\" FROM pragma_integrity_check").ToListAsync(cancel).ConfigureAwait(false))
                {
                    if (line != "ok")
                    {
                        problems.Add($"The database is damaged: {line}");
                    }
                }

                foreach (var table in await db.Database.SqlQueryRaw<string>("SELECT \"table\" AS \"Value\" FROM pragma_foreign_key_check").ToListAsync(cancel).ConfigureAwait(false))
                {
                    problems.Add($"A row of {table} refers to one that is not there.");
                }
            }

            var pending = await Migrator.Pending(address, cancel).ConfigureAwait(false);
            if (pending.Count > 0)
            {
                problems.Add($"The store is of an earlier shape: palermo db migrate ({pending.Count} to go).");
                return new Verified(0, "", problems);
            }

            return await Chain(db, problems, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException { InnerException: DbException })
        {
            throw Migrator.Unreachable(address, e);
        }
    }

    private static async Task<Verified> Chain(WorkspaceDb db, List<string> problems, CancellationToken cancel)
    {
        var number = 0L;
        var head = LedgerHash.First;
        var records = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var entry in db.Ledger.AsNoTracking().OrderBy(l => l.Number).AsAsyncEnumerable().WithCancellation(cancel).ConfigureAwait(false))
        {
            if (entry.Number != ++number)
            {
                problems.Add($"The ledger lacks entry {number}{(entry.Number > number + 1 ? $" to {entry.Number - 1}" : "")}.");
                number = entry.Number;
            }
            else if (entry.Previous != head)
            {
                problems.Add($"Entry {entry.Number} of the ledger does not follow from the one before it: one of them was changed.");
            }

            if (LedgerHash.Of(entry) != entry.Hash)
            {
                problems.Add($"Entry {entry.Number} of the ledger ({entry.Kind}, {LedgerHash.Text(entry.At)}) was changed after it was written.");
            }

            if (entry.Kind == "record.made")
            {
                records[entry.Subject] = entry.Detail;
            }

            head = entry.Hash;
            if (problems.Count >= MostProblems)
            {
                break;
            }
        }

        await foreach (var record in db.AssessmentRecords.AsNoTracking().OrderBy(r => r.Id).AsAsyncEnumerable().WithCancellation(cancel).ConfigureAwait(false))
        {
            if (!records.Remove(record.Id.ToString(), out var hash))
            {
                problems.Add($"Record {record.Id} is not in the ledger.");
            }
            else if (LedgerHash.Of(record.Content) != hash)
            {
                problems.Add($"Record {record.Id} was changed after it was made.");
            }
        }

        problems.AddRange(records.Keys.Select(id => $"Record {id} is in the ledger and not in the store: it was taken out."));
        return new Verified(number, head, problems);
    }
}
