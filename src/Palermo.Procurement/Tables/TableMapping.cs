using System.Text.Json;

namespace Palermo.Procurement.Tables;

/// <summary>What a user says about a table: which column holds what, and what its values mean.</summary>
public sealed class TableMapping
{
    private static readonly string[] s_keys = ["columns", "sheet", "headerRow", "dates", "decimal", "currency", "ocidPrefix"];

    /// <summary>Nothing said: everything is detected.</summary>
    public static TableMapping None { get; } = new();

    /// <summary>Fields by folded header; a blank field leaves the column out.</summary>
    internal Dictionary<string, string> Columns { get; } = new(StringComparer.Ordinal);

    /// <summary>Sheet to read, or blank for the first with a table.</summary>
    public string Sheet { get; private set; } = "";

    /// <summary>Row of the headers from 1, or 0 to find it.</summary>
    public int HeaderRow { get; private set; }

    /// <summary><c>dmy</c>, <c>mdy</c> or blank to find out.</summary>
    public string Dates { get; private set; } = "";

    /// <summary><c>,</c> or <c>.</c>, or blank to find out.</summary>
    public string Decimal { get; private set; } = "";

    /// <summary>Currency of amounts without one; blank if not known.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Stands before the id of a tender to make its ocid; null for the name of the file.</summary>
    public string? OcidPrefix { get; private set; }

    /// <summary>Reads a mapping: JSON such as <c>{"columns": {"Lot name": "items/description"}, "currency": "EUR"}</c>.</summary>
    /// <exception cref="FormatException">It is no mapping; the message says what is wrong and how to mend it.</exception>
    public static TableMapping Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var mapping = new TableMapping();
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("A JSON object was expected, such as {\"columns\": {\"Lot name\": \"items/description\"}}.");
            }

            foreach (var property in document.RootElement.EnumerateObject())
            {
                mapping.Take(property);
            }

            return mapping;
        }
        catch (JsonException e)
        {
            throw new FormatException($"It is no JSON: {e.Message}", e);
        }
    }

    private void Take(JsonProperty property)
    {
        switch (property.Name)
        {
            case "columns" when property.Value.ValueKind == JsonValueKind.Object:
                foreach (var column in property.Value.EnumerateObject())
                {
                    var field = column.Value.ValueKind == JsonValueKind.Null ? "" : column.Value.ValueKind == JsonValueKind.String ? column.Value.GetString()! : "?";
                    if (field.Length > 0 && !ColumnNames.Fields.Contains(field))
                    {
                        throw new FormatException($"columns: \"{column.Name}\" is mapped to \"{field}\", which is no field. Use one of {string.Join(", ", ColumnNames.Fields.Order(StringComparer.Ordinal))}; null leaves the column out.");
                    }

                    Columns[ColumnNames.Fold(column.Name)] = field;
                }

                break;
            case "sheet" when property.Value.ValueKind == JsonValueKind.String: Sheet = property.Value.GetString()!; break;
            case "headerRow" when property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetInt32(out var row) && row > 0: HeaderRow = row; break;
            case "dates" when property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is "dmy" or "mdy": Dates = property.Value.GetString()!; break;
            case "decimal" when property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is "," or ".": Decimal = property.Value.GetString()!; break;
            case "currency" when property.Value.ValueKind == JsonValueKind.String: Currency = property.Value.GetString()!; break;
            case "ocidPrefix" when property.Value.ValueKind == JsonValueKind.String: OcidPrefix = property.Value.GetString(); break;
            default:
                throw new FormatException(s_keys.Contains(property.Name)
                    ? $"{property.Name} holds {property.Value}. Expected: columns an object, sheet a name, headerRow a number from 1, dates \"dmy\" or \"mdy\", decimal \",\" or \".\", currency a code, ocidPrefix a text."
                    : $"There is no setting \"{property.Name}\"; there are {string.Join(", ", s_keys)}.");
        }
    }
}
