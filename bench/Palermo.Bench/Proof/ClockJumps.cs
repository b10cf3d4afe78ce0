using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Operating;

namespace Palermo.Bench.Proof;

/// <summary>
/// A clock that jumps by days, forward and back, under casework. Everything written is there and in its order, plans and
/// ledgers still add up, and wherever time went back the ledger says so before the next word.
/// </summary>
internal static class ClockJumps
{
    private const int MostDays = 5;

    /// <summary><c>clock-jumps --store STORE --rounds N</c>.</summary>
    public static async Task<int> Run(ProofOptions options)
    {
        var rounds = options.Number("--rounds", 100);
        using var place = new ProofStore(options);
        await Migrator.Migrate(place.Address);
        var clock = new JumpingClock();
        var workspace = new Workspace(place.Address, clock);
        var check = new CaseworkCheck(workspace);
        var work = await Casework.Begin(workspace);
        var random = new Random(options.Number("--seed", 7));
        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        var (back, watch) = (0, Stopwatch.StartNew());
        for (var round = 1; round <= rounds; round++)
        {
            // Between two writes of one case too, not only between cases.
            await work.Once(what =>
            {
                acknowledged.Add(what);
                var by = random.Next(6) > 0 ? TimeSpan.FromSeconds(random.Next(50)) : TimeSpan.FromDays((random.NextDouble() - 0.5) * 2 * MostDays);
                clock.Jump(by);
                back += by < -Workspace.ClockTolerance - TimeSpan.FromSeconds(10) ? 1 : 0;
                return Task.CompletedTask;
            });
            if (await check.Problem(acknowledged) is { } problem)
            {
                Console.WriteLine($"round {round}: {problem}");
                return 1;
            }
        }

        await using var db = workspace.Open();
        var entries = await db.Ledger.OrderBy(l => l.Number).Select(l => new { l.Number, l.At, l.Kind }).ToListAsync();
        foreach (var (before, after) in entries.Zip(entries.Skip(1)))
        {
            if (before.At - after.At > Workspace.ClockTolerance && after.Kind != Workspace.ClockWentBack)
            {
                Console.WriteLine($"entry {after.Number}: time went back, and nothing says so");
                return 1;
            }
        }

        var verified = await place.Verify();
        Console.WriteLine($"{place.Address.Kind}: {acknowledged.Count} writes all found and in order, the clock went back {back} times, {verified.ClockWentBack.Count} told in the ledger, {verified.Entries} entries consistent, ledgers balanced, {verified.Problems.Count} problems ({watch.Elapsed.TotalSeconds:F0} s).");
        return verified.Problems.Count == 0 && verified.ClockWentBack.Count > 0 ? 0 : 1;
    }

    private sealed class JumpingClock : TimeProvider
    {
        private TimeSpan _ahead;

        public void Jump(TimeSpan by) => _ahead += by;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;
    }
}
