using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Palermo.Bench.Web;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Storage.Operating;

namespace Palermo.Bench.Proof;

/// <summary>Many reports at once, without script, each with a file, at a fixed rate: the dearest thing the channel does. Every one that was answered must be there.</summary>
internal static class ReportLoad
{
    private const int Words = 2_000, FileBytes = 50_000, StartSeconds = 60;

    private static readonly string[] s_handlers = ["Mira", "Tom"];

    /// <summary><c>report-load --palermo PROGRAM --rate N --seconds N --store STORE</c>.</summary>
    public static async Task<int> Run(ProofOptions options)
    {
        var (rate, seconds) = (options.Number("--rate", 4), options.Number("--seconds", 60));
        using var place = new ProofStore(options);
        await Migrator.Migrate(place.Address);
        var workspace = new Workspace(place.Address, TimeProvider.System);
        await Office(workspace);
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        using var channel = Process.Start(new ProcessStartInfo(options.Text("--palermo") ?? "palermo", ["channel", "--store", place.Text, "--urls", url, "--posts-per-minute", "0"]) { RedirectStandardOutput = true })!;
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(url) };
            for (var i = 0; !await Answers(client); i++)
            {
                if (channel.HasExited || i > StartSeconds)
                {
                    Console.WriteLine("The channel did not start.");
                    return 1;
                }

                await Task.Delay(1000);
            }

            var told = await LoadBench.Reports(url, rate, seconds, new string('x', Words), new byte[FileBytes]);
            await using var db = workspace.Open();
            var kept = await db.Cases.CountAsync();
            var memory = Process.GetProcesses().Where(p => p.ProcessName.StartsWith("palermo", StringComparison.Ordinal)).Max(p => p.PeakWorkingSet64);
            var verified = await place.Verify();
            Console.WriteLine($"{place.Address.Kind}: {told} reports answered, {kept} kept, {memory / 1e6:F0} MB at the peak, {verified.Problems.Count} problems.");
            // One that was kept and whose answer was lost may be more, never less.
            return kept >= told && verified.Problems.Count == 0 ? 0 : 1;
        }
        finally
        {
            channel.Kill(entireProcessTree: true);
        }
    }

    private static async Task<bool> Answers(HttpClient client)
    {
        try
        {
            return (await client.GetAsync(new Uri("/healthz", UriKind.Relative))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Task Office(Workspace workspace) => workspace.Write(Actor.Program, change =>
    {
        var office = new Organization { Id = change.NewId(), Name = "Office", Country = "NO", IsOperator = true, CreatedAt = change.At };
        change.Db.Organizations.Add(office);
        foreach (var name in s_handlers)
        {
            var person = new Person { Id = change.NewId(), Name = name, UserName = name, CreatedAt = change.At };
            person.Memberships.Add(new Membership { PersonId = person.Id, OrganizationId = office.Id, Role = Role.CaseHandler });
            change.Db.Users.Add(person);
            change.Db.HandlerKeys.Add(new HandlerKey { PersonId = person.Id, PublicKey = KeyPair.Make().Public, Salt = [], Box = [], CreatedAt = change.At });
        }

        change.Log("organization.made", office.Id, office.Id);
        return Task.CompletedTask;
    });
}
