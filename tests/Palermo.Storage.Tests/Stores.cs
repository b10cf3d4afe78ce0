using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Storage.Operating;

[assembly: AssemblyFixture(typeof(Palermo.Storage.Tests.Stores))]

namespace Palermo.Storage.Tests;

/// <summary>New stores of either kind.</summary>
public sealed class Stores : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("palermo-store-").FullName;
    private readonly PostgresServer _postgres = new();
    private int _count;

    public static TheoryData<StoreKind> Kinds => [StoreKind.Sqlite, StoreKind.Postgres];

    public string File(string name) => Path.Combine(_folder, $"{Interlocked.Increment(ref _count)}-{name}");

    public StoreAddress NewAddress(StoreKind kind) => kind == StoreKind.Sqlite ? StoreAddress.OfFile(File("store.db")) : StoreAddress.Parse(_postgres.NewDatabase());

    public async Task<Workspace> New(StoreKind kind, TimeProvider? clock = null)
    {
        var address = NewAddress(kind);
        await Migrator.Migrate(address);
        return new Workspace(address, clock ?? TimeProvider.System);
    }

    public void Dispose()
    {
        _postgres.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    public static Task<Organization> AddOrganization(Workspace workspace) => workspace.Write(Actor.Program, change =>
    {
        var organization = new Organization { Id = change.NewId(), Name = "Ministry of Works", Country = "NO", CreatedAt = change.At };
        change.Db.Organizations.Add(organization);
        change.Log("organization.made", organization.Id, organization.Id, organization.Name);
        return Task.FromResult(organization);
    });
}

/// <summary>A clock that a test sets.</summary>
public sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
