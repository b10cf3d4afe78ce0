using System.Text.Json;

namespace Palermo.Procurement.Ocds;

/// <content>Steps through the tokens, and what happens where a type is not the expected one.</content>
internal sealed partial class ReleaseReader
{
    private Utf8Text Text(ref JsonCursor reader, string path)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            WrongType(ref reader, path, "text");
            return default;
        }

        return JsonText.Read(ref reader, _array, _texts);
    }

    private static bool NextProperty(ref JsonCursor reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static bool NextElement(ref JsonCursor reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    private static bool NextElement(ref JsonCursor reader, bool single, int i) => single ? i == 0 : NextElement(ref reader);

    private static void SkipValue(ref JsonCursor reader) => reader.SkipValue();

    private bool EnterObject(ref JsonCursor reader, string path)
    {
        reader.Read();
        return InObject(ref reader, path);
    }

    private bool InObject(ref JsonCursor reader, string path)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        WrongType(ref reader, path, "an object");
        return false;
    }

    // Where OCDS wants an array, some publishers write a lone object; it is read as an array of one.
    private bool EnterArray(ref JsonCursor reader, string path, out bool single)
    {
        reader.Read();
        single = reader.TokenType == JsonTokenType.StartObject;
        if (single)
        {
            _notes.Add($"{path} is an object; an array was expected. It was read as an array of one.");
            return true;
        }

        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return true;
        }

        WrongType(ref reader, path, "an array");
        return false;
    }

    private ReadOnlyMemory<byte> Slice(ref JsonCursor reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var isObject = reader.TokenType == JsonTokenType.StartObject && !IsEmptyObject(reader);
        reader.Skip();
        return isObject ? _json[start..(int)reader.BytesConsumed] : default;
    }

    private static bool IsEmptyObject(JsonCursor reader) => reader.Read() && reader.TokenType == JsonTokenType.EndObject;

    private static bool SkipIfArray(ref JsonCursor reader)
    {
        reader.Read();
        var isArray = reader.TokenType == JsonTokenType.StartArray;
        reader.Skip();
        return isArray;
    }

    // In a versioned release every field is an array of its versions.
    private static bool IsVersions(JsonCursor reader) =>
        reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read()
        && (reader.ValueTextEquals("releaseID"u8) || reader.ValueTextEquals("releaseDate"u8) || reader.ValueTextEquals("releaseTag"u8));

    // Some publishers' languages write an empty object as an empty array.
    private static bool IsEmptyArray(JsonCursor reader) => reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.EndArray;

    // null is "no value" in OCDS, not a wrong type.
    private void WrongType(ref JsonCursor reader, string path, string expected)
    {
        if (!_isVersioned && IsVersions(reader))
        {
            _isVersioned = true;
        }

        if (reader.TokenType != JsonTokenType.Null && !IsEmptyArray(reader))
        {
            _notes.Add($"{path} holds {Name(reader.TokenType)}; {expected} was expected. The field was left out.");
        }

        reader.Skip();
    }

    private static string Name(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "text",
        JsonTokenType.Number => "a number",
        _ => "true or false",
    };
}
