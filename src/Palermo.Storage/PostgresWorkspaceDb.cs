using Microsoft.EntityFrameworkCore;

namespace Palermo.Storage;

/// <summary>The model on PostgreSQL.</summary>
public sealed class PostgresWorkspaceDb(DbContextOptions<PostgresWorkspaceDb> options) : WorkspaceDb(options);
