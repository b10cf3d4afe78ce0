using System.Text.Json;

namespace Palermo.Matching.Lists;

/// <summary>FollowTheMoney entities, one JSON object a line: plain (with Ownership and others as entities of their own), nested, or the entities of a delta.</summary>
internal static class FtmReader
{
    private static readonly HashSet<string> s_people = new(StringComparer.Ordinal) { "Person" };
    private static readonly HashSet<string> s_organizations = new(StringComparer.Ordinal) { "Company", "Organization", "PublicBody", "Vessel", "Airplane", "Asset" };
    private static readonly string[] s_identifiers =
    [
        "registrationNumber", "taxNumber", "leiCode", "innCode", "ogrnCode", "uniqueEntityId", "dunsCode", "swiftBic", "imoNumber", "mmsi", "idNumber", "passportNumber", "uscCode", "npiCode", "cageCode", "okpoCode", "vatCode", "jibCode", "isin", "kppCode", "ricCode",
    ];

    public static IEnumerable<ListedParty> Read(string path, Action<string> warn)
    {
        // Owners are entities of their own, which may stand anywhere.
        var relations = new Dictionary<string, List<ListedRelation>>(StringComparer.Ordinal);
        foreach (var (_, entity) in Entities(path, null))
        {
            using (entity)
            {
                ReadRelation(Entity(entity.RootElement), relations);
            }
        }

        foreach (var (_, entity) in Entities(path, warn))
        {
            using (entity)
            {
                if (ReadParty(Entity(entity.RootElement), relations) is { } party)
                {
                    yield return party;
                }
            }
        }
    }

    /// <summary>The operations of a delta file: <c>{"op": "ADD" | "MOD" | "DEL", "entity": {…}}</c>.</summary>
    public static IEnumerable<(string Op, string Id, ListedParty? Party)> ReadDelta(string path, Action<string> warn)
    {
        foreach (var (line, document) in Entities(path, warn))
        {
            using (document)
            {
                var root = document.RootElement;
                var op = root.TryGetProperty("op", out var o) ? o.GetString() ?? "" : "";
                var entity = Entity(root);
                if (op is not ("ADD" or "MOD" or "DEL") || !entity.TryGetProperty("id", out var id))
                {
                    warn($"line {line}: no operation ADD, MOD or DEL with an entity; left out");
                    continue;
                }

                yield return (op, id.GetString() ?? "", op == "DEL" ? null : ReadParty(entity, []));
            }
        }
    }

    private static JsonElement Entity(JsonElement root) => root.TryGetProperty("entity", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;

    private static IEnumerable<(int Line, JsonDocument Document)> Entities(string path, Action<string>? warn)
    {
        var number = 0;
        var good = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            JsonDocument? document = null;
            try
            {
                document = JsonDocument.Parse(line);
                Whole(document.RootElement);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                document?.Dispose();
                document = null;
                if (good == 0)
                {
                    throw new InvalidDataException($"Line {number}: it is not JSON ({e.Message}) This format has one JSON object a line; is it the right file?", e);
                }

                warn?.Invoke($"line {number}: it is not JSON and was left out ({e.Message})");
            }

            if (document is { RootElement.ValueKind: JsonValueKind.Object })
            {
                good++;
                yield return (number, document);
            }
            else if (document is not null)
            {
                document.Dispose();
                throw new InvalidDataException($"Line {number}: it is not a JSON object. This format has one entity a line; a JSON array must be written as lines first.");
            }
        }
    }

    // Half of a surrogate pair, written as an escape, shows only when the text is taken.
    private static void Whole(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Whole(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    Whole(property.Value);
                }

                break;
        }
    }

    private static void ReadRelation(JsonElement entity, Dictionary<string, List<ListedRelation>> relations)
    {
        if (Text(entity, "schema") == "Ownership" && entity.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var asset in Ids(properties, "asset"))
            {
                foreach (var owner in Ids(properties, "owner"))
                {
                    var share = Texts(properties, "percentage").FirstOrDefault() ?? "";
                    Add(relations, asset, new ListedRelation(owner, "owner", share));
                    Add(relations, owner, new ListedRelation(asset, "subsidiary", share));
                }
            }
        }

        static void Add(Dictionary<string, List<ListedRelation>> relations, string id, ListedRelation relation) =>
            (relations.TryGetValue(id, out var list) ? list : relations[id] = []).Add(relation);
    }

    private static ListedParty? ReadParty(JsonElement entity, Dictionary<string, List<ListedRelation>> relations)
    {
        var schema = Text(entity, "schema");
        var id = Text(entity, "id");
        if (id.Length == 0 || !(s_people.Contains(schema) || s_organizations.Contains(schema) || schema == "LegalEntity") || !entity.TryGetProperty("properties", out var p) || p.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var names = Texts(p, "name").Select((n, i) => new ListedName(n, i == 0 ? "main" : "alias"))
            .Concat(Texts(p, "alias").Select(n => new ListedName(n, "alias"))).Concat(Texts(p, "previousName").Select(n => new ListedName(n, "former"))).Concat(Texts(p, "weakAlias").Concat(Texts(p, "abbreviation")).Select(n => new ListedName(n, "weak")))
            .DistinctBy(n => n.Text).ToList();
        if (names.Count == 0 && Text(entity, "caption") is { Length: > 0 } caption)
        {
            names.Add(new ListedName(caption, "main"));
        }

        return names.Count == 0 ? null : new ListedParty
        {
            Id = id,
            Kind = s_people.Contains(schema) ? PartyKind.Person : schema == "LegalEntity" ? PartyKind.Unknown : PartyKind.Organization,
            Names = names,
            Countries = [.. new[] { "country", "jurisdiction", "nationality", "citizenship", "flag", "mainCountry" }.SelectMany(k => Texts(p, k)).Distinct()],
            Addresses = [.. Texts(p, "address").Concat(Nested(p, "addressEntity", "full")).Distinct()],
            Dates = [.. Texts(p, "birthDate").Concat(Texts(p, "incorporationDate"))],
            Identifiers = [.. s_identifiers.SelectMany(k => Texts(p, k).Select(v => $"{k}:{v}")).Distinct()],
            Grounds = [.. Texts(p, "topics").Concat(Texts(p, "programId")).Concat(Nested(p, "sanctions", "program")).Concat(Nested(p, "sanctions", "reason")).Distinct().Take(12)],
            From = Nested(p, "sanctions", "startDate").Concat(Nested(p, "sanctions", "listingDate")).Order(StringComparer.Ordinal).FirstOrDefault() ?? "",
            Until = Nested(p, "sanctions", "endDate").Order(StringComparer.Ordinal).LastOrDefault() ?? "",
            Relations = [.. relations.GetValueOrDefault(id, []).Concat(Owners(p)).Distinct()],
        };
    }

    // In nested files ownership hangs on the party itself.
    private static IEnumerable<ListedRelation> Owners(JsonElement properties)
    {
        foreach (var (property, role, other) in new[] { ("ownershipAsset", "owner", "owner"), ("ownershipOwner", "subsidiary", "asset") })
        {
            if (properties.TryGetProperty(property, out var list) && list.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object && i.TryGetProperty("properties", out var inside) && inside.ValueKind == JsonValueKind.Object))
                {
                    var p = item.GetProperty("properties");
                    foreach (var id in Ids(p, other))
                    {
                        yield return new ListedRelation(id, role, Texts(p, "percentage").FirstOrDefault() ?? "");
                    }
                }
            }
        }
    }

    private static string Text(JsonElement element, string key) => element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static IEnumerable<string> Texts(JsonElement properties, string key)
    {
        if (properties.TryGetProperty(key, out var value))
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                yield return value.GetString()!;
            }
            else if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in value.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String))
                {
                    yield return item.GetString()!;
                }
            }
        }
    }

    // An entity as its id, or nested as an object with one.
    private static IEnumerable<string> Ids(JsonElement properties, string key) =>
        Texts(properties, key).Concat(properties.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object).Select(i => Text(i, "id")).Where(i => i.Length > 0) : []);

    private static IEnumerable<string> Nested(JsonElement properties, string key, string inner) =>
        properties.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object && i.TryGetProperty("properties", out var inside) && inside.ValueKind == JsonValueKind.Object).SelectMany(i => Texts(i.GetProperty("properties"), inner))
            : [];
}
