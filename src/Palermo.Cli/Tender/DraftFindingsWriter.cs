using Palermo.Cli.Rules;
using Palermo.Prevent.Checking;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Output;
using Palermo.Prevent.Rules;

namespace Palermo.Cli.Tender;

/// <summary>Says what was found in a draft.</summary>
internal static class DraftFindingsWriter
{
    private const int LongestQuote = 110;

    public static void WriteMarkdown(string file, DraftFindings findings, DraftInput? input)
    {
        var output = Console.Out;
        output.WriteLine($"# What {Path.GetFileName(file)} does");
        output.WriteLine();
        if (input is null)
        {
            output.WriteLine("Nothing is known of the tender, so no rule can be said to bind. Name it to know what is missing: palermo draft facts.json --check FILE. Below is what the draft has.");
        }
        else
        {
            var binding = input.Ruling.Packs.Where(p => p.Applies == Truth.True).Select(p => p.Pack.Id).ToArray();
            var open = input.Ruling.Packs.Where(p => p.Applies == Truth.Unknown).Select(p => p.Pack.Id).ToArray();
            output.WriteLine($"Rules that bind: {(binding.Length > 0 ? string.Join(", ", binding) : "none, as far as the facts tell")}.{(open.Length > 0 ? $" May bind, as soon as more is known: {string.Join(", ", open)}." : "")} What is not found may stand there in other words: a reason to look, no verdict.");
        }

        output.WriteLine();
        Section(output, "Missing: a binding rule asks for it, and it was not found", findings.Missing, withPassages: false);
        Section(output, "Permitted and not found: a rule leaves it to the buyer", findings.Open, withPassages: false);
        Section(output, "Covered", findings.Covered, withPassages: true);
        Section(output, "Not required: no binding rule asks for it; tie it to the subject-matter, or leave it out", findings.NotRequired, withPassages: true);
        Section(output, "Done outside the documents", findings.Elsewhere, withPassages: false);
        if (findings.OpenPlaces.Count > 0)
        {
            output.WriteLine("## Still open");
            output.WriteLine();
            output.WriteLine(string.Join(", ", findings.OpenPlaces));
        }
    }

    private static void Section(TextWriter output, string title, IReadOnlyList<MeasureInDraft> measures, bool withPassages)
    {
        if (measures.Count == 0)
        {
            return;
        }

        output.WriteLine($"## {title}");
        output.WriteLine();
        foreach (var found in measures)
        {
            output.WriteLine($"- **{found.Measure.Title}** [{found.Measure.Id}]");
            foreach (var demand in found.Demands.DistinctBy(d => d.Demand.Provision.Id))
            {
                output.WriteLine($"  {Wording.Of(demand.Demand.Strength)}: {demand.Demand.Provision.Citation} [{demand.Demand.Provision.Id}, {demand.Demand.Pack.Pin}]");
            }

            foreach (var (passage, shownBy) in withPassages ? found.Passages.Take(3) : [])
            {
                output.WriteLine($"  paragraph {passage.Number}{(passage.Heading.Length > 0 ? $", under \"{passage.Heading}\"" : "")}: {Quote(passage.Text)} (shown by {shownBy})");
            }

            if (!withPassages && found.Texts.Count > 0)
            {
                output.WriteLine($"  Texts that do it: {string.Join(", ", found.Texts)}");
            }
        }

        output.WriteLine();
    }

    private static string Quote(string text) => $"\"{(text.Length <= LongestQuote ? text : text[..LongestQuote] + "…")}\"";

    public static void WriteJson(string file, DraftFindings findings, DraftInput? input) => ConsoleJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("schema", "palermo.draft-check/1");
        writer.WriteString("file", Path.GetFileName(file));
        JsonOut.Texts(writer, "binding", input?.Ruling.Packs.Where(p => p.Applies == Truth.True).Select(p => p.Pack.Pin) ?? []);
        foreach (var (name, measures) in new[] { ("missing", findings.Missing), ("permitted", findings.Open), ("covered", findings.Covered), ("notRequired", findings.NotRequired), ("elsewhere", findings.Elsewhere) })
        {
            writer.WriteStartArray(name);
            foreach (var found in measures)
            {
                writer.WriteStartObject();
                writer.WriteString("measure", found.Measure.Id);
                writer.WriteStartArray("obligations");
                foreach (var demand in found.Demands.DistinctBy(d => d.Demand.Provision.Id))
                {
                    writer.WriteStartObject();
                    writer.WriteString("id", demand.Demand.Provision.Id);
                    writer.WriteString("citation", demand.Demand.Provision.Citation.ToString());
                    writer.WriteString("pack", demand.Demand.Pack.Pin);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteStartArray("passages");
                foreach (var (passage, shownBy) in found.Passages)
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("paragraph", passage.Number);
                    writer.WriteString("heading", passage.Heading);
                    writer.WriteString("text", passage.Text);
                    writer.WriteString("shownBy", shownBy);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                JsonOut.Texts(writer, "texts", found.Texts);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        JsonOut.Texts(writer, "open", findings.OpenPlaces);
        writer.WriteEndObject();
    });
}
