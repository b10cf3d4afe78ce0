using System.Text;

namespace Palermo.Knowledge.Tests;

public sealed class CatalogueTests
{
    private static readonly Catalogue s_catalogue = Catalogue.Default;

    [Fact]
    public void Every_citation_resolves()
    {
        var cited = s_catalogue.Listings.SelectMany(l => l.Basis.SourceIds)
            .Concat(s_catalogue.Downstream.SelectMany(d => d.Basis.SourceIds))
            .Concat(s_catalogue.Sectors.SelectMany(s => s.Basis.SourceIds))
            .Concat(s_catalogue.ImportMeasures.SelectMany(m => m.Basis.SourceIds))
            .Concat(s_catalogue.Countries.Values.SelectMany(c => c.Basis.SourceIds));
        Assert.All(cited.Distinct(), id => Assert.True(s_catalogue.Sources.ContainsKey(id), id));
    }

    [Fact]
    public void Unverified_rows_are_marked_as_such()
    {
        Assert.False(s_catalogue.Listings.First(l => l.Id == "aluminum.CN").Basis.Verified);
        Assert.True(s_catalogue.Listings.First(l => l.Id == "cotton.CN").Basis.Verified);
    }

    [Fact]
    public void Titles_of_unspsc_and_values_of_the_slavery_index_are_left_out()
    {
        Assert.DoesNotContain(s_catalogue.Tables.First(t => t.Name == "classifications/unspsc").Columns, c => c.Contains("title", StringComparison.Ordinal));
        Assert.DoesNotContain(s_catalogue.Tables.First(t => t.Name == "places/countries").Columns, c => c.Contains("gsi", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MD", "MD")]
    [InlineData("md", "MD")]
    [InlineData("Україна", "UA")]
    [InlineData("Deutschland", "DE")]
    [InlineData("  United   Kingdom ", "GB")]
    [InlineData("Côte d’Ivoire", "CI")]
    [InlineData("KAZ", "KZ")]
    public void A_country_is_found_by_code_or_name(string text, string code) => Assert.Equal(code, s_catalogue.FindCountry(text)?.Id);

    [Fact]
    public void An_unknown_country_is_unknown() => Assert.Null(s_catalogue.FindCountry("Ruritania"));

    [Theory]
    [InlineData("CPV", "33141420-0", "rubber-gloves")]
    [InlineData("x_CPV", "33141420", "rubber-gloves")]
    [InlineData("UNSPSC", " 42132205", "rubber-gloves")]
    [InlineData("HS", "4015.12", "rubber-gloves")]
    [InlineData("Catálogo nacional basado en UNSPSC", "42132205-001", "rubber-gloves")]
    public void A_code_leads_to_its_good_through_the_hierarchy(string scheme, string code, string good)
    {
        var meanings = new List<CodeMeaning>();
        Span<byte> digits = stackalloc byte[8];
        var read = CodeIndex.ReadScheme(Encoding.UTF8.GetBytes(scheme));
        Assert.True(CodeIndex.TryReadCode(read, Encoding.UTF8.GetBytes(code), digits, out var length));
        s_catalogue.Codes.Find(read, digits[..length], meanings);
        Assert.Contains(meanings, m => m.Good?.Id == good);
    }

    [Theory]
    [InlineData("CPV", "90911200-8", Category.Services)]
    [InlineData("CPV", "45214200-2", Category.Works)]
    [InlineData("CPV", "33141420-0", Category.Goods)]
    [InlineData("UNSPSC", "72141000", Category.Works)]
    [InlineData("HS", "401512", Category.Goods)]
    public void A_code_tells_goods_from_works_and_services(string scheme, string code, Category category)
    {
        Span<byte> digits = stackalloc byte[8];
        var read = CodeIndex.ReadScheme(Encoding.UTF8.GetBytes(scheme));
        CodeIndex.TryReadCode(read, Encoding.UTF8.GetBytes(code), digits, out var length);
        Assert.Equal(category, CodeIndex.CategoryOf(read, digits[..length]));
    }
}
