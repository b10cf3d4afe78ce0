using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using Palermo.Evidence;
using Palermo.Knowledge;
using Palermo.Mitigate.Plans;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Ledgers;
using Palermo.Remedy.Receipts;
using Palermo.Remedy.Sealing;
using Palermo.Storage;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Evidence;
using Palermo.Storage.Model;
using Palermo.Storage.Operating;
using Palermo.Storage.Plans;

namespace Palermo.Bench.Proof;

/// <summary>
/// A writer that is killed without a word, again and again, while it takes reports, moves plans and posts remedy. After each
/// round: every write it acknowledged is there, the log goes on from the last checkpoint, every ledger balances.
/// </summary>
internal static class KillLoop
{
    private const string Worker = "W1", Component = "wages";
    private static readonly Conduct s_conduct = Conduct.Of(Catalogue.Default);

    /// <summary><c>kill --store STORE --rounds N</c>.</summary>
    public static async Task<int> Run(string[] args)
    {
        string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;
        var rounds = int.Parse(Option("--rounds", "200"), CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("palermo-kill-").FullName;
        var text = Option("--store", $"sqlite:{Path.Combine(folder, "store.db")}");
        var store = StoreAddress.Parse(text);
        await Migrator.Migrate(store);
        var workspace = new Workspace(store, TimeProvider.System);
        var key = LogKey.Make("kill-loop");
        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        var random = new Random(int.Parse(Option("--seed", "7"), CultureInfo.InvariantCulture));
        LogCheckpoint? last = null;
        var (written, killed) = (0L, 0);
        var clock = Stopwatch.StartNew();
        for (var round = 1; round <= rounds; round++)
        {
            using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [Environment.GetCommandLineArgs()[0]] : Array.Empty<string>(), "kill-writer", text]) { RedirectStandardOutput = true })!;
            var seen = new List<string>();
            // It is killed after its first write, at any moment of later ones.
            var first = await child.StandardOutput.ReadLineAsync();
            if (first is not null)
            {
                seen.Add(first);
                var reading = Task.Run(async () =>
                {
                    while (await child.StandardOutput.ReadLineAsync() is { } line)
                    {
                        seen.Add(line);
                    }
                });
                await Task.Delay(random.Next(1, 400));
                child.Kill();
                killed++;
                await reading;
            }

            await child.WaitForExitAsync();
            // A line cut off in the middle was never acknowledged.
            acknowledged.UnionWith(seen.Where(l => l.EndsWith('.')));
            var problem = await Check(workspace, acknowledged);
            var newest = await new EvidenceLog(workspace).Publish(key);
            if (problem is null && last is not null && newest is not null)
            {
                var (one, two) = (Checkpoint.Open(last.Note, key.Verifier)!, Checkpoint.Open(newest.Note, key.Verifier)!);
                var proof = await new EvidenceLog(workspace).Consistency(one.Size, two.Size);
                problem = MerkleProof.IsConsistent(one.Size, one.Root, two.Size, two.Root, proof!) ? null : "the log does not go on from its last checkpoint";
            }

            if (problem is not null)
            {
                Console.WriteLine($"round {round}: {problem}");
                return 1;
            }

            (last, written) = (newest, acknowledged.Count);
        }

        var verified = await Verifier.Verify(store);
        foreach (var problem in verified.Problems)
        {
            Console.WriteLine(problem);
        }

        Console.WriteLine($"{store.Kind}: {killed} kills in {rounds} rounds, {written} acknowledged writes all found, {verified.Entries} entries of the log consistent, ledgers balanced, {verified.Problems.Count} problems ({clock.Elapsed.TotalSeconds:F0} s).");
        StoreAddress.Release();
        Directory.Delete(folder, recursive: true);
        return verified.Problems.Count == 0 && killed == rounds ? 0 : 1;
    }

    /// <summary>Writes until it is killed; says what it wrote once that is committed.</summary>
    public static async Task<int> Write(string store)
    {
        var workspace = new Workspace(StoreAddress.Parse(store), TimeProvider.System);
        var (organization, person, contract) = await Prepare(workspace);
        var handler = KeyPair.Make();
        var salt = ReceiptKey.NewSalt();
        var key = ReceiptKey.Of(Receipt.Make(), salt);
        var channel = new ReportChannel(workspace, s_conduct);
        CaseReader[] readers = [new("handler", person, handler.Public)];
        while (true)
        {
            var report = ReportChannel.Seal("{\"what\":\"x\"}", "", [new PlainFile("a", new byte[3000])], readers, key.Keys.Public);
            var id = await channel.Receive(organization, report, await channel.NewReceipt(), salt, key, "en", "worker", contract);
            await Say($"case {id}");
            foreach (var (kind, minor) in new[] { (EntryKind.Owed, 500L), (EntryKind.Paid, 200L), (EntryKind.Paid, 300L) })
            {
                var posting = Guid.CreateVersion7();
                await workspace.Write(new Actor(person, "Ada"), async change =>
                {
                    var row = await change.Db.Cases.SingleAsync(c => c.Id == id);
                    await CaseRows.Post(change, row, new RemedyEntry(posting, kind, Worker, Component, "EUR", minor, EvidenceGrade.Documents, "bank", null, "", new LocalDate(2026, 11, 30), person, "payer"), "Ada");
                });
                await Say($"posting {posting}");
            }

            var plan = await workspace.Write(new Actor(person, "Ada"), async change => PlanRows.Open(change, await change.Db.Contracts.SingleAsync(c => c.Id == contract), new PlanEvent(PlanKinds.Opened, change.At.ToInstant(), new PlanActor(person, "Ada", PlanSide.Buyer), Text: "x", Word: "other"), null).Id);
            await Say($"plan {plan} 1");
            for (var n = 2; n < 5; n++)
            {
                await workspace.Write(new Actor(person, "Ada"), async change => await PlanRows.Add(change, await change.Db.Contracts.SingleAsync(c => c.Id == contract), plan, s_conduct, at => new PlanEvent(PlanKinds.Said, at, new PlanActor(person, "Ada", PlanSide.Buyer), Text: "x")));
                await Say($"plan {plan} {n}");
            }
        }
    }

    private static async Task Say(string what)
    {
        await Console.Out.WriteLineAsync(what + ".");
        await Console.Out.FlushAsync();
    }

    private static Task<(Guid, Guid, Guid)> Prepare(Workspace workspace) => workspace.Write(Actor.Program, async change =>
    {
        if (await change.Db.Contracts.FirstOrDefaultAsync() is { } there)
        {
            return (there.OrganizationId, there.ResponsibleId, there.Id);
        }

        var (organization, person, contract) = (change.NewId(), change.NewId(), change.NewId());
        change.Db.Organizations.Add(new Organization { Id = organization, Name = "Office", Country = "NO", CreatedAt = change.At });
        change.Db.Users.Add(new Person { Id = person, Name = "Ada", UserName = "ada", CreatedAt = change.At });
        change.Db.Contracts.Add(new Contract { Id = contract, OrganizationId = organization, Title = "Gloves", StartOn = new DateOnly(2026, 1, 1), ResponsibleId = person, ChannelCode = "12345678", CreatedAt = change.At });
        change.Log("contract.made", contract, organization);
        return (organization, person, contract);
    });

    private static async Task<string?> Check(Workspace workspace, HashSet<string> acknowledged)
    {
        await using var db = workspace.Open();
        var there = new HashSet<string>((await db.Cases.Select(c => c.Id).ToListAsync()).Select(id => $"case {id}.")
            .Concat((await db.RemedyPostings.Select(p => p.Id).ToListAsync()).Select(id => $"posting {id}."))
            .Concat((await db.PlanEntries.Select(e => new { e.PlanId, e.Number }).ToListAsync()).Select(e => $"plan {e.PlanId} {e.Number}.")), StringComparer.Ordinal);
        if (acknowledged.FirstOrDefault(a => !there.Contains(a)) is { } lost)
        {
            return $"lost: {lost}";
        }

        // Nothing stands by halves: a case has its keys, its first message and its first four entries, a file its case.
        if (await db.Cases.AnyAsync(c => db.CaseKeyCopies.Count(k => k.CaseId == c.Id) != 2 || !db.CaseMessages.Any(m => m.CaseId == c.Id) || db.CaseEntries.Count(e => e.CaseId == c.Id) < 3 || !db.CaseFiles.Any(f => f.CaseId == c.Id)))
        {
            return "a case stands by halves";
        }

        foreach (var postings in (await db.RemedyPostings.OrderBy(p => p.Number).ToListAsync()).GroupBy(p => p.CaseId))
        {
            var ledger = await CaseRows.Ledger(db, postings.Key);
            if (ledger.Totals["EUR"] is var total && total.Owed != total.Paid + total.Outstanding)
            {
                return $"the ledger of {postings.Key} does not balance";
            }
        }

        return null;
    }
}
