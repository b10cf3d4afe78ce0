using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Palermo.Prevent.Drafting.Model;
using DraftRun = Palermo.Prevent.Drafting.Model.Run;
using Run = DocumentFormat.OpenXml.Wordprocessing.Run;

namespace Palermo.Documents.Docx;

/// <summary>
/// Sets a document as DOCX: real headings, multi-level numbering, tables with repeated heads, and content controls.
/// A passage stands in a content control whose tag is <c>palermo:</c> and the id of its text, within controls tagged
/// <c>o:</c> and the provisions that ask for it; a fill-in in one tagged <c>fill:</c>, a place for an answer in one tagged <c>answer:</c>.
/// </summary>
public static class DocxWriter
{
    private const int LongestTag = 64; // Word refuses longer ones

    /// <summary>Writes a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="day">Day that stands in its properties: the same document of the same day is the same file.</param>
    /// <param name="manifest">Facts and versions it was drawn up from, as JSON; kept in the file so that it can be checked later.</param>
    public static byte[] Write(DraftDocument document, DateOnly day, string manifest)
    {
        ArgumentNullException.ThrowIfNull(document);
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            file.PackageProperties.Title = document.Title;
            file.PackageProperties.Subject = document.Subtitle;
            file.PackageProperties.Creator = "Palermo";
            file.PackageProperties.Language = document.Language;
            file.PackageProperties.Created = file.PackageProperties.Modified = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            var main = file.AddMainDocumentPart();
            DocxStyles.Add(main, document.Language);
            DocxNumbering.Add(main);
            main.AddNewPart<DocumentSettingsPart>("rSettings").Settings = new Settings(new Zoom { Percent = "100" }, new Compatibility(new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }));
            var footer = main.AddNewPart<FooterPart>("rFooter");
            footer.Footer = Footer(document.Footer);
            DocxManifest.Add(main, manifest);
            var body = new Body();
            main.Document = new Document(body);
            new Setter(main, body).Set(document);
            body.Append(new SectionProperties(
                new FooterReference { Type = HeaderFooterValues.Default, Id = "rFooter" },
                new PageSize { Width = 11906, Height = 16838 },
                new PageMargin { Top = 1134, Bottom = 1134, Left = 1134, Right = 1134, Header = 567, Footer = 567, Gutter = 0 }));
        }

        return FixedZip.WithoutTimes(stream);
    }

    private static Footer Footer(string text) => new(new Paragraph(
        new ParagraphProperties(new ParagraphStyleId { Val = "Footer" }, new Tabs(new TabStop { Val = TabStopValues.Right, Position = 9638 })),
        new Run(new Text(text) { Space = SpaceProcessingModeValues.Preserve }),
        new Run(new TabChar()),
        new SimpleField(new Run(new Text("1"))) { Instruction = " PAGE " }));

    private sealed class Setter(MainDocumentPart main, Body body)
    {
        private int _control = 1000;
        private int _link;
        private bool _newPage;

        public void Set(DraftDocument document)
        {
            body.Append(Plain("Title", document.Title));
            if (document.Subtitle.Length > 0)
            {
                body.Append(Plain("Subtitle", document.Subtitle));
            }

            var blocks = document.Blocks;
            for (var i = 0; i < blocks.Count;)
            {
                // Neighbours that rest on the same stand in one control.
                var end = i + 1;
                while (blocks[i].Tag is { } tag && end < blocks.Count && blocks[end].Tag is { } next && next.Block == tag.Block && blocks[end] is not DraftHeading { Level: < 3 })
                {
                    end++;
                }

                var content = new List<OpenXmlElement>();
                for (; i < end; i++)
                {
                    content.AddRange(Block(blocks[i]));
                }

                body.Append(blocks[end - 1].Tag is { } own ? [Tagged(own, content)] : content);
            }
        }

        private IEnumerable<OpenXmlElement> Block(DraftBlock block)
        {
            switch (block)
            {
                case DraftPageBreak:
                    _newPage = true;
                    break;
                case DraftHeading heading:
                    yield return Paragraph($"Heading{heading.Level}", [heading.Text], heading.Number.Length > 0 ? (1, heading.Level - 1) : null);
                    break;
                case DraftParagraph paragraph:
                    yield return Paragraph(paragraph.Number.Length > 0 ? "Clause" : paragraph.IsNote ? "Note" : "BodyText", paragraph.Runs, paragraph.Number.Length > 0 ? (1, 2) : null);
                    break;
                case DraftPoints points:
                    foreach (var point in points.Points)
                    {
                        yield return Paragraph("ListBullet", point, (2, 0));
                    }

                    break;
                case DraftTable table:
                    yield return Table(table);
                    yield return new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "Note" }));
                    break;
            }
        }

        private Table Table(DraftTable source)
        {
            const int width = 9638; // twentieths of a point between the margins
            var columns = source.Widths.Select(w => w * width / 100).ToArray();
            var table = new Table(
                new TableProperties(new TableStyle { Val = "TableGrid" }, new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }, new TableLayout { Type = TableLayoutValues.Fixed }, new TableLook { Val = "0420", FirstRow = true, LastRow = false, FirstColumn = false, LastColumn = false, NoHorizontalBand = false, NoVerticalBand = true }, new TableCaption { Val = source.Caption }),
                new TableGrid(columns.Select(c => new GridColumn { Width = c.ToString(System.Globalization.CultureInfo.InvariantCulture) })));
            var head = new TableRow(new TableRowProperties(new CantSplit(), new TableHeader()));
            head.Append(source.Columns.Select((c, i) => Cell(columns[i], Paragraph("TableHead", [c], null), shade: true)));
            table.Append(head);
            foreach (var row in source.Rows)
            {
                var line = new TableRow(new TableRowProperties(new CantSplit()));
                line.Append(row.Select((c, i) => Cell(columns[i], Paragraph("TableText", c, null), shade: false)));
                table.Append(line);
            }

            return table;
        }

        private static TableCell Cell(int width, Paragraph content, bool shade)
        {
            var properties = new TableCellProperties(new TableCellWidth { Width = width.ToString(System.Globalization.CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa });
            if (shade)
            {
                properties.Append(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "E8EDF2" });
            }

            return new TableCell(properties, content);
        }

        private Paragraph Paragraph(string style, IReadOnlyList<DraftRun> runs, (int List, int Level)? number)
        {
            var properties = new ParagraphProperties(new ParagraphStyleId { Val = style });
            if (_newPage)
            {
                properties.Append(new PageBreakBefore());
                _newPage = false;
            }

            if (number is { } n)
            {
                properties.Append(new NumberingProperties(new NumberingLevelReference { Val = n.Level }, new NumberingId { Val = n.List }));
            }

            var paragraph = new Paragraph(properties);
            foreach (var run in runs)
            {
                paragraph.Append(Inline(run));
            }

            return paragraph;
        }

        private OpenXmlElement Inline(DraftRun run)
        {
            switch (run.Kind)
            {
                case RunKind.Strong:
                    return Words(run.Text, new Bold());
                case RunKind.Foreign:
                    return Words(run.Text, new Languages { Val = run.Name });
                case RunKind.Link:
                    var id = $"rLink{++_link}";
                    main.AddHyperlinkRelationship(new Uri(run.Name, UriKind.Absolute), true, id);
                    return new Hyperlink(Words(run.Text, new RunStyle { Val = "Hyperlink" })) { Id = id };
                case RunKind.Filled:
                    return Control("fill:" + run.Name, run.Name, Words(run.Text), placeholder: false);
                case RunKind.Open:
                    return Control("fill:" + run.Name, run.Name, Words(run.Text, new RunStyle { Val = "Open" }), placeholder: true);
                case RunKind.Answer:
                    return Control("answer:" + run.Name, run.Text, Words(run.Text, new RunStyle { Val = "PlaceholderText" }), placeholder: true);
                default:
                    return Words(run.Text);
            }
        }

        private static Run Words(string text, OpenXmlElement? property = null)
        {
            var run = new Run(new Text(text) { Space = SpaceProcessingModeValues.Preserve });
            if (property is not null)
            {
                run.RunProperties = new RunProperties(property);
            }

            return run;
        }

        private SdtRun Control(string tag, string alias, Run content, bool placeholder)
        {
            var properties = new SdtProperties(new SdtAlias { Val = Cut(alias) }, new Tag { Val = Cut(tag) }, new SdtId { Val = ++_control });
            if (placeholder)
            {
                properties.Append(new ShowingPlaceholder());
            }

            properties.Append(new SdtContentText { MultiLine = true });
            return new SdtRun(properties, new SdtContentRun(content));
        }

        // The text in the inmost control, the provisions that ask for it around it, as many in a tag as fit.
        private SdtBlock Tagged(DraftTag tag, List<OpenXmlElement> content)
        {
            var control = Block("palermo:" + tag.Block, tag.Block, content);
            var line = "o:";
            foreach (var provision in tag.Provisions.Append("\0"))
            {
                if (provision == "\0" || line.Length + provision.Length + 1 > LongestTag)
                {
                    if (line.Length > 2)
                    {
                        control = Block(line, line[2..], [control]);
                    }

                    line = "o:";
                }

                line += line.Length > 2 ? ";" + provision : provision;
            }

            return control;
        }

        private SdtBlock Block(string tag, string alias, List<OpenXmlElement> content) =>
            new(new SdtProperties(new SdtAlias { Val = Cut(alias) }, new Tag { Val = Cut(tag) }, new SdtId { Val = ++_control }), new SdtContentBlock(content));

        private static string Cut(string text) => text.Length <= LongestTag ? text : text[..LongestTag];

        private static Paragraph Plain(string style, string text) => new(new ParagraphProperties(new ParagraphStyleId { Val = style }), Words(text));
    }
}
