using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Palermo.Evidence;
using Palermo.Storage.Changes;
using Palermo.Storage.Evidence;
using Palermo.Web.Hosting;
using Palermo.Web.Log;
using Palermo.Web.Routing;

namespace Palermo.Web.Contracts;

/// <summary>
/// Everything about one contract for an auditor: rows as they were written, files, entries of the log that hold their hashes,
/// a proof for each against a signed checkpoint. <c>palermo-verify pack</c> checks it without the server.
/// </summary>
internal static class AuditorPack
{
    public static async Task<IResult> Make(Visit v, OpenContract c)
    {
        if (v.Service<LogSigner>().Key is { } key)
        {
            await v.Service<EvidenceLog>().Publish(key, v.Cancel);
        }

        await using var db = v.Open();
        var plans = c.Plans.Select(p => p.Row.Id).ToArray();
        var entries = await db.PlanEntries.Where(e => plans.Contains(e.PlanId)).OrderBy(e => e.PlanId).ThenBy(e => e.Number).ToListAsync(v.Cancel);
        var fileIds = c.Evidence.Select(e => e.FileId).OfType<Guid>().Concat(entries.SelectMany(e => e.Files.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(Guid.Parse)).Distinct().ToArray();
        string[] subjects = [c.Row.Id.ToString(), .. plans.Select(p => p.ToString()), .. fileIds.Select(f => f.ToString())];
        var log = await db.Ledger.Where(l => subjects.Contains(l.Subject)).OrderBy(l => l.Number).ToListAsync(v.Cancel);
        var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Write(string name, byte[] content)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }

            Write("README.txt", Encoding.UTF8.GetBytes($"Contract {c.Row.Id}: {c.Row.Title}\nMade {v.Store.Now:yyyy-MM-dd'T'HH:mm:ss'Z'} by Palermo {ProgramVersion.Text}.\n\nrows/    what was written, one JSON object each; the log holds the SHA-256 of each\nfiles/   files shown, named by their SHA-256\nproofs/  an entry of the log each, with the proof that it is in it\n\nCheck: palermo-verify pack THIS.zip --key '{v.Service<LogSigner>().Key?.Verifier.ToString() ?? "KEY"}'\nTake the key from the log's owner, not from here.\n"));
            Write("contract.json", Encoding.UTF8.GetBytes(RowHash.Text(c.Row)));
            foreach (var (name, text) in c.Events.Where(e => e.Kind != "judged").Select(e => ($"event-{e.Id}", RowHash.Text(e))).Concat(c.Evidence.Select(e => ($"evidence-{e.Id}", RowHash.Text(e)))).Concat(entries.Select(e => ($"plan-{e.PlanId}-{e.Number:D4}", RowHash.Text(e)))))
            {
                Write($"rows/{name}.json", Encoding.UTF8.GetBytes(text));
            }

            foreach (var file in await db.KeptFiles.Where(f => fileIds.Contains(f.Id)).ToListAsync(v.Cancel))
            {
                Write($"files/{file.Sha256}-{file.FileName}", file.Content);
            }

            foreach (var entry in log)
            {
                if (await v.Service<EvidenceLog>().Prove(entry.Number, [], v.Cancel) is { } proof)
                {
                    Write($"proofs/{entry.Number:D9}.tlog-proof", Encoding.UTF8.GetBytes(proof.Write()));
                }
            }
        }

        return Results.Bytes(output.ToArray(), "application/zip", $"contract-{c.Row.Id}.zip");
    }
}
