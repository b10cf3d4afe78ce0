using System.Text;
using Palermo.Knowledge.Editions;
using Palermo.Tests;

namespace Palermo.Knowledge.Tests;

/// <summary>Newer editions of lists are taken, compared and kept; older ones stay.</summary>
public sealed class EditionTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("palermo-editions").FullName;
    private readonly EditionStore _store;

    public EditionTests() => _store = new EditionStore(Path.Combine(_folder, "editions"));

    [Fact]
    public void The_spreadsheet_of_the_goods_list_is_read_below_its_title_and_by_its_crosses()
    {
        var book = Workbook.Write(
            ("Read me", [["List of Goods"]]),
            ("TVPRA", [["2024 List of Goods Produced by Child Labor or Forced Labor"], ["Country/Area", "Good", "Child Labor", "Forced Labor"], ["Congo, Democratic Republic of the (DRC)", "Cobalt ore (heterogenite)", "X", ""], ["Burma", "Bricks", "X", "X"], ["Korea, North", "Bricks (clay)", "", "X"], ["Peru", "Squid ink", "X", ""]]));
        var (edition, difference, before) = _store.Import(EditionKind.DolGoods, File("List.xlsx", book), new(2024, 9, 5), s_now, force: true);

        Assert.Equal((4, new DateOnly(2022, 9, 28)), (edition.Rows, before));
        Assert.Contains(difference.Added, r => r[0] == "Squid ink" && r[1] == "PE");
        Assert.Contains(difference.Removed, r => r[0] == "Footwear");
        var catalogue = EditionCatalogue.With(_store, EditionCatalogue.Counting(_store, new(2026, 1, 1)));
        Assert.Equal(4, catalogue.Listings.Count);
        Assert.Contains(catalogue.Listings, l => l is { Id: "bricks-clay.KP", ForcedLabour: true, ChildLabour: false, Edition: "2024", Basis.Verified: true });
        Assert.Equal("squid-ink", Assert.Single(catalogue.Listings, l => l.Country == "PE").Good.Id);
        Assert.Contains("List.xlsx", catalogue.Sources["dol-goods-2024-09-05"].EditionDate);
    }

    [Theory]
    [InlineData("""{"data":[{"good":"Rice","country_area":"India","child_labor":"Yes","forced_labor":"Yes"}]}""")]
    [InlineData("""[{"Good_Name":"Rice","Good_Sector":"Agriculture","Countries":[{"Country_Name":"India","Child_Labor":"Yes","Forced_Labor":"Yes","Forced_Child_Labor":"No"}]}]""")]
    [InlineData("""{"d":{"results":[{"goodName":"Rice","country":"IN","exploitationType":"Child Labor, Forced Labor"}]}}""")]
    public void The_JSON_of_the_goods_list_is_read_flat_and_nested(string json)
    {
        _store.Import(EditionKind.DolGoods, File("list.json", json), new(2026, 9, 1), s_now, force: true);
        var row = Assert.Single(_store.Read(Assert.Single(_store.List())));
        Assert.Equal(["Rice", "IN", "1", "1"], [row[0], row[1], row[3], row[4]]);
    }

    [Fact]
    public void A_screening_as_of_a_date_uses_the_edition_of_then()
    {
        Import("2020-09-30", "Rice,India,X,");
        Import("2026-09-01", "Rice,India,X,X");
        Assert.Equal([new DateOnly(2020, 9, 30)], Dates(new(2021, 1, 1)));
        Assert.Empty(Dates(new(2023, 1, 1))); // the shipped edition of 2022 is later
        Assert.Equal([new DateOnly(2026, 9, 1)], Dates(new(2026, 9, 1)));
        Assert.Same(Catalogue.Default, EditionCatalogue.With(_store, []));
        Assert.NotEqual(Catalogue.Default.Edition, EditionCatalogue.With(_store, EditionCatalogue.Counting(_store, new(2027, 1, 1))).Edition);
    }

    [Fact]
    public void The_next_edition_is_compared_with_the_one_before_it()
    {
        Import("2026-01-01", "Rice,India,X,\nBricks,Nepal,X,X");
        var (_, difference, before) = Import("2026-09-01", "Rice,India,X,X\nFootwear,China,,X");
        Assert.Equal(new(2026, 1, 1), before);
        Assert.Equal("Footwear", Assert.Single(difference.Added)[0]);
        Assert.Equal("Bricks", Assert.Single(difference.Removed)[0]);
        Assert.Equal(("0", "1"), (Assert.Single(difference.Changed).Before[4], difference.Changed[0].After[4]));
    }

    [Theory]
    [InlineData("Good,Country,Child Labor,Forced Labor\nRice,Atlantis,X,\n", "row 2: \"Atlantis\" is no country")]
    [InlineData("Good,Country,Child Labor,Forced Labor\nRice,India,,\n", "neither for child nor for forced labour")]
    [InlineData("Good,Country,Child Labor,Forced Labor\n,India,X,\n", "no good")]
    [InlineData("Good,Country,Child Labor,Forced Labor\n", "no row of the list")]
    [InlineData("a,b\n1,2\n", "No header")]
    [InlineData("{\"data\": [", "can't be read")]
    [InlineData("{\"good\": \"\\ud800\"}", "is no text")] // found by fuzzing
    [InlineData("", "No header")]
    public void A_file_that_is_no_such_list_changes_nothing_and_says_why(string content, string why)
    {
        Import("2026-01-01", "Rice,India,X,");
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => _store.Import(EditionKind.DolGoods, File("bad.csv", content), new(2026, 9, 1), s_now, force: true)).Message);
        Assert.Single(_store.List());
    }

    [Fact]
    public void A_cut_off_file_is_not_taken_unless_told()
    {
        var file = File("short.csv", "Good,Country,Child Labor,Forced Labor\nRice,India,X,\n");
        Assert.Contains("--force", Assert.Throws<InvalidDataException>(() => _store.Import(EditionKind.DolGoods, file, new(2026, 9, 1), s_now)).Message);
        Assert.Empty(_store.List());
        Assert.NotEmpty(_store.Import(EditionKind.DolGoods, file, new(2026, 9, 1), s_now, keep: false).Difference.Removed); // only shown, nothing can break
        Assert.Empty(_store.List());
    }

    [Fact]
    public void Names_in_prose_become_a_name_and_its_aliases()
    {
        const string Csv = """
            Name of Entity,Section,Effective Date
            "Changji Esquel Textile Co., Ltd. (also known as Changji Yida Textile Co.; and formerly known as Changji Textile)",2(d)(2)(B)(i),06/21/2022
            Ninestar Corporation,2(d)(2)(B)(ii),"June 12, 2023"
            """;
        _store.Import(EditionKind.Uflpa, File("uflpa.csv", Csv), new(2026, 1, 1), s_now, force: true);
        var catalogue = EditionCatalogue.With(_store, _store.List());
        Assert.Equal(2, catalogue.ListedEntities.Count);
        var entity = Assert.Single(catalogue.ListedEntities, e => e.Name == "Changji Esquel Textile Co., Ltd.");
        Assert.Equal(["Changji Yida Textile Co", "Changji Textile"], entity.Aliases);
        Assert.Equal("2022-06-21", entity.EffectiveDate);
    }

    [Fact]
    public void Orders_keep_the_reading_of_the_shipped_ones_and_new_ones_are_read_for_goods()
    {
        const string Csv = """
            entity,country,merchandise,effective_date,type,status
            Taepyung Salt Farm,Korea (South),Sea salt,4/2/2025,WRO,Active
            "Example Mill, a/k/a Sample Mill",China,Cotton garments,10/1/2026,Finding,Active
            """;
        _store.Import(EditionKind.CbpOrders, File("cbp.csv", Csv), new(2026, 10, 2), s_now, force: true);
        var catalogue = EditionCatalogue.With(_store, _store.List());
        var orders = catalogue.ImportMeasures.Where(m => m.Regime == "US CBP s.307").ToList();
        Assert.Equal(2, orders.Count);
        Assert.Equal(["salt"], orders.Single(o => o.Entity == "Taepyung Salt Farm").Goods.Select(g => g.Id));
        var mill = orders.Single(o => o.Entity == "Example Mill");
        Assert.Equal(("Finding", "2026-10-01", "CN"), (mill.Measure, mill.Date, mill.Country));
        Assert.Contains("Sample Mill", mill.EntityNames);
        Assert.Equal(["cotton-textile-products"], mill.Goods.Select(g => g.Id));
        Assert.Equal(Catalogue.Default.ImportMeasures.Count(m => m.Regime != "US CBP s.307"), catalogue.ImportMeasures.Count - 2);
    }

    [Fact]
    public void A_store_with_something_else_in_it_says_what()
    {
        Import("2026-01-01", "Rice,India,X,");
        System.IO.File.WriteAllText(Path.Combine(_store.Folder, "dol-goods", "2026-01-01.json"), "{");
        Assert.Contains("2026-01-01.json is no edition", Assert.Throws<InvalidDataException>(() => _store.List()).Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (Edition Edition, EditionDifference Difference, DateOnly Before) Import(string date, string rows) =>
        _store.Import(EditionKind.DolGoods, File("list.csv", $"Good,Country/Area,Child Labor,Forced Labor\n{rows}\n"), DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), s_now, force: true);

    private IEnumerable<DateOnly> Dates(DateOnly asOf) => EditionCatalogue.Counting(_store, asOf).Select(e => e.Date);

    private string File(string name, string content) => File(name, Encoding.UTF8.GetBytes(content));

    private string File(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }
}
