using System.Data;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Palermo.Storage.Operating;

/// <summary>Copies everything from one store into another that is empty, whatever databases they are.</summary>
public static class StoreCopy
{
    private const int Batch = 500;

    /// <summary>Copies; all of it or nothing.</summary>
    /// <returns>Rows of each table.</returns>
    /// <exception cref="StoreException">The target is not empty.</exception>
    public static async Task<IReadOnlyList<(string Table, long Rows)>> Copy(StoreAddress from, StoreAddress to, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if ((await Migrator.Pending(from, cancel).ConfigureAwait(false)).Count > 0)
        {
            throw new StoreException($"{from} is of an earlier shape: palermo db migrate first.");
        }

        await Migrator.Migrate(to, null, cancel).ConfigureAwait(false);
        await using var source = from.OpenOnce();
        await using var outer = to.Open();
        return await outer.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var target = to.Open();
            // One picture of the source, though people go on working in it.
            await using var reading = await source.Database.BeginTransactionAsync(from.Kind == StoreKind.Postgres ? IsolationLevel.RepeatableRead : IsolationLevel.Serializable, cancel).ConfigureAwait(false);
            await using var writing = await target.Database.BeginTransactionAsync(cancel).ConfigureAwait(false);
            var rows = new List<(string, long)>();
            foreach (var type in InOrder(source.Model))
            {
                var copy = typeof(StoreCopy).GetMethod(nameof(CopyTable), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ClrType);
                rows.Add((type.GetTableName()!, await ((Task<long>)copy.Invoke(null, [source, target, type, cancel])!).ConfigureAwait(false)));
            }

            if (to.Kind == StoreKind.Postgres)
            {
                await SetSequences(target, cancel).ConfigureAwait(false);
            }

            await writing.CommitAsync(cancel).ConfigureAwait(false);
            return rows;
        }).ConfigureAwait(false);
    }

    /// <summary>Tables, each after those it refers to.</summary>
    internal static IReadOnlyList<IEntityType> InOrder(IModel model)
    {
        var left = model.GetEntityTypes().Where(t => !t.IsOwned()).OrderBy(t => t.GetTableName(), StringComparer.Ordinal).ToList();
        var order = new List<IEntityType>();
        while (left.Count > 0)
        {
            var next = left.First(t => t.GetForeignKeys().All(k => k.PrincipalEntityType == t || !left.Contains(k.PrincipalEntityType)));
            order.Add(next);
            left.Remove(next);
        }

        return order;
    }

    private static async Task<long> CopyTable<T>(WorkspaceDb source, WorkspaceDb target, IEntityType type, CancellationToken cancel) where T : class
    {
        if (await target.Set<T>().AnyAsync(cancel).ConfigureAwait(false))
        {
            throw new StoreException($"The target holds {type.GetTableName()} already; an empty store is needed, so that nothing is mixed or overwritten.");
        }

        var rows = 0L;
        await foreach (var row in source.Set<T>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancel).ConfigureAwait(false))
        {
            target.Add(row);
            if (++rows % Batch == 0)
            {
                await Save(target, cancel).ConfigureAwait(false);
            }
        }

        await Save(target, cancel).ConfigureAwait(false);
        return rows;
    }

    private static async Task Save(WorkspaceDb target, CancellationToken cancel)
    {
        await target.SaveAsTheyAre(cancel).ConfigureAwait(false);
        target.ChangeTracker.Clear();
    }

    // Numbers that the database gives out go on after those that were brought.
    private static async Task SetSequences(WorkspaceDb target, CancellationToken cancel)
    {
        foreach (var type in target.Model.GetEntityTypes().Where(t => !t.IsOwned()))
        {
            foreach (var property in type.GetProperties().Where(p => p.ClrType == typeof(int) && p.ValueGenerated == ValueGenerated.OnAdd))
            {
                var (table, column) = (type.GetTableName()!, property.GetColumnName());
#pragma warning disable EF1002 // Names of the model, not input.
                await target.Database.ExecuteSqlRawAsync($"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), COALESCE((SELECT MAX(\"{column}\") FROM \"{table}\"), 0) + 1, false)", cancel).ConfigureAwait(false);
#pragma warning restore EF1002
            }
        }
    }
}
