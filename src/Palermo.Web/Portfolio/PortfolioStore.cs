using System.Collections.Concurrent;
using DuckDB.NET.Data;
using Palermo.Web.Hosting;

namespace Palermo.Web.Portfolio;

/// <summary>Opens tables of runs to be read. A table once made is never changed, so what is open stays right.</summary>
internal sealed class PortfolioStore(WorkspaceSettings settings) : IDisposable
{
    private const int MostOpen = 8;
    private readonly ConcurrentDictionary<Guid, (DuckDBConnection Connection, bool HasWords)> _open = new();

    /// <summary>A connection to a run's table, to be disposed of; null if the run has none yet.</summary>
    public DuckDBConnection? Open(Guid run)
    {
        var file = new RunFolder(settings, run).Database;
        if (!File.Exists(file))
        {
            return null;
        }

        var address = $"Data Source={file};ACCESS_MODE=READ_ONLY";
        // One is kept open: connections to a file share what is in memory as long as there is one.
        var (_, hasWords) = _open.GetOrAdd(run, _ =>
        {
            var first = new DuckDBConnection(address);
            first.Open();
            using var command = first.CreateCommand();
            // Queries are ours alone, and reach nothing beyond the table.
            command.CommandText = "SET enable_external_access = false; SET lock_configuration = true;";
            command.ExecuteNonQuery();
            command.CommandText = "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'process' AND column_name = 'words'";
            return (first, Convert.ToInt64(command.ExecuteScalar(), null) > 0);
        });
        var connection = new DuckDBConnection(address);
        connection.Open();
        if (!hasWords)
        {
            // A table made before titles were kept in small letters too: they are made so when asked for.
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TEMP VIEW process AS SELECT *, lower(title) AS words FROM portfolio.main.process";
            command.ExecuteNonQuery();
        }

        foreach (var other in _open.Keys.Where(k => k != run).Skip(MostOpen - 1))
        {
            if (_open.TryRemove(other, out var old))
            {
                old.Connection.Dispose();
            }
        }

        return connection;
    }

    public void Dispose()
    {
        foreach (var (connection, _) in _open.Values)
        {
            connection.Dispose();
        }
    }
}
