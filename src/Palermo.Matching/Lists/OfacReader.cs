using System.Xml.Linq;
using Palermo.Tables;

namespace Palermo.Matching.Lists;

/// <summary>OFAC's lists: the old CSV files without headers (primary, alternate names, addresses) and sdn.xml.</summary>
internal static class OfacReader
{
    public static IEnumerable<ListedParty> ReadCsv(string path, Action<string> warn)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var file = Path.GetFileName(path);
        var aliases = Beside(folder, file, "alt", 4, warn).GroupBy(r => r[0]).ToDictionary(g => g.Key, g => g.ToList());
        var addresses = Beside(folder, file, "add", 5, warn).GroupBy(r => r[0]).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var row in Rows(path))
        {
            if (row.Length == 1)
            {
                continue; // The file ends with a control character.
            }

            if (row.Length < 12 || row[0].Length == 0 || !row[0].All(char.IsAsciiDigit))
            {
                throw new InvalidDataException($"Row \"{string.Join(",", row.Take(3))}\" is not one of an OFAC list (a number, a name, a type …, 12 columns). Is it sdn.csv or cons_prim.csv?");
            }

            var remarks = row[11] == "-0-" ? "" : row[11];
            var places = addresses.GetValueOrDefault(row[0], []);
            yield return new ListedParty
            {
                Id = row[0],
                Kind = row[2] == "individual" ? PartyKind.Person : PartyKind.Organization,
                Names =
                [
                    new ListedName(row[1], "main"),
                    .. aliases.GetValueOrDefault(row[0], []).Select(a => new ListedName(a[3], a[2] == "fka" ? "former" : "alias")),
                    .. Quoted(remarks).Select(a => new ListedName(a, "weak")),
                ],
                Countries = [.. places.Select(a => a[4]).Where(c => c is not ("-0-" or "")).Distinct()],
                Addresses = [.. places.Select(a => string.Join(", ", new[] { a[2], a[3], a[4] }.Where(t => t is not ("-0-" or "")))).Where(a => a.Length > 0)],
                Dates = Remark(remarks, "DOB "),
                Identifiers = [.. Identifiers(remarks)],
                Grounds = [.. row[3].Split(["] [", "]", "["], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(p => p != "-0-")],
                Sentence = remarks,
            };
        }
    }

    public static IEnumerable<ListedParty> ReadXml(string path)
    {
        foreach (var entry in XmlEntries.Read(path, new HashSet<string> { "sdnEntry" }, "OFAC's sdn.xml"))
        {
            var person = entry.Value("sdnType") == "Individual";
            string NameOf(XElement e) => person ? string.Join(", ", new[] { e.Value("lastName"), e.Value("firstName") }.Where(t => t.Length > 0)) : e.Value("lastName");
            yield return new ListedParty
            {
                Id = entry.Value("uid"),
                Kind = person ? PartyKind.Person : PartyKind.Organization,
                Names = [new ListedName(NameOf(entry), "main"), .. entry.Elements("akaList").Elements("aka").Select(a => new ListedName(NameOf(a), a.Value("category") == "weak" ? "weak" : a.Value("type").StartsWith("f.k.a", StringComparison.Ordinal) ? "former" : "alias")).Where(n => n.Text.Length > 0)],
                Countries = [.. entry.Elements("addressList").Elements("address").Select(a => a.Value("country")).Concat(entry.Elements("nationalityList").Elements("nationality").Select(n => n.Value("country"))).Where(c => c.Length > 0).Distinct()],
                Addresses = [.. entry.Elements("addressList").Elements("address").Select(a => string.Join(", ", new[] { "address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country" }.Select(n => a.Value(n)).Where(t => t.Length > 0))).Where(a => a.Length > 0)],
                Dates = [.. entry.Elements("dateOfBirthList").Elements("dateOfBirthItem").Select(d => IsoDate(d.Value("dateOfBirth"))).Where(d => d.Length > 0)],
                Identifiers = [.. entry.Elements("idList").Elements("id").Where(i => i.Value("idNumber").Length > 0).Select(i => $"{i.Value("idType")}:{i.Value("idNumber")}").Distinct()],
                Grounds = [.. entry.Elements("programList").Elements("program").Select(p => p.Value.Trim())],
                Sentence = entry.Value("remarks"),
            };
        }
    }

    // sdn.csv has alt.csv and add.csv beside it, cons_prim.csv has cons_alt.csv and cons_add.csv; dated copies keep their date.
    private static IEnumerable<string[]> Beside(string folder, string file, string part, int columns, Action<string> warn)
    {
        var other = Path.Combine(folder, file.StartsWith("cons_prim", StringComparison.OrdinalIgnoreCase) ? "cons_" + part + ".csv" : part + ".csv");
        if (!File.Exists(other))
        {
            warn($"{Path.GetFileName(other)} is not beside {file}: {(part == "alt" ? "alternate names" : "addresses")} are missing. Put it there and add the list again");
            return [];
        }

        return Rows(other).Where(r => r.Length >= columns);
    }

    private static IEnumerable<string[]> Rows(string path)
    {
        using var rows = new TextRows(File.OpenRead(path), () => { });
        for (var row = rows.Next(); row is not null; row = rows.Next())
        {
            yield return row;
        }
    }

    // a.k.a. 'BNC'; what stands in quotes is called weak by OFAC.
    private static IEnumerable<string> Quoted(string remarks)
    {
        foreach (var part in remarks.Split(';', StringSplitOptions.TrimEntries))
        {
            if ((part.StartsWith("a.k.a. '", StringComparison.Ordinal) || part.StartsWith("alt. a.k.a. '", StringComparison.Ordinal)) && part.LastIndexOf('\'') is var end && part.IndexOf('\'', StringComparison.Ordinal) is var start && end > start + 1)
            {
                yield return part[(start + 1)..end];
            }
        }
    }

    private static List<string> Remark(string remarks, string key) =>
        [.. remarks.Split(';', StringSplitOptions.TrimEntries).Select(p => p.StartsWith("alt. ", StringComparison.Ordinal) ? p[5..] : p).Where(p => p.StartsWith(key, StringComparison.Ordinal)).Select(p => IsoDate(p[key.Length..].TrimEnd('.'))).Where(d => d.Length > 0)];

    private static IEnumerable<string> Identifiers(string remarks)
    {
        foreach (var part in remarks.Split(';', StringSplitOptions.TrimEntries))
        {
            foreach (var key in new[] { "Registration Number ", "Registration ID ", "Tax ID No. ", "Passport ", "National ID No. ", "SWIFT/BIC ", "Business Registration Number ", "Unified Social Credit Code (USCC) ", "Vessel Registration Identification IMO ", "MMSI ", "C.R. No. ", "RUC # ", "NIT # ", "R.F.C. ", "Cedula No. ", "Legal Entity Number ", "Government Gazette Number " })
            {
                if (part.StartsWith(key, StringComparison.Ordinal))
                {
                    var value = part[key.Length..];
                    yield return $"{key.Trim()}:{value[..(value.IndexOf(" (", StringComparison.Ordinal) is var at and > 0 ? at : value.Length)].Trim(' ', '.')}";
                }
            }
        }
    }

    private static string IsoDate(string text) => DateTime.TryParse(text.Replace("circa ", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture, out var date) && text.Any(char.IsLetter) && text.Trim().Length > 8
        ? date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
        : text.Replace("circa ", "", StringComparison.Ordinal).Trim() is { Length: 4 } year && year.All(char.IsAsciiDigit) ? year : "";
}
