using Palermo.Documents.Html;
using System.Text;
using Palermo.Cli.Running;
using Palermo.Identify;
using Palermo.Identify.Runs;
using Palermo.Knowledge;

namespace Palermo.Cli.Report;

/// <summary>The report of a run: one file, no script, nothing fetched, for a person who will never use a terminal.</summary>
internal static class HtmlReport
{
    private static readonly Level[] s_levels = [Level.Critical, Level.High, Level.Medium, Level.Low, Level.Hint, Level.None, Level.Unknown];

    public static void Write(Stream output, Catalogue catalogue, RunRecord record)
    {
        var html = new Markup();
        Head(html, record);
        Summary(html, record);
        Coverage(html, record);
        new WhereSection(catalogue, record).Write(html);
        new RulesSection(record).Write(html);
        new ProcessSection(catalogue, record).Write(html);
        new BackMatter(catalogue, record).Write(html);
        html.Raw("</main>");
        html.Add($"<footer><p>Made by Palermo {record.Version}, data edition {record.DataEdition}, as of {record.AsOf:yyyy-MM-dd}. A finding is a reason to look, never a verdict on a supplier.</p></footer>");
        html.Raw("</body></html>");
        output.Write(Encoding.UTF8.GetBytes(html.ToString()));
    }

    private static void Head(Markup html, RunRecord record)
    {
        PageHead.Write(html, "Where to look first: screening report");
        html.Raw("</style></head><body><a class=\"skip\" href=\"#main\">Skip to the content</a><header><h1>Where to look first</h1>");
        var inputs = record.Inputs.Count == 1 ? record.Inputs[0].Name : $"{record.Inputs.Count} files";
        html.Add($"<p class=\"soft\">Procurement data screened for the risk of trafficking, forced labour and child labour: {inputs}, as of {record.AsOf:yyyy-MM-dd}.</p>");
        html.Raw($"""
            <nav aria-label="Contents"><ul><li><a href="#judged">What could be judged</a></li><li><a href="#where">Where the risk is</a></li>{(record.Rules is null ? "" : "<li><a href=\"#rules\">Rules and safeguards</a></li>")}<li><a href="#processes">Most salient processes</a></li><li><a href="#unread">What could not be read</a></li><li><a href="#sources">Sources</a></li><li><a href="#method">Method and run</a></li></ul></nav></header><main id="main">
            """);
    }

    private static void Summary(Markup html, RunRecord record)
    {
        var summary = record.Summary;
        if (record.Interrupted)
        {
            html.Raw("<div class=\"notice warn\"><p><strong>The run was interrupted.</strong> This report covers only the part of the input that was done.</p></div>");
        }

        html.Add($"<p><strong>{summary.Processes:N0} contracting processes</strong> were screened. {summary.CountFrom(Level.Medium):N0} of them ({Percent(summary.CountFrom(Level.Medium), summary.Processes)}) deserve a question before award or a closer look.{(summary.FilteredOut > 0 ? $" {summary.FilteredOut:N0} more were left out by the filters." : "")}</p>");
        html.Raw("<ul class=\"tiles\" aria-label=\"Processes by salience\">");
        foreach (var level in s_levels)
        {
            html.Add($"<li class=\"{level.Name()}\"><b>{summary.Count(level):N0}</b> {level.Name()}<br><span class=\"soft\">{Meaning(level)}</span></li>");
        }

        html.Raw("</ul><div class=\"notice\"><p><strong>How to read this.</strong> A finding says that something in the data is a reason to look, and what to ask next. It is never a verdict on a supplier. “None” means that the indicators were judged and found nothing; “unknown” means that the data did not say enough to judge, which is not the same.</p></div>");
    }

    private static void Coverage(Markup html, RunRecord record)
    {
        var summary = record.Summary;
        html.Raw("<h2 id=\"judged\">What could be judged</h2><p>A zero that means “no data” is the commonest lie in this field. This table says in how many processes each indicator could be judged, and which missing fields kept it from it.</p>");
        html.Raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Coverage of the indicators\"><table><caption>Coverage by indicator, as a share of the processes screened</caption><thead><tr><th scope=\"col\">Indicator</th><th scope=\"col\" class=\"n\">Found</th><th scope=\"col\" class=\"n\">Judged</th><th scope=\"col\" class=\"n\">In part</th><th scope=\"col\" class=\"n\">Not judged</th><th scope=\"col\">What would settle it</th></tr></thead><tbody>");
        foreach (var indicator in summary.Indicators)
        {
            var tally = summary.ByIndicator[indicator.Id];
            html.Add($"<tr><th scope=\"row\">{indicator.Title} <code>{indicator.Id}</code></th><td class=\"n\">{tally.Found:N0}</td><td class=\"n\">{Percent(tally.Judged, summary.Processes)}</td><td class=\"n\">{Percent(tally.Partly, summary.Processes)}</td><td class=\"n\">{Percent(tally.NotJudged, summary.Processes)}</td>");
            html.Raw("<td>" + string.Join("", tally.Reasons.OrderByDescending(r => r.Value.Count).ThenBy(r => r.Key, StringComparer.Ordinal).Take(3).Select(r => Markup.Encode($"<p>{r.Key} ({r.Value.Count:N0}) Fields: <code>{r.Value.Missing}</code></p>"))) + "</td></tr>");
        }

        html.Raw("</tbody></table></div>");
    }

    public static string Percent(long count, long of) => of == 0 ? "–" : $"{100.0 * count / of:0.#} %";

    private static string Meaning(Level level) => level switch
    {
        Level.Critical => "look first",
        Level.High => "look closely before going on",
        Level.Medium => "ask before award",
        Level.Low => "ask when there is occasion",
        Level.Hint => "unverified statement only",
        Level.None => "judged, nothing found",
        _ => "could not be judged",
    };
}
