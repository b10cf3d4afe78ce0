using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Palermo.Storage;

/// <summary>Which database keeps it.</summary>
public enum StoreKind
{
    /// <summary>One file, one node.</summary>
    Sqlite,

    /// <summary>A server, any number of nodes.</summary>
    Postgres,
}

/// <summary>Where the store is: <c>sqlite:FILE</c>, or a connection to PostgreSQL (<c>Host=…;Database=…</c> or <c>postgres://…</c>).</summary>
/// <param name="Kind">Which database.</param>
/// <param name="Connection">The connection string of the provider.</param>
public sealed record StoreAddress(StoreKind Kind, string Connection)
{
    private const int BusySeconds = 30, MostTries = 4;

    // A server that comes back in seconds is waited for; whoever waits longer is told.
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(3);

    /// <summary>The file; null if it is no file.</summary>
    public string? File => Kind == StoreKind.Sqlite ? new SqliteConnectionStringBuilder(Connection).DataSource : null;

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is none; the message says what is expected and holds no password.</exception>
    public static StoreAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith("sqlite:", StringComparison.Ordinal))
        {
            return text.Length > 7 ? OfFile(text[7..]) : throw new FormatException("sqlite: needs a file: sqlite:/var/lib/palermo/workspace.db");
        }

        try
        {
            var connection = text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal) ? FromUri(new Uri(text)) : new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrEmpty(connection.Host) || string.IsNullOrEmpty(connection.Database)
                ? throw new FormatException("an address names a host and a database: Host=db;Database=palermo;Username=palermo")
                : new StoreAddress(StoreKind.Postgres, connection.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            throw new FormatException("sqlite:FILE, postgres://USER@HOST/DATABASE or Host=…;Database=…;Username=… was expected.");
        }
    }

    /// <summary>The store in a file.</summary>
    public static StoreAddress OfFile(string path) => new(StoreKind.Sqlite, new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(path), ForeignKeys = true, DefaultTimeout = BusySeconds }.ConnectionString);

    /// <summary>Opens it; on a server, what fails because the connection was lost is tried again.</summary>
    public WorkspaceDb Open() => Open(again: true);

    /// <summary>Lets go of all connections: SQLite then puts its journal into the file, which is whole by itself.</summary>
    public static void Release() => SqliteConnection.ClearAllPools();

    /// <summary>Opens it for one long reading, which can't be tried again from the middle.</summary>
    internal WorkspaceDb OpenOnce() => Open(again: false);

    private WorkspaceDb Open(bool again)
    {
        if (Kind == StoreKind.Sqlite)
        {
            return new SqliteWorkspaceDb(Quiet(new DbContextOptionsBuilder<SqliteWorkspaceDb>().UseSqlite(Connection).AddInterceptors(SqlitePragmas.Instance)).Options);
        }

        return new PostgresWorkspaceDb(Quiet(new DbContextOptionsBuilder<PostgresWorkspaceDb>().UseNpgsql(Connection, npgsql => _ = again ? npgsql.EnableRetryOnFailure(MostTries, s_longestPause, null) : npgsql)).Options);
    }

    // Values may be what somebody confided: they go into no log, whatever its level.
    private static DbContextOptionsBuilder<T> Quiet<T>(DbContextOptionsBuilder<T> options) where T : DbContext =>
        options.EnableSensitiveDataLogging(false).ConfigureWarnings(w => w.Ignore(RelationalEventId.CommandError));

    /// <summary>The address without what is secret.</summary>
    public override string ToString() => Kind == StoreKind.Sqlite ? File! : new NpgsqlConnectionStringBuilder(Connection) is var c ? $"{c.Host}:{c.Port}/{c.Database}" : "";

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var user = uri.UserInfo.Split(':', 2);
        var connection = new NpgsqlConnectionStringBuilder { Host = uri.Host, Port = uri.IsDefaultPort || uri.Port < 0 ? NpgsqlConnection.DefaultPort : uri.Port, Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')) };
        if (user[0].Length > 0)
        {
            connection.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            connection.Password = Uri.UnescapeDataString(user[1]);
        }

        return connection;
    }
}
