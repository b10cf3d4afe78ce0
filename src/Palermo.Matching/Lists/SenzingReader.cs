using System.Text.Json;

namespace Palermo.Matching.Lists;

/// <summary>Senzing's generic entity format: one JSON object a line, or an array of them.</summary>
internal static class SenzingReader
{
    public static IEnumerable<ListedParty> Read(string path, Action<string> warn)
    {
        var number = 0;
        foreach (var record in Records(path))
        {
            number++;
            using (record)
            {
                ListedParty? party;
                try
                {
                    party = ReadParty(record.RootElement, number);
                }
                catch (InvalidOperationException e)
                {
                    warn($"record {number}: a text in it is no text ({e.Message}); left out");
                    continue;
                }

                if (party is null)
                {
                    warn($"record {number}: no name in NAMES (NAME_FULL, NAME_ORG or NAME_FIRST and NAME_LAST); left out");
                    continue;
                }

                yield return party;
            }
        }
    }

    private static IEnumerable<JsonDocument> Records(string path)
    {
        var text = File.ReadAllText(path).TrimStart('\uFEFF', ' ', '\n', '\r', '\t');
        if (text.StartsWith('['))
        {
            using var all = Parse(text, 1);
            foreach (var item in all.RootElement.EnumerateArray())
            {
                yield return JsonDocument.Parse(item.GetRawText());
            }

            yield break;
        }

        var number = 0;
        using var reader = new StringReader(text);
        for (var line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, number);
            }
        }
    }

    private static JsonDocument Parse(string text, int line)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Line {line}: it is not JSON ({e.Message}) This format has one JSON object a line, or an array of them.", e);
        }
    }

    private static ListedParty? ReadParty(JsonElement r, int number)
    {
        var names = Objects(r, "NAMES").Append(r).Select(n => (Text: Name(n), Type: Text(n, "NAME_TYPE"))).Where(n => n.Text.Length > 0)
            .Select((n, i) => new ListedName(n.Text, n.Type is "PRIMARY" || (i == 0 && n.Type.Length == 0) ? "main" : n.Type.Contains("FORMER", StringComparison.OrdinalIgnoreCase) || n.Type.Contains("PREVIOUS", StringComparison.OrdinalIgnoreCase) ? "former" : "alias"))
            .OrderBy(n => n.Strength == "main" ? 0 : 1).DistinctBy(n => n.Text).ToList();
        return names.Count == 0 ? null : new ListedParty
        {
            Id = Text(r, "RECORD_ID") is { Length: > 0 } id ? id : ListProse.MadeId(names[0].Text, number),
            Kind = Text(r, "RECORD_TYPE") switch { "PERSON" => PartyKind.Person, "ORGANIZATION" or "COMPANY" or "VESSEL" => PartyKind.Organization, _ => PartyKind.Unknown },
            Names = names,
            Countries = [.. Objects(r, "COUNTRIES").SelectMany(Values).Concat(Objects(r, "ADDRESSES").Select(a => Text(a, "ADDR_COUNTRY"))).Where(c => c.Length > 0).Distinct()],
            Addresses = [.. Objects(r, "ADDRESSES").Select(a => Text(a, "ADDR_FULL") is { Length: > 0 } full ? full : string.Join(", ", new[] { "ADDR_LINE1", "ADDR_LINE2", "ADDR_CITY", "ADDR_STATE", "ADDR_POSTAL_CODE", "ADDR_COUNTRY" }.Select(k => Text(a, k)).Where(t => t.Length > 0))).Where(a => a.Length > 0)],
            Dates = [.. Objects(r, "DATES").SelectMany(Values).Append(Text(r, "DATE_OF_BIRTH")).Where(d => d.Length > 0)],
            Identifiers = [.. Objects(r, "IDENTIFIERS").SelectMany(Identifier).Distinct()],
            Grounds = [.. Objects(r, "RISKS").SelectMany(Values).Distinct()],
        };
    }

    private static string Name(JsonElement n)
    {
        foreach (var key in new[] { "NAME_FULL", "NAME_ORG" })
        {
            if (Text(n, key) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return string.Join(' ', new[] { "NAME_FIRST", "NAME_MIDDLE", "NAME_LAST" }.Select(k => Text(n, k)).Where(t => t.Length > 0));
    }

    private static IEnumerable<string> Identifier(JsonElement item)
    {
        var type = Text(item, "OTHER_ID_TYPE");
        foreach (var property in item.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String && p.Name.EndsWith("_NUMBER", StringComparison.Ordinal)))
        {
            yield return $"{(property.Name == "OTHER_ID_NUMBER" ? type : property.Name[..^7])}:{property.Value.GetString()}";
        }
    }

    private static string Text(JsonElement element, string key) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : "";

    private static IEnumerable<JsonElement> Objects(JsonElement element, string key) =>
        element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object) : [];

    private static IEnumerable<string> Values(JsonElement element) => element.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).Select(p => p.Value.GetString()!);
}
