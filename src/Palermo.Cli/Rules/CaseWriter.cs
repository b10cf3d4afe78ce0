using System.Text.Encodings.Web;
using System.Text.Json;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Output;

namespace Palermo.Cli.Rules;

/// <summary>Writes golden cases as packs hold them.</summary>
internal static class CaseWriter
{
    public static void Write(IEnumerable<(string Pack, IReadOnlyList<GoldenCase> Cases)> all, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        foreach (var (pack, cases) in all.Where(a => a.Cases.Count > 0))
        {
            writer.WriteStartArray(pack);
            foreach (var golden in cases)
            {
                Write(golden, writer);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Write(GoldenCase golden, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", golden.Name);
        writer.WriteString("origin", golden.Origin);
        writer.WriteString("asOf", golden.AsOf?.ToString("yyyy-MM-dd", null));
        FactWriter.WriteAll(golden.Facts, writer);
        writer.WriteStartObject("expect");
        if (golden.Applies is { } applies)
        {
            writer.WriteBoolean("applies", applies);
        }
        else
        {
            writer.WriteString("applies", "unknown");
        }

        WriteList("obligations", golden.Obligations, writer);
        WriteList("determinations", golden.Determinations, writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteList(string name, IReadOnlyList<string>? ids, Utf8JsonWriter writer)
    {
        if (ids is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var id in ids)
        {
            writer.WriteStringValue(id);
        }

        writer.WriteEndArray();
    }
}
