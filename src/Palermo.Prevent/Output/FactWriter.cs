using System.Globalization;
using System.Text.Json;
using Palermo.Knowledge.Rules;

namespace Palermo.Prevent.Output;

/// <summary>Writes values of facts as facts files hold them.</summary>
public static class FactWriter
{
    /// <summary>Writes facts as the object <c>facts</c>, by name.</summary>
    public static void WriteAll(IReadOnlyDictionary<string, FactValue> facts, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("facts");
        foreach (var (name, value) in facts.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(name);
            Write(value, writer);
        }

        writer.WriteEndObject();
    }

    public static void Write(FactValue value, Utf8JsonWriter writer)
    {
        switch (value.Type)
        {
            case FactType.Boolean:
                writer.WriteBooleanValue(value.IsTrue);
                break;
            case FactType.Number:
                writer.WriteNumberValue(value.Number);
                break;
            case FactType.Money:
                writer.WriteStartObject();
                writer.WriteNumber("amount", value.Number);
                writer.WriteString("currency", value.Currency);
                writer.WriteEndObject();
                break;
            case FactType.Date:
                writer.WriteStringValue(value.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case FactType.Code:
                writer.WriteStringValue(value.Codes[0]);
                break;
            default:
                writer.WriteStartArray();
                foreach (var code in value.Codes)
                {
                    writer.WriteStringValue(code);
                }

                writer.WriteEndArray();
                break;
        }
    }
}
