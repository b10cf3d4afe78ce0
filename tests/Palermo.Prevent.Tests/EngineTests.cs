using Palermo.Prevent.Explaining;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Tests;

public sealed class EngineTests
{
    [Fact]
    public void A_result_says_what_was_seen_what_was_needed_and_by_which_text()
    {
        var ruling = Library.Judge("no-loa-5", "\"buyer.country\": \"NO\", \"buyer.codes\": [\"no-municipality\"], \"tender.value\": {\"amount\": 99999, \"currency\": \"NOK\"}", "2024-05-02");
        Assert.Equal(Truth.False, ruling.Applies);
        Assert.Equal("does not bind: tender.value is 99,999 NOK, at least 100,000 NOK (LOA s. 2, from 2017-01-01) would be needed.", ruling.Reason);
        var flip = Assert.Single(ruling.Flips, f => f.Fact == "tender.value");
        Assert.Equal("would bind if tender.value were 100,000 NOK (now 99,999 NOK) (LOA s. 2)", flip.ToString());
        Assert.Contains(ruling.Flips, f => f.Fact == "procedure.startDate" || f.Fact == "tender.value");
    }

    [Fact]
    public void What_is_unknown_is_asked_for_the_most_decisive_first()
    {
        var engine = new RuleEngine(Library.Rules);
        var sheet = engine.NewSheet();
        var (facts, _, _) = Library.Rules.ReadFacts("""{"asOf": "2026-03-01", "facts": {"buyer.country": "US"}}"""u8, "f");
        sheet.Load(facts!);
        var ruling = RulingMaker.Make(engine, sheet);
        Assert.Equal("buyer.codes", ruling.Questions[0].Need);
        Assert.Contains("us-far-22.17", ruling.Questions[0].Packs);
        Assert.True(ruling.Questions.Zip(ruling.Questions.Skip(1)).All(q => q.First.Settles >= q.Second.Settles));
        Assert.Contains(ruling.Questions[0].Answers, a => a.Key == "us-federal");
        // Obligations of a regime that may not bind at all are not asked about yet.
        Assert.DoesNotContain(ruling.Questions, q => q.Need == "performance.outsideUS.value");
    }

    [Fact]
    public void Without_any_day_one_day_is_asked_for()
    {
        var engine = new RuleEngine(Library.Rules);
        var sheet = engine.NewSheet();
        sheet.Set("buyer.country", Palermo.Knowledge.Rules.FactValue.Of("JP"));
        sheet.Set("buyer.codes", Palermo.Knowledge.Rules.FactValue.Of(["jp-ministry"]));
        var ruling = RulingMaker.Make(engine, sheet);
        Assert.Equal(Truth.Unknown, ruling.Packs.Single(p => p.Pack.Id == "jp-2023").Applies);
        Assert.Contains(ruling.Questions, q => q.Need == "asOf");
        Assert.DoesNotContain(ruling.Questions, q => q.Need == "notice.dispatchDate");
    }

    [Fact]
    public void A_parameter_not_yet_in_force_can_not_be_met()
    {
        var ruling = Library.Judge("eu-csddd-31", "\"buyer.country\": \"ES\", \"supplier.employees\": 6000, \"supplier.turnover\": {\"amount\": 2000000000, \"currency\": \"EUR\"}", "2026-03-01");
        Assert.Equal(Truth.False, ruling.Applies);
    }

    [Fact]
    public void A_national_law_that_binds_where_the_directive_does_says_so()
    {
        const string Facts = "\"buyer.country\": \"NL\", \"buyer.level\": \"sub-central\", \"procurement.category\": \"goods\", \"tender.value\": {\"amount\": 215999, \"currency\": \"EUR\"}";
        var below = Library.Judge("nl-aw-2-86", Facts, "2026-03-01");
        Assert.Equal(Truth.False, below.Applies);
        Assert.Contains("eu-2014-24 does not apply (tender.value is 215,999 EUR, at least 216,000 EUR (Reg 2025/2152, from 2026-01-01) would be needed)", below.Reason);
    }

    [Fact]
    public void Judging_allocates_nothing()
    {
        var engine = new RuleEngine(Library.Rules);
        var sheet = engine.NewSheet();
        sheet.Load(new Palermo.Knowledge.Rules.TenderFacts { AsOf = new DateOnly(2026, 3, 1), Facts = Library.Rules.Packs.Single(p => p.Id == "us-far-22.17").Cases[0].Facts });
        var results = new Truth[engine.ResultCount];
        engine.Judge(sheet, results);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            engine.Judge(sheet, results);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
