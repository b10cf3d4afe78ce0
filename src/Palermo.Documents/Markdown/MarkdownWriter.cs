using System.Text;
using Palermo.Prevent.Drafting.Model;

namespace Palermo.Documents.Markdown;

/// <summary>Sets a document as Markdown. What a passage rests on stands before it in a comment.</summary>
public static class MarkdownWriter
{
    /// <summary>Writes a document.</summary>
    public static string Write(DraftDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var text = new StringBuilder();
        text.Append("# ").Append(Escape(document.Title)).Append("\n\n");
        if (document.Subtitle.Length > 0)
        {
            text.Append(Escape(document.Subtitle)).Append("\n\n");
        }

        DraftTag? last = null;
        foreach (var block in document.Blocks)
        {
            if (block.Tag is { } tag && (last is null || tag.Block != last.Block))
            {
                text.Append("<!-- palermo: ").Append(tag.Block).Append(tag.Provisions.Count > 0 ? "; " + string.Join(", ", tag.Provisions) : "").Append(" -->\n\n");
            }

            last = block.Tag ?? last;
            Block(text, block);
        }

        text.Append("---\n\n").Append(Escape(document.Footer)).Append('\n');
        return text.ToString();
    }

    private static void Block(StringBuilder text, DraftBlock block)
    {
        switch (block)
        {
            case DraftHeading heading:
                text.Append('#', heading.Level + 1).Append(' ').Append(heading.Number.Length > 0 ? heading.Number + " " : "").Append(Escape(heading.Text)).Append("\n\n");
                break;
            case DraftParagraph paragraph:
                text.Append(paragraph.Number.Length > 0 ? $"**{paragraph.Number}** " : "").Append(Runs(paragraph.Runs)).Append("\n\n");
                break;
            case DraftPoints points:
                foreach (var point in points.Points)
                {
                    text.Append("- ").Append(Runs(point)).Append('\n');
                }

                text.Append('\n');
                break;
            case DraftTable table:
                text.Append("| ").AppendJoin(" | ", table.Columns.Select(Cell)).Append(" |\n|").Append(string.Concat(table.Columns.Select(_ => " --- |"))).Append('\n');
                foreach (var row in table.Rows)
                {
                    text.Append("| ").AppendJoin(" | ", row.Select(c => Runs(c).Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
                }

                text.Append('\n');
                break;
        }
    }

    private static string Cell(string text) => Escape(text).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Runs(IReadOnlyList<Run> runs) => string.Concat(runs.Select(run => run.Kind switch
    {
        RunKind.Strong => Strong(run.Text),
        RunKind.Link => $"[{Escape(run.Text)}](<{run.Name}>)",
        RunKind.Answer => "………",
        _ => Escape(run.Text),
    })).Trim();

    // "**word: **" is no emphasis: blanks go outside.
    private static string Strong(string text)
    {
        var core = text.Trim();
        var at = text.IndexOf(core, StringComparison.Ordinal);
        return core.Length == 0 ? text : $"{text[..at]}**{Escape(core)}**{text[(at + core.Length)..]}";
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#')
            {
                escaped.Append('\\');
            }

            escaped.Append(c is '\n' or '\r' ? ' ' : c);
        }

        return escaped.ToString();
    }
}
