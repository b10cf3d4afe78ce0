using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Palermo.Storage.Migrations.Postgres;

/// <summary>What is written down of contracts, cases and the log stays.</summary>
[DbContext(typeof(PostgresWorkspaceDb))]
[Migration("20261130091000_AppendOnlyCases")]
public sealed class AppendOnlyCases : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (var table in AppendOnlyTables.Second)
        {
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_never_changed\" BEFORE UPDATE OR DELETE OR TRUNCATE ON \"{table}\" FOR EACH STATEMENT EXECUTE FUNCTION palermo_never_changed();");
        }
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (var table in AppendOnlyTables.Second)
        {
            migrationBuilder.Sql($"DROP TRIGGER \"{table}_never_changed\" ON \"{table}\";");
        }
    }
}
