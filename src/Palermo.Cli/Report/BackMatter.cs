using Palermo.Documents.Html;
using Palermo.Cli.Running;
using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Procurement;

namespace Palermo.Cli.Report;

/// <summary>What could not be read, the sources, the method, and the record of the run.</summary>
internal sealed class BackMatter(Catalogue catalogue, RunRecord record)
{
    private const int ShownProblems = 100;
    private const int ShownInputs = 50;

    public void Write(Markup html)
    {
        Problems(html);
        Sources(html);
        Method(html);
        Run(html);
    }

    private void Problems(Markup html)
    {
        html.Raw("<h2 id=\"unread\">What could not be read</h2>");
        var lost = record.Problems.Count(ProblemKind.Lost);
        html.Add($"<p>{(lost == 0 ? "Everything that looked like a contracting process was read and screened." : $"{lost:N0} piece{(lost > 1 ? "s" : "")} of the input could not be read and {(lost > 1 ? "were" : "was")} not screened.")} {record.Problems.Count(ProblemKind.Mended):N0} slips were mended while reading; {record.Problems.Count(ProblemKind.Ignored):N0} files or objects without procurement data were passed over.</p>");
        if (lost == 0)
        {
            return;
        }

        html.Raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Pieces that could not be read\"><table><thead><tr><th scope=\"col\">Where</th><th scope=\"col\">What</th><th scope=\"col\">How to mend it</th></tr></thead><tbody>");
        foreach (var problem in record.Problems.Kept.Where(p => p.Kind == ProblemKind.Lost).Take(ShownProblems))
        {
            html.Add($"<tr><td>{problem.File}{(problem.Line > 0 ? $", line {problem.Line}" : "")} {problem.Ocid}</td><td>{problem.What}</td><td>{problem.Mend}</td></tr>");
        }

        html.Raw("</tbody></table></div>");
    }

    // Of the processes shown, those cited; each with its date and terms.
    private void Sources(Markup html)
    {
        html.Raw("<h2 id=\"sources\">Sources</h2><ul>");
        var cited = record.Summary.Top.SelectMany(t => t.Assessment.Findings).SelectMany(f => f.Sources).Append("natural-earth-110m").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var id in cited)
        {
            if (catalogue.Sources.TryGetValue(id, out var source))
            {
                html.Add($"<li id=\"s-{id}\"><strong>{id}</strong>: {source.Title}. {source.Publisher}{(source.Publisher.Length > 0 ? ", " : "")}{source.EditionDate}. {source.Url}{(source.Url.Length > 0 ? " " : "")}({source.Licence})</li>");
            }
        }

        html.Raw("</ul>");
    }

    private static void Method(Markup html)
    {
        html.Raw("""
            <h2 id="method">Method</h2>
            <p>Each process is read by five indicators. A finding has a severity (how grave the harm is, and whether it can be undone) and a likelihood (how directly the data points to it). The level follows from a fixed matrix in which a step of severity never weighs less than a step of likelihood; the salience of a process is that of its most salient finding.</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Matrix of salience"><table><caption>Matrix of salience</caption><thead><tr><th scope="col">Severity</th><th scope="col">Possible: good or sector named, origin not</th><th scope="col">Indicated: a party or place points there</th><th scope="col">Stated: the data names it</th></tr></thead><tbody>
            """);
        foreach (var (severity, name) in new[] { (Severity.Gravest, "Gravest: imposed by a State; forced child labour"), (Severity.Grave, "Grave: forced labour; worker bound to the employer"), (Severity.Serious, "Serious: child labour; exploitation known of the sector"), (Severity.Circumstance, "Circumstance") })
        {
            html.Add($"<tr><th scope=\"row\">{name}</th>");
            foreach (var likelihood in Enum.GetValues<Likelihood>())
            {
                var level = Salience.Of(severity, likelihood).Name();
                html.Add($"<td><span class=\"level {level}\">{level}</span></td>");
            }

            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div><p>Statements that were not seen in their source are shown as unverified and never raise a level by themselves. The whole method, so that you can disagree with it precisely: docs/method.md in the source code of Palermo.</p>");
    }

    private void Run(Markup html)
    {
        html.Raw("<h3>Record of the run</h3><dl>");
        html.Add($"<dt>Program</dt><dd>Palermo {record.Version}</dd><dt>Data edition</dt><dd><code>{record.DataEdition}</code></dd><dt>Lists as of</dt><dd>{record.AsOf:yyyy-MM-dd}</dd><dt>Started</dt><dd>{record.Started:yyyy-MM-dd HH:mm} UTC</dd>");
        html.Add($"<dt>Options</dt><dd>{string.Join("; ", record.Options.Select(o => $"{o.Key} {o.Value}"))}</dd></dl>");
        html.Raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Input files\"><table><caption>Input files and their hashes</caption><thead><tr><th scope=\"col\">File</th><th scope=\"col\" class=\"n\">Bytes</th><th scope=\"col\">Hash</th></tr></thead><tbody>");
        foreach (var input in record.Inputs.Take(ShownInputs))
        {
            html.Add($"<tr><td>{input.Name}</td><td class=\"n\">{input.Bytes:N0}</td><td>{input.Algorithm} <code>{input.Hash}</code></td></tr>");
        }

        html.Raw("</tbody></table></div>");
        if (record.Inputs.Count > ShownInputs)
        {
            html.Add($"<p class=\"soft\">{record.Inputs.Count - ShownInputs:N0} more files are in the record of the run (--run-record).</p>");
        }
    }
}
