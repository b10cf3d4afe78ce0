using System.Text.Json;
using System.Text.RegularExpressions;

namespace Palermo.Knowledge.Authoring;

/// <summary>The part of the Frictionless Table Schema that data/ uses, plus <c>palermo:listSeparator</c> for cells that hold a list.</summary>
internal sealed class TableSchema
{
    private static readonly string[] s_types = ["string", "integer", "number", "date"];

    public required IReadOnlyList<Field> Fields { get; init; }

    public required IReadOnlyList<string> PrimaryKey { get; init; }

    public required IReadOnlyList<ForeignKey> ForeignKeys { get; init; }

    /// <exception cref="JsonException">The file is no table schema; the message says where and why.</exception>
    public static TableSchema Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new TableSchema
        {
            Fields = [.. Require(root, "fields").EnumerateArray().Select(ParseField)],
            PrimaryKey = [.. Require(root, "primaryKey").EnumerateArray().Select(k => k.GetString()!)],
            ForeignKeys = [.. Require(root, "foreignKeys").EnumerateArray().Select(k => new ForeignKey(
                Require(k, "fields").GetString()!,
                Require(Require(k, "reference"), "resource").GetString()!,
                Require(Require(k, "reference"), "fields").GetString()!))],
        };
    }

    private static Field ParseField(JsonElement field)
    {
        var name = Require(field, "name").GetString()!;
        var type = Require(field, "type").GetString()!;
        if (!s_types.Contains(type))
        {
            throw new JsonException($"Field {name} has type \"{type}\"; known are {string.Join(", ", s_types)}.");
        }

        var has = field.TryGetProperty("constraints", out var constraints);
        return new Field(
            name,
            type,
            has && constraints.TryGetProperty("required", out var required) && required.GetBoolean(),
            has && constraints.TryGetProperty("pattern", out var pattern) ? new Regex($"^(?:{pattern.GetString()})$", RegexOptions.CultureInvariant) : null,
            has && constraints.TryGetProperty("enum", out var values) ? [.. values.EnumerateArray().Select(v => v.GetString()!)] : null,
            field.TryGetProperty("palermo:listSeparator", out var separator) ? separator.GetString()![0] : null);
    }

    private static JsonElement Require(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value : throw new JsonException($"\"{name}\" is missing.");

    internal sealed record Field(string Name, string Type, bool Required, Regex? Pattern, IReadOnlyList<string>? Values, char? Separator);

    internal sealed record ForeignKey(string Field, string Resource, string Target);
}
