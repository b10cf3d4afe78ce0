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
        // Days and working days can't be held against each other without a calendar: both stay, each with who asks for it.
        Assert.Equal([("noticeDays", 0m, "us-far-22.17"), ("noticeWorkingDays", 5m, "us-az-35-394")], report.Parameters.Select(p => (p.Parameter.Name, p.Value.Number, Assert.Single(p.From).Pack.Id)).Order());
        var exclusion = Set("us-far-22.17", "hk-fc-4-2006", "eu-2014-24", "at-bvergg-78").Measures().Single(m => m.Measure.Id == "exclude-on-conviction");
        Assert.Equal(5, exclusion.Parameters.Single(p => p.Parameter.Name == "lookBackYears").Value.Number);
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
