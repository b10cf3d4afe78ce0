using Palermo.Knowledge.Rules;
using Palermo.Prevent.Authoring;

namespace Palermo.Prevent.Tests;

public sealed class GoldenTests
{
    public static TheoryData<string> Packs() => [.. Library.Rules.Packs.Select(p => p.Id)];

    [Theory]
    [MemberData(nameof(Packs))]
    public void Golden_cases_pass(string id)
    {
        var pack = Library.Rules.Packs.Single(p => p.Id == id);
        Assert.Empty(GoldenCases.Check(Library.Rules, pack));
        Assert.Contains(pack.Cases, c => c.Origin != "own");
    }

    [Fact]
    public void Cases_would_notice_mistakes()
    {
        var results = Library.Rules.Packs.Select(p => MutationRun.Run(Library.Rules, p)).ToArray();
        var (made, noticed) = (results.Sum(r => r.Made), results.Sum(r => r.Noticed));
        Assert.True(noticed >= 0.98 * made, $"{noticed} of {made} mistakes are noticed; palermo check rules lists the others, --suggest proposes cases.");
        // What is left can't be told from the pack by any case.
        Assert.Empty(Library.Rules.Packs.SelectMany(p => MutationRun.Unheld(Library.Rules, p)));
    }

    [Fact]
    public void A_wrong_figure_makes_a_case_fail()
    {
        var pack = Library.Rules.Packs.Single(p => p.Id == "us-far-22.17");
        var threshold = pack.Parameters.Single(p => p.Name == "tipThreshold");
        var last = threshold.Values[^1];
        var wrong = pack with { Parameters = [threshold with { Values = [.. threshold.Values.SkipLast(1), last with { Value = FactValue.Of(700_001m, "USD") }] }] };
        var problem = Assert.Single(GoldenCases.Check(Library.Rules, wrong).Where(p => p.What.Contains("one cent over", StringComparison.Ordinal)).Take(1));
        Assert.Contains("were expected", problem.What);
        Assert.True(problem.Line > 1);
    }

    [Fact]
    public void A_boundary_without_a_case_is_reported_with_its_line()
    {
        var pack = Library.Rules.Packs.Single(p => p.Id == "us-va-2-2-4311-3");
        var bare = pack with { Cases = [.. pack.Cases.Where(c => c.Origin == "law" && c.Applies == false)] };
        var problems = MutationRun.Unheld(Library.Rules, bare);
        Assert.Contains(problems, p => p.What.Contains("10001", StringComparison.Ordinal) && p.Mend.Contains("--suggest", StringComparison.Ordinal));
        // What is proposed closes them.
        var mended = bare with { Cases = [.. bare.Cases, .. CaseFinder.Propose(Library.Rules, bare)] };
        Assert.Empty(MutationRun.Unheld(Library.Rules, mended));
    }

    [Fact]
    public void The_library_is_as_large_as_it_says()
    {
        Assert.True(Library.Rules.Packs.Count >= 45);
        Assert.InRange(Library.Rules.Measures.All.Count, 40, 70);
        foreach (var pack in Library.Rules.Packs)
        {
            Assert.All(pack.Obligations.Cast<Provision>().Concat(pack.Determinations), p => Assert.NotEqual("", p.Citation.Instrument));
        }
    }
}
