using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Palermo.Storage.Tests;

/// <summary>What may go well a minute later is told from what never will.</summary>
public sealed class StoreTroubleTests
{
    public static TheoryData<string, Exception?, bool, bool> Kinds() => new()
    {
        { "nothing", null, false, false },
        { "a full disk", new SqliteException("full", 13), true, true },
        { "a file in use", new DbUpdateException("", new SqliteException("busy", 5)), true, true },
        { "a row twice", new DbUpdateException("", new SqliteException("constraint", 19)), true, false },
        { "a wrong statement", new SqliteException("syntax", 1), true, false },
        { "a server away", new RetryLimitExceededException("", new NpgsqlException("refused")), true, true },
        { "a server away, wrapped by EF Core", new InvalidOperationException("", new NpgsqlException("refused")), true, true },
        { "a server without room", new RetryLimitExceededException("", new DbUpdateException("", new PostgresException("full", "ERROR", "ERROR", "53100"))), true, true },
        { "a server that is stopped", new PostgresException("stopped", "FATAL", "FATAL", "57P01"), true, true },
        { "a row twice on a server", new DbUpdateException("", new PostgresException("twice", "ERROR", "ERROR", "23505")), true, false },
        { "time is up", new TimeoutException(), true, true },
        { "somebody was quicker", new DbUpdateConcurrencyException("", new SqliteException("busy", 5)), false, false },
        { "a fault of the program", new InvalidOperationException("x"), false, false },
        { "another database", new DuckDB(), false, false },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Trouble_is_told_by_its_kind(string what, Exception? exception, bool isStore, bool isAway) => Assert.True((isStore, isAway) == (StoreTrouble.Is(exception), StoreTrouble.IsAway(exception)), what);

    private sealed class DuckDB : System.Data.Common.DbException;
}
