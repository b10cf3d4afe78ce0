using Palermo.Identify.Accuracy;
using Palermo.Knowledge;

namespace Palermo.Identify.Tests;

/// <summary>Goods and sectors are recognised in real texts, and docs/accuracy.md says how well.</summary>
public sealed class AccuracyTests
{
    private const double LeastPrecision = 0.92;
    private const double LeastRecall = 0.85;
    private static readonly IReadOnlyList<LabelledItem> s_items = ReadItems();

    public static TheoryData<Shown> Shows => [Shown.Words, Shown.AsPublished];

    [Fact]
    public void The_set_is_large_and_of_many_languages()
    {
        Assert.True(s_items.Count >= 600);
        Assert.True(s_items.Select(i => i.Language).Distinct().Count() >= 7);
        Assert.True(s_items.Count(i => i.Goods.Count + i.Sectors.Count == 0) > s_items.Count / 3);
    }

    [Theory]
    [MemberData(nameof(Shows))]
    public void Goods_and_sectors_are_recognised(Shown shown)
    {
        var measure = AccuracyMeasure.Of(s_items, Catalogue.Default, shown);
        foreach (var scores in new[] { measure.Goods, measure.Sectors })
        {
            var all = scores.Values.Aggregate(default(Score), Score.Add);
            Assert.True(all.Precision >= LeastPrecision, $"precision {all.Precision}");
            Assert.True(all.Recall >= LeastRecall, $"recall {all.Recall}");
        }
    }

    [Fact]
    public void The_document_is_what_the_command_writes()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Palermo.slnx")))
        {
            folder = folder.Parent!;
        }

        var written = AccuracyReport.Write(s_items, [.. Shows.Select(s => AccuracyMeasure.Of(s_items, Catalogue.Default, s.Data))]);
        Assert.Equal(written, File.ReadAllText(Path.Combine(folder.FullName, "docs", "accuracy.md")));
    }

    [Theory]
    [InlineData("id,text\n1,x\n", "no column \"source\"")]
    [InlineData("id,source,lang,text,mainProcurementCategory,scheme,code,goods,sectors,mayGoods,maySectors\n1,s,en,x,,,,unobtainium,,,\n", "Row 2 of the labels, column goods: there is no \"unobtainium\"")]
    public void Labels_that_cannot_be_read_are_named(string labels, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => LabelledItem.Read(new StringReader(labels), Catalogue.Default)).Message);

    [Fact]
    public void An_interval_of_few_is_wide()
    {
        var (low, high) = Score.Interval(3, 3);
        Assert.Equal((0.44, 1.0), (Math.Round(low, 2), Math.Round(high, 2)));
    }

    private static IReadOnlyList<LabelledItem> ReadItems()
    {
        using var text = new StreamReader(Path.Combine(AppContext.BaseDirectory, "Accuracy", "items.csv"));
        return LabelledItem.Read(text, Catalogue.Default);
    }
}
