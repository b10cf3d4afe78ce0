using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Palermo.Storage.Migrations.Postgres;

/// <summary>What is written down stays: triggers refuse changes, whoever asks.</summary>
[DbContext(typeof(PostgresWorkspaceDb))]
[Migration("20261123150000_AppendOnly")]
public sealed class AppendOnly : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("CREATE FUNCTION palermo_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is never changed', TG_TABLE_NAME; END $$;");
        foreach (var table in AppendOnlyTables.First)
        {
            migrationBuilder.Sql($"CREATE TRIGGER \"{table}_never_changed\" BEFORE UPDATE OR DELETE OR TRUNCATE ON \"{table}\" FOR EACH STATEMENT EXECUTE FUNCTION palermo_never_changed();");
        }
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (var table in AppendOnlyTables.First)
        {
            migrationBuilder.Sql($"DROP TRIGGER \"{table}_never_changed\" ON \"{table}\";");
        }

        migrationBuilder.Sql("DROP FUNCTION palermo_never_changed();");
    }
}
