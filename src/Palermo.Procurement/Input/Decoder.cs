using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Palermo.Procurement.EForms;
using Palermo.Procurement.Tables;
using Palermo.Tables;
using ZstdSharp;

namespace Palermo.Procurement.Input;

/// <summary>A file as UTF-8 text, out of whatever packing it came in.</summary>
/// <param name="Name">Name shown to people; parts of an archive stand behind an exclamation mark.</param>
/// <param name="Content">The text, to be read once.</param>
/// <param name="Named">True if the user named the file itself.</param>
/// <param name="Packed">True if it came out of an archive or compression, or was converted.</param>
/// <param name="Converted">True if the text was made here of another format: then it may be empty, and why was told.</param>
internal sealed record DecodedFile(string Name, Stream Content, bool Named, bool Packed, bool Converted = false);

/// <summary>Unpacks and decodes: gzip, zip, tar, zstd by their first bytes, not by the name; UTF-16, UTF-32 by mark or pattern.</summary>
/// <param name="latin1">True if the user declares the input to be ISO-8859-1 (read as its superset Windows-1252).</param>
/// <param name="report">Receives what is wrong with a notice or table; null to keep it to oneself.</param>
/// <param name="mapping">What the user says about tables.</param>
internal sealed class Decoder(bool latin1, Action<ReadProblem>? report = null, TableMapping? mapping = null)
{
    private readonly TableMapping _mapping = mapping ?? TableMapping.None;

    private const int DeepestNesting = 3;

    /// <summary>The texts of a file, one after the other; each is disposed when the next is asked for.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="InvalidDataException">An archive is broken.</exception>
    public IEnumerable<DecodedFile> Open(InputFile file)
    {
        using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        foreach (var part in Unpack(file.Name, stream, file.Named, 0))
        {
            yield return part;
        }
    }

    private IEnumerable<DecodedFile> Unpack(string name, Stream stream, bool named, int depth)
    {
        var peek = new PeekStream(stream);
        var head = peek.Peek(300);
        if (depth > DeepestNesting)
        {
            throw new InvalidDataException($"{name} is an archive within an archive more than {DeepestNesting} deep.");
        }

        if (head.StartsWith(new byte[] { 0x1F, 0x8B }))
        {
            using var gzip = new GZipStream(peek, CompressionMode.Decompress);
            foreach (var part in Unpack(name, new BombGuard(gzip, () => peek.Position), named, depth + 1))
            {
                yield return part;
            }
        }
        else if (head.StartsWith(new byte[] { 0x28, 0xB5, 0x2F, 0xFD }))
        {
            using var zstd = new DecompressionStream(peek);
            foreach (var part in Unpack(name, new BombGuard(zstd, () => peek.Position), named, depth + 1))
            {
                yield return part;
            }
        }
        else if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8))
        {
            foreach (var part in Unzip(name, peek, named, depth))
            {
                yield return part;
            }
        }
        else if (head.Length > 262 && head.Slice(257, 5).SequenceEqual("ustar"u8))
        {
            using var tar = new TarReader(peek, leaveOpen: true);
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is { } data && entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                {
                    foreach (var part in Unpack($"{name}!{entry.Name}", data, false, depth + 1))
                    {
                        yield return part;
                    }
                }
            }
        }
        else if (NoticeReader.LooksLikeXml(head))
        {
            yield return Convert(name, peek, named);
        }
        else if (TableFormat.IsText(name, head, named))
        {
            yield return new DecodedFile(name, Table(name, new TextRows(ToUtf8(peek, head), () => report?.Invoke(new ReadProblem(ProblemKind.Mended, name, 0, 0, "", "The text is not UTF-8; the bytes that don't fit were read as Windows-1252.", "If letters look wrong, name the encoding (--encoding latin1 for ISO-8859-1).")))), named, Packed: true, Converted: true);
        }
        else if (head.StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 }))
        {
            throw new InvalidDataException("it is a workbook of Excel 97-2003 or another old Office file. Save it as .xlsx or CSV.");
        }
        else
        {
            yield return new DecodedFile(name, ToUtf8(peek, peek.Peek(64)), named, depth > 0);
        }
    }

    // What is no JSON becomes releases of OCDS, a line each; its problems are told where it is read for good.
    private DecodedFile Convert(string name, PeekStream stream, bool named)
    {
        var lines = NoticeReader.Convert(stream, (kind, line, ocid, what, mend) =>
            report?.Invoke(new ReadProblem(kind == ProblemKind.Lost && !named && ocid.Length == 0 && !what.Contains("not valid", StringComparison.Ordinal) ? ProblemKind.Ignored : kind, name, line, 0, ocid, what, mend)));
        return new DecodedFile(name, new MemoryStream(lines), named, Packed: true, Converted: true);
    }

    private TableStream Table(string name, TableRows rows) => new(TableReader.Open(name, rows, _mapping), _mapping, (row, what, mend) => report?.Invoke(new ReadProblem(ProblemKind.Mended, name, row, 0, "", what, mend)));

    private IEnumerable<DecodedFile> Unzip(string name, PeekStream stream, bool named, int depth)
    {
        // A zip's directory is at its end; one that came through a pipe or another archive is put on disk first.
        Stream seekable = stream;
        if (!stream.TryRewind(out var rewound))
        {
            var spool = new FileStream(Path.Combine(Path.GetTempPath(), $"palermo-{Guid.NewGuid():N}.zip"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            stream.CopyTo(spool);
            spool.Position = 0;
            seekable = spool;
        }
        else
        {
            seekable = rewound!;
        }

        using var zip = new ZipArchive(seekable, ZipArchiveMode.Read, leaveOpen: true);
        if (zip.GetEntry("xl/workbook.xml") is not null)
        {
            yield return new DecodedFile(name, Table(name, new SheetRows(seekable)), named, Packed: true, Converted: true);
            yield break;
        }

        if (zip.GetEntry("mimetype") is not null && zip.GetEntry("content.xml") is not null)
        {
            throw new InvalidDataException("it is an OpenDocument file. Save it as .xlsx or CSV.");
        }

        foreach (var entry in zip.Entries.Where(e => !e.FullName.EndsWith('/')).OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            using var content = entry.Open();
            var packed = Math.Max(1, entry.CompressedLength);
            foreach (var part in Unpack($"{name}!{entry.FullName}", new BombGuard(content, () => packed), false, depth + 1))
            {
                yield return part;
            }
        }
    }

    private Stream ToUtf8(Stream stream, ReadOnlySpan<byte> head)
    {
        if (latin1)
        {
            return new Windows1252Stream(stream);
        }

        var encoding = head switch
        {
            [0xFF, 0xFE, 0, 0, ..] => new UTF32Encoding(bigEndian: false, byteOrderMark: true),
            [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            // JSON begins with an ASCII character: zeros beside it tell UTF-16 without a mark.
            [not 0, 0, not 0, 0, ..] => Encoding.Unicode,
            [0, not 0, 0, not 0, ..] => Encoding.BigEndianUnicode,
            _ => (Encoding?)null,
        };
        return encoding is null ? stream : Encoding.CreateTranscodingStream(stream, encoding, new UTF8Encoding(false), leaveOpen: true);
    }

}
