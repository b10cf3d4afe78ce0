using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Palermo.Procurement.Merging;

/// <summary>Merges the releases of one contracting process into a compiled or a versioned release.</summary>
/// <remarks>Open Contracting Data Standard 1.1, "Merging". Values are copied as published; unknown fields are kept.</remarks>
public sealed class ReleaseMerger(MergeRules rules)
{
    private readonly List<string> _notes = [];

    /// <summary>What was decided where the releases contradict the rules.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Merges releases.</summary>
    /// <param name="releases">Releases of one ocid in any order.</param>
    /// <param name="versioned">True for a versioned release, false for a compiled one.</param>
    /// <param name="output">Receives one JSON object.</param>
    public void Merge(IReadOnlyList<JsonElement> releases, bool versioned, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(releases);
        _notes.Clear();
        var ordered = InOrder(releases);
        var root = new MergedObject();
        foreach (var release in ordered)
        {
            var mark = new ReleaseMark(Get(release, "id"), Get(release, "date"), Get(release, "tag"));
            foreach (var field in release.EnumerateObject())
            {
                // id, date and tag describe the release, not the process.
                if (field.Name is not ("id" or "date" or "tag" or "ocid"))
                {
                    MergeField(root, field, rules.Root.Children.GetValueOrDefault(field.Name), mark, versioned);
                }
            }
        }

        var last = ordered[^1];
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        writer.WriteStartObject();
        if (!versioned)
        {
            writer.WriteStartArray("tag"u8);
            writer.WriteStringValue("compiled"u8);
            writer.WriteEndArray();
            writer.WriteString("id"u8, Text(last, "date") is { Length: > 0 } date ? $"{Text(last, "ocid")}-{date}" : Text(last, "ocid"));
            Copy(writer, "date", Get(last, "date"));
        }

        Copy(writer, "ocid", Get(last, "ocid"));
        root.WriteFields(writer, versioned);
        writer.WriteEndObject();
    }

    /// <summary>Turns a versioned release into the compiled release of its last versions.</summary>
    public static void Compile(JsonElement versionedRelease, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        WriteLatest(writer, versionedRelease);
    }

    /// <summary>True for an array of the versions of a field.</summary>
    public static bool IsVersions(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0
        && element[0].ValueKind == JsonValueKind.Object && element[0].TryGetProperty("releaseID"u8, out _) && element[0].TryGetProperty("value"u8, out _);

    private static void WriteLatest(Utf8JsonWriter writer, JsonElement element)
    {
        if (IsVersions(element))
        {
            // The latest version that says a value; the first one does.
            for (var i = element.GetArrayLength() - 1; i >= 0; i--)
            {
                if (element[i].ValueKind == JsonValueKind.Object && element[i].TryGetProperty("value"u8, out var value))
                {
                    MergedValue.WriteRaw(writer, value);
                    return;
                }
            }
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var field in element.EnumerateObject())
                {
                    writer.WritePropertyName(field.Name);
                    WriteLatest(writer, field.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    WriteLatest(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                MergedValue.WriteRaw(writer, element);
                break;
        }
    }

    private bool MergeField(MergedObject target, JsonProperty field, MergeRules.Node? rule, ReleaseMark mark, bool versioned)
    {
        if (rule?.Omit == true)
        {
            return false;
        }

        var value = field.Value;
        var existing = target[field.Name];
        if (value.ValueKind == JsonValueKind.Object && rule?.WholeList != true)
        {
            var below = Existing<MergedObject>(existing, field.Name) ?? new MergedObject();
            return MergeFields(below, value, rule, mark, versioned) && Attach(target, field.Name, existing, below);
        }

        if (value.ValueKind == JsonValueKind.Array && rule?.WholeList != true && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Object))
        {
            return MergeArray(target, field, existing, rule, mark, versioned);
        }

        var merged = Existing<MergedValue>(existing, field.Name, value.ValueKind == JsonValueKind.Null);
        if (merged is null)
        {
            if (value.ValueKind == JsonValueKind.Null && existing is not null && versioned)
            {
                return false; // the versions below keep what was there
            }

            merged = new MergedValue();
            target.Set(field.Name, merged);
        }

        merged.Set(value, mark, versioned);
        return true;
    }

    private bool MergeFields(MergedObject target, JsonElement value, MergeRules.Node? rule, ReleaseMark mark, bool versioned)
    {
        var touched = false;
        foreach (var field in value.EnumerateObject())
        {
            if (target.Id is null || field.Name != "id")
            {
                touched |= MergeField(target, field, rule?.Children.GetValueOrDefault(field.Name), mark, versioned);
            }
        }

        return touched;
    }

    private bool MergeArray(MergedObject target, JsonProperty field, MergedNode? existing, MergeRules.Node? rule, ReleaseMark mark, bool versioned)
    {
        var array = Existing<MergedArray>(existing, field.Name) ?? new MergedArray();
        var position = 0;
        var touched = false;
        foreach (var element in field.Value.EnumerateArray())
        {
            if (!element.EnumerateObject().Any())
            {
                continue; // an empty object says nothing
            }

            MergeFields(array.At(element, position++, rule?.Arrays ?? ArrayMerge.ByIdentifier), element, rule, mark, versioned);
            touched = true;
        }

        return touched && Attach(target, field.Name, existing, array);
    }

    private static bool Attach(MergedObject target, string name, MergedNode? existing, MergedNode node)
    {
        if (!ReferenceEquals(existing, node))
        {
            target.Set(name, node);
        }

        return true;
    }

    private T? Existing<T>(MergedNode? existing, string name, bool isNull = false)
        where T : MergedNode
    {
        if (existing is null or T || existing is MergedValue { IsNull: true })
        {
            return existing as T;
        }

        if (!isNull)
        {
            _notes.Add($"The field {name} is of one type in an earlier release and of another in a later one; the later one stands.");
        }

        return null;
    }

    // By date; releases of the same moment stay in the order given, those without a date come first.
    private List<JsonElement> InOrder(IReadOnlyList<JsonElement> releases)
    {
        if (releases.Count > 1 && releases.Any(r => Text(r, "date").Length == 0))
        {
            _notes.Add("A release has no date; it was merged before those that have one.");
        }

        return [.. releases.Select(r => (Release: r, Date: Text(r, "date")))
            .OrderBy(r => Instant(r.Date))
            .Select(r => r.Release)];
    }

    internal static DateTimeOffset Instant(string date) =>
        DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : DateTimeOffset.MinValue;

    private static void Copy(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (value is { } v)
        {
            writer.WritePropertyName(name);
            MergedValue.WriteRaw(writer, v);
        }
    }

    private static JsonElement? Get(JsonElement release, string name) => release.TryGetProperty(name, out var value) ? value : null;

    internal static string Text(JsonElement release, string name)
    {
        if (!release.TryGetProperty(name, out var value))
        {
            return "";
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => System.Text.Encoding.UTF8.GetString(Ocds.JsonText.Unescape(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value)[1..^1])),
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };
    }
}
