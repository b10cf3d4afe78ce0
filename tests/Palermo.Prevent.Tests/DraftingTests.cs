using Palermo.Knowledge;
using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Bids;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Tests;

/// <summary>What holds for documents of any tender: the golden cases of all regimes, at every level of risk, in every language and form.</summary>
public sealed class DraftingTests
{
    private static readonly RuleEngine s_engine = new(Library.Rules);
    private static readonly string[] s_parts = ["exclusion", "selection", "award", "contract", "plan", "certificate", "notice"];
    private static readonly GoldenCase[] s_cases = [.. Library.Rules.Packs.SelectMany(p => p.Cases).Where((_, i) => i % 6 == 0)];

    [Fact]
    public void A_demand_that_binds_has_its_text_in_the_full_form_and_the_light()
    {
        var demands = 0;
        foreach (var golden in s_cases)
        {
            foreach (var light in new[] { false, true })
            {
                var pack = Draft(golden, "low", "en", light);
                foreach (var demand in pack.Demands.Where(d => d.Asks && d.Demand.Strength != Strength.May))
                {
                    var able = ClauseLibrary.Shipped.Blocks.Where(b => s_parts.Contains(b.Part) && b.Choice.Measures.Contains(demand.Demand.Use.Id) && b.Id != "contract.official-clauses").ToArray();
                    Assert.True(able.Length == 0 || pack.Texts.Any(t => s_parts.Contains(t.Block.Part) && t.Demands.Contains(demand)), $"{golden.Name}: {demand.Demand.Use.Id}, light {light}");
                    demands++;
                }
            }
        }

        Assert.True(demands > 1000);
    }

    [Fact]
    public void More_risk_never_takes_a_text_or_a_question_away()
    {
        foreach (var golden in s_cases.Where((_, i) => i % 2 == 0))
        {
            var (low, medium, high) = (Draft(golden, "low"), Draft(golden, "medium"), Draft(golden, "high"));
            foreach (var (less, more) in new[] { (low, medium), (medium, high) })
            {
                Assert.Subset(Texts(more), Texts(less));
                Assert.Subset(Questions(more), Questions(less));
            }
        }
    }

    [Fact]
    public void Every_language_asks_for_the_same()
    {
        foreach (var golden in s_cases.Where((_, i) => i % 4 == 0))
        {
            var english = Draft(golden, "high");
            foreach (var language in ClauseLibrary.Shipped.Languages.Keys)
            {
                var other = Draft(golden, "high", language);
                Assert.Equal(english.Texts.Select(t => (t.Block.Id, t.Why, string.Join(',', t.Demands.Select(d => d.Demand.Provision.Id)))), other.Texts.Select(t => (t.Block.Id, t.Why, string.Join(',', t.Demands.Select(d => d.Demand.Provision.Id)))));
                Assert.Equal(Questions(english), Questions(other));
                Assert.Equal(english.FillIns.ToDictionary(f => f.Key, f => f.Value.Value), other.FillIns.ToDictionary(f => f.Key, f => f.Value.Value));
            }
        }
    }

    [Fact]
    public void The_weight_of_the_questions_is_the_weight_that_was_published()
    {
        foreach (var golden in s_cases.Where((_, i) => i % 4 == 1))
        {
            var pack = Draft(golden, "high");
            Assert.Contains(pack.Texts, t => t.Block.Id == "award.criterion");
            Assert.Contains(pack.Texts, t => t.Block.Id == "contract.remediation");
            Assert.Equal(pack.Questionnaire.Hash, Draft(golden, "high").Questionnaire.Hash);
        }
    }

    [Theory]
    [InlineData("1234", "1234")]
    [InlineData("1,234.50 EUR", "1234.50")]
    [InlineData("1.234,50 €", "1234.50")]
    [InlineData("1 234 567,8", "1234567.8")]
    [InlineData("2\u00A0050\u00A0000 AUD", "2050000")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("12,5 %", "12.5")]
    [InlineData("-3", "-3")]
    [InlineData("1.234", null)]
    [InlineData("1,234", null)]
    [InlineData("12-15", null)]
    [InlineData("about forty thousand", null)]
    [InlineData("", null)]
    [InlineData("99999999999999999999999999999999999", null)]
    public void Numbers_are_read_as_people_write_them_or_not_at_all(string text, string? number) =>
        Assert.Equal(number is null ? null : decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), BidNumbers.Read(text));

    [Theory]
    [InlineData("2027-01-31", "months", 1, "2027-02-28")]
    [InlineData("2028-01-31", "months", 1, "2028-02-29")]
    [InlineData("2028-02-29", "years", 1, "2029-02-28")]
    [InlineData("2027-03-01", "days", -1, "2027-02-28")]
    [InlineData("2027-12-31", "days", 30, "2028-01-30")]
    public void Days_of_the_calendar_keep_to_the_month(string day, string unit, int count, string then) =>
        Assert.Equal(DateOnly.Parse(then, System.Globalization.CultureInfo.InvariantCulture), ContractCalendar.Add(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), unit, count));

    private static SortedSet<string> Texts(TenderPack pack) => new(pack.Texts.Select(t => t.Block.Id).Where(i => i != "exclusion.own-policy"), StringComparer.Ordinal);

    private static SortedSet<string> Questions(TenderPack pack) => new(pack.Questionnaire.Questions.Select(q => q.Question.Id), StringComparer.Ordinal);

    private static TenderPack Draft(GoldenCase golden, string risk, string language = "en", bool? light = false)
    {
        var facts = new Dictionary<string, FactValue>(golden.Facts, StringComparer.Ordinal);
        var (level, problems, _) = Library.Rules.ReadFacts(System.Text.Encoding.UTF8.GetBytes($"{{\"facts\": {{\"risk.level\": \"{risk}\"}}}}"), "facts.json");
        Assert.Empty(problems);
        facts["risk.level"] = level!.Facts["risk.level"];
        var tender = new TenderFacts { AsOf = golden.AsOf, Facts = facts };
        var sheet = s_engine.NewSheet();
        sheet.Load(tender);
        return TenderPack.Draft(new DraftInput
        {
            Facts = tender,
            Assessment = null,
            Ruling = RulingMaker.Make(s_engine, sheet),
            Gaps = null,
            Rules = Library.Rules,
            Catalogue = Catalogue.Default,
            Clauses = ClauseLibrary.Shipped,
            Day = golden.AsOf ?? new DateOnly(2026, 9, 1),
            Language = language,
            Light = light,
        });
    }
}
