using System.Diagnostics;
using Palermo.Storage;
using Palermo.Storage.Changes;
using Palermo.Storage.Operating;

namespace Palermo.Bench.Proof;

/// <summary>
/// A writer that is killed without a word, again and again, while it takes reports, moves plans and posts remedy. After each
/// round: every write it acknowledged is there, the log goes on from the last checkpoint, every ledger balances.
/// </summary>
internal static class KillLoop
{
    /// <summary><c>kill --store STORE --rounds N</c>.</summary>
    public static async Task<int> Run(ProofOptions options)
    {
        var rounds = options.Number("--rounds", 200);
        using var place = new ProofStore(options);
        await Migrator.Migrate(place.Address);
        var check = new CaseworkCheck(new Workspace(place.Address, TimeProvider.System));
        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        var random = new Random(options.Number("--seed", 7));
        var killed = 0;
        var clock = Stopwatch.StartNew();
        for (var round = 1; round <= rounds; round++)
        {
            using var writer = new WriterProcess(place.Text);
            // It is killed after its first write, at any moment of later ones.
            if (await writer.First())
            {
                await Task.Delay(random.Next(1, 400));
                writer.Kill();
                killed++;
            }

            await writer.End();
            acknowledged.UnionWith(writer.Acknowledged);
            if (await check.Problem(acknowledged) is { } problem)
            {
                Console.WriteLine($"round {round}: {problem}");
                return 1;
            }
        }

        var verified = await place.Verify();
        Console.WriteLine($"{place.Address.Kind}: {killed} kills in {rounds} rounds, {acknowledged.Count} acknowledged writes all found, {verified.Entries} entries of the log consistent, ledgers balanced, {verified.Problems.Count} problems ({clock.Elapsed.TotalSeconds:F0} s).");
        return verified.Problems.Count == 0 && killed == rounds ? 0 : 1;
    }
}
