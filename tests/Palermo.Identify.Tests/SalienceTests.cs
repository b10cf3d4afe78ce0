using Palermo.Identify.Runs;
using Palermo.Knowledge;

namespace Palermo.Identify.Tests;

public sealed class SalienceTests
{
    [Fact]
    public void A_step_of_severity_never_weighs_less_than_a_step_of_likelihood()
    {
        foreach (var severity in Enum.GetValues<Severity>())
        {
            foreach (var likelihood in Enum.GetValues<Likelihood>())
            {
                var level = Salience.Of(severity, likelihood);
                Assert.InRange(level, Level.Low, Level.Critical);
                if (severity < Severity.Gravest)
                {
                    Assert.True(Salience.Of(severity + 1, likelihood) >= level);
                    if (likelihood > Likelihood.Possible)
                    {
                        Assert.True(Salience.Of(severity + 1, likelihood - 1) >= level);
                    }
                }

                if (likelihood < Likelihood.Stated)
                {
                    Assert.True(Salience.Of(severity, likelihood + 1) >= level);
                }
            }
        }
    }

    [Fact]
    public void Every_level_is_explained_in_a_sentence_with_its_sources()
    {
        foreach (var assessment in Sample())
        {
            Assert.EndsWith(".", assessment.Explanation, StringComparison.Ordinal);
            Assert.StartsWith(assessment.Salience.Name(), assessment.Explanation, StringComparison.OrdinalIgnoreCase);
            foreach (var finding in assessment.Findings)
            {
                Assert.NotEmpty(finding.Sources);
                Assert.All(finding.Sources, id => Assert.True(Catalogue.Default.Sources.ContainsKey(id), id));
                Assert.StartsWith("$.", finding.Path, StringComparison.Ordinal);
                Assert.NotEmpty(finding.Evidence);
                Assert.True(finding.Verified || finding.Level == Level.Hint, finding.Sentence);
            }
        }
    }

    [Fact]
    public void Runs_split_anywhere_and_joined_in_any_order_give_the_same_sums()
    {
        var all = Sample();
        var whole = Sum(all, 0);
        foreach (var cut in new[] { 1, 17, 120, 239 })
        {
            var joined = new RunSummary(Screener.AllIndicators);
            joined.Merge(Sum(all[cut..], cut));
            joined.Merge(Sum(all[..cut], 0));
            Assert.Equal(Describe(whole), Describe(joined));
        }
    }

    [Fact]
    public void The_sample_shows_every_indicator()
    {
        var found = Sample().SelectMany(a => a.Findings).Select(f => f.Indicator).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Screener.AllIndicators.Select(i => i.Id).Order(StringComparer.Ordinal), found);
    }

    private static List<Assessment> Sample()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Palermo.slnx")))
        {
            folder = folder.Parent!;
        }

        return Screening.ScreenAll(File.ReadAllText(Path.Combine(folder.FullName, "samples", "procurement.jsonl")));
    }

    private static RunSummary Sum(List<Assessment> assessments, int from)
    {
        var summary = new RunSummary(Screener.AllIndicators);
        for (var i = 0; i < assessments.Count; i++)
        {
            summary.Add(assessments[i], from + i);
        }

        return summary;
    }

    private static string Describe(RunSummary summary) => string.Join('\n',
        [
            $"{summary.Processes} {string.Join(' ', Enum.GetValues<Level>().Select(summary.Count))}",
            .. summary.ByIndicator.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => $"{i.Key} {i.Value.Judged} {i.Value.Partly} {i.Value.NotJudged} {i.Value.Found} {string.Join(';', i.Value.Reasons.OrderBy(r => r.Key, StringComparer.Ordinal))}"),
            .. new IEnumerable<KeyValuePair<string, Tally>>[] { summary.Goods, summary.Sectors, summary.Countries, summary.Buyers.All(), summary.Suppliers.All() }.Select(t => string.Join(';', t.OrderBy(p => p.Key, StringComparer.Ordinal))),
            .. summary.Top.Take(100).Select(t => t.Assessment.Ocid.Value),
        ]);
}
