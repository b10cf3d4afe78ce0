using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Palermo.Storage.Operating;

/// <summary>A backup is an SQLite file, whatever the store is: it can be looked into, verified, and restored to either database.</summary>
public static class Backup
{
    /// <summary>Writes a backup while the workspace runs.</summary>
    /// <exception cref="StoreException">The file is there already, or the store can't be read.</exception>
    public static async Task Make(StoreAddress store, string file, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (File.Exists(file))
        {
            throw new StoreException($"{file} is there already; nothing was overwritten. Name another file.");
        }

        if (store.File is { } own && !File.Exists(own))
        {
            throw new StoreException($"There is no store at {own}.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var half = file + ".part";
        File.Delete(half);
        try
        {
            if (store.Kind == StoreKind.Sqlite)
            {
                await using var db = store.Open();
                await db.Database.ExecuteSqlAsync($"VACUUM INTO {half}", cancel).ConfigureAwait(false);
            }
            else
            {
                await StoreCopy.Copy(store, StoreAddress.OfFile(half), cancel).ConfigureAwait(false);
                await using var db = StoreAddress.OfFile(half).Open();
                await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE;", cancel).ConfigureAwait(false);
            }

            SqliteConnection.ClearAllPools();
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(half, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            // Whole or not there.
            File.Move(half, file);
        }
        finally
        {
            File.Delete(half);
            File.Delete(half + "-wal");
            File.Delete(half + "-shm");
        }
    }

    // As SQLite reads it, with what may still lie in its journal.
    private static async Task Snapshot(string file, string copy, CancellationToken cancel)
    {
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
            await connection.OpenAsync(cancel).ConfigureAwait(false);
            await using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ConnectionString);
            await target.OpenAsync(cancel).ConfigureAwait(false);
            connection.BackupDatabase(target);
        }
        catch (SqliteException e)
        {
            throw new StoreException($"{file} is no backup of a workspace, or damaged: {e.Message} Nothing was restored.");
        }
    }

    /// <summary>Restores a backup into an empty store, after it was verified.</summary>
    /// <returns>Rows of each table.</returns>
    /// <exception cref="StoreException">The backup is damaged, or the store is not empty.</exception>
    public static async Task<IReadOnlyList<(string Table, long Rows)>> Restore(string file, StoreAddress store, CancellationToken cancel = default)
    {
        if (!File.Exists(file))
        {
            throw new StoreException($"There is no file {file}.");
        }

        // What is given stays as it is: a copy is brought to today's shape.
        var copy = Path.Combine(Path.GetTempPath(), $"palermo-restore-{Guid.NewGuid():n}.db");
        try
        {
            await Snapshot(file, copy, cancel).ConfigureAwait(false);
            var backup = StoreAddress.OfFile(copy);
            await Migrator.Migrate(backup, null, cancel).ConfigureAwait(false);
            var verified = await Verifier.Verify(backup, cancel).ConfigureAwait(false);
            return verified.Problems.Count > 0
                ? throw new StoreException($"{file} is damaged: {verified.Problems[0]} Nothing was restored.")
                : await StoreCopy.Copy(backup, store, cancel).ConfigureAwait(false);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            foreach (var part in new[] { copy, copy + "-wal", copy + "-shm" })
            {
                File.Delete(part);
            }
        }
    }
}
