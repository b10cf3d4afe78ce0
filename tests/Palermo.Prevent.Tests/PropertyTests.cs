using System.Text;
using CsCheck;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Harmonizing;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Tests;

public sealed class PropertyTests
{
    private static readonly RuleEngine s_engine = new(Library.Rules);
    private static readonly (Pack Pack, GoldenCase Case)[] s_cases = [.. Library.Rules.Packs.SelectMany(p => p.Cases.Select(c => (p, c)))];

    [Fact]
    public void Removing_a_fact_never_flips_a_result()
    {
        var checks = 0;
        foreach (var (_, golden) in s_cases)
        {
            var full = Judge(golden.AsOf, golden.Facts);
            foreach (var name in golden.Facts.Keys)
            {
                var less = Judge(golden.AsOf, golden.Facts.Where(f => f.Key != name).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal));
                for (var i = 0; i < full.Length; i++)
                {
                    Assert.True(less[i] == full[i] || less[i] == Truth.Unknown, $"{golden.Name} without {name}");
                    checks++;
                }
            }

            var undated = Judge(null, golden.Facts.Where(f => !Library.Rules.Packs.Any(p => p.TemporalKey == f.Key)).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal));
            Assert.All(full.Zip(undated), r => Assert.True(r.First == r.Second || r.Second == Truth.Unknown));
        }

        Assert.True(checks > 100_000);
    }

    [Fact]
    public void Facts_of_several_cases_mixed_and_thinned_never_flip()
    {
        Gen.Select(Gen.Int[0, s_cases.Length - 1], Gen.Int[0, s_cases.Length - 1], Gen.ULong).Sample((a, b, mask) =>
        {
            var mixed = new Dictionary<string, FactValue>(s_cases[a].Case.Facts, StringComparer.Ordinal);
            foreach (var (name, value) in s_cases[b].Case.Facts)
            {
                mixed.TryAdd(name, value);
            }

            var thinned = mixed.OrderBy(f => f.Key, StringComparer.Ordinal).Where((_, i) => (mask >> (i % 64) & 1) == 0).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
            var full = Judge(s_cases[a].Case.AsOf, mixed);
            var less = Judge(s_cases[a].Case.AsOf, thinned);
            return full.Zip(less).All(r => r.First == r.Second || r.Second == Truth.Unknown);
        });
    }

    [Fact]
    public void The_fast_judgement_and_the_explained_one_agree_and_repeat_to_the_byte()
    {
        foreach (var (_, golden) in s_cases.Where((_, i) => i % 7 == 0))
        {
            var sheet = s_engine.NewSheet();
            sheet.Load(new TenderFacts { AsOf = golden.AsOf, Facts = golden.Facts });
            var results = new Truth[s_engine.ResultCount];
            s_engine.Judge(sheet, results);
            var ruling = RulingMaker.Make(s_engine, sheet);
            Assert.Equal(results, ruling.Packs.SelectMany(p => p.Provisions.Select(o => o.Result).Prepend(p.Applies)));
            Assert.Equal(Print(ruling), Print(RulingMaker.Make(s_engine, sheet)));
        }
    }

    [Fact]
    public void Answering_what_is_asked_settles_it()
    {
        // Each open result asks for something, and nothing is asked for that is known.
        foreach (var (pack, golden) in s_cases.Where((_, i) => i % 5 == 0))
        {
            var sheet = s_engine.NewSheet();
            sheet.Load(new TenderFacts { AsOf = golden.AsOf, Facts = golden.Facts.Where((_, i) => i % 2 == 0).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal) });
            foreach (var ruling in RulingMaker.Make(s_engine, sheet, new HashSet<string> { pack.Id }).Packs)
            {
                Assert.Equal(ruling.Applies == Truth.Unknown || ruling.Provisions.Any(p => p.Result == Truth.Unknown), ruling.Needs.Count > 0);
                Assert.All(ruling.Needs, n => Assert.True(sheet.Get(n) is null));
            }
        }
    }

    [Fact]
    public void What_would_flip_a_result_flips_it()
    {
        var flips = 0;
        foreach (var (pack, golden) in s_cases.Where((_, i) => i % 3 == 0))
        {
            var engine = new RuleEngine(Library.Rules, [pack]);
            var sheet = engine.NewSheet();
            sheet.Load(new TenderFacts { AsOf = golden.AsOf, Facts = golden.Facts });
            var ruling = RulingMaker.Make(engine, sheet).Packs[0];
            foreach (var flip in ruling.Flips)
            {
                var other = engine.NewSheet();
                other.Load(new TenderFacts { AsOf = golden.AsOf, Facts = golden.Facts });
                if (flip.Fact == pack.TemporalKey)
                {
                    other.AsOf = flip.Then.Date;
                }
                else
                {
                    other.Set(flip.Fact, flip.Then);
                }

                var results = new Truth[engine.ResultCount];
                engine.Judge(other, results);
                Assert.Equal(flip.Result, results[0]);
                Assert.NotEqual(ruling.Applies, results[0]);
                flips++;
            }
        }

        Assert.True(flips > 300);
    }

    [Fact]
    public void Harmonizing_is_a_join()
    {
        Gen.Select(Some(), Some(), Some()).Sample((a, b, c) =>
            Print(a.Join(b)) == Print(b.Join(a))
            && Print(a.Join(b).Join(c)) == Print(a.Join(b.Join(c)))
            && Print(a.Join(a)) == Print(a)
            && IsAtLeast(a.Join(b), a) && IsAtLeast(a.Join(b), b));
    }

    // Any regimes, each with any of its provisions.
    private static Gen<HarmonizedSet> Some() => Gen.Select(Gen.Int[0, Library.Rules.Packs.Count - 1].Array[1, 4], Gen.ULong).Select((packs, mask) =>
        new HarmonizedSet(Library.Rules.Measures, packs.Distinct().Select(i => Library.Rules.Packs[i]).SelectMany(p => p.Obligations.Cast<Provision>().Concat(p.Determinations).Where((_, i) => (mask >> i % 64 & 1) == 1).SelectMany(o => Demand.Of(p, o)))));

    private static bool IsAtLeast(HarmonizedSet joined, HarmonizedSet part)
    {
        var all = joined.Measures().ToDictionary(m => m.Measure.Id);
        return part.Measures().All(m =>
            all.TryGetValue(m.Measure.Id, out var mine)
            && Rank(mine.Strength) >= Rank(m.Strength)
            && m.Parameters.All(p => mine.Parameters.Any(q => q.Parameter == p.Parameter && q.Value.Currency == p.Value.Currency && (p.Parameter.Stricter switch
            {
                Direction.Higher => q.Value.Number >= p.Value.Number,
                Direction.Lower => q.Value.Number <= p.Value.Number,
                Direction.True => q.Value.IsTrue || !p.Value.IsTrue,
                _ => !p.Value.Codes.Except(q.Value.Codes).Any(),
            })))
            && m.Demands.All(d => mine.Demands.Contains(d)));
    }

    private static int Rank(Strength strength) => strength switch { Strength.May => 0, Strength.Should => 1, _ => 2 };

    private static string Print(HarmonizedSet set) => string.Join('\n', set.Measures().Select(m => $"{m.Measure.Id} {m.Strength} {string.Join(',', m.Demands.Select(d => d.Pack.Id + d.Key))} {string.Join(',', m.Parameters.Select(p => p.Parameter.Name + p.Value))}"))
        + string.Join('\n', set.Conflicts().Select(c => c.What));

    private static string Print(Ruling ruling)
    {
        var text = new StringBuilder();
        void Trace(TraceNode node, int depth)
        {
            text.Append(' ', depth).Append(node.Kind).Append(' ').Append(node.Truth).Append(' ').Append(Sentences.Phrase(node)).Append('\n');
            foreach (var child in node.Children)
            {
                Trace(child, depth + 1);
            }
        }

        foreach (var pack in ruling.Packs)
        {
            text.Append(pack.Pack.Pin).Append(' ').Append(pack.Applies).Append(' ').Append(pack.Reason).Append(string.Join(',', pack.Needs)).Append(string.Join(';', pack.Flips)).Append('\n');
            Trace(pack.Trace, 1);
        }

        return text.Append(string.Join('\n', ruling.Questions.Select(q => $"{q.Need} {q.Settles} {string.Join(',', q.Packs)}"))).ToString();
    }

    private static Truth[] Judge(DateOnly? asOf, IReadOnlyDictionary<string, FactValue> facts)
    {
        var sheet = s_engine.NewSheet();
        sheet.Load(new TenderFacts { AsOf = asOf, Facts = facts });
        var results = new Truth[s_engine.ResultCount];
        s_engine.Judge(sheet, results);
        return results;
    }
}
