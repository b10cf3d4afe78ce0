using Palermo.Documents.Html;
using Palermo.Cli.Running;
using Palermo.Identify.Runs;
using Palermo.Knowledge;

namespace Palermo.Cli.Report;

/// <summary>Where the risk is: by good, sector, place, buyer and supplier, as rates with their denominators, and on a map.</summary>
internal sealed class WhereSection(Catalogue catalogue, RunRecord record)
{
    private const int Rows = 15;

    // Smaller groups have rates that say nothing.
    private const int SmallestGroup = 3;

    public void Write(Markup html)
    {
        html.Raw("<h2 id=\"where\">Where the risk is</h2><p>“Deserve attention” counts processes of medium salience or more. Every rate stands with the number it is a share of.</p>");
        var goods = record.Summary.ByIndicator.TryGetValue("listed-good", out var tally) ? tally.Judged + tally.Partly : record.Summary.Processes;
        Shares(html, "By good", "good", "Goods named, of the processes in which goods could be judged", record.Summary.Goods, id => catalogue.Goods.First(g => g.Id == id).Name, goods);
        var sectors = record.Summary.ByIndicator.TryGetValue("high-risk-sector", out var sectorTally) ? sectorTally.Judged + sectorTally.Partly : record.Summary.Processes;
        Shares(html, "By sector", "sector", "Sectors recognised, of the processes in which sectors could be judged", record.Summary.Sectors, id => catalogue.Sectors.First(s => s.Id == id).Name, sectors);
        Map(html);
        Rates(html, "By buyer", "buyer", record.Summary.Buyers);
        Rates(html, "By supplier", "supplier", record.Summary.Suppliers);
    }

    private static void Shares(Markup html, string title, string what, string caption, Dictionary<string, Tally> tallies, Func<string, string> name, long of)
    {
        html.Add($"<h3>{title}</h3>");
        if (tallies.Count == 0)
        {
            html.Add($"<p>No {what} with a finding, of {of:N0} processes in which it could be judged.</p>");
            return;
        }

        var rows = tallies.OrderByDescending(t => t.Value.Attention).ThenByDescending(t => t.Value.Processes).ThenBy(t => t.Key, StringComparer.Ordinal).Take(Rows).ToArray();
        Start(html, title, $"{caption} ({of:N0})", what, "Processes", "Share", "Deserve attention");
        var most = rows.Max(r => r.Value.Processes);
        foreach (var (id, tally) in rows)
        {
            html.Add($"<tr><th scope=\"row\">{name(id)}</th><td class=\"n\">{tally.Processes:N0}</td><td class=\"n\">{HtmlReport.Percent(tally.Processes, of)}</td><td class=\"n\">{tally.Attention:N0}</td><td><span class=\"bar\"><i style=\"width:{100.0 * tally.Processes / most:0.#}%\"></i></span></td></tr>");
        }

        End(html, tallies.Count);
    }

    private static void Rates(Markup html, string title, string what, NameTallies tallies)
    {
        html.Add($"<h3>{title}</h3>");
        var large = tallies.Where(t => t.Processes >= SmallestGroup && t.Attention > 0).ToArray();
        if (large.Length == 0)
        {
            html.Add($"<p>No {what} has at least {SmallestGroup} processes of which one deserves attention, of {tallies.Count:N0} named.</p>");
            return;
        }

        Start(html, title, $"Names with at least {SmallestGroup} processes, of {tallies.Count:N0} named; many processes first", what, "Processes", "Deserve attention", "Rate");
        foreach (var (name, tally) in large.OrderByDescending(t => t.Value.Attention).ThenByDescending(t => (double)t.Value.Attention / t.Value.Processes).ThenBy(t => t.Key, StringComparer.Ordinal).Take(Rows))
        {
            html.Add($"<tr><th scope=\"row\">{name}</th><td class=\"n\">{tally.Processes:N0}</td><td class=\"n\">{tally.Attention:N0}</td><td class=\"n\">{HtmlReport.Percent(tally.Attention, tally.Processes)}</td><td><span class=\"bar\"><i style=\"width:{100.0 * tally.Attention / tally.Processes:0.#}%\"></i></span></td></tr>");
        }

        End(html, large.Length);
    }

    private void Map(Markup html)
    {
        var countries = record.Summary.Countries;
        html.Raw("<h3>By place</h3>");
        if (countries.Count == 0)
        {
            html.Raw("<p>No process names a country of a party or of delivery.</p>");
            return;
        }

        html.Raw("<svg class=\"map\" viewBox=\"0 0 960 470\" role=\"img\" aria-label=\"World map of the share of processes that deserve attention, by country of supplier, delivery or buyer; the same figures are in the table below\">");
        foreach (var shape in catalogue.Map)
        {
            var known = countries.TryGetValue(shape.Id, out var tally);
            html.Raw(Markup.Encode($"<path class=\"{(known ? Shade(tally) : "")}\" d=\"") + shape.Path + "\">" + (known ? Markup.Encode($"<title>{shape.Name}: {tally.Attention:N0} of {tally.Processes:N0}</title>") : "") + "</path>");
        }

        html.Raw("</svg><ul class=\"key\"><li><i style=\"background:#dfe4ea\"></i>no process</li><li><i style=\"background:#9ec5dd\"></i>none deserves attention</li><li><i style=\"background:#5b9cc0\"></i>up to 20 %</li><li><i style=\"background:#c7822f\"></i>up to 50 %</li><li><i style=\"background:#a3271c\"></i>more</li></ul><p class=\"soft\">Outlines: Natural Earth, public domain. The boundaries shown imply no opinion on the status of any territory. A process counts in every country that it names.</p>");
        Start(html, "Places", "Processes that name the country of a supplier, of delivery or of the buyer", "country", "Processes", "Deserve attention", "Rate");
        foreach (var (id, tally) in countries.OrderByDescending(t => t.Value.Attention).ThenByDescending(t => t.Value.Processes).ThenBy(t => t.Key, StringComparer.Ordinal).Take(Rows * 2))
        {
            html.Add($"<tr><th scope=\"row\">{catalogue.Countries[id].Name}</th><td class=\"n\">{tally.Processes:N0}</td><td class=\"n\">{tally.Attention:N0}</td><td class=\"n\">{HtmlReport.Percent(tally.Attention, tally.Processes)}</td><td><span class=\"bar\"><i style=\"width:{100.0 * tally.Attention / tally.Processes:0.#}%\"></i></span></td></tr>");
        }

        End(html, countries.Count, Rows * 2);
    }

    private static string Shade(Tally tally) => tally.Attention == 0 ? "m1" : (tally.Attention * 100 / tally.Processes) switch { <= 20 => "m2", <= 50 => "m3", _ => "m4" };

    private static void Start(Markup html, string label, string caption, string what, params string[] columns)
    {
        html.Add($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><table><caption>{caption}</caption><thead><tr><th scope=\"col\">{char.ToUpperInvariant(what[0])}{what[1..]}</th>");
        foreach (var column in columns)
        {
            html.Add($"<th scope=\"col\" class=\"n\">{column}</th>");
        }

        html.Raw("<td></td></tr></thead><tbody>");
    }

    private static void End(Markup html, int all, int shown = Rows)
    {
        html.Raw("</tbody></table></div>");
        if (all > shown)
        {
            html.Add($"<p class=\"soft\">{all - shown:N0} more are in the results (JSON Lines or CSV).</p>");
        }
    }
}
