using System.Diagnostics;
using Palermo.Storage;
using Palermo.Storage.Changes;
using Palermo.Storage.Operating;

namespace Palermo.Bench.Proof;

/// <summary>
/// A backup made while casework goes on, restored into an empty store and verified, with the time each takes. All that was
/// acknowledged before the backup began must be in what was restored.
/// </summary>
internal static class RestoreDrill
{
    /// <summary><c>restore-drill --store STORE --to STORE --cases N</c>.</summary>
    public static async Task<int> Run(ProofOptions options)
    {
        var cases = options.Number("--cases", 2000);
        using var place = new ProofStore(options);
        await Migrator.Migrate(place.Address);
        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        var work = await Casework.Begin(new Workspace(place.Address, TimeProvider.System));
        for (var i = 0; i < cases; i++)
        {
            await work.Once(what =>
            {
                acknowledged.Add(what);
                return Task.CompletedTask;
            });
        }

        var folder = Directory.CreateTempSubdirectory("palermo-drill-");
        using var writer = new WriterProcess(place.Text);
        await writer.First();
        acknowledged.UnionWith(writer.Acknowledged);
        var file = Path.Combine(folder.FullName, "backup.db");
        var clock = Stopwatch.StartNew();
        await Backup.Make(place.Address, file);
        var (backup, during) = (clock.Elapsed, writer.Acknowledged.Count);
        writer.Kill();
        await writer.End();
        var to = StoreAddress.Parse(options.Text("--to") ?? $"sqlite:{Path.Combine(folder.FullName, "restored.db")}");
        clock.Restart();
        await Backup.Restore(file, to);
        var restore = clock.Elapsed;
        clock.Restart();
        var verified = await Verifier.Verify(to);
        var verify = clock.Elapsed;
        var problem = await new CaseworkCheck(new Workspace(to, TimeProvider.System)).Problem(acknowledged);
        Console.WriteLine($"{place.Address.Kind} to {to.Kind}: {acknowledged.Count} writes acknowledged before the backup all restored, {verified.Entries} entries of the log, backup of {new FileInfo(file).Length / 1e6:F0} MB in {backup.TotalSeconds:F1} s ({during} more writes acknowledged meanwhile), restored in {restore.TotalSeconds:F1} s, verified in {verify.TotalSeconds:F1} s, {verified.Problems.Count + (problem is null ? 0 : 1)} problems.");
        if (problem is not null)
        {
            Console.WriteLine(problem);
        }

        StoreAddress.Release();
        folder.Delete(recursive: true);
        return problem is null && verified.Problems.Count == 0 ? 0 : 1;
    }
}
