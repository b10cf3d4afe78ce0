using Palermo.Knowledge.Rules;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Gaps;
using Palermo.Prevent.Output;
using Palermo.Prevent.Rules;

namespace Palermo.Cli.Rules;

/// <summary>A ruling as Markdown that reads well on a terminal too.</summary>
internal sealed class RulesMarkdown(TextWriter output, bool explain)
{
    private static readonly (string Id, string Title)[] s_phases =
        [("planning", "Planning"), ("tender-design", "Tender design"), ("selection", "Selection"), ("award", "Award"), ("performance", "Performance"), ("post-contract", "After the contract")];

    public void Write(TenderInput input, TenderFacts facts, Ruling ruling, IReadOnlyList<SafeguardGap>? gaps)
    {
        output.WriteLine($"# Rules that bind: {(facts.Title.Length > 0 ? facts.Title : input.Name)}");
        output.WriteLine();
        output.WriteLine($"{input.Name}. {(facts.AsOf is { } day ? $"Judged as of {day:yyyy-MM-dd}" : "Judged as of the days published")}, by {ruling.Packs.Count} regimes. Rules as data, not legal advice: read the text cited.");
        output.WriteLine();
        Known(facts);
        var binding = ruling.Packs.Where(p => p.Applies == Truth.True).ToArray();
        Regimes(binding);
        foreach (var (id, title) in s_phases)
        {
            Phase(title, [.. binding.SelectMany(p => p.Provisions.Where(o => o.Provision is Obligation b && b.Phase == id && o.Result == Truth.True).Select(o => (p, o)))]);
        }

        Determinations(binding);
        Gaps(gaps);
        Questions(ruling);
        Open(ruling);
        Others(ruling);
    }

    private void Known(TenderFacts facts)
    {
        output.WriteLine("## What is known");
        output.WriteLine();
        foreach (var (name, value) in facts.Facts.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"- {name}: {value}{(facts.Origins.TryGetValue(name, out var origin) ? $" ({origin})" : "")}");
        }

        if (facts.Facts.Count == 0)
        {
            output.WriteLine("- nothing");
        }

        output.WriteLine();
    }

    private void Regimes(PackRuling[] binding)
    {
        output.WriteLine("## Regimes that bind");
        output.WriteLine();
        if (binding.Length == 0)
        {
            output.WriteLine("None, as far as the facts tell.");
        }

        foreach (var pack in binding)
        {
            output.WriteLine($"- **{pack.Pack.Title}** ({pack.Pack.Pin}, {pack.Pack.Binding}) {pack.Reason}");
            if (explain)
            {
                Tree(pack.Trace, "  ");
                foreach (var flip in pack.Flips)
                {
                    output.WriteLine($"  - {flip}");
                }

                foreach (var uncertain in pack.Pack.Uncertain)
                {
                    output.WriteLine($"  - not certain: {uncertain}");
                }
            }
        }

        output.WriteLine();
    }

    private void Phase(string title, (PackRuling Pack, ProvisionRuling Judged)[] obligations)
    {
        if (obligations.Length == 0)
        {
            return;
        }

        output.WriteLine($"## {title}");
        output.WriteLine();
        foreach (var (pack, judged) in obligations.OrderByDescending(o => Rank(((Obligation)o.Judged.Provision).Strength)).ThenBy(o => o.Pack.Pack.Id, StringComparer.Ordinal))
        {
            var obligation = (Obligation)judged.Provision;
            output.WriteLine($"- {Wording.Of(obligation.Strength).ToUpperInvariant()} ({obligation.Actor}) **{obligation.Title}** [{obligation.Id}, {string.Join(", ", obligation.Measures.Select(m => m.Id))}]");
            output.WriteLine($"  {obligation.Summary}");
            output.WriteLine($"  {Cited(obligation)}{(judged.Reason.Length > 0 ? $" Because {judged.Reason}." : "")}");
            if (obligation.Clauses.Count > 0)
            {
                output.WriteLine($"  Clauses: {string.Join("; ", obligation.Clauses.Select(c => $"{c.Id} {c.Title}{(c.Edition is { } e ? $" ({e})" : "")}"))}.");
            }

            if (obligation.Evidence.Count > 0)
            {
                output.WriteLine($"  Evidence: {string.Join("; ", obligation.Evidence)}.");
            }

            if (explain)
            {
                if (judged.Trace is not null)
                {
                    Tree(judged.Trace, "  ");
                }

                foreach (var flip in judged.Flips)
                {
                    output.WriteLine($"  - {flip}");
                }
            }
        }

        output.WriteLine();
    }

    private void Determinations(PackRuling[] binding)
    {
        var all = binding.SelectMany(p => p.Provisions.Where(o => o.Provision is Determination && o.Result == Truth.True).Select(o => (p, (Determination)o.Provision, o.Reason))).ToArray();
        if (all.Length == 0)
        {
            return;
        }

        output.WriteLine("## What the facts about the supplier open to the buyer");
        output.WriteLine();
        output.WriteLine("The buyer decides, after hearing the supplier; these are reasons to look, not verdicts.");
        output.WriteLine();
        foreach (var (pack, determination, reason) in all)
        {
            output.WriteLine($"- {determination.Kind.Replace('-', ' ')}: **{determination.Outcome}** [{determination.Id}] because {reason}.");
            output.WriteLine($"  {Cited(determination)}{(determination.LookBack is { } l ? $" Look-back: {l}." : "")}{(determination.SelfCleaning is { } s ? $" Self-cleaning: {s}." : "")}{(determination.Process is { } p ? $" {p}." : "")}");
        }

        output.WriteLine();
    }

    private void Gaps(IReadOnlyList<SafeguardGap>? gaps)
    {
        if (gaps is null)
        {
            return;
        }

        output.WriteLine("## What the publication shows");
        output.WriteLine();
        foreach (var (status, title) in new[] { (Shown.NotShown, "Not shown"), (Shown.Shown, "Shown"), (Shown.CannotBeSeen, "Can't be seen in a notice") })
        {
            var some = gaps.Where(g => g.Status == status).ToArray();
            output.WriteLine($"{title}: {(some.Length == 0 ? "none." : "")}");
            foreach (var group in some.GroupBy(g => (g.Measure, g.Evidence)))
            {
                output.WriteLine($"- {group.Key.Measure} ({string.Join(", ", group.Select(g => g.Provision.Id))}): {group.Key.Evidence}");
            }

            output.WriteLine();
        }
    }

    private void Questions(Ruling ruling)
    {
        if (ruling.Questions.Count == 0)
        {
            return;
        }

        output.WriteLine("## Open questions, the most decisive first");
        output.WriteLine();
        var number = 0;
        foreach (var question in ruling.Questions)
        {
            output.WriteLine($"{++number}. {question.Text} (`{question.Need}`, {(question.Known == "palermo" ? "palermo screen tells" : $"the {question.Known} knows")}; asked by {string.Join(", ", question.Packs.Take(6))}{(question.Packs.Count > 6 ? $" and {question.Packs.Count - 6} more" : "")})");
            if (explain && question.Answers.Count > 0)
            {
                output.WriteLine($"   {string.Join("; ", question.Answers.Select(a => $"{a.Key}: {a.Value}"))}");
            }
        }

        output.WriteLine();
    }

    private void Open(Ruling ruling)
    {
        var open = ruling.Packs.Where(p => p.Applies == Truth.Unknown).ToArray();
        if (open.Length == 0)
        {
            return;
        }

        output.WriteLine("## Regimes that may bind");
        output.WriteLine();
        foreach (var pack in open)
        {
            output.WriteLine($"- {pack.Pack.Title} ({pack.Pack.Id}): {pack.Reason}");
        }

        output.WriteLine();
    }

    private void Others(Ruling ruling)
    {
        var others = ruling.Packs.Where(p => p.Applies == Truth.False).ToArray();
        if (others.Length == 0)
        {
            return;
        }

        output.WriteLine("## Regimes considered that do not bind");
        output.WriteLine();
        // Most regimes are simply those of other countries: one line says so of all.
        var elsewhere = others.Where(p => p.Reason.StartsWith("does not bind: buyer.country is", StringComparison.Ordinal)).ToArray();
        foreach (var pack in others.Except(elsewhere))
        {
            output.WriteLine($"- {pack.Pack.Title} ({pack.Pack.Id}) {pack.Reason}");
        }

        if (elsewhere.Length > 0)
        {
            output.WriteLine($"- Of other countries than the buyer's: {string.Join(", ", elsewhere.Select(p => p.Pack.Id))}.");
        }

        output.WriteLine();
    }

    private void Tree(TraceNode node, string indent)
    {
        var mark = node.Truth switch { Truth.True => "yes", Truth.False => "no", _ => "open" };
        var text = node.Kind switch
        {
            TraceKind.All => "all of",
            TraceKind.Any => "any of",
            TraceKind.Not => "not",
            TraceKind.Defined => node.Name!,
            TraceKind.Pack => $"{node.Name} applies",
            TraceKind.Effective => Sentences.Phrase(node),
            _ => $"{Sentences.Phrase(node)}: {Sentences.Seen(node)}{(node.Checked is { } c ? $" [figure: {c}]" : "")}",
        };
        output.WriteLine($"{indent}- {mark}: {text}");
        foreach (var child in node.Children)
        {
            Tree(child, indent + "  ");
        }
    }

    private static string Cited(Provision provision) =>
        $"{provision.Citation}{(provision.Citation.Url is { } url ? $" <{url}>" : "")} ({(provision.Checked.StartsWith("source", StringComparison.Ordinal) ? "seen in the source" : provision.Checked.StartsWith("mixed", StringComparison.Ordinal) ? "partly seen in the source" : "not yet verified in the source")}).";

    private static int Rank(Strength strength) => strength switch { Strength.May => 0, Strength.Should => 1, _ => 2 };
}
