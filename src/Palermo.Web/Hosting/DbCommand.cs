using System.Globalization;
using Palermo.Storage;
using Palermo.Storage.Operating;

namespace Palermo.Web.Hosting;

/// <summary><c>palermo db</c>: what is done to a store from the command line. docs/operations.md describes it.</summary>
internal static class DbCommand
{
    private const int Done = 0, Bar = 1, WrongUsage = 2;

    public static async Task<int> Run(string[] args)
    {
        switch (args)
        {
            case ["status", .. var settings]:
                return await Status(Store(settings));
            case ["migrate", "--to", var to, .. var settings]:
                return await Migrate(Store(settings), to);
            case ["migrate", .. var settings]:
                return await Migrate(Store(settings), null);
            case ["backup", var file, .. var settings]:
                await Backup.Make(Store(settings), file);
                return Say($"{file}: {new FileInfo(file).Length.ToString("N0", CultureInfo.InvariantCulture)} bytes");
            case ["restore", var file, .. var settings]:
                return Rows(await Backup.Restore(file, Store(settings)));
            case ["move", var to, .. var settings]:
                return Rows(await StoreCopy.Copy(Store(settings), Address(to)));
            case ["verify", .. var settings]:
                return await Verify(Store(settings));
            default:
                await Console.Error.WriteLineAsync("palermo: db status | migrate [--to STEP] | backup FILE | restore FILE | move STORE | verify, each with --store or --data, was expected.");
                return WrongUsage;
        }
    }

    private static StoreAddress Store(string[] settings) => WorkspaceSettings.Read(settings).Store ?? throw new SettingsException("A store is needed: --store none has none.");

    private static StoreAddress Address(string text)
    {
        try
        {
            return StoreAddress.Parse(text);
        }
        catch (FormatException e)
        {
            throw new SettingsException($"The store to move to: {e.Message}");
        }
    }

    private static async Task<int> Status(StoreAddress store)
    {
        var pending = await Migrator.Pending(store);
        Say(store.ToString());
        foreach (var step in pending)
        {
            Say($"to do: {step}");
        }

        return pending.Count == 0 ? Say("up to date") : Bar;
    }

    private static async Task<int> Migrate(StoreAddress store, string? to)
    {
        await Migrator.Migrate(store, to);
        return Say(to is null ? "up to date" : $"at {to}");
    }

    private static async Task<int> Verify(StoreAddress store)
    {
        var verified = await Verifier.Verify(store);
        foreach (var problem in verified.Problems)
        {
            Say(problem);
        }

        if (verified.ClockWentBack.Count > 0)
        {
            Say($"The clock went back {verified.ClockWentBack.Count} time{(verified.ClockWentBack.Count == 1 ? "" : "s")} (entries {string.Join(", ", verified.ClockWentBack.Take(20))}): the order of entries stands; hold times before and after against each other with care.");
        }

        Say($"{verified.Entries} entries in the ledger, the last {verified.Head}");
        return verified.Problems.Count == 0 ? Done : Bar;
    }

    private static int Rows(IReadOnlyList<(string Table, long Rows)> tables)
    {
        foreach (var (table, rows) in tables.Where(t => t.Rows > 0))
        {
            Say($"{rows,12:N0} {table}");
        }

        return Done;
    }

    private static int Say(string line)
    {
        Console.WriteLine(line);
        return Done;
    }
}
