using Palermo.Matching.Pairs;

namespace Palermo.Matching.Tests;

/// <summary>Pairs that users of other matchers reported as wrong, and pairs of each kind that a matcher of names must get right.</summary>
public sealed class MustPassTests
{
    [Theory]
    [InlineData("Company", "BELLETECH CORP", "11420 CORP.")]
    [InlineData("LegalEntity", "emma daniels", "EMMA LLC")]
    [InlineData("Person", "George Bush", "George Habbash")]
    [InlineData("Company", "A-B-C Company", "X Company")]
    [InlineData("Company", "A-B-C Company", "Northwind Company")]
    [InlineData("Company", "Bank of the West", "Bank of the East")]
    [InlineData("Company", "Union Pacific", "Union Carbide")]
    [InlineData("Company", "Fund 5", "Fund 8")]
    [InlineData("Person", "Valery Nikolaevich Ermakov", "Valery Konstantinovich Ermakov")]
    [InlineData("Company", "Deutsche Bank AG", "Banco Santander Chile")]
    [InlineData("Company", "Volkswagen AG", "Siemens AG")]
    public void Two_parties(string schema, string a, string b) => Assert.InRange(Probability(schema, a, b), 0, 0.4999);

    [Theory]
    [InlineData("Company", "LUKOIL OIL COMP", "LUKOIL OIL COMPANY")]
    [InlineData("Company", "LUKOIL OIL COMP", "PJSC LUKOIL")]
    [InlineData("Company", "NPK FOTONIKA LIMITED LIABILITY COMP", "LIMITED LIABILITY COMPANY NPK FOTONIKA")]
    [InlineData("Company", "GUANGZHOU HAIGE COMM GRP", "Guangzhou Haige Communication Group Co., Ltd.")]
    [InlineData("Company", "HAIGE GUANGZHOU", "Guangzhou Haige Communication Group Co., Ltd.")]
    [InlineData("Company", "CNOOC ENERGY TECH & SRVCES LTD", "CNOOC Energy Technology & Services Limited")]
    [InlineData("Person", "Jon Smith", "John Smith")]
    [InlineData("Person", "Bashar xal-Assad", "Bashar al-Assad")]
    [InlineData("Person", "Valery Ermakov", "Valery Konstantinovich Ermakov")]
    [InlineData("Company", "Technology and Development Group Ltd", "TECHNOLOGY AND DEVELOPMENT GROUP LIMITED")]
    public void One_party(string schema, string a, string b) => Assert.InRange(Probability(schema, a, b), 0.5, 1);

    [Theory]
    [InlineData("Иван Петрович Сидоров", "Ivan Petrovich Sidorov")] // Cyrillic
    [InlineData("Володимир Олександрович Зеленський", "Vladimir Aleksandrovich Zelenskiy")] // Ukrainian and Russian forms
    [InlineData("Νικόλαος Παπαδόπουλος", "Nikolaos Papadopoulos")] // Greek
    [InlineData("محمد حسن أخوند", "Muhammad Hasan Akhund")] // Arabic
    [InlineData("דוד לוינסון", "David Levinson")] // Hebrew
    [InlineData("王伟", "Wang Wei")] // Han
    [InlineData("タナカ ケンイチ", "Tanaka Kenichi")] // Kana
    [InlineData("박지성", "Park Ji Sung")] // Hangul
    [InlineData("नरेन्द्र मोदी", "Narendra Modi")] // Devanagari
    [InlineData("শেখ হাসিনা", "Sheikh Hasina")] // Bengali
    [InlineData("გიორგი მარგველაშვილი", "Giorgi Margvelashvili")] // Georgian
    [InlineData("Սերժ Սարգսյան", "Serzh Sargsyan")] // Armenian
    [InlineData("ทักษิณ ชินวัตร", "Thaksin Chinnawat")] // Thai
    public void One_person_in_two_scripts(string a, string b) => Assert.InRange(Probability("Person", a, b), 0.5, 1);

    [Theory]
    [InlineData("OOO Romashka", "Romashka Limited Liability Company")]
    [InlineData("Obshchestvo s ogranichennoi otvetstvennostyu Romashka", "LLC ROMASHKA")]
    [InlineData("Siemens Aktiengeselschaft", "Siemens AG")]
    [InlineData("SiemensAG", "Siemens AG")]
    [InlineData("RT-CAPITAL", "RT-Capital Limited Liability Company")] // not a Hungarian Rt.
    [InlineData("Hetian Taida Apparel Co., Ltd.", "HETIAN TAIDA APPAREL")]
    [InlineData("Good Will Company", "Goodwill Company")]
    [InlineData("ne o c o nc e pt fash i o n ltd", "neoconcept fashion ltd")]
    [InlineData("Brigade Forty-Four", "Brigade 44")]
    [InlineData("SDB Turbina", "Special Design Bureau Turbina")]
    [InlineData("合盛硅业股份有限公司", "合盛硅业")]
    [InlineData("Jоинт Стоcк Cомпаны Aлабуга", "JSC Alabuga")] // Latin c and J among Cyrillic letters
    public void One_organization_written_in_two_ways(string a, string b) => Assert.InRange(Probability("Company", a, b), 0.5, 1);

    [Fact]
    public void A_common_name_alone_is_never_certain()
    {
        Assert.NotEqual(MatchBand.Certain, Compare("Person", "John Smith", "John Smith").Band);
        Assert.NotEqual(MatchBand.Certain, Compare("Person", "Maria Garcia", "Maria Garcia").Band);
        Assert.Equal(MatchBand.Certain, Compare("Person", "Zinedine Abdelmoumene Kharrazov", "Zinedine Abdelmoumene Kharrazov").Band);
    }

    [Fact]
    public void A_contradiction_costs_more_than_an_omission()
    {
        var omitted = Compare("Person", "Valery Ermakov", "Valery Konstantinovich Ermakov").Bits;
        var contradicted = Compare("Person", "Valery Nikolaevich Ermakov", "Valery Konstantinovich Ermakov").Bits;
        Assert.True(contradicted < omitted - 1);
    }

    [Fact]
    public void Facts_speak_for_and_against()
    {
        var a = new Party { Names = ["Ali Hassan"], Kind = PartyKind.Person };
        double Bits(Party x, Party y) => new PartyComparer().Compare(x, y).Bits;
        var name = Bits(a, a);
        Assert.True(Bits(a with { Dates = ["1970-01-02"] }, a with { Dates = ["1970-01-02"] }) > name);
        Assert.True(Bits(a with { Dates = ["1970-01-02"] }, a with { Dates = ["1983-11-30"] }) < name);
        Assert.True(Bits(a with { Countries = ["EG"] }, a with { Countries = ["Egypt"] }) > name);
        Assert.True(Bits(a with { Countries = ["EG"] }, a with { Countries = ["DE"] }) < name);
        Assert.True(Bits(a with { Identifiers = ["passport:A1234567"] }, a with { Identifiers = ["passport:A1234567"] }) > name + 10);
        Assert.True(Bits(a with { Identifiers = ["passport:A1234567"] }, a with { Identifiers = ["passport:B7654321"] }) < name);
        Assert.True(Bits(a with { Addresses = ["12 Nile Street, Cairo"] }, a with { Addresses = ["12 Nile St., Cairo, Egypt"] }) > name);
    }

    internal static Comparison Compare(string schema, string a, string b)
    {
        var kind = PairRow.KindOf(schema);
        return new PartyComparer().Compare(new Party { Names = [a], Kind = kind }, new Party { Names = [b], Kind = kind });
    }

    private static double Probability(string schema, string a, string b) => Compare(schema, a, b).Probability;
}
