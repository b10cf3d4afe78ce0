using System.Text.Json;

namespace Palermo.Knowledge.Json;

/// <summary>Writes a located value again.</summary>
internal static class LocatedWriter
{
    /// <summary>Writes a value without blanks.</summary>
    /// <param name="value">The value.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="top">Whether it is the document.</param>
    /// <param name="without">A key of the document that is left out; null for none.</param>
    /// <param name="sorted">Whether keys are put in ordinal order.</param>
    public static void Write(Located value, Utf8JsonWriter writer, bool top = true, string? without = null, bool sorted = false)
    {
        switch (value.Kind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                var members = sorted ? value.Members.OrderBy(m => m.Key, StringComparer.Ordinal) : value.Members.AsEnumerable();
                foreach (var (key, _, member) in members.Where(m => !top || m.Key != without))
                {
                    writer.WritePropertyName(key);
                    Write(member, writer, top: false, without, sorted);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in value.Elements)
                {
                    Write(element, writer, top: false, without, sorted);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.Text);
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(value.Text);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBooleanValue(value.Kind == JsonValueKind.True);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
