using System.Text.Json;

namespace Palermo.Procurement.Merging;

/// <summary>Reads merging rules out of a JSON Schema.</summary>
internal sealed class SchemaRules(JsonElement schema)
{
    private readonly Dictionary<string, MergeRules.Node> _definitions = new(StringComparer.Ordinal);

    public MergeRules.Node Read()
    {
        var root = new MergeRules.Node();
        AddProperties(Resolve(schema, out _), root);
        return root;
    }

    private void AddProperties(JsonElement type, MergeRules.Node node)
    {
        if (type.ValueKind != JsonValueKind.Object || !type.TryGetProperty("properties", out var properties))
        {
            return;
        }

        foreach (var property in properties.EnumerateObject())
        {
            if (RuleOf(property.Value) is { } rule)
            {
                node.Children[property.Name] = rule;
            }
        }
    }

    // omitWhenMerged supersedes all other rules, wholeListMerge any rule below it.
    private MergeRules.Node? RuleOf(JsonElement field)
    {
        var type = Resolve(field, out var reference);
        if (IsTrue(field, "omitWhenMerged") || IsTrue(type, "omitWhenMerged"))
        {
            return new MergeRules.Node { Omit = true };
        }

        if (HasType(type, "array") && (IsTrue(field, "wholeListMerge") || IsTrue(type, "wholeListMerge")))
        {
            return new MergeRules.Node { WholeList = true };
        }

        if (HasType(type, "object") && type.TryGetProperty("properties", out _))
        {
            return Below(type, reference);
        }

        if (HasType(type, "array") && type.TryGetProperty("items", out var items))
        {
            var element = Resolve(items, out var elementReference);
            if (!HasType(element, "object"))
            {
                return element.TryGetProperty("type", out _) ? new MergeRules.Node { WholeList = true } : null;
            }

            // An array that mixes objects with others, or whose objects have no ids, is replaced as a whole.
            if (TypeCount(element) > 1 || (element.TryGetProperty("properties", out var properties) && !properties.TryGetProperty("id", out _)))
            {
                return new MergeRules.Node { WholeList = true };
            }

            return Below(element, elementReference);
        }

        return null;
    }

    private MergeRules.Node Below(JsonElement type, string? reference)
    {
        if (reference is not null && _definitions.TryGetValue(reference, out var known))
        {
            return known; // a schema may refer to itself
        }

        var node = new MergeRules.Node();
        if (reference is not null)
        {
            _definitions.Add(reference, node);
        }

        AddProperties(type, node);
        return node;
    }

    private JsonElement Resolve(JsonElement element, out string? reference)
    {
        reference = null;
        for (var hops = 0; element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out var target); hops++)
        {
            reference = target.GetString() ?? "";
            if (!reference.StartsWith("#/", StringComparison.Ordinal) || hops > 16)
            {
                throw new JsonException($"The schema refers to \"{reference}\"; only references within the file are followed. Use a dereferenced schema.");
            }

            element = schema;
            foreach (var name in reference[2..].Split('/'))
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name.Replace("~1", "/").Replace("~0", "~"), out element))
                {
                    throw new JsonException($"The schema refers to \"{reference}\", which is not there.");
                }
            }
        }

        return element;
    }

    private static bool IsTrue(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static int TypeCount(JsonElement element) =>
        !element.TryGetProperty("type", out var type) ? 0 : type.ValueKind == JsonValueKind.Array ? type.GetArrayLength() : 1;

    private static bool HasType(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("type", out var type)
        && (type.ValueKind == JsonValueKind.String ? type.ValueEquals(name) : type.ValueKind == JsonValueKind.Array && type.EnumerateArray().Any(t => t.ValueKind == JsonValueKind.String && t.ValueEquals(name)));
}
