using System.Text.Json;

namespace Palermo.Procurement.Merging;

/// <summary>A node of the merged release: an object, an array of objects, or a value with its versions.</summary>
internal abstract class MergedNode
{
    public abstract void Write(Utf8JsonWriter writer, bool versioned);
}

internal sealed class MergedValue : MergedNode
{
    private readonly List<(JsonElement Value, ReleaseMark Mark)> _versions = [];

    public bool IsNull => _versions[^1].Value.ValueKind == JsonValueKind.Null;

    public void Set(JsonElement value, ReleaseMark mark, bool versioned)
    {
        if (!versioned)
        {
            _versions.Clear();
        }
        else if (_versions.Count > 0 && JsonElement.DeepEquals(_versions[^1].Value, value))
        {
            return; // a value that did not change adds no version
        }

        _versions.Add((value, mark));
    }

    public override void Write(Utf8JsonWriter writer, bool versioned)
    {
        if (!versioned)
        {
            WriteRaw(writer, _versions[^1].Value);
            return;
        }

        writer.WriteStartArray();
        foreach (var (value, mark) in _versions)
        {
            writer.WriteStartObject();
            WriteMark(writer, "releaseID"u8, mark.Id);
            WriteMark(writer, "releaseDate"u8, mark.Date);
            WriteMark(writer, "releaseTag"u8, mark.Tag);
            writer.WritePropertyName("value"u8);
            WriteRaw(writer, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // As published, down to the digits of a number and the escapes of a text.
    internal static void WriteRaw(Utf8JsonWriter writer, JsonElement value) =>
        writer.WriteRawValue(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);

    private static void WriteMark(Utf8JsonWriter writer, ReadOnlySpan<byte> name, JsonElement? value)
    {
        if (value is { } v)
        {
            writer.WritePropertyName(name);
            WriteRaw(writer, v);
        }
    }
}

internal sealed class MergedObject : MergedNode
{
    private readonly List<(string Name, MergedNode Node)> _fields = [];
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    /// <summary>The id of an object in an array, written plain in a versioned release.</summary>
    public JsonElement? Id { get; init; }

    public MergedNode? this[string name] => _index.TryGetValue(name, out var i) ? _fields[i].Node : null;

    public void Set(string name, MergedNode node)
    {
        if (_index.TryGetValue(name, out var i))
        {
            _fields[i] = (name, node);
        }
        else
        {
            _index.Add(name, _fields.Count);
            _fields.Add((name, node));
        }
    }

    public override void Write(Utf8JsonWriter writer, bool versioned)
    {
        writer.WriteStartObject();
        WriteFields(writer, versioned);
        writer.WriteEndObject();
    }

    public void WriteFields(Utf8JsonWriter writer, bool versioned)
    {
        if (Id is { } id)
        {
            writer.WritePropertyName("id"u8);
            MergedValue.WriteRaw(writer, id);
        }

        foreach (var (name, node) in _fields)
        {
            if (!versioned && node is MergedValue { IsNull: true })
            {
                continue; // null takes a field away
            }

            writer.WritePropertyName(name);
            node.Write(writer, versioned);
        }
    }
}

internal sealed class MergedArray : MergedNode
{
    private readonly List<MergedObject> _objects = [];
    private readonly Dictionary<string, MergedObject> _byId = new(StringComparer.Ordinal);

    public MergedObject At(JsonElement element, int position, ArrayMerge rule)
    {
        JsonElement? id = element.TryGetProperty("id"u8, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value : null;
        if (rule == ArrayMerge.ByPosition)
        {
            if (position < _objects.Count)
            {
                return _objects[position];
            }
        }
        else if (rule == ArrayMerge.ByIdentifier && id is { } known)
        {
            var key = known.ValueKind == JsonValueKind.String ? System.Text.Encoding.UTF8.GetString(Ocds.JsonText.Unescape(Raw(known)[1..^1])) : known.GetRawText();
            if (!_byId.TryGetValue(key, out var existing))
            {
                existing = new MergedObject { Id = known };
                _byId.Add(key, existing);
                _objects.Add(existing);
            }

            return existing;
        }

        var added = new MergedObject { Id = id };
        _objects.Add(added);
        return added;
    }

    public override void Write(Utf8JsonWriter writer, bool versioned)
    {
        writer.WriteStartArray();
        foreach (var item in _objects)
        {
            item.Write(writer, versioned);
        }

        writer.WriteEndArray();
    }

    private static ReadOnlySpan<byte> Raw(JsonElement element) => System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element);
}

/// <summary>The release a version came from.</summary>
internal readonly record struct ReleaseMark(JsonElement? Id, JsonElement? Date, JsonElement? Tag);
