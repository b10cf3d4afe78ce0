using System.Text.Json;

namespace Palermo.Procurement.Ocds;

/// <summary>Finds releases and records inside objects that are neither.</summary>
internal static class Wrapped
{
    private const int Deepest = 6;

    /// <summary>Extents of the releases and records within; packages are taken apart.</summary>
    public static List<(int Start, int Length)> Find(ReadOnlyMemory<byte> json)
    {
        var found = new List<(int, int)>();
        var reader = new Utf8JsonReader(json.Span, JsonMending.Lenient);
        try
        {
            reader.Read();
            Visit(ref reader, 0, found, json.Span);
        }
        catch (Exception e) when (e is JsonException || (e is InvalidOperationException odd && Ocds.JsonMending.IsHalfSurrogate(odd)))
        {
            found.Clear(); // read once without fault by the caller; nothing to find in what is broken
        }

        return found;
    }

    /// <summary>True if the object has a field that only procurement data has.</summary>
    public static bool LooksLikeProcurement(ReadOnlySpan<byte> json) =>
        json.IndexOf("\"tender\""u8) >= 0 || json.IndexOf("\"awards\""u8) >= 0 || json.IndexOf("\"contracts\""u8) >= 0 || json.IndexOf("\"ocid\""u8) >= 0
        || json.IndexOf("\"releases\""u8) >= 0 || json.IndexOf("\"records\""u8) >= 0;

    private static void Visit(ref Utf8JsonReader reader, int depth, List<(int Start, int Length)> found, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && depth < Deepest)
                {
                    Visit(ref reader, depth + 1, found, json);
                }
                else
                {
                    reader.Skip();
                }
            }

            return;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        if (depth > 0 && HasOcid(reader))
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            found.Add((start, (int)reader.BytesConsumed - start));
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPackage = reader.ValueTextEquals("releases"u8) || reader.ValueTextEquals("records"u8);
            reader.Read();
            if (isPackage && reader.TokenType == JsonTokenType.StartArray)
            {
                AddElements(ref reader, found);
            }
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && depth < Deepest)
            {
                Visit(ref reader, depth + 1, found, json);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // With or without an ocid: one that lacks it is reported when it is read.
    private static void AddElements(ref Utf8JsonReader reader, List<(int Start, int Length)> found)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
            if (isObject)
            {
                found.Add((start, (int)reader.BytesConsumed - start));
            }
        }
    }

    private static bool HasOcid(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("ocid"u8))
            {
                reader.Read();
                return reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
            }

            reader.Read();
            reader.Skip();
        }

        return false;
    }
}
