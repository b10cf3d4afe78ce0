namespace Palermo.Matching.Lists;

/// <summary>The EU's consolidated financial sanctions list (XML 1.0 and 1.1 of the Commission's file service).</summary>
internal static class EuReader
{
    public static IEnumerable<ListedParty> Read(string path)
    {
        foreach (var entry in XmlEntries.Read(path, new HashSet<string> { "sanctionEntity" }, "the EU consolidated list"))
        {
            var names = entry.Elements("nameAlias").Select(n => (Text: n.Attr("wholeName") is { Length: > 0 } whole ? whole : string.Join(' ', new[] { "firstName", "middleName", "lastName" }.Select(k => n.Attr(k)).Where(t => t.Length > 0)), Strong: n.Attr("strong") != "false"))
                .Where(n => n.Text.Length > 0).Select((n, i) => new ListedName(n.Text, i == 0 ? "main" : n.Strong ? "alias" : "weak")).DistinctBy(n => n.Text).ToList();
            yield return new ListedParty
            {
                Id = entry.Attr("euReferenceNumber") is { Length: > 0 } reference ? reference : entry.Attr("logicalId"),
                Kind = (entry.Element("subjectType")?.Attr("code") ?? "") switch { "person" => PartyKind.Person, "enterprise" => PartyKind.Organization, _ => PartyKind.Unknown },
                Names = names,
                Countries = [.. entry.Elements("citizenship").Concat(entry.Elements("address")).Select(c => c.Attr("countryIso2Code")).Where(c => c.Length == 2 && c != "00").Distinct()],
                Addresses = [.. entry.Elements("address").Select(a => string.Join(", ", new[] { "street", "poBox", "city", "zipCode", "region", "countryDescription" }.Select(k => a.Attr(k)).Where(t => t.Length > 0))).Where(a => a.Length > 0)],
                Dates = [.. entry.Elements("birthdate").Select(d => d.Attr("birthdate") is { Length: > 0 } date ? date : d.Attr("year")).Where(d => d.Length > 0)],
                Identifiers = [.. entry.Elements("identification").Where(i => i.Attr("number").Length > 0).Select(i => $"{i.Attr("identificationTypeCode")}:{i.Attr("number")}").Distinct()],
                Grounds = [.. entry.Elements("regulation").Select(r => r.Attr("programme")).Where(p => p.Length > 0).Distinct()],
                From = entry.Elements("regulation").Select(r => r.Attr("entryIntoForceDate")).Where(d => d.Length > 0).Order(StringComparer.Ordinal).FirstOrDefault() ?? "",
            };
        }
    }
}
