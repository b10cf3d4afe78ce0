using System.Text.Encodings.Web;
using System.Text.Json;

namespace Palermo.Prevent.Output;

/// <summary>JSON documents as rules, packs and the compendium are written: indented, letters of all scripts as they are, a line end at the end.</summary>
public static class JsonOut
{
    /// <summary>How documents are written.</summary>
    public static JsonWriterOptions Options => new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a document.</summary>
    public static void Write(Stream output, Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(write);
        using var writer = new Utf8JsonWriter(output, Options);
        write(writer);
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes a member that is a list of texts.</summary>
    public static void Texts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(texts);
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
