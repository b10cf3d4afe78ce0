using Palermo.Documents.Html;
using Palermo.Cli.Running;
using Palermo.Identify;
using Palermo.Knowledge;

namespace Palermo.Cli.Report;

/// <summary>The most salient processes with their evidence and what to ask next.</summary>
internal sealed class ProcessSection(Catalogue catalogue, RunRecord record)
{
    private const int Shown = 50;
    private const int Open = 3;

    public void Write(Markup html)
    {
        html.Raw("<h2 id=\"processes\">Most salient processes</h2>");
        var top = record.Summary.Top.Where(t => t.Assessment.Salience > Level.Hint).Take(Shown).ToArray();
        if (top.Length == 0)
        {
            html.Raw("<p>No process has a finding. See above for what could be judged at all.</p>");
            return;
        }

        html.Raw("<p>Graver harm stands before likelier harm, as the UN Guiding Principles put it. Open a process to see its evidence.</p>");
        for (var i = 0; i < top.Length; i++)
        {
            Process(html, top[i].Assessment, i < Open);
        }

        var more = record.Summary.CountFrom(Level.Low) - top.Length;
        if (more > 0)
        {
            html.Add($"<p class=\"soft\">{more:N0} more processes with findings are in the results (JSON Lines or CSV).</p>");
        }
    }

    private void Process(Markup html, Assessment a, bool open)
    {
        html.Add($"<details class=\"{a.Salience.Name()}\"");
        html.Raw(open ? " open>" : ">");
        html.Add($"<summary><span class=\"level {a.Salience.Name()}\">{a.Salience.Name()}</span> <span class=\"what\">{(a.Title.IsEmpty ? a.Ocid.Value : a.Title.ToString())}</span><br><span class=\"soft\">{a.BuyerName}{(a.Suppliers.Count > 0 ? $" → {string.Join(", ", a.Suppliers.Take(3))}" : "")}</span></summary>");
        html.Raw("<dl>");
        html.Add($"<dt>Process</dt><dd><code>{a.Ocid}</code></dd>");
        Term(html, "Date", a.Date.ToString());
        Term(html, "Value", a.Value is { } v ? $"{v.Amount:N0} {v.Currency}" : "");
        Term(html, "Countries", string.Join(", ", a.Countries.Select(c => catalogue.Countries[c].Name)));
        Term(html, "Why this level", a.Explanation);
        html.Add($"<dt>Read from</dt><dd>{a.Origin.File}, line {a.Origin.Line}{(a.Origin.Pieces > 1 ? $", put together from {a.Origin.Pieces} pieces" : "")}</dd></dl>");
        foreach (var finding in a.Findings)
        {
            html.Add($"<div class=\"finding\"><p><span class=\"level {finding.Level.Name()}\">{finding.Level.Name()}</span> {finding.Sentence}</p>");
            html.Add($"<p class=\"soft\">Seen at <code>{finding.Path}</code>: {finding.Evidence}{(finding.Occurrences > 1 ? $" ({finding.Occurrences} places say the same)" : "")}</p>");
            html.Add($"<p><strong>Ask next:</strong> {finding.Question}</p>");
            html.Raw("<p class=\"soft\">Sources: " + string.Join("; ", finding.Sources.Select(id => Markup.Encode($"<a href=\"#s-{id}\">{id}</a>"))) + "</p></div>");
        }

        if (a.Unknowns.Count > 0)
        {
            html.Raw("<div class=\"finding\"><p><strong>Unknown here:</strong> " + string.Join(" ", a.Unknowns.Select(u => Markup.Encode($"<code>{u.Indicator}</code> {u.Reason}"))) + "</p></div>");
        }

        html.Raw("</details>");
    }

    private static void Term(Markup html, string name, string text)
    {
        if (text.Length > 0)
        {
            html.Add($"<dt>{name}</dt><dd>{text}</dd>");
        }
    }
}
