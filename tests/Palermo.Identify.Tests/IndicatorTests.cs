using static Palermo.Identify.Tests.Screening;

namespace Palermo.Identify.Tests;

public sealed class ListedGoodTests
{
    [Fact]
    public void A_stated_origin_on_the_list_is_the_strongest_evidence()
    {
        var finding = Screen(Item("Latex gloves", "CPV", "33141420-0", origin: "Malaysia")).Of("listed-good", "rubber-gloves")!;
        Assert.Equal((Likelihood.Stated, Level.High, "MY"), (finding.Likelihood, finding.Level, finding.Country));
        Assert.Equal("$.tender.items[0].countryOfOrigin", finding.Path);
        Assert.Contains("dol-tvpra-2022", finding.Sources);
    }

    [Theory]
    [InlineData("Latex gloves, made in Malaysia")]
    [InlineData("Gants en latex, pays d'origine : Malaisie")]
    [InlineData("Рукавички латексні, країна походження: Малайзія")]
    public void An_origin_stated_in_words_counts_as_stated(string text) =>
        Assert.Equal(Likelihood.Stated, Screen(Item(text, "CPV", "33141420-0")).Of("listed-good", "rubber-gloves")!.Likelihood);

    [Fact]
    public void An_origin_stated_that_is_not_listed_settles_it() =>
        Assert.Null(Screen(Item("Latex gloves", "CPV", "33141420-0", supplierCountry: "Malaysia", origin: "Austria")).Of("listed-good", "rubber-gloves"));

    [Fact]
    public void A_supplier_in_a_listed_country_indicates()
    {
        var finding = Screen(Item("Latex gloves", "CPV", "33141420-0", supplierCountry: "Malaysia")).Of("listed-good", "rubber-gloves")!;
        Assert.Equal((Likelihood.Indicated, Level.Medium), (finding.Likelihood, finding.Level));
    }

    [Fact]
    public void An_unknown_origin_is_a_question_with_the_listed_origins()
    {
        var finding = Screen(Item("Bricks", "CPV", "44111100-3")).Of("listed-good", "bricks")!;
        Assert.Equal(Likelihood.Possible, finding.Likelihood);
        Assert.Contains("the origin is not known", finding.Sentence);
        Assert.Contains("country of origin", finding.Question);
    }

    [Fact]
    public void A_broad_code_needs_a_word_to_confirm_it()
    {
        Assert.Null(Screen(Item("Assorted fruit", "CPV", "03222100-7")).Of("listed-good", "acai-berries"));
        Assert.NotNull(Screen(Item("Açaí pulp", "CPV", "03222100-7")).Of("listed-good", "acai-berries"));
    }

    [Theory]
    [InlineData("""{"classification":{"scheme":"GSIN","id":"X","description":"Nitrile gloves"}}""", "$.tender.items[0].classification.description")]
    [InlineData("""{"description":"As in the annex","classification":{"scheme":"GSIN","id":"X"},"additionalClassifications":[{"scheme":"CUCOP","id":"1","description":"Nitrile gloves"}]}""", "$.tender.items[0].additionalClassifications[0].description")]
    [InlineData("""{"description":"As in the annex","classification":{"scheme":"GSIN","id":"X"},"additionalClassifications":[{"scheme":"CPV","id":"33141420-0"}]}""", "$.tender.items[0].additionalClassifications[0]")]
    public void A_finding_points_to_the_field_that_shows_it(string item, string path) =>
        Assert.Equal(path, Screen($$$"""{"ocid":"o","tender":{"items":[{{{item}}}]}}""").Of("listed-good", "rubber-gloves")!.Path);

    [Fact]
    public void A_weak_word_alone_is_not_enough()
    {
        Assert.Null(Screen(Item("Gold membership card")).Of("listed-good", "gold"));
        Assert.NotNull(Screen(Item("Gold", "HS", "7108")).Of("listed-good", "gold"));
    }

    [Theory]
    [InlineData("Maintenance of computers", "")]
    [InlineData("Cotton uniforms", "services")]
    [InlineData("Reparación de muebles", "")]
    public void A_service_on_a_thing_is_not_the_thing(string text, string category) => Assert.DoesNotContain(Screen(Item(text, category: category)).Findings, f => f.Indicator == "listed-good");

    [Theory]
    [InlineData("Cerradura para puerta de madera", "timber")]
    [InlineData("Bread machine", "baked-goods")]
    [InlineData("Máquina de café", "coffee")]
    [InlineData("Toalla de papel", "textiles")]
    [InlineData("Картридж для принтера", "electronics")]
    [InlineData("咖啡机", "coffee")]
    public void What_a_thing_is_for_or_made_with_is_not_bought(string text, string good) => Assert.DoesNotContain(Screen(Item(text)).Findings, f => f.Subject == good);

    [Theory]
    [InlineData("Arena lavada", "sand")]
    [InlineData("Tender for uniforms", "garments")]
    [InlineData("Licitación para la adquisición de carne", "meat")]
    public void The_head_of_a_short_text_and_what_a_tender_is_for_are_bought(string text, string good) => Assert.Contains(Screen(Item(text)).Findings, f => f.Subject == good);

    [Fact]
    public void An_unverified_row_is_shown_as_a_hint_and_raises_nothing()
    {
        var assessment = Screen(Item("Aluminium profiles", origin: "China"), null, "listed-good");
        var finding = assessment.Of("listed-good", "aluminum")!;
        Assert.Equal((Level.Hint, false), (finding.Level, finding.Verified));
        Assert.Contains("unverified", finding.Sentence);
        Assert.Equal(Level.Hint, assessment.Salience);
    }

    [Fact]
    public void A_row_removed_from_the_list_counts_until_its_removal()
    {
        var release = Item("Fresh blueberries", origin: "Argentina");
        Assert.NotNull(Screen(release, new DateOnly(2024, 9, 4)).Of("listed-good", "blueberries"));
        Assert.Null(Screen(release, new DateOnly(2024, 9, 5)).Of("listed-good", "blueberries"));
    }

    [Fact]
    public void Many_items_of_one_good_are_one_finding()
    {
        var items = string.Join(',', Enumerable.Repeat("""{"description":"Bricks"}""", 40));
        var finding = Screen($$$"""{"ocid":"o","tender":{"items":[{{{items}}}]}}""").Of("listed-good", "bricks")!;
        Assert.Equal(40, finding.Occurrences);
    }
}

public sealed class DownstreamGoodTests
{
    [Theory]
    [InlineData("Photovoltaic panels 450 W", "CPV", "09331200-0", "solar-modules", "polysilicon")]
    [InlineData("Lithium-ion battery packs", "", "", "lithium-ion-batteries", "cobalt")]
    [InlineData("Uniforms of cotton", "", "", "cotton-textile-products", "cotton")]
    [InlineData("Refined palm oil, 20 l", "", "", "refined-palm-oil", "palm fruit")]
    public void A_good_made_with_a_listed_input_is_found(string text, string scheme, string code, string good, string input) =>
        Assert.Contains(input, Screen(Item(text, scheme, code)).Of("downstream-good", good)!.Sentence);
}

public sealed class ImportMeasureTests
{
    [Fact]
    public void Cotton_from_the_region_under_order_is_critical()
    {
        var finding = Screen(Item("Cotton T-shirts, origin: Xinjiang, China")).Findings.First(f => f.Indicator == "import-measure");
        Assert.Equal((Likelihood.Stated, Level.Critical), (finding.Likelihood, finding.Level));
        Assert.Contains("2021-01-13", finding.Sentence);
    }

    [Fact]
    public void An_order_counts_from_its_date() =>
        Assert.DoesNotContain(Screen(Item("Cotton T-shirts, origin: Xinjiang, China"), new DateOnly(2017, 1, 1)).Findings, f => f.Indicator == "import-measure");

    [Theory]
    [InlineData("COFCO SUGAR HOLDING CO LTD", "China", Level.Critical)]
    [InlineData("Cofco Sugar Holding Company, Limited", "Singapore", Level.High)]
    public void A_party_of_a_listed_name_is_a_reason_to_compare_identities(string name, string country, Level level)
    {
        var finding = Screen(Item("Supplies", supplierCountry: country, supplier: name)).Findings.First(f => f.Indicator == "import-measure");
        Assert.Equal(level, finding.Level);
        Assert.Equal("$.parties[0].name", finding.Path);
        Assert.Contains("A name is not an identity", finding.Question);
    }

    [Fact]
    public void A_listed_name_from_memory_is_a_hint() =>
        Assert.Equal(Level.Hint, Screen(Item("Supplies", supplierCountry: "China", supplier: "Changji Esquel Textile Co., Ltd.")).Findings.First(f => f.Indicator == "import-measure").Level);

    [Fact]
    public void A_measure_that_ended_is_not_active() =>
        Assert.DoesNotContain(Screen(Item("Disposable gloves", supplierCountry: "Malaysia", supplier: "WRP Asia Pacific Sdn. Bhd.")).Findings, f => f.Indicator == "import-measure" && f.Subject == "im-022");
}

public sealed class HighRiskSectorTests
{
    [Theory]
    [InlineData("Cleaning of offices", "CPV", "90911200-8", "cleaning")]
    [InlineData("Servicio de vigilancia privada", "", "", "security")]
    [InlineData("Будівництво школи", "", "", "construction")]
    [InlineData("Servicii de catering", "", "", "catering")]
    [InlineData("Wäschereidienstleistungen", "", "", "laundry")]
    public void A_sector_is_found_by_code_or_words(string text, string scheme, string code, string sector) =>
        Assert.Equal((Likelihood.Possible, Level.Low), Screen(Item(text, scheme, code, category: "services")).Of("high-risk-sector", sector) is { } f ? (f.Likelihood, f.Level) : default);

    [Fact]
    public void Conditions_that_aggravate_raise_the_likelihood_and_say_where_they_stand()
    {
        var finding = Screen("""{"ocid":"o","tender":{"title":"Office cleaning, night shift","mainProcurementCategory":"services","awardCriteria":"priceOnly"},"awards":[{"hasSubcontracting":true}]}""").Of("high-risk-sector", "cleaning")!;
        Assert.Equal(Likelihood.Stated, finding.Likelihood);
        Assert.Contains("$.tender.awardCriteria", finding.Sentence);
        Assert.Contains("$.awards[0].hasSubcontracting", finding.Sentence);
        Assert.Contains("night", finding.Sentence);
    }

    [Fact]
    public void A_sector_from_memory_is_a_hint() =>
        Assert.Equal(Level.Hint, Screen(Item("Shipbuilding", category: "services")).Of("high-risk-sector", "shipbuilding")!.Level);
}

public sealed class PlaceTests
{
    [Fact]
    public void A_place_alone_stays_low() => Assert.Equal(Level.Low, Screen(Item("Printed books", "CPV", "22110000-4", supplierCountry: "Eritrea")).Of("place", "ER")!.Level);

    [Fact]
    public void A_place_weighs_more_beside_a_finding_on_the_work() =>
        Assert.Equal(Level.Medium, Screen(Item("Cleaning services", "CPV", "90911200-8", supplierCountry: "Eritrea", category: "services")).Of("place", "ER")!.Level);

    [Fact]
    public void A_tier_that_was_inferred_finds_nothing() => Assert.Null(Screen(Item("Printed books", supplierCountry: "United Arab Emirates")).Of("place", "AE"));
}

public sealed class CoverageTests
{
    [Fact]
    public void What_could_not_be_judged_is_said_with_the_missing_fields()
    {
        var assessment = Screen("""{"ocid":"o","tender":{"id":"1"}}""");
        Assert.Equal(Level.Unknown, assessment.Salience);
        Assert.Equal(Screener.AllIndicators.Select(i => i.Id).Order(StringComparer.Ordinal), assessment.Unknowns.Select(u => u.Indicator).Distinct().Order(StringComparer.Ordinal));
        Assert.All(assessment.Unknowns, u => Assert.NotEmpty(u.Missing));
    }

    [Fact]
    public void A_language_without_words_is_not_judged_by_words()
    {
        var assessment = Screen("""{"ocid":"o","tender":{"title":"Προμήθεια γαντιών","items":[{"description":"βαμβακερά γάντια"}]}}""", null, "listed-good");
        Assert.Equal(Level.Unknown, assessment.Salience);
        Assert.Contains("script", Assert.Single(assessment.Unknowns).Reason);
    }

    [Fact]
    public void Nothing_found_where_all_was_judged_is_none() =>
        Assert.Equal(Level.None, Screen(Item("Printed books", "CPV", "22110000-4", supplierCountry: "Norway")).Salience);
}
