using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Facts;
using Palermo.Prevent.Gaps;
using Palermo.Prevent.Rules;
using Palermo.Procurement;

namespace Palermo.Prevent.Tests;

public sealed class SafeguardTests
{
    private const string Irish = """
        {"ocid": "ocds-test-1", "date": "2026-03-02T10:00:00Z", "tag": ["tender"], "parties": [{"id": "b", "name": "Council of Testbridge", "roles": ["buyer"], "address": {"countryName": "Ireland"}, "details": {"classifications": [{"scheme": "eu-buyer-legal-type", "id": "la"}]}}],
         "buyer": {"id": "b", "name": "Council of Testbridge"},
         "tender": {"id": "t", "title": "Cleaning cloths", "mainProcurementCategory": "goods", "value": {"amount": 300000, "currency": "EUR"}, "datePublished": "2026-03-02T23:30:00Z", "items": [{"id": "1", "description": "cleaning cloths", "classification": {"scheme": "CPV", "id": "39525800"}}]EXTRA}}
        """;

    [Theory]
    [InlineData(""", "exclusionGrounds": {"criteria": [{"type": "exg-crim-traffick"}]}""", Shown.Shown)]
    [InlineData(""", "exclusionGrounds": {"criteria": [{"type": "human-traffic"}]}""", Shown.Shown)]
    [InlineData(""", "exclusionGrounds": {"criteria": [{"type": "exg-crim-corr"}]}""", Shown.NotShown)]
    [InlineData(""", "exclusionGrounds": {"criteria": [], "sources": ["epo-procurement-document"]}""", Shown.CannotBeSeen)]
    [InlineData(""", "eligibilityCriteria": "No bidder convicted of trafficking in human beings may take part." """, Shown.Shown)]
    [InlineData("", Shown.CannotBeSeen)]
    public void The_exclusion_ground_is_looked_for_where_it_can_stand(string extra, Shown expected)
    {
        var (screening, _) = Screen(Irish.Replace("EXTRA", extra, StringComparison.Ordinal));
        Assert.Contains("eu-2014-24", screening.Verdict.Binding);
        Assert.Equal(expected, screening.Verdict.Safeguards.Single(s => s.Measure == "announce-exclusion-grounds").Status);
        Assert.Equal(2026, screening.Verdict.Year);
        Assert.Equal("39", screening.Verdict.Sector);
    }

    [Fact]
    public void Facts_come_from_the_publication_with_their_places()
    {
        var facts = new Dictionary<string, (FactValue Value, string Origin)>();
        Process(Irish.Replace("EXTRA", "", StringComparison.Ordinal), (process, assessment) => new ProcessFacts(Catalogue.Default, Library.Rules.Facts).Read(process, assessment, (n, v, o) => facts[Library.Rules.Facts.All[n].Name] = (v, o)));
        Assert.Equal("IE", facts["buyer.country"].Value.ToString());
        Assert.Equal("$.parties[0].address.countryName", facts["buyer.country"].Origin);
        Assert.Equal("sub-central", facts["buyer.level"].Value.ToString());
        Assert.Equal("300,000 EUR", facts["tender.value"].Value.ToString());
        Assert.Equal("2026-03-02", facts["notice.dispatchDate"].Value.ToString());
        Assert.Equal("goods", facts["procurement.category"].Value.ToString());
        Assert.False(facts.ContainsKey("supplier.conviction.trafficking.final"));
    }

    [Fact]
    public void Social_services_have_their_own_threshold()
    {
        var text = Irish.Replace("EXTRA", "", StringComparison.Ordinal).Replace("\"goods\"", "\"services\"", StringComparison.Ordinal).Replace("39525800", "85312000", StringComparison.Ordinal);
        var (screening, _) = Screen(text);
        Assert.DoesNotContain("eu-2014-24", screening.Verdict.Binding);
    }

    [Fact]
    public void Sums_split_anywhere_and_join_the_same()
    {
        var (screening, _) = Screen(Irish.Replace("EXTRA", "", StringComparison.Ordinal));
        RuleTallies Sum(int count)
        {
            var sum = new RuleTallies();
            for (var i = 0; i < count; i++)
            {
                sum.Add(screening.Verdict, () => "A");
            }

            return sum;
        }

        var whole = Sum(5);
        var joined = Sum(2);
        joined.Merge(Sum(3));
        Assert.Equal(whole.Measures, joined.Measures);
        Assert.Equal(whole.Buyers, joined.Buyers);
        Assert.Equal(whole.Binding, joined.Binding);
        Assert.Equal(5, joined.Measures["announce-exclusion-grounds"].CannotBeSeen);
    }

    private static (RuleScreening, RuleTallies) Screen(string ocds)
    {
        var screening = new RuleScreening(new RuleEngine(RuleLibrary.Shipped), Catalogue.Default);
        var tallies = new RuleTallies();
        Process(ocds, (process, assessment) =>
        {
            screening.Judge(process, assessment);
            tallies.Add(screening.Verdict, () => process.BuyerName.ToString());
        });
        return (screening, tallies);
    }

    private static void Process(string ocds, Action<ContractingProcess, Assessment> use)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, ocds);
            using var source = new ProcessSource([path], new ReadOptions { Threads = 1 });
            var screener = new Screener(Catalogue.Default, new ScreeningOptions(new DateOnly(2026, 3, 2)));
            var seen = 0;
            while (source.Next() is { } batch)
            {
                using (batch)
                {
                    new BatchReader().Read(batch, (process, origin) =>
                    {
                        seen++;
                        use(process, screener.Assess(process, origin));
                    }, p => Assert.Fail(p.ToString()));
                }
            }

            Assert.Equal(1, seen);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
