using System.Globalization;
using System.Text.RegularExpressions;
using Palermo.Knowledge.Words;

namespace Palermo.Knowledge.Editions;

/// <summary>Reads a published list into the columns of its kind.</summary>
internal static partial class ListReaders
{
    private const int MostNamed = 12;
    private static readonly string[] s_dates = ["yyyy-MM-dd", "M/d/yyyy", "M/d/yy", "MMMM d, yyyy", "MMM d, yyyy", "d MMMM yyyy", "yyyy/MM/dd"];

    /// <summary>Reads a list.</summary>
    /// <exception cref="InvalidDataException">It is no such list, or rows can't be understood; all are named, none is skipped.</exception>
    public static IReadOnlyList<string[]> Read(EditionKind kind, string path, Catalogue catalogue)
    {
        var problems = new List<string>();
        var rows = kind.Id switch
        {
            "dol-goods" => DolGoods(path, catalogue, problems),
            "uflpa" => Uflpa(path, problems),
            _ => CbpOrders(path, catalogue, problems),
        };
        if (problems.Count > 0)
        {
            throw new InvalidDataException($"{problems.Count} row{(problems.Count > 1 ? "s" : "")} can't be understood, so nothing was taken:\n  {string.Join("\n  ", problems.Take(MostNamed))}{(problems.Count > MostNamed ? "\n  …" : "")}");
        }

        var distinct = rows.GroupBy(r => string.Join('\u001f', r.Take(kind.Key)), StringComparer.Ordinal).Select(g => g.First()).OrderBy(r => string.Join('\u001f', r), StringComparer.Ordinal).ToList();
        return distinct.Count > 0 ? distinct : throw new InvalidDataException("The file holds no row of the list.");
    }

    private static List<string[]> DolGoods(string path, Catalogue catalogue, List<string> problems)
    {
        var rows = new List<string[]>();
        foreach (var (where, cells) in ListTable.Read(path, "good", "country area", "country", "child labor", "forced labor").Rows)
        {
            var good = First(cells, "good", "good name", "goods", "product");
            var country = First(cells, "country area", "country", "country name", "countries areas", "area", "country or area");
            if (good.Length == 0 && country.Length == 0)
            {
                continue; // a total, a footnote
            }

            if (good.Length == 0 || country.Length == 0)
            {
                problems.Add($"{where}: {(good.Length == 0 ? "no good" : "no country")} (\"{good}{country}\"). Take the row out or fill it in.");
                continue;
            }

            if (FindCountry(catalogue, country) is not { } found)
            {
                problems.Add($"{where}: \"{country}\" is no country known here. Write its name as in data/places/names.csv, or its ISO 3166-1 code.");
                continue;
            }

            var kinds = First(cells, "exploitation type", "type of exploitation", "labor type", "type");
            var child = IsYes(First(cells, "child labor", "child labour", "cl")) || (kinds.Contains("child", StringComparison.OrdinalIgnoreCase) && !kinds.StartsWith("forced child", StringComparison.OrdinalIgnoreCase));
            var forced = IsYes(First(cells, "forced labor", "forced labour", "fl")) || kinds.Contains("forced labor", StringComparison.OrdinalIgnoreCase);
            var forcedChild = IsYes(First(cells, "forced child labor", "forced child labour", "fcl", "forced or indentured child labor")) || kinds.Contains("forced child", StringComparison.OrdinalIgnoreCase);
            if (!child && !forced && !forcedChild)
            {
                if (First(cells, "downstream", "downstream good", "derived", "derived labor exploitation").Length > 0)
                {
                    continue; // goods made with a listed input have a table of their own
                }

                problems.Add($"{where}: {good} from {country} is marked neither for child nor for forced labour. Put an X, 1 or Yes into the columns \"Child Labor\" and \"Forced Labor\".");
                continue;
            }

            rows.Add([good, found.Id, First(cells, "sector", "good sector", "production sector").ToLowerInvariant(), child ? "1" : "0", forced ? "1" : "0", forcedChild ? "1" : "0"]);
        }

        return rows;
    }

    private static List<string[]> Uflpa(string path, List<string> problems)
    {
        var rows = new List<string[]>();
        foreach (var (where, cells) in ListTable.Read(path, "name", "name of entity", "entity", "aliases", "listed", "effective date").Rows)
        {
            var written = First(cells, "name of entity", "entity name", "name", "entity", "entities", "caption");
            if (written.Length == 0)
            {
                continue;
            }

            var date = First(cells, "effective date", "listed", "date", "date added", "start date", "listing date");
            if (Date(date, out var day) is false)
            {
                problems.Add($"{where}: \"{date}\" is no date. Write it as 2025-01-15.");
                continue;
            }

            var (name, aliases) = Names(written);
            aliases.AddRange(First(cells, "aliases", "alias", "also known as", "weak alias").Split([';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            rows.Add([name, string.Join('|', aliases.Distinct(StringComparer.OrdinalIgnoreCase)), First(cells, "sublist", "section", "list", "program"), day, written == name ? "" : written]);
        }

        return rows;
    }

    private static List<string[]> CbpOrders(string path, Catalogue catalogue, List<string> problems)
    {
        var rows = new List<string[]>();
        foreach (var (where, cells) in ListTable.Read(path, "entity", "manufacturer", "merchandise", "country", "effective date", "type", "status").Rows)
        {
            var written = First(cells, "entity", "manufacturer", "manufacturers", "entities", "company", "name");
            var product = First(cells, "merchandise", "product", "products", "commodity", "industry");
            if (written.Length == 0 && product.Length == 0)
            {
                continue;
            }

            var date = First(cells, "effective date", "date", "issued", "date issued", "wro date");
            if (Date(date, out var day) is false)
            {
                problems.Add($"{where}: \"{date}\" is no date. Write it as 2025-09-24.");
                continue;
            }

            var country = First(cells, "country", "country of origin", "countries");
            if (country.Length > 0 && FindCountry(catalogue, country) is null && !country.Contains("All", StringComparison.OrdinalIgnoreCase))
            {
                problems.Add($"{where}: \"{country}\" is no country known here. Write its name as in data/places/names.csv, or its ISO 3166-1 code.");
                continue;
            }

            var type = First(cells, "type", "action", "measure", "wro finding", "order type");
            var (name, aliases) = Names(written);
            rows.Add([
                name,
                day,
                type.Contains("finding", StringComparison.OrdinalIgnoreCase) ? "Finding" : "WRO",
                string.Join('|', aliases),
                FindCountry(catalogue, country)?.Id ?? "",
                product,
                Status(First(cells, "status", "state")),
                written == name ? "" : written]);
        }

        return rows;
    }

    // Lists write alternate names as prose: "X, a/k/a Y", "X (including two aliases: Y and Z)", "X (also known as Y; and formerly Z)".
    internal static (string Name, List<string> Aliases) Names(string written)
    {
        var aliases = new List<string>();
        var name = Prose().Replace(written, match =>
        {
            aliases.AddRange(AliasSplit().Split(match.Groups["names"].Value).Select(a => Formerly().Replace(a, "").Trim(' ', ',', ';', '.', '"', '“', '”')).Where(a => a.Length > 2));
            return " ";
        });
        var parts = AlsoKnownAs().Split(name);
        aliases.InsertRange(0, parts.Skip(1).Select(a => a.Trim(' ', ',', ';')).Where(a => a.Length > 2));
        return (string.Join(' ', parts[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim(' ', ',', ';'), aliases);
    }

    private static string Status(string text) => Folding.Fold(text) switch
    {
        "" => "active",
        var t when t.Contains("partial", StringComparison.Ordinal) => "partially active",
        var t when t.Contains("inactive", StringComparison.Ordinal) || t.Contains("revoked", StringComparison.Ordinal) || t.Contains("terminated", StringComparison.Ordinal) => "inactive",
        _ => "active",
    };

    private static string First(Dictionary<string, string> cells, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (cells.TryGetValue(name, out var cell) && cell.Length > 0)
            {
                return cell;
            }
        }

        return "";
    }

    private static bool IsYes(string cell) => cell.Trim().ToUpperInvariant() is "X" or "1" or "YES" or "Y" or "TRUE" or "✓" or "✔";

    /// <summary>A day as YYYY-MM-DD; a year or nothing stays as little as it is. False if it is something else.</summary>
    private static bool Date(string text, out string day)
    {
        day = "";
        if (text.Length == 0)
        {
            return true;
        }

        if (DateOnly.TryParseExact(text.Split(' ')[0], s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || DateOnly.TryParseExact(text, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
        {
            day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return true;
        }

        return text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    // "Korea, North", "Congo, Democratic Republic of the (DRC)", "Burma (Myanmar)".
    private static Country? FindCountry(Catalogue catalogue, string name)
    {
        if (catalogue.FindCountry(name) is { } found)
        {
            return found;
        }

        var plain = Parentheses().Replace(name, "").Trim();
        var comma = plain.IndexOf(',', StringComparison.Ordinal);
        return catalogue.FindCountry(plain)
            ?? (comma > 0 ? catalogue.FindCountry($"{plain[(comma + 1)..].Trim()} {plain[..comma]}") ?? catalogue.FindCountry(plain[(comma + 1)..].Trim().Replace(" of the", "", StringComparison.OrdinalIgnoreCase) + " of the " + plain[..comma]) : null)
            ?? (Parentheses().Match(name) is { Success: true } inner ? catalogue.FindCountry($"{inner.Value.Trim('(', ')', ' ')} {plain}") ?? catalogue.FindCountry(inner.Value.Trim('(', ')', ' ')) : null);
    }

    [GeneratedRegex(@"\((?:and|including|with)?\s*(?:(?:its|an|one|two|three|four|five|six|seven|eight|nine|ten|several)\s+)*(?:also known as|aka|a/k/a|alias(?:es)?|formerly(?: known as)?|f/k/a)[:\s]+(?<names>[^)]*(?:\([^)]*\)[^)]*)*)\)", RegexOptions.IgnoreCase)]
    private static partial Regex Prose();

    [GeneratedRegex(@"\s*;\s*(?:and\s+)?|,?\s+and\s+(?=[A-Z])|,\s+(?=(?:formerly|also) known as)", RegexOptions.IgnoreCase)]
    private static partial Regex AliasSplit();

    [GeneratedRegex(@"^(?:and\s+)?(?:formerly|also)?\s*(?:known as)\s+|^formerly\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Formerly();

    [GeneratedRegex(@",?\s+(?:a/k/a|aka|f/k/a|also known as|formerly known as)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex AlsoKnownAs();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parentheses();
}
