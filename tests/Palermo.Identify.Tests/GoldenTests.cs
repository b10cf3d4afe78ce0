using System.Text;
using System.Text.Json;
using Palermo.Identify.Output;

namespace Palermo.Identify.Tests;

/// <summary>
/// Every word that is said of several hundred made-up processes. <c>Golden/cases.jsonl</c> walks along the boundaries of
/// the indicators, the sample stands for usual data. A change of data/ or of a sentence changes the expected files: look
/// at the difference, then write them anew with <c>PALERMO_GOLDEN=write ./test</c>.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string s_root = FindRoot();

    [Theory]
    [InlineData("tests/Palermo.Identify.Tests/Golden/cases.jsonl", "2026-06-30", "cases")]
    [InlineData("samples/procurement.jsonl", "2026-06-30", "sample")]
    public void What_is_said_is_what_was_reviewed(string input, string asOf, string expected)
    {
        var said = new StringBuilder();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var assessment in Screening.ScreenAll(File.ReadAllText(Path.Combine(s_root, input)), DateOnly.Parse(asOf, System.Globalization.CultureInfo.InvariantCulture)))
        {
            said.Append(Say(assessment, known)).Append('\n');
        }

        var path = Path.Combine(s_root, "tests", "Palermo.Identify.Tests", "Golden", expected + ".expected.txt");
        if (Environment.GetEnvironmentVariable("PALERMO_GOLDEN") == "write")
        {
            File.WriteAllText(path, said.ToString());
        }

        var (now, before) = (said.ToString().Split('\n'), File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n'));
        for (var i = 0; i < Math.Min(now.Length, before.Length); i++)
        {
            Assert.Equal(before[i], now[i]);
        }

        Assert.Equal(before.Length, now.Length);
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        foreach (var assessment in Screening.ScreenAll(File.ReadAllText(Path.Combine(s_root, "samples/procurement.jsonl"))))
        {
            Assert.Equal(Line(assessment), Line(AssessmentReader.Read(Encoding.UTF8.GetBytes(Line(assessment)))));
        }
    }

    // One line a process and one a statement, so that a difference shows what changed; a text that comes again is its number.
    private static string Say(Assessment a, Dictionary<string, int> known)
    {
        string Once(string text)
        {
            if (known.TryGetValue(text, out var number))
            {
                return $"#{number}";
            }

            known.Add(text, known.Count + 1);
            return $"#{known.Count} {text}";
        }

        var explained = a.Findings.Count > 0 ? a.Explanation.Replace(a.Findings[0].Sentence.TrimEnd('.'), "<first>", StringComparison.Ordinal) : a.Explanation;
        return string.Join('\n', [
            $"{a.Ocid} {a.Salience.Name()}: {Once(explained)}",
            .. a.Findings.Select(f => $"  {f.Indicator} {f.Level.Name()} {f.Severity} {f.Likelihood} {f.Subject} {f.Country} x{f.Occurrences}{(f.Verified ? "" : " unverified")} | {f.Path} | {f.Evidence} | {Once(f.Sentence)} | {Once(f.Question)} | {Once(string.Join(' ', f.Sources))}"),
            .. a.Unknowns.Select(u => $"  ? {Once($"{u.Indicator}{(u.Partly ? " in part" : "")}: {u.Reason} {string.Join(' ', u.Missing)}")}")]);
    }

    private static string Line(Assessment assessment)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, AssessmentJson.WriterOptions))
        {
            AssessmentJson.Write(writer, assessment);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Palermo.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
