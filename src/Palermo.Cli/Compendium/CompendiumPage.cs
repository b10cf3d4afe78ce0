using System.Text;
using Palermo.Cli.Report;
using Palermo.Documents.Html;
using Palermo.Knowledge.Compendium;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Output;

namespace Palermo.Cli.Compendium;

/// <summary>Entries as one page to read and print: no script, nothing fetched, each entry with citation, source and mark of verification.</summary>
internal static class CompendiumPage
{
    public static void Write(Stream output, IReadOnlyList<Initiative> entries, MeasureList measures, DateOnly asOf)
    {
        var html = new Markup();
        PageHead.Write(html, "Compendium: laws, policies and guidelines against trafficking in public purchasing");
        html.Raw("</style></head><body><a class=\"skip\" href=\"#main\">Skip to the content</a><header><h1>Compendium</h1>");
        html.Add($"<p class=\"soft\">What States and organizations have adopted against trafficking, forced and child labour in public purchasing: {entries.Count} entries of {entries.Select(e => e.Jurisdiction.Code).Distinct().Count()} jurisdictions, as of {asOf:yyyy-MM-dd}. {entries.Count(e => !e.IsVerified)} of them are marked as not yet verified: check their texts before relying on them.</p></header><main id=\"main\">");
        foreach (var jurisdiction in entries.GroupBy(e => e.Jurisdiction.Name).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            html.Add($"<section><h2>{jurisdiction.Key}</h2>");
            foreach (var entry in jurisdiction)
            {
                Entry(html, entry, measures, asOf);
            }

            html.Raw("</section>");
        }

        html.Raw("</main><footer><p>Made by Palermo. Each entry says how it was verified and where its text is.</p></footer></body></html>");
        output.Write(Encoding.UTF8.GetBytes(html.ToString()));
    }

    private static void Entry(Markup html, Initiative entry, MeasureList measures, DateOnly asOf)
    {
        html.Add($"<article id=\"{entry.Id}\"><h3>{entry.Title}</h3>");
        if (entry.TitleLocal is { } local)
        {
            html.Add($"<p class=\"soft\">{local}</p>");
        }

        html.Add($"<p>{entry.Summary}</p><dl>");
        Term(html, "Kind and standing", $"{entry.Kind}, {Wording.Of(entry.On(asOf))}{((entry.InForce ?? entry.Adopted) is { } d ? $" ({d})" : "")}");
        Term(html, "Measures", string.Join("; ", entry.Measures.Select(m => measures.Find(m)!.Title)));
        Term(html, "Sectors", string.Join(", ", entry.Sectors));
        Term(html, "Covers", string.Join("; ", new[] { entry.CoveredBuyers, entry.CoveredSuppliers }.OfType<string>()));
        Term(html, "Citation", entry.Citation ?? "none found");
        if (entry.Source is { } source && Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            html.Add($"<dt>Official source</dt><dd><a href=\"{source}\">{source}</a></dd>");
        }

        Term(html, "Verified", entry.IsVerified ? "seen in its source" : "not yet verified: check the text");
        html.Raw("</dl></article>");
    }

    private static void Term(Markup html, string name, string text)
    {
        if (text.Length > 0)
        {
            html.Add($"<dt>{name}</dt><dd>{text}</dd>");
        }
    }
}
