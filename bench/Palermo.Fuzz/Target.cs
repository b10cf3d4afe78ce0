using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Palermo.Documents.Reading;
using Palermo.Identify;
using Palermo.Identify.Output;
using Palermo.Knowledge;
using Palermo.Knowledge.Editions;
using Palermo.Knowledge.Espd;
using Palermo.Matching;
using Palermo.Matching.Lists;
using Palermo.Matching.Pairs;
using Palermo.Prevent.Espd;
using Palermo.Procurement;

namespace Palermo.Fuzz;

/// <summary>A reader, tried through its public door. What it must keep: no exception but those it announces, and output that is what it says.</summary>
internal abstract class Target(string folder)
{
    public static IReadOnlyList<string> Names { get; } = ["ocds", "eforms", "csv", "xlsx", "packed", "dol-goods", "uflpa", "cbp-orders", .. ListFormats.All.Select(f => "list-" + f.Id), "pairs", "draft", "draft-docx", "espd"];

    public static Target Create(string name, string folder) => name switch
    {
        "ocds" => new ScreenTarget(folder, "x.json"),
        "eforms" => new ScreenTarget(folder, "x.xml"),
        "csv" => new ScreenTarget(folder, "x.csv"),
        "xlsx" => new ScreenTarget(folder, "x.xlsx"),
        "packed" => new ScreenTarget(folder, "x.gz"),
        "pairs" => new PairTarget(folder),
        "draft" or "draft-docx" => new DraftTarget(folder),
        "espd" => new EspdTarget(folder),
        _ when name.StartsWith("list-", StringComparison.Ordinal) => new PartyListTarget(folder, ListFormats.Find(name[5..])!),
        _ => new ListTarget(folder, EditionKind.All.First(k => k.Id == name)),
    };

    protected string Folder => folder;

    public abstract void Try(byte[] input);

    private static void Part(ZipArchive zip, string path, ReadOnlySpan<byte> xml)
    {
        using var entry = zip.CreateEntry(path, CompressionLevel.NoCompression).Open();
        entry.Write(xml);
    }

    /// <summary>What lies around a mutated text: the parts of a workbook, a compressed file.</summary>
    public static byte[] Wrap(string name, byte[] input, Random random)
    {
        var output = new MemoryStream();
        switch (name)
        {
            case "xlsx":
                using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
                {
                    Part(zip, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"u8);
                    Part(zip, "_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"u8);
                    Part(zip, "xl/workbook.xml", random.Next(8) == 0 ? input : "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"u8);
                    Part(zip, "xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"u8);
                    Part(zip, "xl/worksheets/sheet1.xml", input);
                }

                return output.ToArray();
            case "draft-docx":
                using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
                {
                    Part(zip, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"u8);
                    Part(zip, "_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"u8);
                    Part(zip, "word/document.xml", input);
                }

                return output.ToArray();
            case "packed":
                // Half of the inputs broken inside, half outside.
                using (Stream packer = random.Next(2) == 0 ? new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true) : new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true))
                {
                    packer.Write(input);
                }

                var packed = output.ToArray();
                if (packed.Length > 0 && random.Next(2) == 0)
                {
                    packed[random.Next(packed.Length)] ^= (byte)(1 << random.Next(8));
                    packed = packed[..random.Next(packed.Length + 1)];
                }

                return packed;
            default:
                return input;
        }
    }

    private sealed class ScreenTarget(string folder, string name) : Target(folder)
    {
        private readonly Screener _screener = new(Catalogue.Default, new ScreeningOptions(new DateOnly(2026, 1, 1)));
        private readonly BatchReader _reader = new();
        private readonly ArrayBufferWriter<byte> _output = new();

        public override void Try(byte[] input)
        {
            var path = Path.Combine(Folder, name);
            File.WriteAllBytes(path, input);
            var whole = Screen(path, indexed: true)!;
            if (Screen(path, indexed: false) is { } once && !whole.AsSpan().SequenceEqual(once) && !Sorted(whole).SequenceEqual(Sorted(once)))
            {
                throw new InvalidOperationException("One pass and two passes differ.");
            }

            Compile(path);
        }

        // Every line that is written is JSON that reads back as the same assessment.
        private byte[]? Screen(string path, bool indexed)
        {
            _output.ResetWrittenCount();
            using var source = new ProcessSource([path], new ReadOptions());
            if (indexed)
            {
                source.Index(CancellationToken.None);
            }

            using var json = new Utf8JsonWriter(_output, AssessmentJson.WriterOptions);
            while (source.Next() is { } batch)
            {
                using (batch)
                {
                    _reader.Read(batch, (process, origin) =>
                    {
                        var from = _output.WrittenCount;
                        json.Reset(_output);
                        AssessmentJson.Write(json, _screener.Assess(process, origin));
                        json.Flush();
                        var read = AssessmentReader.Read(_output.WrittenMemory[from..]);
                        if (read.Ocid != process.Ocid)
                        {
                            throw new InvalidOperationException($"\"{process.Ocid}\" was read back as \"{read.Ocid}\".");
                        }

                        _output.Write("\n"u8);
                    }, problem => Check(problem));
                }
            }

            return !indexed && source.Repeats ? null : _output.WrittenSpan.ToArray();
        }

        // An ocid that is mentioned where nothing can be read makes its process wait: only the order differs.
        private static IEnumerable<string> Sorted(byte[] lines) => Encoding.UTF8.GetString(lines).Split('\n').Order(StringComparer.Ordinal);

        private void Compile(string path)
        {
            using var source = new ProcessSource([path], new ReadOptions());
            source.Index(CancellationToken.None);
            while (source.Next() is { } batch)
            {
                using (batch)
                {
                    _reader.Compile(batch, false, null, release => JsonDocument.Parse(release, new JsonDocumentOptions { MaxDepth = 2000 }).Dispose(), problem => Check(problem));
                }
            }
        }

        private static void Check(ReadProblem problem)
        {
            if (problem.What.Length == 0 || problem.Mend.Length == 0)
            {
                throw new InvalidOperationException($"A problem without words: {problem}");
            }
        }
    }

    private sealed class PartyListTarget(string folder, ListFormat format) : Target(folder)
    {
        public override void Try(byte[] input)
        {
            var path = Path.Combine(Folder, "list");
            File.WriteAllBytes(path, input);
            try
            {
                foreach (var party in ListReader.Read(format, path, "", _ => { }))
                {
                    if (party.Id.Length == 0 && party.Names.Count > 0 && party.Names[0].Text.Length == 0)
                    {
                        throw new InvalidOperationException("A party without id and name.");
                    }
                }
            }
            catch (InvalidDataException e) when (e.Message.Length > 10)
            {
                // Announced: the file is no such list.
            }
        }
    }

    // Every line is a pair that is scored, with evidence that adds up, or refused with a reason.
    private sealed class PairTarget(string folder) : Target(folder)
    {
        private readonly PartyComparer _comparer = new();

        public override void Try(byte[] input)
        {
            foreach (var line in Encoding.UTF8.GetString(input).Split('\n').Take(20))
            {
                try
                {
                    var row = PairRow.Parse(line);
                    var comparison = _comparer.Compare(row.A, row.B);
                    if (!double.IsFinite(comparison.Bits) || Math.Abs(comparison.Evidence.Sum(e => e.Bits) - comparison.Bits) > 0.01 || Sentences.Of(comparison).Length == 0)
                    {
                        throw new InvalidOperationException($"The evidence adds up to {comparison.Evidence.Sum(e => e.Bits)}, the score is {comparison.Bits}.");
                    }
                }
                catch (FormatException e) when (e.Message.Length > 5)
                {
                    // Announced.
                }
            }
        }
    }

    private sealed class ListTarget(string folder, EditionKind kind) : Target(folder)
    {
        public override void Try(byte[] input)
        {
            var path = Path.Combine(Folder, "list");
            File.WriteAllBytes(path, input);
            try
            {
                new EditionStore(Path.Combine(Folder, "editions")).Import(kind, path, new DateOnly(2026, 11, 1), DateTimeOffset.UnixEpoch, force: true, keep: false);
            }
            catch (InvalidDataException e) when (e.Message.Length > 10)
            {
                // Announced: the file is no such list.
            }
        }
    }

    // A draft of somebody else: read in passages, or refused with a reason.
    private sealed class DraftTarget(string folder) : Target(folder)
    {
        public override void Try(byte[] input)
        {
            try
            {
                _ = DraftReader.Read(input, "x").Passages.Count;
                _ = DraftReader.Answers(input, "x").Count;
                _ = DraftReader.Manifest(input, "x");
            }
            catch (UnreadableDraftException e) when (e.Message.Length > 10)
            {
                // Announced.
            }
        }
    }

    private sealed class EspdTarget(string folder) : Target(folder)
    {
        public override void Try(byte[] input)
        {
            _ = EspdResponse.IsOne(new MemoryStream(input));
            var (response, problem) = EspdResponse.Read(new MemoryStream(input), EspdModel.Shipped);
            if ((response is null) == (problem is null))
            {
                throw new InvalidOperationException("Neither a response nor a reason.");
            }
        }
    }
}
