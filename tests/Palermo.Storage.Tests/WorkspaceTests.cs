using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Storage.Operating;

namespace Palermo.Storage.Tests;

public sealed class WorkspaceTests(Stores stores)
{
    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public async Task Many_write_at_once_and_the_ledger_has_no_gap(StoreKind kind)
    {
        const int Writers = 8, Each = 12;
        var workspace = await stores.New(kind);
        var organization = await Stores.AddOrganization(workspace);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                await workspace.Write(new Actor(null, $"writer {w}"), change =>
                {
                    change.Log("test.one", $"{w}/{i}", organization.Id);
                    change.Log("test.two", $"{w}/{i}", organization.Id, "é ☂ \" \\ <>");
                    return Task.CompletedTask;
                });
            }
        })));
        var verified = await Verifier.Verify(workspace.Address);
        Assert.Empty(verified.Problems);
        Assert.Equal(1 + (Writers * Each * 2), verified.Entries);
    }

    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public async Task A_clock_that_goes_back_is_told_in_the_ledger(StoreKind kind)
    {
        var clock = new SetClock();
        var workspace = await stores.New(kind, clock);
        Task Write(string what) => workspace.Write(Actor.Program, change =>
        {
            change.Log("test.done", what, null);
            return Task.CompletedTask;
        });
        await Write("first");
        // Nodes differ by seconds: no word of it. Forward is what clocks do.
        clock.Now -= Workspace.ClockTolerance;
        await Write("a little earlier");
        clock.Now += TimeSpan.FromDays(400);
        await Write("much later");
        clock.Now -= TimeSpan.FromDays(3);
        await Write("before it");
        await Write("and on");
        await using var db = workspace.Open();
        var entries = await db.Ledger.OrderBy(l => l.Number).ToListAsync();
        Assert.Equal(["first", "a little earlier", "much later", "clock", "before it", "and on"], entries.Select(e => e.Subject));
        Assert.Equal((Workspace.ClockWentBack, "2027-10-06T11:59:00.000Z 2027-10-03T11:59:00.000Z", "Palermo"), (entries[3].Kind, entries[3].Detail, entries[3].ByName));
        var verified = await Verifier.Verify(workspace.Address);
        Assert.Empty(verified.Problems);
        Assert.Equal([4], verified.ClockWentBack);
    }

    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public async Task A_change_that_fails_leaves_nothing(StoreKind kind)
    {
        var workspace = await stores.New(kind);
        await Assert.ThrowsAsync<InvalidDataException>(() => workspace.Write(Actor.Program, async change =>
        {
            change.Db.Organizations.Add(new Organization { Id = change.NewId(), Name = "Half" });
            await change.Db.SaveChangesAsync();
            change.Log("organization.made", "x", null);
            throw new InvalidDataException();
        }));
        await using var db = workspace.Open();
        Assert.Empty(await db.Organizations.ToListAsync());
        Assert.Empty(await db.Ledger.ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public async Task The_second_of_two_who_change_the_same_is_told(StoreKind kind)
    {
        var workspace = await stores.New(kind);
        var organization = await Stores.AddOrganization(workspace);
        Task Rename(string name) => workspace.Write(Actor.Program, async change =>
        {
            var copy = await change.Db.Organizations.SingleAsync(o => o.Id == organization.Id);
            change.Db.Entry(copy).Property(o => o.Version).OriginalValue = organization.Version;
            copy.Name = name;
        });
        await Rename("first");
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => Rename("second"));
        await using var db = workspace.Open();
        Assert.Equal("first", (await db.Organizations.SingleAsync()).Name);
    }

    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public async Task What_is_written_down_can_not_be_changed_by_the_program_or_past_it(StoreKind kind)
    {
        var workspace = await stores.New(kind);
        await Stores.AddOrganization(workspace);
        await using var db = workspace.Address.Open();
        (await db.Ledger.SingleAsync()).Detail = "other";
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        foreach (var sql in new[] { "UPDATE \"Ledger\" SET \"Detail\" = 'x'", "DELETE FROM \"Ledger\"" })
        {
            Assert.Contains("never changed", (await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync(sql))).Message);
        }
    }

    /// <summary>Who owns the database can take the triggers away; the chain shows it then.</summary>
    [Theory]
    [InlineData(StoreKind.Sqlite, "UPDATE \"Ledger\" SET \"ByName\" = 'Somebody else' WHERE \"Number\" = 2", "Entry 2")]
    [InlineData(StoreKind.Sqlite, "DELETE FROM \"Ledger\" WHERE \"Number\" = 2", "lacks entry 2")]
    [InlineData(StoreKind.Sqlite, "UPDATE \"AssessmentRecords\" SET \"Content\" = '[]'", "was changed after it was made")]
    [InlineData(StoreKind.Sqlite, "DELETE FROM \"AssessmentRecords\"", "it was taken out")]
    [InlineData(StoreKind.Postgres, "UPDATE \"Ledger\" SET \"At\" = \"At\" + interval '1 day' WHERE \"Number\" = 2", "Entry 2")]
    [InlineData(StoreKind.Postgres, "UPDATE \"AssessmentRecords\" SET \"Content\" = '[]'", "was changed after it was made")]
    public async Task Tampering_shows(StoreKind kind, string sql, string said)
    {
        var workspace = await stores.New(kind);
        await Filled.Fill(workspace);
        Assert.Empty((await Verifier.Verify(workspace.Address)).Problems);
        await using (var db = workspace.Address.Open())
        {
            foreach (var table in new[] { "Ledger", "AssessmentRecords" })
            {
                await db.Database.ExecuteSqlRawAsync(kind == StoreKind.Sqlite ? $"DROP TRIGGER \"{table}_no_update\"; DROP TRIGGER \"{table}_no_delete\"" : $"DROP TRIGGER \"{table}_never_changed\" ON \"{table}\"");
            }

            await db.Database.ExecuteSqlRawAsync(sql);
        }

        Assert.Contains((await Verifier.Verify(workspace.Address)).Problems, p => p.Contains(said, StringComparison.Ordinal));
    }
}
