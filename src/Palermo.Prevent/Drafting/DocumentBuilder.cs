using System.Globalization;
using Palermo.Knowledge.Clauses;
using Palermo.Prevent.Drafting.Model;

namespace Palermo.Prevent.Drafting;

/// <summary>Where a text came to stand.</summary>
/// <param name="Number">Number of its section.</param>
/// <param name="Text">The text.</param>
internal sealed record PlacedText(string Number, ChosenText Text);

/// <summary>Builds a document: numbers parts, sections and sub-clauses, fills what is open, and notes where each text stands.</summary>
internal sealed class DocumentBuilder(Words words, IReadOnlyDictionary<string, ResolvedFillIn> fillIns)
{
    private readonly List<DraftBlock> _blocks = [];
    private int _part, _section, _clause;

    public List<PlacedText> Placed { get; } = [];

    public IReadOnlyList<DraftBlock> Blocks => _blocks;

    public DocumentBuilder Part(string title, bool newPage = false)
    {
        if (newPage && _blocks.Count > 0)
        {
            _blocks.Add(new DraftPageBreak());
        }

        (_section, _clause) = (0, 0);
        _blocks.Add(new DraftHeading(1, (++_part).ToString(CultureInfo.InvariantCulture), title));
        return this;
    }

    public DocumentBuilder Section(string title, DraftTag? tag = null)
    {
        _clause = 0;
        _blocks.Add(new DraftHeading(2, $"{_part}.{++_section}", title, tag));
        return this;
    }

    /// <summary>A heading without a number.</summary>
    public DocumentBuilder Heading(int level, string title)
    {
        _blocks.Add(new DraftHeading(level, "", title));
        return this;
    }

    public DocumentBuilder Paragraph(params IReadOnlyList<Run> runs)
    {
        _blocks.Add(new DraftParagraph("", runs));
        return this;
    }

    public DocumentBuilder Note(params IReadOnlyList<Run> runs)
    {
        _blocks.Add(new DraftParagraph("", runs, IsNote: true));
        return this;
    }

    public DocumentBuilder Points(IReadOnlyList<IReadOnlyList<Run>> points)
    {
        if (points.Count > 0)
        {
            _blocks.Add(new DraftPoints(points));
        }

        return this;
    }

    public DocumentBuilder Table(string caption, IReadOnlyList<string> columns, IReadOnlyList<int> widths, IReadOnlyList<IReadOnlyList<IReadOnlyList<Run>>> rows, DraftTag? tag = null)
    {
        if (rows.Count > 0)
        {
            _blocks.Add(new DraftTable(caption, columns, rows, widths, tag));
        }

        return this;
    }

    /// <summary>A chosen text as a section: its title, numbered sub-clauses, and the buyer's side.</summary>
    public DocumentBuilder Text(ChosenText chosen)
    {
        var text = words.Text(chosen.Block.Id);
        var tag = TagOf(chosen);
        Section(text.Title, tag);
        Placed.Add(new PlacedText($"{_part}.{_section}", chosen));
        Clauses(chosen.IsLight ? text.Light : text.Main, tag);
        if (text.Buyer.Count > 0 && !chosen.IsLight)
        {
            _blocks.Add(new DraftHeading(3, "", words["buyer.side"], tag));
            Clauses(text.Buyer, tag);
        }

        return this;
    }

    /// <summary>The paragraphs and points of a text as they are, without numbers.</summary>
    public DocumentBuilder Plain(ChosenText chosen)
    {
        var text = words.Text(chosen.Block.Id);
        Plain(chosen.IsLight ? text.Light : text.Main, TagOf(chosen));
        return this;
    }

    public DocumentBuilder Plain(IReadOnlyList<TextPart> parts, DraftTag? tag)
    {
        foreach (var group in Grouped(parts))
        {
            _blocks.Add(group[0].IsPoint ? new DraftPoints([.. group.Select(p => Runs(p.Text))], tag) : new DraftParagraph("", Runs(group[0].Text), tag));
        }

        return this;
    }

    /// <summary>A text with its fill-ins put in.</summary>
    public IReadOnlyList<Run> Runs(string text) => [.. ClauseText.Holes(text).Select(h => h.IsHole ? Fill(h.Text) : new Run(RunKind.Text, h.Text))];

    public static DraftTag TagOf(ChosenText chosen) => new(chosen.Block.Id, [.. chosen.Demands.Select(d => d.Demand.Provision.Id).Distinct(StringComparer.Ordinal)]);

    private void Clauses(IReadOnlyList<TextPart> parts, DraftTag tag)
    {
        foreach (var group in Grouped(parts))
        {
            _blocks.Add(group[0].IsPoint ? new DraftPoints([.. group.Select(p => Runs(p.Text))], tag) : new DraftParagraph($"{_part}.{_section}.{++_clause}", Runs(group[0].Text), tag));
        }
    }

    // Points that follow each other are one list.
    private static List<List<TextPart>> Grouped(IReadOnlyList<TextPart> parts)
    {
        var groups = new List<List<TextPart>>();
        foreach (var part in parts)
        {
            if (part.IsPoint && groups.Count > 0 && groups[^1][0].IsPoint)
            {
                groups[^1].Add(part);
            }
            else
            {
                groups.Add([part]);
            }
        }

        return groups;
    }

    private Run Fill(string name)
    {
        var fill = fillIns[name];
        return fill.Value is null ? new Run(RunKind.Open, words["open." + name], name)
            : new Run(RunKind.Filled, fill.FillIn.Type switch
            {
                FillInType.Date => words.Day(DateOnly.ParseExact(fill.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
                FillInType.Number => words.Number(decimal.Parse(fill.Value, CultureInfo.InvariantCulture)),
                _ => fill.Value,
            }, name);
    }
}
