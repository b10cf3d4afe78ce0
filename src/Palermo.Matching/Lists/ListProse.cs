using System.Globalization;
using System.Text.RegularExpressions;

namespace Palermo.Matching.Lists;

/// <summary>
/// Takes apart what lists write in place of a name: "X (and two aliases: A; and B)", "formerly known as", "and its eight
/// subsidiaries", "All cotton from …". Nothing is dropped: the sentence stays with the party.
/// </summary>
internal static partial class ListProse
{
    /// <summary>What a cell said.</summary>
    internal sealed record Entry(string Name, List<ListedName> Others, List<ListedRule> Rules, List<ListedRelation> Relations);

    private static readonly Dictionary<string, int> s_numbers = new(StringComparer.OrdinalIgnoreCase) { ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10 };

    /// <summary>The parties of a cell; a cell may name several (";", or "A Co., Ltd. and B Co., Ltd.").</summary>
    public static IEnumerable<Entry> Parse(string cell)
    {
        cell = Space().Replace(cell.Replace('\u00a0', ' '), " ").Trim().TrimEnd('*').Trim();
        if (cell.Length == 0)
        {
            yield break;
        }

        if (Goods().IsMatch(cell))
        {
            foreach (var entry in Order(cell))
            {
                yield return entry;
            }

            yield break;
        }

        foreach (var part in Parties(cell))
        {
            yield return One(part);
        }
    }

    // Orders against goods: of a region, of named vessels.
    private static IEnumerable<Entry> Order(string cell)
    {
        var vessels = Vessels().Match(cell);
        if (vessels.Success)
        {
            foreach (var name in SplitList(vessels.Groups[1].Value, 0))
            {
                yield return new Entry(name, [], [new ListedRule("product", cell)], []);
            }

            yield break;
        }

        var place = Region().IsMatch(cell) ? "region" : "product";
        yield return new Entry("", [], [new ListedRule(place, cell)], []);
    }

    private static IEnumerable<string> Parties(string cell)
    {
        if (Group().Match(cell).Groups[1].Success)
        {
            // "…and its subsidiaries, which include A; B; and C" is one party with a list.
            return [cell];
        }

        // Semicolons outside of brackets divide parties, unless they divide the aliases of "a/k/a A; a/k/a B".
        var depth = 0;
        var start = 0;
        var parts = new List<string>();
        for (var i = 0; i < cell.Length; i++)
        {
            depth += cell[i] is '(' or '[' ? 1 : cell[i] is ')' or ']' ? -1 : 0;
            if (cell[i] == ';' && depth <= 0)
            {
                parts.Add(cell[start..i]);
                start = i + 1;
            }
        }

        parts.Add(cell[start..]);
        var whole = new List<string>();
        foreach (var part in parts.Select(p => LeadingAnd().Replace(p.Trim(), "")).Where(p => p.Length > 0))
        {
            if (whole.Count > 0 && AliasStart().IsMatch(part))
            {
                whole[^1] += ", " + part;
            }
            else
            {
                whole.Add(part);
            }
        }

        return whole.SelectMany(p => BothCompanies().Match(p) is { Success: true } both ? new[] { both.Groups[1].Value.Trim(), both.Groups[2].Value.Trim() } : [p]);
    }

    private static Entry One(string text)
    {
        var others = new List<ListedName>();
        var rules = new List<ListedRule>();
        var relations = new List<ListedRelation>();
        var name = VesselStart().Replace(text, "");
        name = Bracket().Replace(name, m => Inside(m.Groups[1].Value.Trim(), m.Value, others, rules, relations));
        var group = Group().Match(name);
        if (group.Success)
        {
            rules.Add(new ListedRule("group", group.Value.Trim(' ', ',', ';')));
            if (group.Groups[1].Success)
            {
                relations.AddRange(SplitList(group.Groups[1].Value, 0).Select(s => new ListedRelation(s, "subsidiary", "")));
            }

            name = name[..group.Index] + name[(group.Index + group.Length)..];
        }

        var pieces = AliasWord().Split(name);
        var kinds = AliasWord().Matches(name);
        name = Clean(pieces[0]);
        for (var i = 1; i < pieces.Length; i++)
        {
            var former = IsFormer(kinds[i - 1].Value);
            others.AddRange(SplitList(pieces[i], 1).Select(a => new ListedName(a, former ? "former" : "alias")));
        }

        if (name.Length == 0 && others.Count > 0)
        {
            name = others[0].Text;
            others.RemoveAt(0);
        }

        return new Entry(name, [.. others.Where(o => o.Text.Length > 0 && !o.Text.Equals(name, StringComparison.OrdinalIgnoreCase)).DistinctBy(o => o.Text)], rules, relations);
    }

    // Returns what stays in the name.
    private static string Inside(string inside, string whole, List<ListedName> others, List<ListedRule> rules, List<ListedRelation> relations)
    {
        var aliases = Aliases().Match(inside);
        if (aliases.Success)
        {
            var count = s_numbers.GetValueOrDefault(aliases.Groups["count"].Value, 0);
            var former = IsFormer(aliases.Value);
            foreach (var part in AliasWord().Split(aliases.Groups["names"].Value))
            {
                others.AddRange(SplitList(part, count).Select(a => new ListedName(a, former ? "former" : "alias")));
            }

            return " ";
        }

        if (Group().Match(inside.StartsWith("and", StringComparison.OrdinalIgnoreCase) ? inside : "and " + inside) is { Success: true } group)
        {
            rules.Add(new ListedRule("group", inside));
            if (group.Groups[1].Success)
            {
                relations.AddRange(SplitList(group.Groups[1].Value, 0).Select(s => new ListedRelation(s, "subsidiary", "")));
            }

            return " ";
        }

        if (OrWord().Match(inside) is { Success: true } or)
        {
            others.Add(new ListedName(or.Groups[1].Value.Trim(), "weak"));
            return " ";
        }

        // (XPCC), (VSETC): letters of the name.
        if (Letters().IsMatch(inside))
        {
            others.Add(new ListedName(inside, "weak"));
            return " ";
        }

        return whole;
    }

    /// <summary>Names of a list in prose: by ";" if there is one, else by ",", "and" where that gives the number said.</summary>
    private static IEnumerable<string> SplitList(string text, int count)
    {
        text = text.Trim(' ', ',', ':');
        var bySemicolon = text.Split(';').Select(t => LeadingAnd().Replace(t.Trim(), "")).Where(t => t.Length > 0).ToList();
        if (bySemicolon.Count > 1 || count == 1)
        {
            return bySemicolon.Select(Clean);
        }

        var byAnd = And().Split(text).Select(Clean).Where(t => t.Length > 0).ToList();
        if (count > 1 && byAnd.Count == count)
        {
            return byAnd;
        }

        var byComma = NameComma().Split(text).SelectMany(t => And().Split(t)).Select(Clean).Where(t => t.Length > 0).ToList();
        return count > 1 && byComma.Count == count ? byComma : count == 0 && byComma.Count > 2 ? byComma : [Clean(text)];
    }

    private static bool IsFormer(string words) => words.Contains("former", StringComparison.OrdinalIgnoreCase) || words.Contains("f/k/a", StringComparison.OrdinalIgnoreCase) || words.Contains("fka", StringComparison.OrdinalIgnoreCase) || words.Contains("previous", StringComparison.OrdinalIgnoreCase) || words.Contains("ex.", StringComparison.OrdinalIgnoreCase);

    private static string Clean(string text) => LeadingAnd().Replace(Space().Replace(text, " ").Trim(' ', ',', ';', ':', '"', '“', '”', '‘'), "").Trim();

    /// <summary>An id for a party of a list that has none.</summary>
    public static string MadeId(string name, int row) => row.ToString("D5", CultureInfo.InvariantCulture) + "-" + string.Concat(name.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Take(24));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"^(all|any|products?|goods|merchandise|tobacco|seafood|cotton|gold|certain)\b.*\b(produced|mined|harvested|manufactured|made|products|cotton|gold|seafood|in whole or in part|from|merchandise)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Goods();

    [GeneratedRegex(@"fishing vessels?:? (.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Vessels();

    [GeneratedRegex(@"^fishing vessel:? ", RegexOptions.IgnoreCase)]
    private static partial Regex VesselStart();

    [GeneratedRegex(@"\b(from|in|of) (the )?([A-Z][\w'-]+ ?)+|\bTurkmenistan\b|\bXinjiang\b")]
    private static partial Regex Region();

    [GeneratedRegex(@"^(?:and|or|&)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex LeadingAnd();

    [GeneratedRegex(@"^(a/?k/?a|also known as|f/?k/?a|formerly)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AliasStart();

    [GeneratedRegex(@"^(.+\b(?:Ltd|Limited|Inc|LLC|Corp|GmbH|S\.A|Bhd)\.?) and (.+\b(?:Ltd|Limited|Inc|LLC|Corp|GmbH|S\.A|Bhd)\.?)$")]
    private static partial Regex BothCompanies();

    [GeneratedRegex(@"[(\[]([^()\[\]]*)[)\]]")]
    private static partial Regex Bracket();

    [GeneratedRegex(@",?\s*(?:and|including|together with|along with) (?:(?:all of |any of )?its|their|all|any)?\s*(?:\w+[ -])*?(?:\w+-based )?(?:wholly[- ]owned )?(?:subsidiary|subsidiaries|affiliates?|affiliated (?:entities|companies)|subordinate(?: and affiliated)? entities|subsidiaries and affiliates|branches)\b(?: based in [^;,(:]+)?(?:,? (?:which include|including|namely|:)\s*(.+))?", RegexOptions.IgnoreCase)]
    private static partial Regex Group();

    [GeneratedRegex(@"^(?:and |including |with )?(?:(?<count>one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:alias(?:es)?|other names?|former names?)|(?:also|formerly|previously|now) (?:known|registered|called) as|a\.?k\.?a\.?|a/k/a|f/k/a|fka|alias(?:es)?|formerly|previously|ex\.|n/k/a|d/b/a|dba|doing business as|trading as)\b[:,]?\s*(?<names>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Aliases();

    [GeneratedRegex(@",?\s*(?:\b(?:a/k/a|f/k/a|n/k/a|d/b/a|aka|fka|a\.k\.a\.|f\.k\.a\.)|\b(?:also|formerly|previously) (?:known|registered|called) as\b|\bformerly\b|\bdoing business as\b|\btrading as\b)[:,]?\s*", RegexOptions.IgnoreCase)]
    private static partial Regex AliasWord();

    [GeneratedRegex(@"^or (.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex OrWord();

    [GeneratedRegex(@"^[A-Z0-9][A-Z0-9&.-]{1,9}( [A-Z][a-z]+)?$")]
    private static partial Regex Letters();

    [GeneratedRegex(@",?\s+and\s+|,?\s+or\s+(?=[A-Z])")]
    private static partial Regex And();

    // Not the comma of "Co., Ltd."
    [GeneratedRegex(@",\s*(?!(?:Ltd|Limited|Inc|LLC|L\.L\.C|Corp|Co|Company|S\.A|JSC|LTD|INC|LIMITED|GmbH|Pte|Pvt)\b)")]
    private static partial Regex NameComma();
}
