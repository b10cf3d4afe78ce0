using System.Text;
using System.Text.Json;

namespace Palermo.Procurement.Framing;

/// <summary>The ocid of a release or record, read properly: that of the outermost object and no other.</summary>
internal static class UnitOcid
{
    /// <summary>Blank if the object has none or is broken before it.</summary>
    public static string Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 512, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowMultipleValues = true });
        try
        {
            reader.Read();
            return Find(ref reader, out var within) is { Length: > 0 } ocid ? ocid : within;
        }
        catch (Exception e) when (e is JsonException || (e is InvalidOperationException odd && Ocds.JsonMending.IsHalfSurrogate(odd)))
        {
            return ""; // broken before its ocid: the parser will report it, as a unit of its own
        }

    }

    // A record without an ocid of its own has that of the releases compiled in it.
    private static string Find(ref Utf8JsonReader reader, out string within)
    {
        within = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOcid = reader.ValueTextEquals("ocid"u8);
            var isCompiled = reader.ValueTextEquals("compiledRelease"u8) || reader.ValueTextEquals("versionedRelease"u8);
            reader.Read();
            if (isOcid && reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
            {
                return Encoding.UTF8.GetString(reader.ValueIsEscaped ? Ocds.JsonText.UnescapeIfWhole(reader.ValueSpan) : reader.ValueSpan).Trim();
            }

            if (isCompiled && within.Length == 0 && reader.TokenType == JsonTokenType.StartObject)
            {
                var compiled = reader;
                within = Find(ref compiled, out _);
            }

            reader.Skip();
        }

        return "";
    }
}
