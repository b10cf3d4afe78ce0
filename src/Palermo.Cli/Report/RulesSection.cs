using Palermo.Documents.Html;
using System.Globalization;
using Palermo.Cli.Running;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Gaps;

namespace Palermo.Cli.Report;

/// <summary>Which rules bound the processes, and how many of those that had to carry a safeguard showed it.</summary>
internal sealed class RulesSection(RunRecord record)
{
    private const int ShownRows = 15;

    public void Write(Markup html)
    {
        if (record.Rules is not { } rules)
        {
            return;
        }

        html.Raw("<section id=\"rules\"><h2>Rules and safeguards</h2>");
        html.Add($"<p>{rules.Processes:N0} processes were judged by {RuleLibrary.Shipped.Packs.Count} regimes at the days they publish. {(rules.Undated > 0 ? $"{rules.Undated:N0} publish no day, so that no rule could be judged." : "")} A safeguard that is not shown is a reason to look into the documents, never a verdict on a buyer; where a publication has no place for it, it is counted apart.</p>");
        html.Raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Safeguards\"><table><caption>Of the processes that had to carry a safeguard, how many showed it</caption><thead><tr><th scope=\"col\">Safeguard</th><th scope=\"col\">had to</th><th scope=\"col\">shown</th><th scope=\"col\">not shown</th><th scope=\"col\">can't be seen</th><th scope=\"col\">shown, of those that can be seen</th></tr></thead><tbody>");
        foreach (var (measure, tally) in rules.Measures.OrderByDescending(m => m.Value.Bound).ThenBy(m => m.Key, StringComparer.Ordinal))
        {
            Row(html, RuleLibrary.Shipped.Measures.Find(measure)!.Title, tally);
        }

        html.Raw("</tbody></table></div>");
        if (rules.Measures.Count == 0)
        {
            html.Raw("<p>No process had to carry a safeguard that a publication could show, as far as its facts tell.</p>");
        }

        foreach (var measure in rules.Measures.Keys.Where(m => m is "announce-exclusion-grounds" or "contract-clause").Order(StringComparer.Ordinal))
        {
            var title = RuleLibrary.Shipped.Measures.Find(measure)!.Title;
            Table(html, $"{title}: by year", rules.Years.Where(y => y.Key.Measure == measure).OrderBy(y => y.Key.Year).Select(y => (y.Key.Year > 0 ? y.Key.Year.ToString(CultureInfo.InvariantCulture) : "not known", y.Value)));
            Table(html, $"{title}: by sector (CPV division)", rules.Sectors.Where(s => s.Key.Measure == measure).OrderByDescending(s => s.Value.Bound).ThenBy(s => s.Key.Sector, StringComparer.Ordinal).Take(ShownRows).Select(s => (s.Key.Sector.Length > 0 ? s.Key.Sector : "not known", s.Value)));
            Table(html, $"{title}: by buyer", rules.Buyers.Where(b => b.Key.Measure == measure).OrderByDescending(b => b.Value.Bound).ThenBy(b => b.Key.Buyer, StringComparer.Ordinal).Take(ShownRows).Select(b => (b.Key.Buyer.Length > 0 ? b.Key.Buyer : "not named", b.Value)));
        }

        if (rules.Open > 0)
        {
            html.Add($"<p>For {rules.Open:N0} processes it is not settled whether some regime binds. Facts that are not published: {string.Join("; ", rules.Missing.OrderByDescending(m => m.Value).ThenBy(m => m.Key, StringComparer.Ordinal).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key} in {m.Value:N0}")))}. Where one holds for the whole data set, state it: --fact buyer.country=…</p>");
        }

        html.Raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Regimes\"><table><caption>Regimes and the processes they bind</caption><thead><tr><th scope=\"col\">Regime</th><th scope=\"col\">binds</th></tr></thead><tbody>");
        foreach (var pack in RuleLibrary.Shipped.Packs.Where(p => rules.Binding.ContainsKey(p.Id)).OrderByDescending(p => rules.Binding.GetValueOrDefault(p.Id)).ThenBy(p => p.Id, StringComparer.Ordinal))
        {
            html.Add($"<tr><th scope=\"row\">{pack.Title} ({pack.Pin})</th><td>{rules.Binding.GetValueOrDefault(pack.Id):N0}</td></tr>");
        }

        html.Raw("</tbody></table></div></section>");
    }

    private static void Table(Markup html, string caption, IEnumerable<(string Name, SafeguardTally Tally)> rows)
    {
        html.Add($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table><caption>{caption}</caption><thead><tr><th scope=\"col\"></th><th scope=\"col\">had to</th><th scope=\"col\">shown</th><th scope=\"col\">not shown</th><th scope=\"col\">can't be seen</th><th scope=\"col\">shown, of those that can be seen</th></tr></thead><tbody>");
        foreach (var (name, tally) in rows)
        {
            Row(html, name, tally);
        }

        html.Raw("</tbody></table></div>");
    }

    private static void Row(Markup html, string name, SafeguardTally tally) =>
        html.Add($"<tr><th scope=\"row\">{name}</th><td>{tally.Bound:N0}</td><td>{tally.Shown:N0}</td><td>{tally.NotShown:N0}</td><td>{tally.CannotBeSeen:N0}</td><td>{Share(tally)}</td></tr>");

    private static string Share(SafeguardTally tally) => tally.Shown + tally.NotShown == 0 ? "–" : (100.0 * tally.Shown / (tally.Shown + tally.NotShown)).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
