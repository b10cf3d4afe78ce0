using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Palermo.Documents.Docx;

/// <summary>Takes the times out of a package, so that the same document is the same file byte for byte.</summary>
internal static partial class FixedZip
{
    private static readonly DateTimeOffset s_time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] WithoutTimes(MemoryStream package)
    {
        using var result = new MemoryStream();
        package.Position = 0;
        using (var from = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true))
        using (var to = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries.OrderBy(e => e.FullName == "[Content_Types].xml" ? 0 : 1).ThenBy(e => e.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(Properties().Replace(entry.FullName, "core.psmdcp"), CompressionLevel.Optimal);
                copy.LastWriteTime = s_time;
                using var source = entry.Open();
                using var target = copy.Open();
                if (entry.FullName is "_rels/.rels" or "[Content_Types].xml")
                {
                    Copy(source, target);
                }
                else
                {
                    source.CopyTo(target);
                }
            }
        }

        return result.ToArray();
    }

    // The packaging library names the part of properties, and the relations of the package, at random.
    private static void Copy(Stream source, Stream target)
    {
        using var reader = new StreamReader(source);
        var number = 0;
        var text = Relation().Replace(Properties().Replace(reader.ReadToEnd(), "core.psmdcp"), _ => $"Id=\"rPackage{++number}\"");
        using var writer = new StreamWriter(target);
        writer.Write(text);
    }

    [GeneratedRegex("[0-9a-f]{32}\\.psmdcp")]
    private static partial Regex Properties();

    [GeneratedRegex("Id=\"R[0-9a-f]{8,32}\"")]
    private static partial Regex Relation();
}
