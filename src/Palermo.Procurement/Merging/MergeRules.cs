using System.Text.Json;

namespace Palermo.Procurement.Merging;

/// <summary>How arrays of objects with ids are merged.</summary>
public enum ArrayMerge
{
    /// <summary>Objects with the same id are merged: the rule of OCDS.</summary>
    ByIdentifier,

    /// <summary>Objects are merged by their places, for publishers whose ids mean nothing.</summary>
    ByPosition,

    /// <summary>Every object is kept.</summary>
    Append,
}

/// <summary>The merging rules of a release schema: which fields are omitted and which lists are replaced as a whole.</summary>
/// <remarks>Open Contracting Data Standard 1.1, "Merging": <c>omitWhenMerged</c>, <c>wholeListMerge</c>, identifier merge for the rest.</remarks>
public sealed class MergeRules
{
    private static readonly Lazy<MergeRules> s_ocds10 = new(() => Embedded("ocds-1.0.json"));
    private static readonly Lazy<MergeRules> s_ocds11 = new(() => Embedded("ocds-1.1.json"));

    private MergeRules(Node root) => Root = root;

    /// <summary>The rules of OCDS 1.0.3.</summary>
    public static MergeRules Ocds10 => s_ocds10.Value;

    /// <summary>The rules of OCDS 1.1.5.</summary>
    public static MergeRules Ocds11 => s_ocds11.Value;

    internal Node Root { get; }

    /// <summary>Reads the rules out of a release schema, extended or not.</summary>
    /// <param name="schema">A JSON Schema with the merge properties of OCDS.</param>
    /// <exception cref="JsonException">The text is no JSON, or a reference leads nowhere; the message says which.</exception>
    public static MergeRules FromSchema(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return new MergeRules(new SchemaRules(document.RootElement).Read());
    }

    /// <summary>These rules with another one for an array.</summary>
    /// <param name="path">Field names from the release down, separated by slashes.</param>
    /// <param name="rule">The rule.</param>
    public MergeRules With(string path, ArrayMerge rule)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var copy = Root.Copy();
        var node = copy;
        foreach (var name in path.Split('/'))
        {
            if (!node.Children.TryGetValue(name, out var child))
            {
                child = new Node();
                node.Children.Add(name, child);
            }

            node = child;
        }

        node.Arrays = rule;
        return new MergeRules(copy);
    }

    private static MergeRules Embedded(string name)
    {
        using var stream = typeof(MergeRules).Assembly.GetManifestResourceStream(name)!;
        using var document = JsonDocument.Parse(stream);
        return new MergeRules(Read(document.RootElement));
    }

    private static Node Read(JsonElement rules)
    {
        var node = new Node();
        foreach (var property in rules.EnumerateObject())
        {
            node.Children.Add(property.Name, property.Value.ValueKind == JsonValueKind.Object
                ? Read(property.Value)
                : new Node { Omit = property.Value.ValueEquals("omitWhenMerged"), WholeList = property.Value.ValueEquals("wholeListMerge") });
        }

        return node;
    }

    internal sealed class Node
    {
        public bool Omit { get; init; }

        public bool WholeList { get; init; }

        public ArrayMerge Arrays { get; set; }

        public Dictionary<string, Node> Children { get; init; } = new(StringComparer.Ordinal);

        // The rules of a schema may share nodes (one definition used twice) but an override speaks of one path only.
        public Node Copy(int depth = 0) => depth > 32 ? this : new Node
        {
            Omit = Omit,
            WholeList = WholeList,
            Arrays = Arrays,
            Children = Children.ToDictionary(c => c.Key, c => c.Value.Copy(depth + 1), StringComparer.Ordinal),
        };
    }
}
