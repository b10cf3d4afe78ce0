using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Palermo.Storage.Changes;
using Palermo.Storage.Migrations;
using Palermo.Storage.Model;
using Palermo.Storage.Operating;

namespace Palermo.Storage.Tests;

public sealed class MigrationTests(Stores stores)
{
    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public async Task Every_step_goes_up_and_back(StoreKind kind)
    {
        var address = stores.NewAddress(kind);
        var steps = await Migrator.Pending(address);
        Assert.NotEmpty(steps);
        foreach (var step in steps)
        {
            await Migrator.Migrate(address, step);
        }

        Assert.Empty(await Migrator.Pending(address));
        foreach (var step in steps.Reverse().Skip(1).Append("0"))
        {
            await Migrator.Migrate(address, step);
        }

        Assert.Equal(steps, await Migrator.Pending(address));
        await Migrator.Migrate(address);
        Assert.Empty((await Verifier.Verify(address)).Problems);
    }

    /// <summary>Live cases, contracts and plans, made while the store still had the shape of the step before.</summary>
    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public async Task Live_cases_come_along_to_the_next_shape_and_back(StoreKind kind)
    {
        var address = stores.NewAddress(kind);
        var steps = await Migrator.Pending(address);
        await Migrator.Migrate(address, steps[^2]);
        await Filled.Fill(new Workspace(address, TimeProvider.System));
        var before = await Rows(address);
        Assert.All(AppendOnlyTables.All, table => Assert.NotEqual("", before[table]));
        foreach (var step in new[] { steps[^1], steps[^2], steps[^1] })
        {
            await Migrator.Migrate(address, step);
            Assert.Equal(before, await Rows(address));
        }

        Assert.Empty((await Verifier.Verify(address)).Problems);
        // From now on what is only added can't be changed, whatever was written before.
        await using var db = address.Open();
        foreach (var table in AppendOnlyTables.All)
        {
            var delete = $"DELETE FROM \"{table}\"";
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(delete));
        }
    }

    // Every row of every table, as the database tells it.
    private static async Task<SortedDictionary<string, string>> Rows(StoreAddress address)
    {
        await using var db = address.Open();
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            var lines = new List<string>();
            while (await reader.ReadAsync())
            {
                lines.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
            }

            rows[table] = string.Join('\n', lines.Order(StringComparer.Ordinal));
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public void The_migrations_make_the_model(StoreKind kind)
    {
        using var db = stores.NewAddress(kind).Open();
        Assert.False(db.Database.HasPendingModelChanges(), "The model was changed: dotnet ef migrations add NAME, for both databases (docs/operations.md).");
    }

    /// <summary>A step is online if programs of the version before go on working while and after it is made: it only adds.</summary>
    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public void No_step_takes_anything_from_programs_that_run(StoreKind kind)
    {
        using var db = stores.NewAddress(kind).Open();
        var assembly = db.GetService<IMigrationsAssembly>();
        var provider = db.Database.ProviderName!;
        foreach (var (id, type) in assembly.Migrations.Skip(2))
        {
            var migration = assembly.CreateMigration(type, provider);
            var made = migration.UpOperations.OfType<CreateTableOperation>().Select(t => t.Name).ToHashSet();
            foreach (var operation in migration.UpOperations)
            {
                Assert.True(operation is CreateTableOperation or CreateIndexOperation { IsUnique: false } or AddColumnOperation { IsNullable: true } or AddColumnOperation { DefaultValue: not null } or SqlOperation
                    || operation is CreateIndexOperation index && made.Contains(index.Table), $"{id}: {operation.GetType().Name} is not online; do it in two versions.");
            }

            Assert.NotEmpty(migration.DownOperations);
        }
    }

    [Fact]
    public void Whatever_is_only_added_has_triggers()
    {
        using var db = stores.NewAddress(StoreKind.Sqlite).Open();
        var tables = db.Model.GetEntityTypes().Where(t => typeof(IAppendOnly).IsAssignableFrom(t.ClrType)).Select(t => t.GetTableName()!);
        Assert.Equal(AppendOnlyTables.All, tables.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public async Task A_store_of_a_later_program_is_left_alone(StoreKind kind)
    {
        var address = (await stores.New(kind)).Address;
        await using (var db = address.Open())
        {
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\") VALUES ('29991231000000_Later', '99')");
        }

        Assert.Contains("later Palermo", (await Assert.ThrowsAsync<StoreException>(() => Migrator.Pending(address))).Message);
    }

    [Fact]
    public async Task What_cannot_be_reached_is_said_without_its_password()
    {
        var address = StoreAddress.Parse("postgres://palermo:geheim@127.0.0.1:1/palermo");
        var error = await Assert.ThrowsAsync<StoreException>(() => Migrator.Pending(address));
        Assert.Contains("127.0.0.1:1/palermo", error.Message);
        Assert.DoesNotContain("geheim", error.Message);
    }

    [Theory]
    [InlineData("sqlite:")]
    [InlineData("Database=x")]
    [InlineData("postgres://")]
    [InlineData("mysql://h/d")]
    [InlineData("Password=geheim;Nonsense=1")]
    public void An_address_that_is_none_is_refused_in_words(string text) =>
        Assert.DoesNotContain("geheim", Assert.Throws<FormatException>(() => StoreAddress.Parse(text)).Message);
}
