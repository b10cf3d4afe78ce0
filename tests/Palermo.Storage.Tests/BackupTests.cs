using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Operating;

namespace Palermo.Storage.Tests;

public sealed class BackupTests(Stores stores)
{
    [Theory]
    [InlineData(StoreKind.Sqlite, StoreKind.Postgres)]
    [InlineData(StoreKind.Postgres, StoreKind.Sqlite)]
    [InlineData(StoreKind.Sqlite, StoreKind.Sqlite)]
    public async Task A_store_moves_to_the_other_database_without_loss(StoreKind from, StoreKind to)
    {
        var source = await stores.New(from);
        await Filled.Fill(source);
        var before = await Filled.Dump(source.Address);
        var target = stores.NewAddress(to);
        await StoreCopy.Copy(source.Address, target);
        Assert.Equal(before, await Filled.Dump(target));
        Assert.Empty((await Verifier.Verify(target)).Problems);
        // What the database numbers itself goes on after what was brought.
        await new Workspace(target, TimeProvider.System).Write(Actor.Program, change =>
        {
            change.Db.DataProtectionKeys.Add(new() { FriendlyName = "next", Xml = "<key/>" });
            change.Log("test.after", "x", null);
            return Task.CompletedTask;
        });
        Assert.Empty((await Verifier.Verify(target)).Problems);
        Assert.Contains("empty store is needed", (await Assert.ThrowsAsync<StoreException>(() => StoreCopy.Copy(source.Address, target))).Message);
    }

    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public async Task A_backup_made_while_people_work_restores_to_the_same(StoreKind kind)
    {
        var source = await stores.New(kind);
        await Filled.Fill(source);
        using var stop = new CancellationTokenSource();
        var work = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await source.Write(Actor.Program, change =>
                {
                    change.Log("test.work", "x", null);
                    return Task.CompletedTask;
                });
            }
        });
        var file = stores.File("backup.db");
        await Backup.Make(source.Address, file);
        await stop.CancelAsync();
        await work;
        Assert.Contains("already", (await Assert.ThrowsAsync<StoreException>(() => Backup.Make(source.Address, file))).Message);
        var backup = await Verifier.Verify(StoreAddress.OfFile(file));
        Assert.Empty(backup.Problems);
        foreach (var to in new[] { StoreKind.Sqlite, StoreKind.Postgres })
        {
            var target = stores.NewAddress(to);
            await Backup.Restore(file, target);
            var restored = await Verifier.Verify(target);
            Assert.Equal(backup.Head, restored.Head);
            Assert.Equal(await Filled.Dump(StoreAddress.OfFile(file)), await Filled.Dump(target));
        }
    }

    [Fact]
    public async Task A_damaged_backup_is_not_restored()
    {
        var source = await stores.New(StoreKind.Sqlite);
        await Filled.Fill(source);
        var file = stores.File("backup.db");
        await Backup.Make(source.Address, file);
        await using (var db = StoreAddress.OfFile(file).Open())
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"Ledger_no_update\"; UPDATE \"Ledger\" SET \"Detail\" = 'x' WHERE \"Number\" = 1");
        }

        var target = stores.NewAddress(StoreKind.Sqlite);
        Assert.Contains("Nothing was restored", (await Assert.ThrowsAsync<StoreException>(() => Backup.Restore(file, target))).Message);
        Assert.False(File.Exists(target.File));
    }
}
