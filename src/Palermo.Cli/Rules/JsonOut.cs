using System.Text.Encodings.Web;
using System.Text.Json;

namespace Palermo.Cli.Rules;

/// <summary>JSON documents as all commands on rules and the compendium write them: indented, letters of all scripts as they are, a line end at the end.</summary>
internal static class JsonOut
{
    public static JsonWriterOptions Options => new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a document.</summary>
    public static void Write(Stream output, Action<Utf8JsonWriter> write)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        write(writer);
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes a document to standard output.</summary>
    public static void Write(Action<Utf8JsonWriter> write)
    {
        using var output = Console.OpenStandardOutput();
        Write(output, write);
    }

    /// <summary>Writes a member that is a list of texts.</summary>
    public static void Texts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
