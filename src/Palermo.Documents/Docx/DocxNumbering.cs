using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Palermo.Documents.Docx;

/// <summary>Numbering: list 1 counts parts, sections and sub-clauses (1, 1.1, 1.1.1), list 2 has bullets.</summary>
internal static class DocxNumbering
{
    public static void Add(MainDocumentPart main)
    {
        main.AddNewPart<NumberingDefinitionsPart>("rNumbering").Numbering = new Numbering(
            new AbstractNum(
                new MultiLevelType { Val = MultiLevelValues.Multilevel },
                Level(0, NumberFormatValues.Decimal, "%1", 567),
                Level(1, NumberFormatValues.Decimal, "%1.%2", 680),
                Level(2, NumberFormatValues.Decimal, "%1.%2.%3", 794)) { AbstractNumberId = 1 },
            new AbstractNum(
                new MultiLevelType { Val = MultiLevelValues.SingleLevel },
                Level(0, NumberFormatValues.Bullet, "•", 1134, 340)) { AbstractNumberId = 2 },
            new NumberingInstance(new AbstractNumId { Val = 1 }) { NumberID = 1 },
            new NumberingInstance(new AbstractNumId { Val = 2 }) { NumberID = 2 });
    }

    private static Level Level(int index, NumberFormatValues format, string text, int left, int? hanging = null) => new(
        new StartNumberingValue { Val = 1 },
        new NumberingFormat { Val = format },
        new LevelText { Val = text },
        new LevelJustification { Val = LevelJustificationValues.Left },
        new PreviousParagraphProperties(new Indentation { Left = left.ToString(System.Globalization.CultureInfo.InvariantCulture), Hanging = (hanging ?? left).ToString(System.Globalization.CultureInfo.InvariantCulture) })) { LevelIndex = index };
}
