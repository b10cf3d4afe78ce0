using System.Text.Json;
using Palermo.Identify;
using Palermo.Identify.Output;
using Palermo.Identify.Runs;
using Palermo.Knowledge.Editions;
using Palermo.Prevent.Gaps;
using Palermo.Procurement;

namespace Palermo.Cli.Running;

/// <summary>What is needed to repeat a run and to compare it with another: inputs and their hashes, data edition, version, options, sums.</summary>
internal sealed record RunRecord(
    string Version,
    string DataEdition,
    IReadOnlyList<Edition> Editions,
    DateOnly AsOf,
    DateTimeOffset Started,
    bool Interrupted,
    IReadOnlyList<InputRecord> Inputs,
    IReadOnlyDictionary<string, string> Options,
    RunSummary Summary,
    ProblemLog Problems)
{
    /// <summary>Sums of what rules say; null if the run was made without rules.</summary>
    public RuleTallies? Rules { get; init; }

    /// <summary>True if the input held no process at all: an empty result and a clean one must not look the same.</summary>
    public bool FoundNothing => !Interrupted && Summary.Processes == 0 && Summary.FilteredOut == 0;

    public void Write(Stream output)
    {
        using var writer = new Utf8JsonWriter(output, AssessmentJson.WriterOptions with { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("palermo", Version);
        writer.WriteString("dataEdition", DataEdition);
        writer.WriteStartArray("importedEditions");
        foreach (var edition in Editions)
        {
            writer.WriteStartObject();
            writer.WriteString("id", edition.SourceId);
            writer.WriteString("file", edition.File);
            writer.WriteString("sha256", edition.Sha256);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("asOf", AsOf.ToString("yyyy-MM-dd"));
        writer.WriteString("started", Started.ToString("yyyy-MM-ddTHH:mm:ssZ"));
        writer.WriteBoolean("interrupted", Interrupted);
        writer.WriteStartArray("inputs");
        foreach (var input in Inputs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", input.Name);
            writer.WriteNumber("bytes", input.Bytes);
            writer.WriteString(input.Algorithm.Length > 0 ? input.Algorithm : "sha256", input.Hash);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("options");
        foreach (var (name, value) in Options)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteNumber("processes", Summary.Processes);
        writer.WriteNumber("filteredOut", Summary.FilteredOut);
        writer.WriteStartObject("salience");
        foreach (var level in Enum.GetValues<Level>().Reverse())
        {
            writer.WriteNumber(level.Name(), Summary.Count(level));
        }

        writer.WriteEndObject();
        WriteCoverage(writer);
        WriteRules(writer);
        WriteProblems(writer);
        writer.WriteEndObject();
    }

    private void WriteCoverage(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("coverage");
        foreach (var indicator in Summary.Indicators)
        {
            var tally = Summary.ByIndicator[indicator.Id];
            writer.WriteStartObject(indicator.Id);
            writer.WriteNumber("judged", tally.Judged);
            writer.WriteNumber("partly", tally.Partly);
            writer.WriteNumber("notJudged", tally.NotJudged);
            writer.WriteNumber("found", tally.Found);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void WriteRules(Utf8JsonWriter writer)
    {
        if (Rules is null)
        {
            return;
        }

        writer.WriteStartObject("rules");
        writer.WriteNumber("processes", Rules.Processes);
        writer.WriteNumber("undated", Rules.Undated);
        writer.WriteNumber("open", Rules.Open);
        writer.WriteStartObject("missing");
        foreach (var (fact, count) in Rules.Missing.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            writer.WriteNumber(fact, count);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("binding");
        foreach (var (pack, count) in Rules.Binding.OrderBy(b => b.Key, StringComparer.Ordinal))
        {
            writer.WriteNumber(pack, count);
        }

        writer.WriteEndObject();
        WriteTallies(writer, "safeguards", Rules.Measures.Select(m => (m.Key, "", m.Value)));
        WriteTallies(writer, "byYear", Rules.Years.Select(y => (y.Key.Measure, y.Key.Year > 0 ? y.Key.Year.ToString(System.Globalization.CultureInfo.InvariantCulture) : "", y.Value)));
        WriteTallies(writer, "bySector", Rules.Sectors.Select(s => (s.Key.Measure, s.Key.Sector, s.Value)));
        WriteTallies(writer, "byBuyer", Rules.Buyers.Select(b => (b.Key.Measure, b.Key.Buyer, b.Value)));
        writer.WriteEndObject();
    }

    private static void WriteTallies(Utf8JsonWriter writer, string name, IEnumerable<(string Measure, string Key, SafeguardTally Tally)> tallies)
    {
        writer.WriteStartArray(name);
        foreach (var (measure, key, tally) in tallies.OrderBy(t => t.Measure, StringComparer.Ordinal).ThenBy(t => t.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("measure", measure);
            if (key.Length > 0)
            {
                writer.WriteString("of", key);
            }

            writer.WriteNumber("hadTo", tally.Bound);
            writer.WriteNumber("shown", tally.Shown);
            writer.WriteNumber("notShown", tally.NotShown);
            writer.WriteNumber("cannotBeSeen", tally.CannotBeSeen);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteProblems(Utf8JsonWriter writer)
    {
        writer.WriteNumber("lost", Problems.Count(ProblemKind.Lost));
        writer.WriteNumber("mended", Problems.Count(ProblemKind.Mended));
        writer.WriteNumber("ignored", Problems.Count(ProblemKind.Ignored));
        writer.WriteStartArray("problems");
        foreach (var problem in Problems.Kept)
        {
            ProblemJson.Write(writer, problem);
        }

        writer.WriteEndArray();
    }
}

/// <summary>A problem as JSON.</summary>
internal static class ProblemJson
{
    public static void Write(Utf8JsonWriter writer, ReadProblem problem)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", problem.Kind.ToString().ToLowerInvariant());
        writer.WriteString("file", problem.File);
        writer.WriteNumber("line", problem.Line);
        writer.WriteNumber("offset", problem.Offset);
        writer.WriteString("ocid", problem.Ocid);
        writer.WriteString("what", problem.What);
        writer.WriteString("mend", problem.Mend);
        writer.WriteEndObject();
    }
}
