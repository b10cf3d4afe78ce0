using System.Text.Encodings.Web;
using Palermo.Prevent.Drafting.Model;

namespace Palermo.Documents.Html;

/// <summary>Sets a document as a page that stands alone: style within, no script, nothing fetched. What a passage rests on is in its data attributes.</summary>
public static class HtmlWriter
{
    /// <summary>Writes a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="skip">Words of the link that skips to the content.</param>
    /// <param name="contents">Heading of the table of contents.</param>
    public static string Write(DraftDocument document, string skip, string contents)
    {
        ArgumentNullException.ThrowIfNull(document);
        var html = new Markup();
        html.Add($"<!DOCTYPE html>\n<html lang=\"{document.Language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><meta name=\"referrer\" content=\"no-referrer\">");
        html.Add($"<title>{document.Title}</title><style>").Raw(Css()).Raw("</style></head>");
        html.Add($"<body class=\"{document.Id.Split('.')[0]}\"><a class=\"skip\" href=\"#content\">{skip}</a><header><h1>{document.Title}</h1>");
        if (document.Subtitle.Length > 0)
        {
            html.Add($"<p>{document.Subtitle}</p>");
        }

        html.Raw("</header><main id=\"content\">");
        var parts = document.Blocks.OfType<DraftHeading>().Where(h => h is { Level: 1, Number.Length: > 0 }).ToArray();
        if (parts.Length > 3)
        {
            html.Add($"<nav aria-label=\"{contents}\"><ol>");
            foreach (var part in parts)
            {
                html.Add($"<li><a href=\"#{Anchor(part.Number)}\">{part.Text}</a></li>");
            }

            html.Raw("</ol></nav>");
        }

        var newPage = false;
        foreach (var block in document.Blocks)
        {
            if (block is DraftPageBreak)
            {
                newPage = true;
                continue;
            }

            Block(html, block, newPage);
            newPage = false;
        }

        html.Add($"</main><footer><p>{document.Footer}</p></footer></body></html>");
        return html.ToString();
    }

    private static void Block(Markup html, DraftBlock block, bool newPage)
    {
        switch (block)
        {
            case DraftHeading heading:
                var tag = $"h{heading.Level + 1}";
                html.Raw($"<{tag}{(heading.Number.Length > 0 ? $" id=\"{Anchor(heading.Number)}\"" : "")}{(newPage ? " class=\"page\"" : "")}{Data(heading.Tag)}>{Number(heading.Number)}{Encode(heading.Text)}</{tag}>");
                break;
            case DraftParagraph paragraph:
                html.Raw($"<p{(paragraph.Number.Length > 0 ? " class=\"c\"" : paragraph.IsNote ? " class=\"note\"" : "")}{Data(paragraph.Tag)}>{Number(paragraph.Number)}{Runs(paragraph.Runs)}</p>");
                break;
            case DraftPoints points:
                html.Raw($"<ul{Data(points.Tag)}>");
                foreach (var point in points.Points)
                {
                    html.Raw($"<li>{Runs(point)}</li>");
                }

                html.Raw("</ul>");
                break;
            case DraftTable table:
                html.Raw($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Encode(table.Caption)}\"{Data(table.Tag)}><table><caption>{Encode(table.Caption)}</caption><colgroup>{string.Concat(table.Widths.Select(w => $"<col style=\"width:{w}%\">"))}</colgroup><thead><tr>{string.Concat(table.Columns.Select(c => $"<th scope=\"col\">{Encode(c)}</th>"))}</tr></thead><tbody>");
                foreach (var row in table.Rows)
                {
                    html.Raw($"<tr>{string.Concat(row.Select(c => $"<td>{Runs(c)}</td>"))}</tr>");
                }

                html.Raw("</tbody></table></div>");
                break;
        }
    }

    private static string Runs(IReadOnlyList<Run> runs) => string.Concat(runs.Select(run => run.Kind switch
    {
        RunKind.Strong => $"<strong>{Encode(run.Text)}</strong>",
        RunKind.Foreign => $"<span lang=\"{Encode(run.Name)}\">{Encode(run.Text)}</span>",
        RunKind.Link => $"<a href=\"{Encode(run.Name)}\" rel=\"noreferrer\">{Encode(run.Text)}</a>",
        RunKind.Filled => $"<span class=\"filled\" data-palermo-fill=\"{Encode(run.Name)}\">{Encode(run.Text)}</span>",
        RunKind.Open => $"<mark data-palermo-fill=\"{Encode(run.Name)}\">{Encode(run.Text)}</mark>",
        RunKind.Answer => $"<span class=\"answer\" data-palermo-answer=\"{Encode(run.Name)}\">{Encode(run.Text)}</span>",
        _ => Encode(run.Text),
    }));

    private static string Number(string number) => number.Length > 0 ? $"<span class=\"n\">{number}</span>" : "";

    private static string Anchor(string number) => "s" + number.Replace('.', '-');

    private static string Data(DraftTag? tag) => tag is null ? "" : $" data-palermo-text=\"{Encode(tag.Block)}\"{(tag.Provisions.Count > 0 ? $" data-palermo-provisions=\"{Encode(string.Join(' ', tag.Provisions))}\"" : "")}";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static string Css()
    {
        using var reader = new StreamReader(typeof(HtmlWriter).Assembly.GetManifestResourceStream("document.css")!);
        return reader.ReadToEnd();
    }
}
