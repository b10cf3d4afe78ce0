using System.Text;
using Palermo.Knowledge.Rules;

namespace Palermo.Prevent.Tests;

/// <summary>Packs that somebody wrote by hand: each slip is pointed at, with its line and a mend.</summary>
public sealed class PackReaderTests
{
    private const string Policy = """
        {
         "schema": "palermo.pack/1",
         "id": "my-policy",
         "title": "Our own policy",
         "jurisdiction": {"code": "NO", "issuer": "Our municipality"},
         "instrument": {"name": "Council decision 7/2026", "type": "policy", "binding": "our own"},
         "version": "1",
         "status": "in-force",
         "effective": {"from": "2026-01-01", "to": null},
         "temporalKey": "procedure.startDate",
         "parameters": {"floor": {"unit": "NOK", "description": "Purchases above", "values": [{"from": "2026-01-01", "value": 500000, "citation": "decision 7/2026 no. 2", "checked": "source"}]}},
         "applies": {"all": [{"fact": "buyer.country", "op": "eq", "value": "NO"}, {"fact": "tender.value", "op": "gte", "param": "floor"}]},
         "obligations": [
          {"id": "MY-01", "phase": "selection", "actor": "buyer", "strength": "must", "measures": [{"id": "supplier-questionnaire"}], "title": "Ask", "summary": "Ask the questions.",
           "citation": {"instrument": "Council decision 7/2026", "pinpoint": "no. 3"}, "checked": "source"}
         ],
         "checked": {"status": "source"}
        }
        """;

    [Fact]
    public void An_overlay_is_read_and_binds()
    {
        var (pack, problems) = Library.Rules.ReadPack(Encoding.UTF8.GetBytes(Policy), "my.json");
        Assert.Empty(problems);
        Assert.Equal(12, pack!.Hash.Length);
        Assert.Contains(Library.Rules.With([pack]).Packs, p => p.Id == "my-policy");
        Assert.Throws<ArgumentException>(() => Library.Rules.With([pack with { Id = "no-loa-5" }]));
    }

    [Theory]
    [InlineData("\"version\": \"1\"", "\"versoin\": \"1\", \"version\": \"1\"", 7, "the key \"versoin\" is not known", "Did you mean \"version\"?")]
    [InlineData("\"param\": \"floor\"", "\"param\": \"flor\"", 12, "there is no parameter \"flor\"", "Add it under")]
    [InlineData("\"op\": \"eq\"", "\"op\": \"equals\"", 12, "\"op\" is \"equals\"", "Use one of these")]
    [InlineData("\"fact\": \"buyer.country\"", "\"fact\": \"buyer.land\"", 12, "there is no fact \"buyer.land\"", "data/facts.json")]
    [InlineData("\"supplier-questionnaire\"", "\"questionnaire\"", 14, "there is no measure \"questionnaire\"", "data/measures.json")]
    [InlineData("\"citation\": {\"instrument\": \"Council decision 7/2026\", \"pinpoint\": \"no. 3\"}, ", "", 14, "MY-01 has no citation", "Add \"citation\"")]
    [InlineData("\"citation\": \"decision 7/2026 no. 2\", ", "", 11, "\"citation\" is missing", "Add")]
    [InlineData("\"from\": \"2026-01-01\", \"value\"", "\"from\": \"2026-02-30\", \"value\"", 11, "\"from\" is the text \"2026-02-30\"", "a day that exists")]
    [InlineData("\"to\": null", "\"to\": \"2025-12-31\"", 9, "ends before it begins", "Correct")]
    [InlineData("\"value\": 500000,", "\"value\": \"500000\",", 11, "a number was expected", "Correct it")]
    [InlineData("\"values\": [{", "\"values\": [{\"from\": \"2020-01-01\", \"value\": 1, \"citation\": \"c\", \"checked\": \"source\"}, {", 11, "no day of the pack", "Remove it")]
    [InlineData("\"checked\": \"source\"}\n ],", "\"checked\": \"certain\"}\n ],", 14, "\"checked\" is \"certain\"", "Begin with source")]
    [InlineData("{\"fact\": \"tender.value\", \"op\": \"gte\", \"param\": \"floor\"}", "{\"fact\": \"tender.value\", \"op\": \"gte\", \"value\": 500000}", 12, "neither date nor citation", "Make it a parameter")]
    [InlineData("{\"fact\": \"tender.value\", \"op\": \"gte\", \"param\": \"floor\"}", "{\"fact\": \"tender.value\", \"op\": \"isTrue\"}", 12, "can't compare tender.value", "It compares Boolean")]
    [InlineData("\"temporalKey\": \"procedure.startDate\"", "\"temporalKey\": \"procedure.start\"", 1, "no date among the facts", "data/facts.json")]
    [InlineData("\"strength\": \"must\"", "\"strength\": \"shall\"", 14, "\"strength\" is \"shall\"", "Use one of these")]
    public void A_slip_is_pointed_at(string from, string to, int line, string what, string mend)
    {
        var text = Policy.Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.Contains(from, text);
        var (pack, problems) = Library.Rules.ReadPack(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)), "my.json");
        Assert.Null(pack);
        var problem = problems.FirstOrDefault(p => p.What.Contains(what, StringComparison.Ordinal));
        Assert.True(problem is not null, string.Join('\n', problems));
        Assert.InRange(problem.Line, line, line + 1);
        Assert.Contains(mend, problem.Mend);
    }

    [Theory]
    [InlineData("{\"schema\": \"palermo.pack/1\",,}", "The file is no JSON")]
    [InlineData("[]", "an object was expected")]
    [InlineData("", "The file is no JSON")]
    [InlineData("{\"id\": \"a\", \"id\": \"b\"}", "\"id\" is there twice")]
    public void What_is_no_pack_is_said(string text, string what)
    {
        var (pack, problems) = Library.Rules.ReadPack(Encoding.UTF8.GetBytes(text), "my.json");
        Assert.Null(pack);
        Assert.Contains(problems, p => p.What.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public void The_hash_covers_what_binds_and_not_how_it_is_written()
    {
        string Hash(string text) => Library.Rules.ReadPack(Encoding.UTF8.GetBytes(text), "my.json").Pack!.Hash;
        Assert.Equal(Hash(Policy), Hash(Policy.Replace("\n", "\n\n", StringComparison.Ordinal)));
        Assert.NotEqual(Hash(Policy), Hash(Policy.Replace("500000", "500001", StringComparison.Ordinal)));
        Assert.Equal(Hash(Policy), Hash(Policy.Replace("\"checked\": {\"status\": \"source\"}", "\"cases\": [{\"name\": \"x\", \"origin\": \"own\", \"facts\": {}, \"expect\": {}}], \"checked\": {\"status\": \"source\"}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{\"facts\": {\"tender.value\": 216000}}", "tender.value is the number 216000; an amount and its currency was expected.")]
    [InlineData("{\"facts\": {\"tender.value\": {\"amount\": 1, \"currency\": \"euro\"}}}", "an amount and its currency was expected")]
    [InlineData("{\"facts\": {\"buyer.devolvedScottish\": \"no\"}}", "true or false was expected")]
    [InlineData("{\"facts\": {\"procurement.category\": \"supplies\"}}", "procurement.category has no code \"supplies\"")]
    [InlineData("{\"asOf\": \"1 March\", \"facts\": {}}", "a date (YYYY-MM-DD) was expected")]
    [InlineData("{\"asof\": \"2026-03-01\", \"facts\": {}}", "the key \"asof\" is not known")]
    [InlineData("{\"facts\": {}, \"rates\": [{\"from\": \"USD\", \"to\": \"EUR\", \"rate\": 0, \"date\": \"2026-01-01\", \"source\": \"x\"}]}", "A rate needs a number above zero")]
    public void Facts_that_can_not_be_read_are_errors(string text, string what)
    {
        var (facts, problems, _) = Library.Rules.ReadFacts(Encoding.UTF8.GetBytes(text), "f.json");
        Assert.Null(facts);
        Assert.Contains(problems, p => p.What.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public void Facts_that_no_rule_reads_are_remarked_on()
    {
        var (facts, problems, remarks) = Library.Rules.ReadFacts("""{"facts": {"buyer.coutnry": "NO", "buyer.codes": ["xx-new"], "buyer.level": null}}"""u8, "f.json");
        Assert.Empty(problems);
        Assert.Equal(2, remarks.Count);
        Assert.False(facts!.Facts.ContainsKey("buyer.level"));
    }
}
