using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Palermo.Verify;

/// <summary>An auditor's pack: every row and file in it must be held by an entry that is proved, and every hash that an entry holds must be there.</summary>
internal static class Pack
{
    /// <exception cref="CheckException">Something was changed, added or left out.</exception>
    public static string Check(string path, string key)
    {
        using var zip = ZipFile.OpenRead(path);
        var entries = new List<ProvedEntry>();
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in zip.Entries)
        {
            using var stream = part.Open();
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            var content = memory.ToArray();
            if (part.FullName.StartsWith("proofs/", StringComparison.Ordinal))
            {
                try
                {
                    entries.Add(ProvedEntry.Read(Encoding.UTF8.GetString(content), key));
                }
                catch (CheckException e)
                {
                    throw new CheckException($"{part.FullName}: {e.Message}");
                }
            }
            else if (part.FullName.StartsWith("rows/", StringComparison.Ordinal) || part.FullName.StartsWith("files/", StringComparison.Ordinal))
            {
                var hash = Convert.ToHexStringLower(SHA256.HashData(content));
                if (part.FullName.StartsWith("files/", StringComparison.Ordinal) && !part.Name.StartsWith(hash, StringComparison.Ordinal))
                {
                    throw new CheckException($"{part.FullName} is not the file that its name says: it was changed.");
                }

                rows["sha256:" + hash] = part.FullName;
            }
        }

        if (entries.Count == 0)
        {
            throw new CheckException("The pack has no proofs.");
        }

        var held = entries.Select(e => e.Detail).ToHashSet(StringComparer.Ordinal);
        if (rows.FirstOrDefault(r => !held.Contains(r.Key)) is { Value: { } alone })
        {
            throw new CheckException($"{alone} is in no entry of the log: it was changed or added later.");
        }

        return entries.FirstOrDefault(e => e.Detail.StartsWith("sha256:", StringComparison.Ordinal) && !rows.ContainsKey(e.Detail)) is { } missing
            ? throw new CheckException($"{missing} names something that the pack does not hold: it was left out.")
            : $"{rows.Count} rows and files, {entries.Count} entries: all are in the log of {entries.Max(e => e.Checkpoint.Size)} entries that was signed, unchanged, and none is missing between them.";
    }
}
