using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Palermo.Storage.Migrations.Sqlite;

/// <summary>What is written down stays: triggers refuse changes, whoever asks.</summary>
[DbContext(typeof(SqliteWorkspaceDb))]
[Migration("20261123150000_AppendOnly")]
public sealed class AppendOnly : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (var table in AppendOnlyTables.First)
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
        foreach (var table in AppendOnlyTables.First)
        {
            migrationBuilder.Sql($"DROP TRIGGER \"{table}_no_update\"; DROP TRIGGER \"{table}_no_delete\";");
        }
    }
}
