using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Palermo.Storage.Operating;

/// <summary>Brings a store to the shape that this program knows, and back.</summary>
public static class Migrator
{
    // So that a migration waits for requests under way, and doesn't make new ones wait behind it.
    private const string LockTimeout = "SET lock_timeout = '5s'";

    /// <summary>What is still to be done, oldest first.</summary>
    /// <exception cref="StoreException">The store can't be reached, or a later program made it.</exception>
    public static async Task<IReadOnlyList<string>> Pending(StoreAddress address, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            await using var db = address.Open();
            if (address.File is { } file && !File.Exists(file))
            {
                return [.. db.Database.GetMigrations()];
            }

            var known = db.Database.GetMigrations().ToArray();
            var applied = await db.Database.GetAppliedMigrationsAsync(cancel).ConfigureAwait(false);
            return applied.Except(known).ToArray() is { Length: > 0 } later
                ? throw new StoreException($"A later Palermo made this store ({string.Join(", ", later)}). Use that program, or have it go back: palermo db migrate --to {known[^1]}")
                : [.. known.Except(applied)];
        }
        catch (Exception e) when (StoreTrouble.Is(e))
        {
            throw Unreachable(address, e);
        }
    }

    /// <summary>Brings the store to a migration; to the newest if none is named. Each step is one transaction.</summary>
    /// <param name="address">The store.</param>
    /// <param name="to">Id of a migration, <c>0</c> for an empty store, or null.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task Migrate(StoreAddress address, string? to = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.File is { } file)
        {
            Private(file);
        }

        await using var db = address.Open();
        if (to is not null && to != Migration.InitialDatabase && !db.Database.GetMigrations().Contains(to))
        {
            throw new StoreException($"There is no migration {to}. There are {string.Join(", ", db.Database.GetMigrations())}, and 0 for an empty store.");
        }

        try
        {
            if (address.Kind == StoreKind.Postgres)
            {
                await db.Database.OpenConnectionAsync(cancel).ConfigureAwait(false);
                await db.Database.ExecuteSqlRawAsync(LockTimeout, cancel).ConfigureAwait(false);
            }

            await db.Database.MigrateAsync(to, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (StoreTrouble.Is(e))
        {
            throw Unreachable(address, e);
        }
    }

    // What it keeps is for the user it runs as alone.
    private static void Private(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (!OperatingSystem.IsWindows() && !File.Exists(file))
        {
            using var _ = new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }
    }

    internal static StoreException Unreachable(StoreAddress address, Exception e) => new($"The store {address} can't be used: {(e.InnerException ?? e).Message}");
}
