using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Palermo.Storage;

/// <summary>Tells trouble with the store itself (away, locked, its disk full) from a fault of the program.</summary>
public static class StoreTrouble
{
    /// <summary>Whether an exception, or what led to it, came from the store. What somebody else changed first is none.</summary>
    public static bool Is(Exception? e) => e switch
    {
        null => false,
        DbUpdateConcurrencyException => false,
        DbException or TimeoutException or RetryLimitExceededException => true,
        // EF Core wraps what the database said in these.
        DbUpdateException or InvalidOperationException => Is(e.InnerException),
        _ => false,
    };
}
