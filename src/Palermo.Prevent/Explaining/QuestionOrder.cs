using Palermo.Knowledge.Rules;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Explaining;

/// <summary>Puts open questions in order: the one whose answer settles most comes first.</summary>
internal sealed class QuestionOrder(RuleLibrary library, CompiledPack[] packs)
{
    private bool _anyDay;

    public IReadOnlyList<Question> Ask(FactSheet sheet, IReadOnlyList<PackRuling> rulings)
    {
        // Where no day is known at all, one day is asked for, not the day of each regime.
        _anyDay = sheet.AsOf is null && packs.All(p => sheet.Slots[p.TemporalSlot].Value is null);
        var needs = rulings.SelectMany(r => r.Needs).Select(n => IsDay(n) ? "asOf" : n).Distinct(StringComparer.Ordinal).ToArray();
        var open = packs.Where(p => rulings.Any(r => r.Pack.Id == p.Pack.Id && r.Needs.Count > 0)).ToArray();
        var before = Open(open, sheet);
        return [.. needs.Select(n => Describe(n, sheet, rulings, open, before)).OrderByDescending(q => q.Settles).ThenByDescending(q => q.Packs.Count).ThenBy(q => q.Need, StringComparer.Ordinal)];
    }

    private bool IsDay(string need) => _anyDay && packs.Any(p => p.Pack.TemporalKey == need);

    private Question Describe(string need, FactSheet sheet, IReadOnlyList<PackRuling> rulings, CompiledPack[] open, int before)
    {
        var asking = rulings.Where(r => r.Needs.Any(n => n == need || (need == "asOf" && IsDay(n)))).Select(r => r.Pack.Id).ToArray();
        var name = need.Split(" in ")[0];
        if (library.Facts.Find(name) is not { } fact)
        {
            return new Question(need, "As of which day? Each regime counts a day of its own: dispatch of the notice, issue of the solicitation, award.", "buyer", Math.Round(Average(sheet, open, before, Days(open), (s, v) => s.AsOf = v.Date), 1), asking, []);
        }

        var index = library.Facts.IndexOf(name);
        var value = sheet.Slots[index].Value;
        var settles = Average(sheet, open, before, Answers(fact, open), (s, v) => s.Set(index, v));
        sheet.Set(index, value);
        var text = need == name ? fact.Question : $"{fact.Question} (in {need[(name.Length + 4)..]}, or give a dated rate)";
        return new Question(need, text, fact.Known, Math.Round(settles, 1), asking, fact.Codes.Count <= 12 ? fact.Codes : [.. fact.Codes.Where(c => open.Any(p => p.Leaves.Any(l => l.Leaf.Fact == name && (l.Leaf.Value?.Codes.Contains(c.Key) ?? false))))]);
    }

    private static decimal Average(FactSheet sheet, CompiledPack[] open, int before, IReadOnlyList<FactValue> answers, Action<FactSheet, FactValue> set)
    {
        if (answers.Count == 0)
        {
            return 0;
        }

        var asOf = sheet.AsOf;
        var settled = 0;
        foreach (var answer in answers)
        {
            set(sheet, answer);
            settled += Math.Max(0, before - Open(open, sheet));
        }

        sheet.AsOf = asOf;
        return (decimal)settled / answers.Count;
    }

    // Open results; those of a pack that does not apply are settled with it.
    private static int Open(CompiledPack[] packs, FactSheet sheet)
    {
        var open = 0;
        Span<Truth> results = stackalloc Truth[256];
        foreach (var pack in packs)
        {
            var mine = results[..(pack.Provisions.Length + 1)];
            pack.Judge(sheet, mine);
            open += mine.Count(Truth.Unknown);
        }

        return open;
    }

    private static List<FactValue> Days(CompiledPack[] open) => [.. open.SelectMany(p => new[] { p.Pack.From, p.Pack.From.AddDays(-1) }).Distinct().Order().Select(FactValue.Of)];

    // The answers that can make a difference: both truths, each code named and one that nobody names, each figure's two sides.
    private static List<FactValue> Answers(FactDefinition fact, CompiledPack[] open)
    {
        var leaves = open.SelectMany(p => p.Leaves).Where(l => l.Leaf.Fact == fact.Name).ToArray();
        var values = leaves.SelectMany(l => l.Parameter is { } p ? p.Values.TakeLast(1).Select(v => v.Value) : l.Leaf.Value is { } v ? [v] : Array.Empty<FactValue>()).ToArray();
        var codes = values.SelectMany(v => v.Codes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        IEnumerable<FactValue> answers = fact.Type switch
        {
            FactType.Boolean => [FactValue.Of(true), FactValue.Of(false)],
            FactType.Code => codes.Append("\u2026").Select(FactValue.Of),
            FactType.Codes => codes.Append("\u2026").Select(c => FactValue.Of([c])),
            FactType.Money => values.SelectMany(v => new[] { FactValue.Of(v.Number + 1, v.Currency), FactValue.Of(v.Number - 1, v.Currency) }),
            FactType.Number => values.SelectMany(v => new[] { FactValue.Of(v.Number + 1), FactValue.Of(v.Number - 1) }),
            _ => leaves.Length > 0 ? [FactValue.Of(new DateOnly(1990, 1, 1)), FactValue.Of(new DateOnly(2090, 1, 1))] : Days(open),
        };
        return [.. answers.Distinct()];
    }
}
