using System.Diagnostics;
using Palermo.Storage.Changes;
using Palermo.Storage.Operating;

namespace Palermo.Bench.Proof;

/// <summary>
/// A disk that fills up under casework, again and again, and is given room again. What was refused was never acknowledged;
/// what was acknowledged is there; nothing stands by halves; and the writer goes on without a new start once there is room.
/// </summary>
internal static class FullDisk
{
    private const int MostSpareKilobytes = 900, Wait = 60_000, Step = 50;

    /// <summary>
    /// <c>full-disk --folder SMALL --store STORE --rounds N --then COMMAND</c>: SMALL lies on a small file system, and so does
    /// the store. COMMAND is run once there is room again: PostgreSQL ends itself where its journal can't grow, and whoever
    /// keeps its service starts it again.
    /// </summary>
    public static async Task<int> Run(ProofOptions options)
    {
        if (options.Text("--folder") is not { } folder || !Directory.Exists(folder))
        {
            Console.WriteLine("--folder: a folder on a small file system, which will be filled up, was expected: mount -t tmpfs -o size=64m tmpfs FOLDER");
            return 2;
        }

        var rounds = options.Number("--rounds", 20);
        using var place = new ProofStore(options);
        await Migrator.Migrate(place.Address);
        var check = new CaseworkCheck(new Workspace(place.Address, TimeProvider.System));
        var random = new Random(options.Number("--seed", 7));
        var ballast = Path.Combine(folder, "ballast");
        using var writer = new WriterProcess(place.Text);
        await writer.First();
        var words = new HashSet<string>(StringComparer.Ordinal);
        var clock = Stopwatch.StartNew();
        for (var round = 1; round <= rounds; round++)
        {
            Fill(ballast, folder, random.Next(MostSpareKilobytes) * 1024L);
            var refused = writer.Refusals.Count;
            if (!await Until(() => writer.Refusals.Count > refused))
            {
                Console.WriteLine($"round {round}: nothing was refused{(writer.HasEnded ? ", the writer ended" : "")}");
                return 1;
            }

            words.UnionWith(writer.Refusals);
            File.Delete(ballast);
            if (options.Text("--then") is { } command)
            {
                using var then = Process.Start("/bin/sh", ["-c", command])!;
                await then.WaitForExitAsync();
            }

            // Reading while it goes on: the check takes what was said before it began.
            var written = writer.Acknowledged.Count;
            if (!await Until(() => writer.Acknowledged.Count > written))
            {
                Console.WriteLine($"round {round}: it did not go on{(writer.HasEnded ? ", the writer ended" : "")}: {writer.Refusals[^1]}");
                return 1;
            }

            if (await check.Problem([.. writer.Acknowledged]) is { } problem)
            {
                Console.WriteLine($"round {round}: {problem}");
                return 1;
            }
        }

        writer.Kill();
        await writer.End();
        if (await check.Problem([.. writer.Acknowledged]) is { } last)
        {
            Console.WriteLine(last);
            return 1;
        }

        var verified = await place.Verify();
        foreach (var word in words.Order(StringComparer.Ordinal))
        {
            Console.WriteLine(word);
        }

        Console.WriteLine($"{place.Address.Kind}: the disk was full {rounds} times, {writer.Refusals.Count} writes refused, {writer.Acknowledged.Count} acknowledged and all found, {verified.Entries} entries of the log consistent, ledgers balanced, {verified.Problems.Count} problems, one process throughout ({clock.Elapsed.TotalSeconds:F0} s).");
        return verified.Problems.Count == 0 ? 0 : 1;
    }

    private static void Fill(string ballast, string folder, long spare)
    {
        using var file = File.Create(ballast);
        var block = new byte[64 * 1024];
        var drive = new DriveInfo(folder);
        while (drive.AvailableFreeSpace - spare is > 0 and var left)
        {
            try
            {
                file.Write(block.AsSpan(0, (int)Math.Min(block.Length, left)));
                file.Flush();
            }
            catch (IOException)
            {
                // The writer took what was left meanwhile: full is full.
                return;
            }
        }
    }

    private static async Task<bool> Until(Func<bool> done)
    {
        for (var waited = 0; waited < Wait; waited += Step)
        {
            if (done())
            {
                return true;
            }

            await Task.Delay(Step);
        }

        return false;
    }
}
