using System.Collections.Concurrent;
using DuckDB.NET.Data;
using Palermo.Web.Hosting;

namespace Palermo.Web.Portfolio;

/// <summary>Opens tables of runs to be read. A table once made is never changed, so what is open stays right.</summary>
internal sealed class PortfolioStore(WorkspaceSettings settings) : IDisposable
{
    private const int MostOpen = 8;
    private readonly ConcurrentDictionary<Guid, DuckDBConnection> _open = new();

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
        _ = _open.GetOrAdd(run, _ =>
        {
            var first = new DuckDBConnection(address);
            first.Open();
            using var command = first.CreateCommand();
            // Queries are ours alone, and reach nothing beyond the table.
            command.CommandText = "SET enable_external_access = false; SET lock_configuration = true;";
            command.ExecuteNonQuery();
            return first;
        });
        var connection = new DuckDBConnection(address);
        connection.Open();
        foreach (var other in _open.Keys.Where(k => k != run).Skip(MostOpen - 1))
        {
            if (_open.TryRemove(other, out var old))
            {
                old.Dispose();
            }
        }

        return connection;
    }

    public void Dispose()
    {
        foreach (var connection in _open.Values)
        {
            connection.Dispose();
        }
    }
}
