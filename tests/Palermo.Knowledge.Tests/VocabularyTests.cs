using System.Text;
using Palermo.Knowledge.Words;

namespace Palermo.Knowledge.Tests;

public sealed class VocabularyTests
{
    private readonly WordScanner _scanner = new(Catalogue.Default.Words);

    [Theory]
    [InlineData("Nitrile gloves, box of 100", "rubber-gloves")]
    [InlineData("GANTS CHIRURGICAUX", "rubber-gloves")]
    [InlineData("guante de nitrilo", "rubber-gloves")]
    [InlineData("Luvas cirúrgicas", "rubber-gloves")]
    [InlineData("Untersuchungshandschuhe Nitril", "rubber-gloves")]
    [InlineData("Mănuși de examinare nitril", "rubber-gloves")]
    [InlineData("рукавички хірургічні стерильні", "rubber-gloves")]
    [InlineData("Перчатки смотровые", "rubber-gloves")]
    [InlineData("Strawberry jam", "strawberries")]
    [InlineData("panneaux photovoltaïques", "solar-modules")]
    public void A_good_is_found_in_eight_languages(string text, string good) => Assert.Contains(good, Goods(text));

    [Theory]
    [InlineData("Ricearch institute", "rice")]
    [InlineData("cottonmouth", "cotton")]
    [InlineData("the tender", "tea")]
    [InlineData("jalonnement dynamique", "melons")]
    [InlineData("крісла парикмахерські", "hair-products")]
    [InlineData("Прийом рисунків", "rice")]
    public void A_part_of_a_word_is_not_a_word(string text, string good) => Assert.DoesNotContain(good, Goods(text));

    [Theory]
    [InlineData("توريد القفازات الطبية للمستشفى", "rubber-gloves")]
    [InlineData("والحواسيب والطابعات", "electronics")]
    [InlineData("dostawa rękawic nitrylowych", "rubber-gloves")]
    [InlineData("fornitura di arredi scolastici", "furniture")]
    [InlineData("levering van bedrijfskleding", "garments")]
    [InlineData("kjøp av arbeidsklær", "garments")]
    [InlineData("inköp av kontorsmöbler", "furniture")]
    [InlineData("Վիրաբուժական ձեռնոցներ", "rubber-gloves")]
    [InlineData("ԿԱՀՈՒՅՔԻ գնում", "furniture")]
    [InlineData("采购笔记本电脑一批", "electronics")]
    [InlineData("採購太陽能板", "solar-modules")]
    [InlineData("ﾉｰﾄﾊﾟｿｺﾝ及びプリンター", "electronics")]
    [InlineData("ノートパソコン及びプリンター", "electronics")]
    [InlineData("작업복 및 안전화 구매", "footwear")]
    [InlineData("mua sắm máy tính xách tay", "electronics")]
    [InlineData("ซื้อถุงมือยางทางการแพทย์", "rubber-gloves")]
    [InlineData("pengadaan seragam dinas", "garments")]
    [InlineData("achiziționarea mobilierului", "furniture")]
    public void Goods_are_found_in_every_language_of_the_lists(string text, string good) => Assert.Contains(good, Goods(text));

    [Fact]
    public void The_longer_phrase_stands_alone() => Assert.Equal(["sugar-beets"], Goods("sugar beet"));

    [Fact]
    public void A_match_says_where_it_stands()
    {
        var text = "Été: gants d'examen"u8.ToArray();
        var match = _scanner.Scan(text).ToArray().First(m => m.Kind == WordKind.Good);
        Assert.Equal("gants d'examen", Encoding.UTF8.GetString(text, match.Start, match.End - match.Start));
    }

    [Fact]
    public void Transliterated_words_are_found_if_long_enough() => Assert.Contains("cotton", Goods("bavovna"));

    [Theory]
    [InlineData("βαμβακερά γάντια", true)]
    [InlineData("כפפות כותנה", true)]
    [InlineData("棉手套", false)]
    [InlineData("قفازات قطنية", false)]
    [InlineData("cotton", false)]
    public void A_script_without_word_lists_is_noticed(string text, bool foreign)
    {
        _scanner.Scan(Encoding.UTF8.GetBytes(text));
        Assert.Equal(foreign, _scanner.IsForeignScript);
    }

    [Fact]
    public void A_long_text_full_of_words_takes_linear_time()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("palm oil cotton sugar beet ", 20_000)));
        Assert.Equal(60_000, _scanner.Scan(text).ToArray().Count(m => m.Kind == WordKind.Good && Catalogue.Default.Goods[m.Index].Id is "palm-fruit" or "cotton" or "sugar-beets"));
    }

    [Fact]
    public void Every_word_of_the_lists_finds_its_own_row()
    {
        var words = Catalogue.Default.Tables.First(t => t.Name == "goods/words");
        var goods = Catalogue.Default.Goods;
        var lost = new List<string>();
        for (var row = 0; row < words.Count; row++)
        {
            // A shorter phrase that a longer one of another good contains is hidden by it; the word alone never is.
            var text = words[row, "word"].Replace("*", "");
            var found = _scanner.Scan(Encoding.UTF8.GetBytes(text)).ToArray();
            if (words[row, "kind"] == "not")
            {
                // It names something else.
                if (found.Any(m => m.Kind == WordKind.Good && goods[m.Index].Id == words[row, "good"]))
                {
                    lost.Add($"{words[row, "good"]} {words[row, "lang"]} {text} is not hidden");
                }
            }
            else if (!found.Any(m => m.Kind == WordKind.Good && goods[m.Index].Id == words[row, "good"]))
            {
                lost.Add($"{words[row, "good"]} {words[row, "lang"]} {text}");
            }
        }

        Assert.True(lost.Count == 0, string.Join("; ", lost));
    }

    private string[] Goods(string text) => [.. _scanner.Scan(Encoding.UTF8.GetBytes(text)).ToArray().Where(m => m.Kind == WordKind.Good).Select(m => Catalogue.Default.Goods[m.Index].Id)];
}
