using System.IO.Compression;
using System.Text;
using CsCheck;

namespace Palermo.Procurement.Tests;

/// <summary>Broken input: never a crash, never a hang, nothing silently dropped.</summary>
public sealed class BrokenInputTests : IDisposable
{
    private const string Good = """{"ocid":"ocds-x-1","id":"1","date":"2024-01-01T00:00:00Z","tag":["compiled"],"tender":{"title":"Gloves"}}""";
    private readonly Reading _reading = new();

    public static TheoryData<string, string, string> Slips() => new()
    {
        { "truncated line", Good.Replace("x-1", "x-2")[..40] + "\n" + Good, "middle of its JSON object" },
        { "truncated last line", Good + "\n" + Good.Replace("x-1", "x-2")[..60], "" },
        { "truncated package", $$$"""{"releases":[{{{Good}}},{"ocid":"ocds-x-2","tend""", "ends in the middle of an object" },
        { "package that is not closed", $$$"""{"releases":[{{{Good}}}""", "ends in the middle of a package" },
        { "garbage between lines", Good + "\nhello world\n" + Good.Replace("x-1", "x-3"), "no JSON object" },
        { "bad token within a release", $$$"""{"releases":[{{{Good}}},{"ocid":"ocds-x-2","tender":{"title":nul}}]}""", "JSON is broken" },
        { "an escape cut off", Good + "\n" + """{"ocid":"ocds-x-2","tender":{"title":"a\u"}}""", "JSON is broken" },
        { "an escape cut off in the ocid", Good + "\n" + """{"ocid":"ocds-x-2\u00zz","tender":{"title":"a"}}""", "JSON is broken" },
        { "no ocid", Good + "\n" + """{"id":"1","tender":{"title":"x"}}""", "no ocid" },
        { "strings where releases should be", $$$"""{"releases":["http://x/1",{{{Good}}}]}""", "no object" },
        { "a record that only links", Good + "\n" + """{"ocid":"ocds-x-2","releases":[{"url":"http://x#1","date":"2024-01-01"}]}""", "links to 1 releases" },
        { "text after the object", Good + " trailing } text}\n" + Good.Replace("x-1", "x-3"), "" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void What_is_broken_is_reported_and_the_rest_is_read(string slip, string text, string what)
    {
        var (ocids, problems) = _reading.Read(_reading.File("data.jsonl", text));
        Assert.Contains("ocds-x-1", ocids);
        var lost = problems.Where(p => p.Kind == ProblemKind.Lost).ToArray();
        Assert.NotEmpty(lost);
        Assert.Contains(lost, p => p.What.Contains(what, StringComparison.Ordinal) && p.Mend.Length > 0 && p.File.EndsWith("data.jsonl", StringComparison.Ordinal));
        Assert.NotEmpty(slip);
    }

    [Theory]
    [InlineData("trailing comma", """{"ocid":"ocds-x-1","tender":{"title":"Gloves",},}""")]
    [InlineData("raw control characters", "{\"ocid\":\"ocds-x-1\",\"tender\":{\"title\":\"Gloves\",\"description\":\"a\u0001b\tc\"}}")]
    [InlineData("comment", """{"ocid":"ocds-x-1",/* note */"tender":{"title":"Gloves"}}""")]
    [InlineData("wrong types", """{"ocid":"ocds-x-1","parties":"none","awards":5,"tender":{"title":"Gloves","items":{"description":"x"}}}""")]
    [InlineData("duplicate keys", """{"ocid":"ocds-x-1","tender":{"title":"old"},"tender":{"title":"Gloves"}}""")]
    public void Usual_slips_are_mended_and_noted(string slip, string text)
    {
        var (titles, problems) = _reading.Read(new ReadOptions(), p => p.Tender.Title.ToString(), _reading.File("data.json", text));
        Assert.Equal(["Gloves"], titles);
        Assert.All(problems, p => Assert.Equal(ProblemKind.Mended, p.Kind));
        Assert.NotEmpty(problems);
        Assert.NotEmpty(slip);
    }

    [Theory]
    [InlineData("""{"ocid":5,"tender":{"title":"Gloves"}}""", "5")]
    [InlineData("""{"ocid":"ocds-x-\ud800","tender":{"title":"\udc00Gloves"}}""", "ocds-x-\uFFFD")]
    [InlineData("""{"\u006fcid":"ocds-x-1","tender":{"title":"Gloves"}}""", "ocds-x-1")]
    [InlineData("""{"ocid":" ocds-x-1 ","tender":{"title":null,"items":null}}""", "ocds-x-1")]
    public void Odd_ocids_and_lone_surrogates_are_read(string text, string ocid)
    {
        var (ocids, problems) = _reading.Read(_reading.File("data.json", text));
        Assert.Equal([ocid], ocids);
        Assert.DoesNotContain(problems, p => p.Kind == ProblemKind.Lost);
    }

    [Fact]
    public void A_depth_bomb_is_passed_over_where_nobody_reads_it_and_reported_where_somebody_does()
    {
        var bomb = """{"ocid":"ocds-x-2","x":""" + new string('[', 200_000) + new string(']', 200_000) + "}";
        var (ocids, problems) = _reading.Read(_reading.File("data.json", $"[{Good},{bomb}]"));
        Assert.Equal(["ocds-x-1", "ocds-x-2"], ocids);
        Assert.Empty(problems);
        var (_, merged) = _reading.Read(_reading.File("twice.json", $"[{Good},{bomb},{bomb}]"));
        Assert.Contains(merged, p => p.Kind == ProblemKind.Lost && p.What.Contains("depth", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"ocid":"ocds-x-2","id":"1","\ud800":1,"tender":{"title":"a"}}""")]
    [InlineData("""{"ocid":"ocds-x-2","id":"1","tender":{"\udc00":{"a":1},"title":"a"}}""")]
    [InlineData("""{"\ud800":1,"ocid":"ocds-x-2","releases":[{"ocid":"ocds-x-2","\ud800x":{}}]}""")]
    [InlineData("""{"\ud800":{"data":{"ocid":"ocds-x-2"}}}""")]
    public void Half_surrogates_in_keys_stop_nothing_wherever_they_stand(string release)
    {
        foreach (var lines in new[] { $"{Good}\n{release}", $"{release}\n{release}\n{Good}" })
        {
            var (ocids, problems) = _reading.Read(_reading.File("data.jsonl", lines));
            Assert.Contains("ocds-x-1", ocids);
            Assert.True(ocids.Contains("ocds-x-2") || problems.Count > 0);
            var (compiled, lost) = Reading.Compile(false, null, _reading.File("data.jsonl", lines));
            Assert.True(compiled.Count == 2 || lost.Count > 0);
        }
    }

    [Fact]
    public void Unclosed_brackets_without_end_are_reported()
    {
        var (ocids, problems) = _reading.Read(_reading.File("data.json", Good + "\n" + new string('[', 3_000_000)));
        Assert.Equal(["ocds-x-1"], ocids);
        Assert.Contains(problems, p => p.Kind == ProblemKind.Lost);
    }

    [Fact]
    public void A_zip_bomb_is_stopped()
    {
        var file = _reading.File("bomb.gz", []);
        using (var gzip = new GZipStream(File.Create(file), CompressionLevel.Optimal))
        {
            var block = new byte[1 << 20];
            Array.Fill(block, (byte)' ');
            for (var i = 0; i < 300; i++)
            {
                gzip.Write(block);
            }
        }

        var (_, problems) = _reading.Read(file);
        Assert.Contains(problems, p => p.Kind == ProblemKind.Lost && p.What.Contains("bomb", StringComparison.Ordinal));
    }

    [Fact]
    public void One_endless_line_is_reported_in_bounded_memory()
    {
        var file = _reading.File("long.json", []);
        using (var output = File.Create(file))
        {
            output.Write("{\"releases\":["u8);
            output.Write(Encoding.UTF8.GetBytes(Good));
            output.Write(",{\"ocid\":\"ocds-x-2\",\"tender\":{\"title\":\""u8);
            var block = new byte[1 << 20];
            Array.Fill(block, (byte)'a');
            for (var i = 0; i < 160; i++)
            {
                output.Write(block);
            }

            output.Write("\"}},"u8);
            output.Write(Encoding.UTF8.GetBytes(Good.Replace("x-1", "x-3")));
            output.Write("]}"u8);
        }

        var (ocids, problems) = _reading.Read(file);
        Assert.Equal(["ocds-x-1", "ocds-x-3"], ocids);
        Assert.Contains("larger than 128 MB", Assert.Single(problems).What);
    }

    [Fact]
    public void A_folder_of_mixed_rubbish_gives_what_is_in_it()
    {
        _reading.File("good.json", Good);
        _reading.File("picture.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0, 1, 2, (byte)'{', (byte)'[', 0xFF]);
        _reading.File("empty.json", "");
        _reading.File("package.json", """{"name":"x","version":"1.0"}""");
        _reading.File("torn.json.gz", [0x1F, 0x8B, 8, 0, 1, 2, 3]);
        _reading.File("torn.zip", "PK\u0003\u0004 not a zip"u8);
        var (ocids, problems) = _reading.Read();
        Assert.Equal(["ocds-x-1"], ocids);
        Assert.Equal(["torn.json.gz", "torn.zip"], problems.Where(p => p.Kind == ProblemKind.Lost).Select(p => Path.GetFileName(p.File)).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(problems, p => p.Kind == ProblemKind.Ignored && p.File.EndsWith("package.json", StringComparison.Ordinal));
    }

    [Fact]
    public void Mutated_files_are_read_or_reported_and_never_crash() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 100_000], Gen.Byte, Gen.Int[1, 40]).Sample((how, at, value, length) =>
        {
            var bytes = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 4).Select(i => Good.Replace("x-1", $"x-{i}"))));
            at %= bytes.Length - 41;
            byte[] mutated = how switch
            {
                0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
                1 => [.. bytes[..at], .. bytes[(at + length)..]],
                2 => [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]],
                _ => bytes[..(at + 1)],
            };
            using var reading = new Reading();
            var (ocids, problems) = reading.Read(reading.File("data.jsonl", mutated));
            foreach (var release in Reading.Compile(false, null, Path.Combine(reading.Folder, "data.jsonl")).Releases)
            {
                System.Text.Json.JsonDocument.Parse(release).Dispose();
            }

            // Whatever is not read as one of the four must have been said.
            var intact = ocids.Count(o => o.StartsWith("ocds-x-", StringComparison.Ordinal));
            Assert.True(intact >= 4 || problems.Count > 0 || how == 3 || ocids.Count >= 3, Encoding.UTF8.GetString(mutated));
        }, iter: 2000);

    [Fact]
    public void Random_bytes_never_crash_the_reader() =>
        Gen.OneOf(Gen.Byte.Array[0, 300], Gen.Int[0, 30].Select(i => (byte)"{}[]\",:\\ \n1nulltrueocidreleases"[i]).Array[0, 200]).Sample(bytes =>
        {
            using var reading = new Reading();
            var (ocids, problems) = reading.Read(reading.File("data.bin", bytes));
            Assert.True(ocids.Count > 0 || problems.Count > 0 || bytes.All(b => b is (byte)' ' or (byte)'\n' or (byte)'[' or (byte)']' or (byte)','));
        }, iter: 3000);

    public void Dispose() => _reading.Dispose();
}
