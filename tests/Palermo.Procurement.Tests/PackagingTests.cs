using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Palermo.Procurement.Tests;

/// <summary>The same two processes in every packaging found in the wild.</summary>
public sealed class PackagingTests : IDisposable
{
    private const string A = """{"ocid":"ocds-x-A","id":"1","date":"2024-01-01T00:00:00Z","tag":["tender"],"tender":{"title":"Café {\"moulu\"} [25 kg]"}}""";
    private const string B = """{"ocid":"ocds-x-B","id":"1","date":"2024-01-02T00:00:00Z","tag":["tender"],"tender":{"title":"Рукавички"}}""";
    private static readonly string[] s_titles = ["Café {\"moulu\"} [25 kg]", "Рукавички"];
    private readonly Reading _reading = new();

    public static TheoryData<string, string> Packagings() => new()
    {
        { "release package", $$$"""{"uri":"u","version":"1.1","extensions":["x"],"publisher":{"name":"P"},"releases":[{{{A}}},{{{B}}}]}""" },
        { "release package, keys after", $$$"""{"releases":[{{{A}}},{{{B}}}],"uri":"u","publisher":{"name":"P"},"links":[]}""" },
        { "pretty release package", "{\n  \"uri\": \"u\",\n  \"releases\": [\n    " + A.Replace(",\"", ",\n      \"") + ",\n    " + B.Replace(":{", ":\n{") + "\n  ]\n}\n" },
        { "record package, compiled", $$$"""{"records":[{"ocid":"ocds-x-A","compiledRelease":{{{A}}}},{"ocid":"ocds-x-B","compiledRelease":{{{B}}}}]}""" },
        { "record package, embedded", $$$"""{"version":"1.1","records":[{"ocid":"ocds-x-A","releases":[{{{A}}}]},{"ocid":"ocds-x-B","releases":[{{{B}}}]}]}""" },
        { "record package, linked beside compiled", $$$"""{"records":[{"ocid":"ocds-x-A","releases":[{"url":"http://x#1","date":"2024-01-01T00:00:00Z"}],"compiledRelease":{{{A}}}},{"ocid":"ocds-x-B","compiledRelease":{{{B}}}}]}""" },
        { "bare records", $$$"""{"ocid":"ocds-x-A","releases":[{{{A}}}]} {"ocid":"ocds-x-B","compiledRelease":{{{B}}}}""" },
        { "record without its own ocid", $$$"""{"publisher":{},"versionedRelease":{"ocid":"ocds-x-A"},"releases":[],"compiledRelease":{{{A}}}}""" + "\n" + B },
        { "JSON Lines", A + "\n" + B + "\n" },
        { "JSON Lines, no last newline, CRLF, blank lines", A + "\r\n\r\n" + B },
        { "concatenated", A + B },
        { "concatenated over lines", A.Replace(",", ",\n") + B.Replace(",", ",\n") },
        { "array of releases", $"[{A},{B}]" },
        { "array, one a line", $"[\n{A},\n{B}\n]\n" },
        { "array of packages", $$$"""[{"releases":[{{{A}}}]},{"releases":[{{{B}}}]}]""" },
        { "packages, one a line", $$$"""{"releases":[{{{A}}}]}""" + "\n" + $$$"""{"releases":[{{{B}}}]}""" + "\n" },
        { "JSON text sequence", "\u001e" + A + "\n\u001e" + B + "\n" },
        { "wrapped in an answer", $$$"""{"status":200,"data":{"page":1,"releases":[{{{A}}},{{{B}}}]}}""" },
        { "versioned releases", Versioned("A", s_titles[0]) + "\n" + Versioned("B", s_titles[1]) },
        { "byte-order mark", "\uFEFF" + A + "\n" + B },
        { "byte-order marks where files were put together", "\uFEFF" + A + "\n\uFEFF" + B },
    };

    [Theory]
    [MemberData(nameof(Packagings))]
    public void Every_packaging_gives_the_same_processes(string packaging, string text)
    {
        var (titles, problems) = _reading.Read(new ReadOptions(), p => p.Tender.Title.ToString(), _reading.File("data.json", text));
        Assert.Equal(s_titles, titles.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(problems, p => p.Kind == ProblemKind.Lost);
        Assert.NotEmpty(packaging);
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    public void Unicode_encodings_are_recognised(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes($"[{A},\n{B}]")];
        var (titles, problems) = _reading.Read(new ReadOptions(), p => p.Tender.Title.ToString(), _reading.File("data.json", bytes));
        Assert.Equal(s_titles, titles);
        Assert.Empty(problems);
    }

    [Fact]
    public void Latin1_is_read_when_declared_and_noticed_when_not()
    {
        var file = _reading.File("latin1.json", Encoding.Latin1.GetBytes(A));
        Assert.Equal([s_titles[0]], _reading.Read(new ReadOptions { Latin1 = true }, p => p.Tender.Title.ToString(), file).Processes);
        var (titles, problems) = _reading.Read(new ReadOptions(), p => p.Tender.Title.ToString(), file);
        Assert.Equal([s_titles[0]], titles);
        Assert.Contains(problems, p => p.Kind == ProblemKind.Mended && p.What.Contains("not UTF-8"));
    }

    [Fact]
    public void Compressed_files_and_archives_are_read_whatever_their_names()
    {
        var lines = Encoding.UTF8.GetBytes(A + "\n");
        _reading.File("a.bin", Gzip(lines));
        _reading.File("b.data", Zstd(Encoding.UTF8.GetBytes(B)));
        _reading.File("c.zip", Zip(("in/c.json", Encoding.UTF8.GetBytes(A.Replace("x-A", "x-C"))), ("d.json.gz", Gzip(Encoding.UTF8.GetBytes(A.Replace("x-A", "x-D")))), ("readme.txt", "hello"u8.ToArray())));
        _reading.File("e.tar.gz", Gzip(Tar(("e.json", Encoding.UTF8.GetBytes(A.Replace("x-A", "x-E"))))));
        var (ocids, problems) = _reading.Read();
        Assert.Equal(["ocds-x-A", "ocds-x-B", "ocds-x-C", "ocds-x-D", "ocds-x-E"], ocids.Order(StringComparer.Ordinal));
        Assert.Contains("c.zip!readme.txt", Assert.Single(problems, p => p.Kind == ProblemKind.Ignored).File);
    }

    [Fact]
    public void Patterns_folders_and_standard_input_are_inputs()
    {
        _reading.File("one/a.json", A);
        _reading.File("two/b.json", B);
        _reading.File("two/c.txt", "note");
        Assert.Equal(["ocds-x-A", "ocds-x-B"], _reading.Read(Path.Combine(_reading.Folder, "**", "*.json")).Processes);
        Assert.Equal(["ocds-x-B"], _reading.Read(Path.Combine(_reading.Folder, "two")).Processes);
        var options = new ReadOptions { StandardInput = () => new MemoryStream(Encoding.UTF8.GetBytes(A + B)) };
        Assert.Equal(["ocds-x-A", "ocds-x-B"], _reading.Read(options, p => p.Ocid.Value, "-").Processes);
        Assert.Contains("no such file", Assert.Single(_reading.Read(Path.Combine(_reading.Folder, "none.json")).Problems).What);
    }

    [Fact]
    public void A_folder_that_leads_back_into_itself_is_read_once()
    {
        _reading.File("one/a.json", A);
        Directory.CreateSymbolicLink(Path.Combine(_reading.Folder, "one", "again"), _reading.Folder);
        var (ocids, problems) = _reading.Read();
        Assert.Equal(["ocds-x-A"], ocids);
        Assert.Empty(problems);
    }

    [Fact]
    public void Releases_of_one_process_are_merged_across_files_and_forms()
    {
        const string update = """{"ocid":"ocds-x-A","id":"2","date":"2024-03-01T00:00:00Z","tag":["tenderUpdate"],"tender":{"title":"Tea"}}""";
        _reading.File("1.jsonl", update + "\n" + B + "\n");
        _reading.File("2.json", $$$"""{"records":[{"ocid":"ocds-x-A","releases":[{{{A}}}]}]}""");
        var (titles, _) = _reading.Read(new ReadOptions(), p => $"{p.Ocid} {p.Tender.Title}");
        Assert.Equal(["ocds-x-A Tea", "ocds-x-B Рукавички"], titles.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Releases_later_than_the_compiled_release_are_merged_onto_it()
    {
        var compiled = A.Replace("\"tender\"]", "\"compiled\"]");
        const string later = """{"ocid":"ocds-x-A","id":"2","date":"2024-03-01T00:00:00Z","tag":["award"],"buyer":{"name":"Later"}}""";
        const string earlier = """{"ocid":"ocds-x-A","id":"0","date":"2023-03-01T00:00:00Z","tag":["planning"],"buyer":{"name":"Earlier"}}""";
        var (views, _) = _reading.Read(new ReadOptions(), p => $"{p.Tender.Title}|{p.BuyerName}", _reading.File("a.jsonl", string.Join('\n', later, compiled, earlier)));
        Assert.Equal([s_titles[0] + "|Later"], views);
    }

    [Fact]
    public void Pieces_that_exceed_the_memory_budget_go_to_disk_and_come_back()
    {
        var text = new StringBuilder();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 500; i++)
            {
                text.Append($$$"""{"ocid":"ocds-x-{{{i}}}","id":"{{{round}}}","date":"2024-01-0{{{round + 1}}}T00:00:00Z","tag":["tender"],"tender":{"title":"round {{{round}}}"}}""").Append('\n');
            }
        }

        var (titles, problems) = _reading.Read(new ReadOptions { GroupBudget = 1000 }, p => p.Tender.Title.ToString(), _reading.File("a.jsonl", text.ToString()));
        Assert.Equal(Enumerable.Repeat("round 2", 500), titles);
        Assert.Empty(problems);
    }

    public void Dispose() => _reading.Dispose();

    private static string Versioned(string letter, string title) =>
        $$$"""{"ocid":"ocds-x-{{{letter}}}","tender":{"title":[{"releaseDate":"2024-01-01","releaseID":"1","releaseTag":["tender"],"value":"old"},{"releaseDate":"2024-01-02","releaseID":"2","releaseTag":["tender"],"value":{{{System.Text.Json.JsonSerializer.Serialize(title)}}}}]}}""";

    private static byte[] Gzip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return memory.ToArray();
    }

    private static byte[] Zstd(byte[] content)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(content).ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return memory.ToArray();
    }

    private static byte[] Tar(params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return memory.ToArray();
    }
}
