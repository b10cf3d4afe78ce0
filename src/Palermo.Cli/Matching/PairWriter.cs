using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Palermo.Matching;
using Palermo.Matching.Pairs;

namespace Palermo.Cli.Matching;

/// <summary>Writes scores as JSON.</summary>
internal static class PairWriter
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Line(PairRow row, Comparison comparison)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("a", row.A.Names[0]);
            json.WriteString("b", row.B.Names[0]);
            json.WriteBoolean("match", comparison.Probability >= PartyComparer.MatchProbability);
            Score(json, comparison);
            if (row.Label is { } label)
            {
                json.WriteNumber("label", label);
            }

            if (row.Source.Length > 0)
            {
                json.WriteString("source", row.Source);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Problem(string problem)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("problem", problem);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void Score(Utf8JsonWriter json, Comparison comparison)
    {
        json.WriteNumber("probability", Math.Round(comparison.Probability, 6));
        json.WriteNumber("bits", Math.Round(comparison.Bits, 4));
        json.WriteString("band", comparison.Band.ToString().ToLowerInvariant());
        json.WriteString("text", Sentences.Of(comparison));
        json.WriteStartArray("evidence");
        foreach (var item in comparison.Evidence)
        {
            json.WriteStartObject();
            json.WriteString("rule", item.Rule);
            if (item.Query.Length > 0)
            {
                json.WriteString("query", item.Query);
            }

            if (item.Listed.Length > 0)
            {
                json.WriteString("listed", item.Listed);
            }

            json.WriteNumber("bits", Math.Round(item.Bits, 4));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
