using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Palermo.Storage;

/// <summary>For <c>dotnet ef migrations add</c>; nothing is opened. docs/operations.md has the commands.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteWorkspaceDb>
{
    public SqliteWorkspaceDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteWorkspaceDb>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>For <c>dotnet ef migrations add</c>; nothing is opened.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresWorkspaceDb>
{
    public PostgresWorkspaceDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresWorkspaceDb>().UseNpgsql("Host=design").Options);
}
