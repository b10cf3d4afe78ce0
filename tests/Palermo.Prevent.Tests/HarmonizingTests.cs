using Palermo.Knowledge.Rules;
using Palermo.Prevent.Harmonizing;

namespace Palermo.Prevent.Tests;

public sealed class HarmonizingTests
{
    [Fact]
    public void The_strongest_modality_and_the_strictest_figure_win_and_stay_traceable()
    {
        var set = Set("uk-pa2023-exclusion", "ch-boeb-12", "us-az-35-394", "us-far-22.17");
        var report = set.Measures().Single(m => m.Measure.Id == "report-incidents");
        Assert.Equal(Strength.Must, report.Strength);
        var notice = Assert.Single(report.Parameters);
        Assert.Equal(0, notice.Value.Number); // at once is stricter than within five days
        Assert.Equal("us-far-22.17", Assert.Single(notice.From).Pack.Id);
        Assert.Equal(["us-az-35-394", "us-far-22.17"], report.Demands.Select(d => d.Pack.Id).Distinct());
        Assert.All(report.Demands, d => Assert.NotEqual("", d.Provision.Citation.Instrument));
    }

    [Fact]
    public void Regimes_that_can_not_both_be_met_are_shown_with_both_citations()
    {
        var conflict = Set("es-lcsp-71", "eu-2014-24").Conflicts().First(c => c.Measure == "no-self-cleaning");
        Assert.Equal(["es-lcsp-71", "eu-2014-24"], new[] { conflict.One.Pack.Id, conflict.Other.Pack.Id }.Order());
        Assert.Empty(Set("uk-pa2023-exclusion", "us-far-22.17").Conflicts());
    }

    [Fact]
    public void The_common_set_says_what_it_costs_each_regime()
    {
        var costs = Set("us-va-2-2-4311-3", "us-az-35-394").Costs();
        var virginia = costs.Single(c => c.Pack.Id == "us-va-2-2-4311-3");
        Assert.Contains(virginia.New, m => m.Measure.Id == "corrective-action");
        var arizona = costs.Single(c => c.Pack.Id == "us-az-35-394");
        Assert.Contains(arizona.New, m => m.Measure.Id == "flow-down");
        Assert.Empty(Set("us-az-35-394").Costs().Single().New);
    }

    private static HarmonizedSet Set(params string[] ids) => new(Library.Rules.Measures, Library.Rules.Packs.Where(p => ids.Contains(p.Id)).SelectMany(p => p.Obligations.Cast<Provision>().Concat(p.Determinations).SelectMany(o => Demand.Of(p, o))));
}
