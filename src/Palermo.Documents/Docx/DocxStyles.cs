using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Palermo.Documents.Docx;

/// <summary>Styles by the names word processors know, so that a buyer's own template can take over their look.</summary>
internal static class DocxStyles
{
    private const string Font = "Calibri", Accent = "0B4F6C";

    public static void Add(MainDocumentPart main, string language)
    {
        main.AddNewPart<StyleDefinitionsPart>("rStyles").Styles = new Styles(
            new DocDefaults(
                new RunPropertiesDefault(new RunPropertiesBaseStyle(new RunFonts { Ascii = Font, HighAnsi = Font, ComplexScript = Font, EastAsia = Font }, new FontSize { Val = "21" }, new FontSizeComplexScript { Val = "21" }, new Languages { Val = language })),
                new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "100", Line = "264", LineRule = LineSpacingRuleValues.Auto }))),
            Paragraph("Normal", "Normal", null, isDefault: true),
            Paragraph("BodyText", "Body Text", "Normal"),
            Paragraph("Title", "Title", "Normal", size: 36, bold: true, color: Accent, after: 60, next: "Subtitle"),
            Paragraph("Subtitle", "Subtitle", "Normal", size: 23, color: "4D5868", after: 240),
            Paragraph("Heading1", "heading 1", "Normal", size: 28, bold: true, color: Accent, before: 320, after: 100, outline: 0, keep: true, next: "BodyText"),
            Paragraph("Heading2", "heading 2", "Normal", size: 23, bold: true, before: 200, after: 60, outline: 1, keep: true, next: "Clause"),
            Paragraph("Heading3", "heading 3", "Normal", size: 21, bold: true, before: 160, after: 60, outline: 2, keep: true, next: "BodyText"),
            Paragraph("Clause", "Clause", "Normal"),
            Paragraph("ListBullet", "List Bullet", "Normal", after: 40),
            Paragraph("Note", "Note", "Normal", size: 18, color: "4D5868", after: 60),
            Paragraph("TableText", "Table Text", "Normal", size: 18, after: 20),
            Paragraph("TableHead", "Table Head", "Normal", size: 18, bold: true, after: 20, keep: true),
            Paragraph("Footer", "footer", "Normal", size: 16, color: "4D5868"),
            new Style(new StyleName { Val = "Default Paragraph Font" }, new UIPriority { Val = 1 }) { Type = StyleValues.Character, StyleId = "DefaultParagraphFont", Default = true },
            Character("Hyperlink", "Hyperlink", new Color { Val = Accent }, new Underline { Val = UnderlineValues.Single }),
            Character("PlaceholderText", "Placeholder Text", new Color { Val = "6B7280" }),
            Character("Open", "Open Place", new Color { Val = "7A4B00" }, new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "FFF3C4" }),
            new Style(new StyleName { Val = "Normal Table" }, new UIPriority { Val = 99 }, new StyleTableProperties(new TableIndentation { Width = 0, Type = TableWidthUnitValues.Dxa }, new TableCellMarginDefault(new TableCellLeftMargin { Width = 90, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = 90, Type = TableWidthValues.Dxa }))) { Type = StyleValues.Table, StyleId = "TableNormal", Default = true },
            new Style(new StyleName { Val = "Table Grid" }, new BasedOn { Val = "TableNormal" }, new UIPriority { Val = 39 }, new StyleTableProperties(new TableBorders(
                Border<TopBorder>(), Border<LeftBorder>(), Border<BottomBorder>(), Border<RightBorder>(), Border<InsideHorizontalBorder>(), Border<InsideVerticalBorder>()))) { Type = StyleValues.Table, StyleId = "TableGrid" });
    }

    private static T Border<T>() where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = "C3CAD4" };

    private static Style Paragraph(string id, string name, string? basedOn, int? size = null, bool bold = false, string? color = null, int? before = null, int? after = null, int? outline = null, bool keep = false, string? next = null, bool isDefault = false)
    {
        var style = new Style(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id, Default = isDefault ? true : null, CustomStyle = id is "Clause" or "Note" or "TableText" or "TableHead" ? true : null };
        if (basedOn is not null)
        {
            style.Append(new BasedOn { Val = basedOn });
        }

        if (next is not null)
        {
            style.Append(new NextParagraphStyle { Val = next });
        }

        style.Append(new PrimaryStyle());
        var paragraph = new StyleParagraphProperties();
        if (keep)
        {
            paragraph.Append(new KeepNext(), new KeepLines());
        }

        if (before is not null || after is not null)
        {
            // An attribute set to nothing would be written empty, which is no measure.
            var spacing = new SpacingBetweenLines();
            if (before is { } above)
            {
                spacing.Before = above.ToString(CultureInfo.InvariantCulture);
            }

            if (after is { } below)
            {
                spacing.After = below.ToString(CultureInfo.InvariantCulture);
            }

            paragraph.Append(spacing);
        }

        if (outline is { } level)
        {
            paragraph.Append(new OutlineLevel { Val = level });
        }

        style.Append(paragraph);
        var run = new StyleRunProperties();
        if (bold)
        {
            run.Append(new Bold());
        }

        if (color is not null)
        {
            run.Append(new Color { Val = color });
        }

        if (size is { } s)
        {
            run.Append(new FontSize { Val = s.ToString(CultureInfo.InvariantCulture) });
        }

        style.Append(run);
        return style;
    }

    private static Style Character(string id, string name, params OpenXmlElement[] properties) =>
        new(new StyleName { Val = name }, new BasedOn { Val = "DefaultParagraphFont" }, new StyleRunProperties(properties)) { Type = StyleValues.Character, StyleId = id, CustomStyle = id == "Open" ? true : null };
}
