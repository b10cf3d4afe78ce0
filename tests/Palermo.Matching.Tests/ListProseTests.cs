using Palermo.Matching.Lists;

namespace Palermo.Matching.Tests;

/// <summary>The prose of lists becomes names, former names, group rules and region rules, and stays with them.</summary>
public sealed class ListProseTests
{
    [Fact]
    public void Aliases_that_are_counted()
    {
        var party = Assert.Single(Read("Aksu Huafu Textiles Co., Ltd. (including two aliases: Akesu Huafu and Aksu Huafu Dyed Melange Yarn)"));
        Assert.Equal(["Aksu Huafu Textiles Co., Ltd./main", "Akesu Huafu/alias", "Aksu Huafu Dyed Melange Yarn/alias"], Names(party));
        Assert.Contains("including two aliases", party.Sentence);
    }

    [Fact]
    public void Aliases_by_semicolon() =>
        Assert.Equal(["Hetian X Co., Ltd./main", "Hotan X Co., Ltd./alias", "Hollin X/alias"], Names(Assert.Single(Read("Hetian X Co., Ltd. (and two aliases: Hotan X Co., Ltd.; and Hollin X)"))));

    [Fact]
    public void Former_names() =>
        Assert.Equal(["Xinjiang Tianmian Textile Co., Ltd./main", "Xinjiang Foundation Textile Co., Ltd./former"], Names(Assert.Single(Read("Xinjiang Tianmian Textile Co., Ltd. (formerly known as Xinjiang Foundation Textile Co., Ltd.)"))));

    [Fact]
    public void Also_known_as_between_commas() =>
        Assert.Equal(["Qinghai Hide & Garment Factory/main", "Qinghai Leather and Wool Bedding and Garment Factory/alias", "Qinghai Fur and Cloth Factory/alias"], Names(Assert.Single(Read("Qinghai Hide & Garment Factory, a/k/a Qinghai Leather and Wool Bedding and Garment Factory, a/k/a Qinghai Fur and Cloth Factory"))));

    [Fact]
    public void Letters_in_brackets_are_a_weak_name() => Assert.Equal(["Xinjiang Production and Construction Corps/main", "XPCC/weak"], Names(Read("Xinjiang Production and Construction Corps (XPCC) and its subordinate and affiliated entities")[0]));

    [Fact]
    public void A_group_is_a_rule_and_its_members_are_found_by_name()
    {
        var parties = Read("Ninestar Corporation and its eight Zhuhai-based subsidiaries, which include Zhuhai Ninestar Information Technology Co., Ltd.; Zhuhai Pantum Electronics Co., Ltd.; and Zhuhai Seine Printing Technology Co., Ltd.");
        Assert.Equal(["Ninestar Corporation", "Zhuhai Ninestar Information Technology Co., Ltd.", "Zhuhai Pantum Electronics Co., Ltd.", "Zhuhai Seine Printing Technology Co., Ltd."], parties.Select(p => p.Caption));
        Assert.Equal("group", Assert.Single(parties[0].Rules).Kind);
        Assert.All(parties.Skip(1), p => Assert.Equal(new ListedRelation("Ninestar Corporation", "owner", ""), Assert.Single(p.Relations)));
    }

    [Fact]
    public void Goods_of_a_region_are_a_rule_without_a_party()
    {
        var order = Assert.Single(Read("All Turkmenistan Cotton or products produced in whole or in part with Turkmenistan cotton."));
        Assert.Empty(order.Names);
        Assert.Equal("region", Assert.Single(order.Rules).Kind);
    }

    [Fact]
    public void Vessels_of_an_order_are_parties()
    {
        var parties = Read("All products harvested by fishing vessels Da Wang, Hua Li 8, or Dalian Ocean Fishing");
        Assert.Equal(["Da Wang", "Hua Li 8", "Dalian Ocean Fishing"], parties.Select(p => p.Caption));
        Assert.Equal("Da Wang 1", Read("Fishing Vessel: Da Wang 1")[0].Caption);
    }

    [Fact]
    public void Several_parties_in_one_cell()
    {
        Assert.Equal(["Fuchu Prison", "Union Kogyo Co., Ltd."], Read("Fuchu Prison; Union Kogyo Co., Ltd.").Select(p => p.Caption));
        Assert.Equal(["Yili Zhuowan Garment Manufacturing Co., Ltd.", "Baoding LYSZD Trade and Business Co., Ltd."], Read("Yili Zhuowan Garment Manufacturing Co., Ltd. and Baoding LYSZD Trade and Business Co., Ltd.").Select(p => p.Caption));
    }

    [Theory]
    [InlineData("Hoshine Silicon Industry Co., Ltd.")]
    [InlineData("Inner Mongolia Hengzheng Group Baoanzhao Agriculture, Industry, and Trade Co., Ltd.")]
    [InlineData("State Penitentiary, Ciudad Victoria, Tamaulipas, Mexico")]
    [InlineData("Shenyang Xinsheng (New Life) Rubber Factory")]
    public void A_name_stays_a_name(string name) => Assert.Equal([name + "/main"], Names(Assert.Single(Read(name))));

    private static List<ListedParty> Read(string cell)
    {
        using var folder = new TempFolder();
        return ListReaderTests.Read("uflpa", folder.Write("list.csv", $"name,effective_date\n\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\",6/21/2022\n"));
    }

    private static IEnumerable<string> Names(ListedParty party) => party.Names.Select(n => $"{n.Text}/{n.Strength}");
}
