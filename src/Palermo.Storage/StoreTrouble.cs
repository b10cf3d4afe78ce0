using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Palermo.Storage;

/// <summary>Tells trouble with the store itself from faults of the program.</summary>
public static class StoreTrouble
{
    // SQLite's result codes of a file that is in use, away, full or damaged: not those of a statement that is wrong.
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CantOpen = 14;

    /// <summary>Whether an exception, or what led to it, came from the store. What somebody else changed first is none.</summary>
    public static bool Is(Exception? e) => Cause(e) is not null;

    /// <summary>Whether the store is away, in use or full: the same, sent again later, may go well.</summary>
    public static bool IsAway(Exception? e) => Cause(e) switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is Busy or Locked or ReadOnly or InputOutput or Corrupt or Full or CantOpen,
        // Connection, resources, an operator who stops it, the system below (classes of PostgreSQL's appendix A); also locks waited for in vain.
        PostgresException postgres => postgres.IsTransient || postgres.SqlState[..2] is "08" or "53" or "57" or "58",
        NpgsqlException or TimeoutException => true,
        _ => false,
    };

    private static Exception? Cause(Exception? e) => e switch
    {
        null or DbUpdateConcurrencyException => null,
        SqliteException or NpgsqlException or TimeoutException => e,
        // EF Core wraps what the database said in these.
        RetryLimitExceededException or DbUpdateException or InvalidOperationException => Cause(e.InnerException),
        _ => null,
    };
}
