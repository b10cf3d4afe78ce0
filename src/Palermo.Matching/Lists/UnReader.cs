using System.Xml.Linq;

namespace Palermo.Matching.Lists;

/// <summary>The consolidated list of the UN Security Council (XML).</summary>
internal static class UnReader
{
    public static IEnumerable<ListedParty> Read(string path)
    {
        foreach (var entry in XmlEntries.Read(path, new HashSet<string> { "INDIVIDUAL", "ENTITY" }, "the UN consolidated list"))
        {
            var person = entry.Name.LocalName == "INDIVIDUAL";
            var prefix = person ? "INDIVIDUAL_" : "ENTITY_";
            var main = string.Join(' ', new[] { "FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME" }.Select(n => entry.Value(n)).Where(n => n.Length > 0));
            var aliases = entry.Elements(prefix + "ALIAS").Where(a => a.Value("ALIAS_NAME").Length > 0)
                .SelectMany(a => a.Value("ALIAS_NAME").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(n => new ListedName(n, a.Value("QUALITY") switch { "Low" => "weak", "F.k.a." => "former", _ => "alias" })));
            yield return new ListedParty
            {
                Id = entry.Value("REFERENCE_NUMBER") is { Length: > 0 } reference ? reference : entry.Value("DATAID"),
                Kind = person ? PartyKind.Person : PartyKind.Organization,
                Names = [.. ListReader.Some(main).Select(n => new ListedName(n, "main")).Concat(ListReader.Some(entry.Value("NAME_ORIGINAL_SCRIPT")).Select(n => new ListedName(n, "alias"))).Concat(aliases).DistinctBy(n => n.Text)],
                Countries = [.. entry.Elements("NATIONALITY").Elements("VALUE").Select(v => v.Value.Trim()).Concat(entry.Elements(prefix + "ADDRESS").Select(a => a.Value("COUNTRY"))).Where(c => c.Length > 0).Distinct()],
                Addresses = [.. entry.Elements(prefix + "ADDRESS").Select(a => string.Join(", ", new[] { "STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY" }.Select(n => a.Value(n)).Where(t => t.Length > 0))).Where(a => a.Length > 0)],
                Dates = [.. entry.Elements("INDIVIDUAL_DATE_OF_BIRTH").Select(d => d.Value("DATE") is { Length: > 0 } date ? date : d.Value("YEAR")).Where(d => d.Length > 0)],
                Identifiers = [.. entry.Elements("INDIVIDUAL_DOCUMENT").Where(d => d.Value("NUMBER").Length > 0).Select(d => $"{d.Value("TYPE_OF_DOCUMENT")}:{d.Value("NUMBER")}").Distinct()],
                Grounds = ListReader.Some(entry.Value("UN_LIST_TYPE")),
                From = entry.Value("LISTED_ON"),
            };
        }
    }
}
