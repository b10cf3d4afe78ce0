using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Palermo.Storage.Migrations.Sqlite;

/// <summary>What is written down of contracts, cases and the log stays.</summary>
[DbContext(typeof(SqliteWorkspaceDb))]
[Migration("20261130091000_AppendOnlyCases")]
public sealed class AppendOnlyCases : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (var table in AppendOnlyTables.Second)
        {
            foreach (var what in new[] { "UPDATE", "DELETE" })
            {
                migrationBuilder.Sql($"CREATE TRIGGER \"{table}_no_{what.ToLowerInvariant()}\" BEFORE {what} ON \"{table}\" BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END;");
            }
        }
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (var table in AppendOnlyTables.Second)
        {
            migrationBuilder.Sql($"DROP TRIGGER \"{table}_no_update\"; DROP TRIGGER \"{table}_no_delete\";");
        }
    }
}
