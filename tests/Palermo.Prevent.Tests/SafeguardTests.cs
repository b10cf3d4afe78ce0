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
                sum.Add(screening.Verdict, "A");
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

    // What is kept from process to process (facts, numbers of codes, days, countries) must not colour the next.
    [Fact]
    public void A_process_is_judged_in_a_run_as_it_is_judged_alone()
    {
        var engine = new RuleEngine(RuleLibrary.Shipped);
        var run = new RuleScreening(engine, Catalogue.Default);
        var seen = new HashSet<string>();
        var random = new Random(7);
        T Pick<T>(params T[] of) => of[random.Next(of.Length)];
        for (var i = 0; i < 120; i++)
        {
            var text = Irish.Replace("EXTRA", "", StringComparison.Ordinal)
                .Replace("Ireland", Pick("Ireland", "Norway", "United Kingdom", "Brazil", "Switzerland", "United States", "Atlantis", ""), StringComparison.Ordinal)
                .Replace("\"goods\"", Pick("\"goods\"", "\"services\"", "\"works\"", "null"), StringComparison.Ordinal)
                .Replace("39525800", Pick("39525800", "85312000", "18424300", "30200000", "XX525800"), StringComparison.Ordinal)
                .Replace("eu-buyer-legal-type", Pick("eu-buyer-legal-type", "TED_CA_TYPE", "own"), StringComparison.Ordinal)
                .Replace("300000", Pick("300000", "900", "20000000"), StringComparison.Ordinal)
                .Replace("2026-03-02T23:30:00Z", Pick("2026-03-02T23:30:00Z", "2025-12-31T23:30:00Z", "2019-05-05", ""), StringComparison.Ordinal);
            Process(text, (process, assessment) =>
            {
                var alone = new RuleScreening(engine, Catalogue.Default);
                alone.Judge(process, assessment);
                run.Judge(process, assessment);
                Assert.Equal(Written(alone), Written(run));
                seen.Add(Written(run));
            });
        }

        Assert.True(seen.Count > 40, $"{seen.Count} verdicts that differ");

        static string Written(RuleScreening screening)
        {
            using var stream = new MemoryStream();
            using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
            {
                writer.WriteStartObject();
                screening.Verdict.Write(writer);
                writer.WriteEndObject();
            }

            return System.Text.Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    private static (RuleScreening, RuleTallies) Screen(string ocds)
    {
        var screening = new RuleScreening(new RuleEngine(RuleLibrary.Shipped), Catalogue.Default);
        var tallies = new RuleTallies();
        Process(ocds, (process, assessment) =>
        {
            screening.Judge(process, assessment);
            tallies.Add(screening.Verdict, process.BuyerName.ToString());
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
