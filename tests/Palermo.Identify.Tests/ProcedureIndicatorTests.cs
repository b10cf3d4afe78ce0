namespace Palermo.Identify.Tests;

/// <summary>Indicators that read prices, parties and dates rather than goods.</summary>
public sealed class ProcedureIndicatorTests
{
    private const string Cleaning = "\"items\":[{\"description\":\"Cleaning of offices\",\"classification\":{\"scheme\":\"CPV\",\"id\":\"90919200-4\"}}]";
    private const string Paper = "\"items\":[{\"description\":\"Envelopes\",\"classification\":{\"scheme\":\"CPV\",\"id\":\"30199230-1\"}}]";

    [Theory]
    [InlineData(69, true)]
    [InlineData(70, false)]
    public void A_bid_is_low_under_seven_tenths_of_the_median_of_the_others(int won, bool found)
    {
        var finding = Find("abnormally-low-bid", Tender(Cleaning), Award(won), Bids(won, 100, 90, 130));
        Assert.Equal(found, finding is not null);
        if (found)
        {
            Assert.Equal("69 EUR; the other 3 bids from 90 to 130, median 100 EUR", finding!.Evidence);
            Assert.Equal("$.awards[0].value.amount", finding.Path);
            Assert.StartsWith("The winning bid of 69 EUR is 31 % below the median of the 3 other bids (100 EUR)", finding.Sentence);
        }
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void With_fewer_bids_the_estimate_counts(int won, bool found) =>
        Assert.Equal(found, Find("abnormally-low-bid", Tender(Cleaning, ",\"value\":{\"amount\":100,\"currency\":\"EUR\"}"), Award(won), Bids(won, 200)) is not null);

    [Fact]
    public void A_low_price_for_goods_or_in_another_currency_is_no_low_price_for_labour()
    {
        Assert.Null(Find("abnormally-low-bid", Tender(Paper), Award(10), Bids(10, 100, 100)));
        var assessment = Screen("abnormally-low-bid", Tender(Cleaning, ",\"value\":{\"amount\":100,\"currency\":\"USD\"}"), Award(10), "");
        Assert.Empty(assessment.Findings);
        Assert.Equal(["awards/value", "bids/details/value", "tender/value"], Assert.Single(assessment.Unknowns).Missing);
    }

    [Fact]
    public void Each_lot_is_compared_with_its_own_bids()
    {
        var award = "\"awards\":[{\"id\":\"1\",\"relatedLots\":[\"L1\"],\"value\":{\"amount\":60,\"currency\":\"EUR\"},\"suppliers\":[{\"id\":\"W\",\"name\":\"W\"}]}]";
        string Bid(string lot, int amount, string who) => $"{{\"id\":\"{lot}{who}\",\"relatedLots\":[\"{lot}\"],\"value\":{{\"amount\":{amount},\"currency\":\"EUR\"}},\"tenderers\":[{{\"id\":\"{who}\",\"name\":\"{who}\"}}]}}";
        Assert.Null(Find("abnormally-low-bid", Tender(Cleaning), award, $"\"bids\":{{\"details\":[{Bid("L1", 60, "W")},{Bid("L1", 62, "A")},{Bid("L1", 64, "B")},{Bid("L2", 600, "A")},{Bid("L2", 640, "B")}]}}"));
        Assert.NotNull(Find("abnormally-low-bid", Tender(Cleaning), award, $"\"bids\":{{\"details\":[{Bid("L1", 60, "W")},{Bid("L1", 90, "A")},{Bid("L1", 95, "B")}]}}"));
    }

    [Theory]
    [InlineData("2025-01-01", "2025-01-10", "open", true)]
    [InlineData("2025-01-01", "2025-01-11", "open", false)]
    [InlineData("2025-01-01", "2025-01-03", "direct", false)]
    [InlineData("2025-02-01", "2025-01-03", "open", false)]
    public void Fewer_than_ten_days_to_bid_are_few(string start, string end, string method, bool found) =>
        Assert.Equal(found, Find("rush", Tender(Cleaning, $",\"procurementMethod\":\"{method}\",\"tenderPeriod\":{{\"startDate\":\"{start}T00:00:00Z\",\"endDate\":\"{end}T00:00:00Z\"}}"), "", "") is { Subject: "bidding", Level: Level.Low });

    [Theory]
    [InlineData("2025-03-01", "2025-03-07", true)]
    [InlineData("2025-03-01", "2025-03-08", false)]
    [InlineData("2025-03-05", "2025-03-01", false)]
    public void Fewer_than_seven_days_from_signature_to_start_are_few(string signed, string start, bool found) =>
        Assert.Equal(found, Find("rush", Tender(Cleaning), $"\"contracts\":[{{\"id\":\"1\",\"dateSigned\":\"{signed}\",\"period\":{{\"startDate\":\"{start}\"}}}}]", "") is { Subject: "start", Path: "$.contracts[0].period.startDate" });

    [Fact]
    public void Haste_in_buying_envelopes_harms_nobody_known_here() =>
        Assert.Null(Find("rush", Tender(Paper, ",\"tenderPeriod\":{\"startDate\":\"2025-01-01\",\"endDate\":\"2025-01-03\"}"), "", ""));

    [Fact]
    public void Subcontracted_labour_is_a_chain_and_named_subcontractors_are_counted()
    {
        var stated = Find("labour-chain", Tender(Cleaning), "\"awards\":[{\"id\":\"1\",\"hasSubcontracting\":true,\"suppliers\":[{\"id\":\"S\",\"name\":\"S\"}]}]", "");
        Assert.Equal(("subcontracting", "$.awards[0].hasSubcontracting"), (stated!.Subject, stated.Path));
        var named = Find("labour-chain", Tender(Cleaning), "\"parties\":[" + string.Join(',', Enumerable.Range(0, 3).Select(i => $"{{\"id\":\"{i}\",\"name\":\"N{i}\",\"roles\":[\"subcontractor\"]}}")) + "]", "");
        Assert.Equal("3 subcontractors named", named!.Evidence);
        Assert.Null(Find("labour-chain", Tender(Paper), "\"awards\":[{\"id\":\"1\",\"hasSubcontracting\":true,\"suppliers\":[{\"id\":\"S\",\"name\":\"S\"}]}]", ""));
    }

    [Theory]
    [InlineData("\"identifier\":{\"scheme\":\"GB-COH\",\"id\":\"1\"}", "shared-identifier")]
    [InlineData("\"address\":{\"streetAddress\":\"1 High Street\",\"postalCode\":\"AB1\"}", "shared-address")]
    [InlineData("\"address\":{\"streetAddress\":\"1 High Street\"}", null)]
    public void Two_bidders_with_one_number_or_address_are_a_hint(string shared, string? subject)
    {
        var finding = Find("labour-chain", Tender(Paper), $"\"parties\":[{{\"id\":\"A\",\"name\":\"Alpha\",\"roles\":[\"tenderer\"],{shared}}},{{\"id\":\"B\",\"name\":\"Beta\",\"roles\":[\"tenderer\"],{shared}}}]", "");
        Assert.Equal(subject, finding?.Subject);
        Assert.Equal(subject is null ? null : Level.Hint, finding?.Level);
        Assert.Null(Find("labour-chain", Tender(Paper), $"\"parties\":[{{\"id\":\"A\",\"name\":\"Alpha\",\"roles\":[\"tenderer\"],{shared}}},{{\"id\":\"B\",\"name\":\"Alpha\",\"roles\":[\"supplier\"],{shared}}}]", ""));
    }

    [Fact]
    public void A_supplier_younger_than_a_year_is_a_hint() =>
        Assert.Equal("young-supplier", Find("labour-chain", Tender(Paper, ",\"datePublished\":\"2025-06-01\""), "\"parties\":[{\"id\":\"A\",\"name\":\"Alpha\",\"roles\":[\"supplier\"],\"details\":{\"foundingDate\":\"2025-01-01\"}}]", "")?.Subject);

    [Fact]
    public void What_is_not_published_is_unknown_and_says_what_would_settle_it()
    {
        var rush = Screen("rush", Tender(Cleaning), "", "");
        Assert.False(Assert.Single(rush.Unknowns).Partly);
        var chain = Screen("labour-chain", Tender(Cleaning), "", "");
        Assert.Equal(["parties/roles", "awards/suppliers", "bids/details"], Assert.Single(chain.Unknowns).Missing);
    }

    private static string Tender(string items, string more = "") => $"\"tender\":{{\"title\":\"x\",{items}{more}}}";

    private static string Award(int amount) => $"\"awards\":[{{\"id\":\"1\",\"status\":\"active\",\"value\":{{\"amount\":{amount},\"currency\":\"EUR\"}},\"suppliers\":[{{\"id\":\"W\",\"name\":\"Winner\"}}]}}]";

    private static string Bids(int won, params int[] others) => "\"bids\":{\"details\":[" + string.Join(',', others.Prepend(won).Select((amount, i) => $"{{\"id\":\"{i}\",\"value\":{{\"amount\":{amount},\"currency\":\"EUR\"}},\"tenderers\":[{{\"id\":\"{(i == 0 ? "W" : "T" + i)}\",\"name\":\"{(i == 0 ? "Winner" : "Other " + i)}\"}}]}}")) + "]}";

    private static Assessment Screen(string indicator, params string[] parts) =>
        Screening.Screen("{\"ocid\":\"ocds-t-1\",\"date\":\"2025-07-01T00:00:00Z\"," + string.Join(',', parts.Where(p => p.Length > 0)) + "}", null, indicator);

    private static Finding? Find(string indicator, params string[] parts) => Screen(indicator, parts).Findings is [var first, ..] ? first : null;
}
