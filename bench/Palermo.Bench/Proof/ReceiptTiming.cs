using System.Diagnostics;
using Palermo.Knowledge;
using Palermo.Remedy.Receipts;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Operating;

namespace Palermo.Bench.Proof;

/// <summary>
/// Whether the time of an answer tells a wrong number of a case from a number of no case. Both are tried in random order; what
/// counts is how often the one takes longer than the other: half of the time is nothing told.
/// </summary>
internal static class ReceiptTiming
{
    private const int Cases = 20;

    /// <summary><c>receipt-timing --store STORE --rounds N</c>.</summary>
    public static async Task<int> Run(ProofOptions options)
    {
        var rounds = options.Number("--rounds", 300);
        using var place = new ProofStore(options);
        await Migrator.Migrate(place.Address);
        var workspace = new Workspace(place.Address, TimeProvider.System);
        var channel = new ReportChannel(workspace, Conduct.Of(Catalogue.Default));
        var work = await Casework.Begin(workspace);
        var receipts = new List<Receipt>();
        for (var i = 0; i < Cases; i++)
        {
            var (receipt, salt) = (await channel.NewReceipt(), ReceiptKey.NewSalt());
            var key = ReceiptKey.Of(receipt, salt);
            var report = ReportChannel.Seal("{\"what\":\"x\"}", "", [], [new CaseReader("handler", work.Handler, KeyPair.Make().Public)], key.Keys.Public);
            await channel.Receive(work.Organization, report, receipt, salt, key, "en", "worker", null);
            receipts.Add(receipt);
        }

        var random = new Random(options.Number("--seed", 7));
        var (wrong, none) = (new List<double>(), new List<double>());
        for (var i = 0; i < 2 * rounds; i++)
        {
            var isWrong = random.Next(2) == 0;
            var tried = isWrong ? Other(receipts[random.Next(receipts.Count)], random) : Receipt.Make();
            var clock = Stopwatch.StartNew();
            if (await channel.Open(tried) is not null)
            {
                Console.WriteLine("a wrong number opened a case");
                return 1;
            }

            (isWrong ? wrong : none).Add(clock.Elapsed.TotalMilliseconds);
        }

        // The first ones of each warm up the program.
        wrong.RemoveRange(0, wrong.Count / 10);
        none.RemoveRange(0, none.Count / 10);
        var longer = wrong.Sum(w => none.Sum(n => w > n ? 1d : w == n ? 0.5 : 0)) / ((double)wrong.Count * none.Count);
        // Standard error of the share if both come from one distribution (Mann and Whitney).
        var error = Math.Sqrt((wrong.Count + none.Count + 1) / (12d * wrong.Count * none.Count));
        Console.WriteLine($"{place.Address.Kind}: a wrong number of a case {Median(wrong):F1} ms (median of {wrong.Count}), a number of no case {Median(none):F1} ms ({none.Count}); the wrong one takes longer in {longer:P1} of pairs, {Math.Abs(longer - 0.5) / error:F1} standard errors from a half.");
        return 0;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    // The same place of a case, another secret, and check digits that fit.
    private static Receipt Other(Receipt receipt, Random random)
    {
        var digits = receipt.Locator + string.Concat(Enumerable.Range(0, 16).Select(_ => random.Next(10)));
        return Enumerable.Range(0, 100).Select(c => Receipt.Read($"{digits}{c:D2}").Receipt).OfType<Receipt>().First();
    }
}
