using System.Text.Json;
using Palermo.Matching;
using Palermo.Matching.Lists;

namespace Palermo.Web.Api.Matching;

/// <summary>A party as FollowTheMoney writes entities.</summary>
internal static class FtmEntity
{
    private static readonly HashSet<string> s_people = new(StringComparer.Ordinal) { "Person" };
    private static readonly HashSet<string> s_organizations = new(StringComparer.Ordinal) { "Company", "Organization", "PublicBody" };
    private static readonly string[] s_identifiers = ["registrationNumber", "idNumber", "taxNumber", "vatCode", "leiCode", "uniqueEntityId", "ogrnCode", "innCode", "dunsCode", "imoNumber", "uscCode", "passportNumber", "nationalId"];

    /// <summary>Longer than any name of an organization; comparing takes time that grows with it.</summary>
    public const int LongestName = 500;

    private const int MostNames = 50;

    /// <summary>Schemata that can be asked for.</summary>
    public static IReadOnlyList<string> Schemata { get; } = ["Person", "Company", "Organization", "PublicBody", "LegalEntity"];

    public static string Schema(PartyKind kind) => kind switch { PartyKind.Person => "Person", PartyKind.Organization => "Organization", _ => "LegalEntity" };

    /// <summary>The party of a query; or what is wrong with it.</summary>
    public static (Party? Party, string? Problem) Read(string? schema, Dictionary<string, JsonElement>? properties)
    {
        if (schema is null || !Schemata.Contains(schema))
        {
            return (null, $"schema \"{schema}\" can't be matched; write one of {string.Join(", ", Schemata)}.");
        }

        IReadOnlyList<string> Values(params IEnumerable<string> names) => [.. names.SelectMany(n => properties is not null && properties.TryGetValue(n, out var value) ? Texts(value) : []).Where(t => t.Length > 0)];
        var names = Values("name", "alias", "weakAlias", "previousName");
        if (names.Count == 0 && Values("firstName", "lastName") is { Count: > 0 })
        {
            names = [string.Join(' ', Values("firstName", "secondName", "middleName", "fatherName", "lastName"))];
        }

        if (names.Count > MostNames || names.Any(n => n.Length > LongestName))
        {
            return (null, $"an entity has at most {MostNames} names of at most {LongestName} letters each.");
        }

        return names.Count == 0
            ? (null, "properties.name is missing; write {\"name\": [\"…\"]}.")
            : (new Party
            {
                Names = names,
                Kind = s_people.Contains(schema) ? PartyKind.Person : s_organizations.Contains(schema) ? PartyKind.Organization : PartyKind.Unknown,
                Countries = Values("country", "nationality", "jurisdiction", "mainCountry", "citizenship"),
                Addresses = Values("address", "full"),
                Dates = Values("birthDate", "incorporationDate"),
                Identifiers = Values(s_identifiers),
                Phones = Values("phone"),
            }, null);
    }

    /// <summary>A listed party.</summary>
    public static Dictionary<string, object?> Write(ListedParty party, ListEdition edition)
    {
        var properties = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        void Add(string name, IEnumerable<string> values)
        {
            var all = values.Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
            if (all.Length > 0)
            {
                properties[name] = all;
            }
        }

        var person = party.Kind == PartyKind.Person;
        Add("name", party.Names.Take(1).Select(n => n.Text));
        Add("alias", party.Names.Skip(1).Where(n => n.Strength != "weak").Select(n => n.Text));
        Add("weakAlias", party.Names.Skip(1).Where(n => n.Strength == "weak").Select(n => n.Text));
        Add(person ? "nationality" : "country", party.Countries);
        Add("address", party.Addresses);
        Add(person ? "birthDate" : "incorporationDate", party.Dates);
        Add("idNumber", party.Identifiers);
        Add("program", party.Grounds);
        Add("notes", [party.Sentence, .. party.Rules.Select(r => r.Text)]);
        return new Dictionary<string, object?>
        {
            ["id"] = party.Id,
            ["caption"] = party.Caption,
            ["schema"] = Schema(party.Kind),
            ["properties"] = properties,
            ["datasets"] = new[] { edition.Source.Id },
            ["referents"] = Array.Empty<string>(),
            ["target"] = true,
            ["first_seen"] = party.From.Length > 0 ? party.From : null,
            ["last_change"] = edition.Date.ToString("yyyy-MM-dd", null),
            ["last_seen"] = edition.Date.ToString("yyyy-MM-dd", null),
        };
    }

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!.Trim()],
        JsonValueKind.Number => [value.GetRawText()],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        _ => [],
    };
}
