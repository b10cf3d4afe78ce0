using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Facts;
using Palermo.Prevent.Gaps;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Drafting;

/// <summary>From what is known of a tender to what a pack is drawn up from: screened, judged, held against what is published.</summary>
public static class Preparation
{
    /// <summary>Prepares a tender.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="assessment">The screening of a published tender; null to screen the facts themselves.</param>
    /// <param name="published">The publication; null if nothing is published yet.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="clauses">The texts.</param>
    /// <param name="today">The day it is done on.</param>
    public static DraftInput Of(TenderFacts facts, Assessment? assessment, SafeguardReader? published, RuleEngine engine, ClauseLibrary clauses, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(engine);
        var rules = engine.Library;
        if (assessment is null)
        {
            (facts, assessment) = PurchaseScreening.Screen(facts, rules, today);
        }

        var sheet = engine.NewSheet();
        // A pack is drawn up on a day: what has no day of its own is judged at it.
        sheet.Load(facts with { AsOf = facts.AsOf ?? (published is null ? today : null) });
        var ruling = RulingMaker.Make(engine, sheet);
        var gaps = published is null ? null
            : GapFinder.Find(rules.Measures, ruling.Packs.Where(p => p.Applies == Truth.True).SelectMany(p => p.Provisions).Where(p => p.Result == Truth.True).Select(p => p.Provision).OfType<Obligation>(), published);
        return new DraftInput
        {
            Facts = facts,
            Assessment = assessment,
            Ruling = ruling,
            Gaps = gaps,
            Rules = rules,
            Catalogue = Catalogue.Default,
            Clauses = clauses,
            Day = facts.AsOf ?? today,
        };
    }
}
