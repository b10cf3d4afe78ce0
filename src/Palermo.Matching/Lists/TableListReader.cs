using System.Globalization;
using Palermo.Tables;

namespace Palermo.Matching.Lists;

/// <summary>Lists published as tables: CSV or XLSX, the header anywhere in the first rows.</summary>
internal static class TableListReader
{
    private const int HeaderWithin = 25;

    // Lists that write prose in place of names.
    private static readonly HashSet<string> s_prose = ["uflpa", "cbp-orders", "table", "development-bank", "world-bank"];

    public static IEnumerable<ListedParty> Read(ListFormat format, string path, string mapping, Action<string> warn)
    {
        using var rows = Open(path, warn);
        var (columns, first) = Header(rows, mapping, path);
        var open = new List<ListedParty>();
        var group = "";
        for (var row = first ?? rows.Next(); row is not null; row = rows.Next())
        {
            if (Array.TrueForAll(row, string.IsNullOrWhiteSpace))
            {
                continue;
            }

            var parties = Parties(format, columns, row, rows.Row, warn);
            var next = columns.One(row, "group");
            if (next.Length == 0)
            {
                foreach (var party in parties)
                {
                    yield return party;
                }

                continue;
            }

            // Rows of one group are one party under several names.
            if (next != group && open.Count > 0)
            {
                yield return Merge(group, open);
                open.Clear();
            }

            group = next;
            open.AddRange(parties);
        }

        if (open.Count > 0)
        {
            yield return Merge(group, open);
        }
    }

    private static TableRows Open(string path, Action<string> warn)
    {
        var head = new byte[4];
        using (var peek = File.OpenRead(path))
        {
            _ = peek.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        }

        if (head.AsSpan().StartsWith("PK"u8))
        {
            return Path.GetExtension(path).Equals(".numbers", StringComparison.OrdinalIgnoreCase)
                ? throw new InvalidDataException("It is an Apple Numbers file. Export it as CSV or XLSX (File, Export To).")
                : new SheetRows(File.OpenRead(path));
        }

        if (head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            throw new InvalidDataException("It is an old Excel workbook (.xls). Save it as XLSX or CSV.");
        }

        if (head.AsSpan().StartsWith("%PDF"u8))
        {
            throw new InvalidDataException("It is a PDF. Take the CSV or XLSX of the publisher, or copy its table into one.");
        }

        return new TextRows(File.OpenRead(path), () => warn("the file is not UTF-8; other bytes were read as Windows-1252"), lax: true);
    }

    private static (TableColumns Columns, string[]? First) Header(TableRows rows, string mapping, string path)
    {
        do
        {
            string[]? previous = null;
            var read = 0;
            for (var row = rows.Next(); row is not null && read < HeaderWithin; row = rows.Next(), read++)
            {
                if (previous is not null && IsHeader(previous, mapping))
                {
                    // A second line of headings under a heading that spans columns: Ineligibility Period | From Date, To Date.
                    if (TableColumns.Known(row) >= 2 && row.Count(c => c.Length > 0) <= previous.Count(c => c.Length > 0))
                    {
                        var joined = previous.Select((h, i) => i < row.Length && row[i].Length > 0 ? row[i] : h).ToArray();
                        return (TableColumns.Of(joined, mapping), null);
                    }

                    return (TableColumns.Of(previous, mapping), row);
                }

                previous = row;
            }

            if (previous is not null && IsHeader(previous, mapping))
            {
                return (TableColumns.Of(previous, mapping), null);
            }
        }
        while (rows.NextSheet());
        throw new InvalidDataException(mapping.Length > 0
            ? $"No row of the first {HeaderWithin} has the columns of the mapping."
            : $"No header with a column of names was found in the first {HeaderWithin} rows of {Path.GetFileName(path)}. Say which column is what with --map, for example --map \"name=Firm;country=Land\".");
    }

    private static bool IsHeader(string[] row, string mapping)
    {
        if (mapping.Length > 0)
        {
            var first = mapping.Split(';')[0];
            var name = first[(first.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
            return row.Any(c => c.Equals(name, StringComparison.OrdinalIgnoreCase));
        }

        var columns = TableColumns.Of(row, "");
        return (columns.Has("name") || columns.Has("last")) && TableColumns.Known(row) >= Math.Min(2, row.Count(c => c.Length > 0));
    }

    private static List<ListedParty> Parties(ListFormat format, TableColumns columns, string[] row, int number, Action<string> warn)
    {
        var kind = Kind(columns.One(row, "type"));
        var parts = string.Join(' ', new[] { "first", "middle", "third", "fourth", "fifth" }.Select(f => columns.One(row, f)).Where(t => t.Length > 0));
        var cell = columns.One(row, "name");
        var last = columns.One(row, "last");
        if (last.Length > 0)
        {
            parts = (parts + " " + last).Trim();
        }

        var written = cell.Length == 0 ? parts : parts.Length > 0 && last.Length == 0 ? $"{parts} {cell}" : cell;
        if (written.Length == 0)
        {
            warn($"row {number}: no name; left out");
            return [];
        }

        var entries = s_prose.Contains(format.Id) && kind != PartyKind.Person ? ListProse.Parse(written).ToList() : [new ListProse.Entry(written, [], [], [])];
        var from = Date(columns.One(row, "from"), format);
        var parties = new List<ListedParty>();
        foreach (var entry in entries)
        {
            var names = new List<ListedName>();
            if (entry.Name.Length > 0)
            {
                names.Add(new ListedName(entry.Name, Strength(columns.One(row, "aliastype"))));
            }

            names.AddRange(entry.Others);
            if (entries.Count == 1)
            {
                names.AddRange(columns.Some(row, "alias").SelectMany(Aliases).Select(a => new ListedName(a, "alias")));
                names.AddRange(columns.Some(row, "former").SelectMany(Aliases).Select(a => new ListedName(a, "former")));
                names.AddRange(columns.Some(row, "weak").SelectMany(Aliases).Select(a => new ListedName(a, "weak")));
            }

            var id = columns.One(row, "id");
            var note = columns.One(row, "note");
            parties.Add(new ListedParty
            {
                Id = id.Length > 0 && entries.Count == 1 ? id : columns.Has("group") ? columns.One(row, "group") : ListProse.MadeId(entry.Name.Length > 0 ? entry.Name : written, number),
                Kind = kind == PartyKind.Unknown && names.Count > 0 && format.Id is "uflpa" or "cbp-orders" ? PartyKind.Organization : kind,
                Names = [.. names.Where(n => n.Text.Length > 0).DistinctBy(n => n.Text)],
                Countries = [.. columns.Some(row, "country").SelectMany(c => c.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()],
                Addresses = ListReader.Some(string.Join(", ", new[] { "address", "city", "state", "zip" }.SelectMany(f => columns.Some(row, f)))),
                Dates = [.. columns.Some(row, "date").SelectMany(d => d.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
                Identifiers = [.. columns.With(row, "identifier").SelectMany(v => v.Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(i => Scheme(v.Header, i))).Distinct()],
                Grounds = [.. columns.Some(row, "ground").Where(g => g != "\"\"").Distinct()],
                From = from,
                Until = Date(columns.One(row, "until"), format),
                Sentence = entry.Name == written && entry.Rules.Count == 0 ? note : note.Length > 0 ? $"{written} — {note}" : written,
                Rules = entry.Rules,
                Relations = entry.Relations,
            });
            // Subsidiaries that the prose names are found by their own names, and say whose they are.
            var parent = parties[^1];
            parties.AddRange(entry.Relations.Where(r => r.Role == "subsidiary").Select((r, i) => new ListedParty
            {
                Id = $"{parent.Id}-s{i + 1}", Kind = PartyKind.Organization, Names = [new ListedName(r.Party, "main")], Grounds = parent.Grounds, From = parent.From, Until = parent.Until, Sentence = written, Relations = [new ListedRelation(parent.Caption, "owner", "")],
            }));
        }

        return parties;
    }

    private static ListedParty Merge(string group, List<ListedParty> rows) => rows.Count == 1 ? rows[0] : rows[0] with
    {
        Id = group,
        Names = [.. rows.SelectMany(r => r.Names).Where(n => n.Strength == "main").Take(1), .. rows.SelectMany(r => r.Names).OrderBy(n => n.Strength == "main" ? 0 : 1).Skip(1).Select(n => n with { Strength = n.Strength == "main" ? "alias" : n.Strength }).DistinctBy(n => n.Text)],
        Countries = [.. rows.SelectMany(r => r.Countries).Distinct()],
        Addresses = [.. rows.SelectMany(r => r.Addresses).Distinct()],
        Dates = [.. rows.SelectMany(r => r.Dates).Distinct()],
        Identifiers = [.. rows.SelectMany(r => r.Identifiers).Distinct()],
        Grounds = [.. rows.SelectMany(r => r.Grounds).Distinct()],
    };

    private static IEnumerable<string> Aliases(string cell) => cell.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Strength(string type) => type.ToLowerInvariant() switch
    {
        var t when t.Contains("weak", StringComparison.Ordinal) || t.Contains("low", StringComparison.Ordinal) => "weak",
        var t when t.Contains("former", StringComparison.Ordinal) || t.Contains("fka", StringComparison.Ordinal) => "former",
        var t when t.Contains("aka", StringComparison.Ordinal) || t.Contains("alias", StringComparison.Ordinal) || t.Contains("variation", StringComparison.Ordinal) => "alias",
        _ => "main",
    };

    private static PartyKind Kind(string type) => type.ToLowerInvariant() switch
    {
        "person" or "individual" or "p" => PartyKind.Person,
        "" or "legalentity" or "wro" or "finding" or "special entity designation" => PartyKind.Unknown,
        _ => PartyKind.Organization,
    };

    // A column called "identifiers" says no scheme; CNPJ and CPF stand in one column and tell themselves apart by length.
    private static string Scheme(string header, string value)
    {
        var digits = value.Count(char.IsAsciiDigit);
        var name = header.Trim().ToUpperInvariant();
        return name is "IDENTIFIERS" or "ID" ? value : name.Contains("CNPJ", StringComparison.Ordinal) || name.Contains("CPF", StringComparison.Ordinal) ? $"{(digits > 11 ? "BR-CNPJ" : "BR-CPF")}:{value}" : $"{name}:{value}";
    }

    private static readonly string[] s_american = ["M/d/yyyy", "MM/dd/yyyy", "M/d/yy"];
    private static readonly string[] s_european = ["d/M/yyyy", "dd/MM/yyyy", "d.M.yyyy", "dd.MM.yyyy", "d-M-yyyy"];

    // U.S. agencies and the banks in Washington write the month first.
    private static string Date(string text, ListFormat format)
    {
        text = text.Trim();
        if (text.Length >= 10 && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
        {
            return iso.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        var american = format.Id is "uflpa" or "cbp-orders" or "sam" or "ofac" or "world-bank" or "development-bank";
        foreach (var forms in american ? new[] { s_american, s_european } : [s_european, s_american])
        {
            if (DateOnly.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            }
        }

        return text;
    }
}
