using System.Text.Json;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Output;

namespace Palermo.Cli.Rules;

/// <summary>Lists the facts that rules read, and the regimes.</summary>
internal static class VocabularyWriter
{
    public static void WriteMarkdown(RuleLibrary library, bool facts)
    {
        if (!facts)
        {
            Console.Out.WriteLine("| regime | title | jurisdiction | in force | version | provisions | verified |");
            Console.Out.WriteLine("|---|---|---|---|---|---:|---|");
            foreach (var pack in library.Packs)
            {
                Console.Out.WriteLine($"| {pack.Id} | {pack.Title} | {pack.Jurisdiction} | {pack.From:yyyy-MM-dd} to {pack.To?.ToString("yyyy-MM-dd", null) ?? "open"} | {pack.Version} | {pack.Obligations.Count + pack.Determinations.Count} | {pack.Checked} |");
            }

            return;
        }

        foreach (var fact in library.Facts.All)
        {
            var packs = Readers(library, fact.Name);
            Console.Out.WriteLine($"## {fact.Name}");
            Console.Out.WriteLine();
            Console.Out.WriteLine($"{fact.Question} A {fact.Type.ToString().ToLowerInvariant()}; known to the {fact.Known}.");
            Console.Out.WriteLine($"OCDS: {fact.Ocds ?? "not published"}. eForms: {fact.Eforms ?? "not published"}. Read by: {(packs.Count == 0 ? "no pack" : string.Join(", ", packs))}.");
            foreach (var (code, meaning) in fact.Codes)
            {
                Console.Out.WriteLine($"- `{code}`: {meaning}");
            }

            Console.Out.WriteLine();
        }
    }

    public static void WriteJson(RuleLibrary library, bool facts)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, JsonOut.Options);
        writer.WriteStartArray();
        foreach (var pack in facts ? [] : library.Packs)
        {
            writer.WriteStartObject();
            writer.WriteString("id", pack.Id);
            writer.WriteString("title", pack.Title);
            writer.WriteString("jurisdiction", pack.Jurisdiction);
            writer.WriteString("version", pack.Version);
            writer.WriteString("hash", pack.Hash);
            writer.WriteString("status", pack.Status);
            writer.WriteString("from", pack.From.ToString("yyyy-MM-dd", null));
            if (pack.To is { } to)
            {
                writer.WriteString("to", to.ToString("yyyy-MM-dd", null));
            }

            writer.WriteString("checked", pack.Checked);
            writer.WriteEndObject();
        }

        foreach (var fact in facts ? library.Facts.All : [])
        {
            writer.WriteStartObject();
            writer.WriteString("name", fact.Name);
            writer.WriteString("type", fact.Type.ToString().ToLowerInvariant());
            writer.WriteString("question", fact.Question);
            writer.WriteString("known", fact.Known);
            writer.WriteString("ocds", fact.Ocds);
            writer.WriteString("eforms", fact.Eforms);
            writer.WriteStartObject("codes");
            foreach (var (code, meaning) in fact.Codes)
            {
                writer.WriteString(code, meaning);
            }

            writer.WriteEndObject();
            writer.WriteStartArray("packs");
            foreach (var id in Readers(library, fact.Name))
            {
                writer.WriteStringValue(id);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    private static List<string> Readers(RuleLibrary library, string fact) =>
        [.. library.Packs.Where(p => p.TemporalKey == fact || p.Conditions().OfType<Leaf>().Any(l => l.Fact == fact)).Select(p => p.Id)];
}
