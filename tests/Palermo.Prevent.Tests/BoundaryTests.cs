using Palermo.Prevent.Facts;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Tests;

public sealed class BoundaryTests
{
    [Theory]
    [InlineData("2024-02-29", "2019-02-28", Truth.True)]
    [InlineData("2024-02-29", "2019-02-27", Truth.False)]
    [InlineData("2025-02-28", "2020-02-29", Truth.True)]
    [InlineData("2025-02-28", "2020-02-28", Truth.True)]
    [InlineData("2025-02-28", "2020-02-27", Truth.False)]
    [InlineData("2025-03-01", "2020-02-29", Truth.False)]
    public void Five_years_across_leap_days(string asOf, string conviction, Truth expected)
    {
        var ruling = Library.Judge("eu-finreg-2024-2509", $$"""
            "buyer.codes": ["eu-institution"], "supplier.conviction.trafficking.final": true, "supplier.conviction.trafficking.date": "{{conviction}}", "supplier.selfCleaning.accepted": false
            """, asOf);
        if (ruling.Applies == Truth.True)
        {
            Assert.Equal(expected, ruling.Provisions.Single(p => p.Provision.Id == "EUFR-X1").Result);
        }

        // Before the regulation the same rule stood in the directive's pack.
        var directive = Library.Judge("eu-2014-24", $$"""
            "buyer.country": "PL", "buyer.level": "central", "procurement.category": "services", "tender.value": {"amount": 500000, "currency": "EUR"},
            "supplier.conviction.trafficking.final": true, "supplier.conviction.trafficking.date": "{{conviction}}", "supplier.selfCleaning.accepted": false
            """, asOf);
        Assert.Equal(expected, directive.Provisions.Single(p => p.Provision.Id == "EU24-X1").Result);
    }

    [Fact]
    public void The_day_itself_is_out_in_the_United_Kingdom_and_in_under_the_directive()
    {
        const string Conviction = "\"supplier.conviction.trafficking.final\": true, \"supplier.conviction.trafficking.date\": \"2021-03-10\", \"supplier.selfCleaning.accepted\": false";
        var uk = Library.Judge("uk-pa2023-exclusion", "\"buyer.country\": \"GB\", \"buyer.devolvedScottish\": false, \"buyer.level\": \"central\", \"procurement.category\": \"services\", \"tender.value\": {\"amount\": 900000, \"currency\": \"GBP\"}, " + Conviction, "2026-03-10");
        var eu = Library.Judge("eu-2014-24", "\"buyer.country\": \"IE\", \"buyer.level\": \"central\", \"procurement.category\": \"services\", \"tender.value\": {\"amount\": 900000, \"currency\": \"EUR\"}, " + Conviction, "2026-03-10");
        Assert.Equal(Truth.False, uk.Provisions.Single(p => p.Provision.Id == "UKPA-X1").Result);
        Assert.Equal(Truth.True, eu.Provisions.Single(p => p.Provision.Id == "EU24-X1").Result);
    }

    [Fact]
    public void At_least_and_exceeds_differ_within_one_regime()
    {
        var ruling = Library.Judge("us-far-22.17", """
            "buyer.country": "US", "buyer.codes": ["us-federal"], "performance.outsideUS.services": true, "supply.entirelyCots": false,
            "performance.outsideUS.value": {"amount": 700000.00, "currency": "USD"}, "performance.outsideUS.possibleValue": {"amount": 700000.00, "currency": "USD"}
            """, "2025-11-01");
        Assert.Contains("FAR2217-03", ruling.Binding());
        Assert.DoesNotContain("FAR2217-09", ruling.Binding());
    }

    [Theory]
    [InlineData("2025-12-31T23:30:00Z", "DE", "2026-01-01")]
    [InlineData("2025-12-31T23:30:00Z", "GB", "2025-12-31")]
    [InlineData("2025-12-31T22:30:00-05:00", "DE", "2025-12-31")]
    [InlineData("2026-01-01T00:30:00+01:00", "DE", "2026-01-01")]
    [InlineData("2026-06-30T23:59:59Z", "NO", "2026-07-01")]
    [InlineData("2026-03-01", "US", "2026-03-01")]
    [InlineData("2026-03-01T09:00:00", "US", "2026-03-01")]
    [InlineData("2026-03-01T05:00:00Z", "US", null)]
    [InlineData("2026-03-01T15:00:00Z", "US", "2026-03-01")]
    [InlineData("not a day", "US", null)]
    public void Days_are_local_to_the_buyer(string published, string country, string? day)
    {
        Assert.Equal(day, LocalDay.Of(published, country)?.ToString("yyyy-MM-dd", null)); // null: the zones of the country do not agree, and no day is made up
        Assert.Equal(day, new LocalDays().Of(new Palermo.Procurement.Utf8Text(System.Text.Encoding.UTF8.GetBytes(published)), country)?.ToString());
    }

    [Fact]
    public void Days_read_in_bulk_are_those_read_one_by_one()
    {
        var random = new Random(11);
        var bulk = new LocalDays();
        string[] countries = ["NO", "US", "BR", "RU", "PT", "NZ", "KI", "IN", "GB", "ZZ", ""];
        for (var i = 0; i < 20_000; i++)
        {
            var day = new DateTime(random.Next(1989, 2072), 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(4) == 0 ? random.Next(-2, 3) : random.Next(366)).AddSeconds(random.Next(86_400));
            var text = day.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
            var country = countries[random.Next(countries.Length)];
            Assert.Equal((text, country, LocalDay.Of(text, country)), (text, country, bulk.Of(new Palermo.Procurement.Utf8Text(System.Text.Encoding.UTF8.GetBytes(text)), country)?.Date));
        }
    }

    [Fact]
    public void An_amount_in_another_currency_is_unknown_until_a_dated_rate_is_given()
    {
        const string Facts = "\"buyer.country\": \"FR\", \"buyer.level\": \"central\", \"procurement.category\": \"goods\", \"tender.value\": {\"amount\": 900000, \"currency\": \"USD\"}";
        var without = Library.Judge("eu-2014-24", Facts, "2026-02-01");
        Assert.Equal(Truth.Unknown, without.Applies);
        Assert.Contains("tender.value in EUR", without.Needs);

        var (facts, problems, _) = Library.Rules.ReadFacts(System.Text.Encoding.UTF8.GetBytes($$"""{"asOf": "2026-02-01", "facts": { {{Facts}} }, "rates": [{"from": "EUR", "to": "USD", "rate": 1.25, "date": "2026-01-30", "source": "a central bank"}]}"""), "f.json");
        Assert.Empty(problems);
        var engine = new RuleEngine(Library.Rules, [Library.Rules.Packs.Single(p => p.Id == "eu-2014-24")]);
        var sheet = engine.NewSheet();
        sheet.Load(facts!);
        var with = Explaining.RulingMaker.Make(engine, sheet).Packs[0];
        Assert.Equal(Truth.True, with.Applies);
        Assert.Contains("720,000 EUR at the rate of 2026-01-30, a central bank", with.Reason);
    }
}
