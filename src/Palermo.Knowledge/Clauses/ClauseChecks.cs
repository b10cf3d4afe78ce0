using Palermo.Knowledge.Authoring;
using Palermo.Knowledge.Rules;

namespace Palermo.Knowledge.Clauses;

/// <summary>What must be true of the texts together: every language is complete and asks for the same.</summary>
internal static class ClauseChecks
{
    /// <param name="library">The texts.</param>
    /// <param name="measures">The vocabulary of measures.</param>
    /// <param name="named">What else every language but English names: kind and id.</param>
    public static List<DataProblem> Check(ClauseLibrary library, MeasureList measures, IReadOnlyList<(string Kind, string Id)> named)
    {
        var problems = new List<DataProblem>();
        foreach (var (row, id, uses) in library.Blocks.Select((b, i) => (i, b.Id, b.Choice.Measures)).Concat(library.Questions.Select((q, i) => (i, q.Id, q.Choice.Measures))).Concat(library.Calendar.Select((c, i) => (i, c.Id, c.Choice.Measures))))
        {
            problems.AddRange(uses.Where(m => measures.Find(m) is null).Select(m => new DataProblem("clauses/blocks.csv", row + 2, $"{id} names the measure \"{m}\"; measures.json has none.", "Correct the id.")));
        }

        foreach (var fill in library.FillIns)
        {
            if (fill.Measure.Length > 0 && measures.Find(fill.Measure)?.Parameters.Any(p => p.Name == fill.Parameter) != true)
            {
                problems.Add(new("clauses/fill-ins.csv", Row(library.FillIns, fill), $"{fill.Id} takes its value from {fill.Measure}.{fill.Parameter}; there is no such parameter.", "Correct measure and parameter, or leave both blank."));
            }

            if (fill.Default.Length > 0 && FillInValue.Problem(fill, fill.Default) is { } wrong)
            {
                problems.Add(new("clauses/fill-ins.csv", Row(library.FillIns, fill), $"The default of {fill.Id}: {wrong}", "Correct default or limits."));
            }
        }

        problems.AddRange(library.Calendar.SelectMany(c => c.After.Append(c.Every).Select(a => a.TrimStart('-')).Where(a => a.Length > 0 && !int.TryParse(a, out _) && !library.FillIns.Any(f => f.Id == a)).Select(a => new DataProblem("clauses/calendar.csv", Row(library.Calendar, c), $"{c.Id} counts \"{a}\", which is neither a number nor a fill-in.", "Correct it."))));
        var ids = library.Questions.Select(q => q.Id).Append("bid.price").ToHashSet(StringComparer.Ordinal);
        problems.AddRange(library.Consistency.Where(c => c.Tests.Count == 0 || c.Tests.Any(t => t.Names.Any(n => !ids.Contains(n) && !n.StartsWith("espd.", StringComparison.Ordinal)))).Select(c => new DataProblem("clauses/consistency.csv", Row(library.Consistency, c), $"{c.Id} tests something that is not asked.", "Name questions of questions.csv, bid.price or espd. and a criterion.")));
        if (!library.Languages.TryGetValue("en", out var english))
        {
            problems.Add(new("clauses/en/texts.md", 1, "The texts are missing.", "Put them back."));
            return problems;
        }

        var needed = library.Blocks.Select(b => b.Id).Concat(library.Questions.Select(q => q.Id)).Concat(library.Calendar.Select(c => c.Id)).Concat(library.Consistency.Select(c => c.Id)).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var language in library.Languages.Values)
        {
            problems.AddRange(needed.Where(id => !language.Texts.ContainsKey(id)).Select(id => new DataProblem($"clauses/{language.Code}/texts.md", 1, $"The text {id} is missing.", "Add it: every language has every text.")));
            problems.AddRange(english.Texts.Keys.Where(id => !language.Texts.ContainsKey(id) && !needed.Contains(id)).Select(id => new DataProblem($"clauses/{language.Code}/texts.md", 1, $"The text {id} of English is missing.", "Add it.")));
            problems.AddRange(Holes(library, language.Texts.Values));
            problems.AddRange(language.Texts.Values.SelectMany(t => Same(t, english)));
            problems.AddRange(english.Words.Keys.Where(k => !language.Words.ContainsKey(k)).Select(k => new DataProblem($"clauses/{language.Code}/words.csv", 1, $"The word {k} is missing.", "Add it: every language has every word.")));
            if (language.Code != "en")
            {
                foreach (var (kind, id) in measures.All.Select(m => ("measure", m.Id)).Concat(named))
                {
                    if (!language.Words.ContainsKey($"{kind}.{id}"))
                    {
                        problems.Add(new($"clauses/{language.Code}/words.csv", 1, $"The name of the {kind} {id} is missing.", $"Add {kind}.{id}."));
                    }
                }
            }
        }

        return problems;
    }

    /// <summary>Fill-ins that no list knows.</summary>
    public static IEnumerable<DataProblem> Holes(ClauseLibrary library, IEnumerable<ClauseText> texts) =>
        from text in texts
        from name in ClauseText.FillIns(text.Main.Concat(text.Buyer).Concat(text.Light))
        where !library.FillIns.Any(f => f.Id == name)
        select new DataProblem(text.File, text.Line, $"{text.Id} has the fill-in {{{name}}}, which fill-ins.csv does not know.", $"Known are {string.Join(", ", library.FillIns.Select(f => f.Id))}.");

    // A translation that leaves out a fill-in, a sub-clause or the buyer's side would be another contract.
    private static IEnumerable<DataProblem> Same(ClauseText text, ClauseLanguage english)
    {
        if (!english.Texts.TryGetValue(text.Id, out var other))
        {
            yield return new(text.File, text.Line, $"English has no text {text.Id}.", "Correct the id, or add it to English.");
            yield break;
        }

        foreach (var (name, own, theirs) in new[] { ("the text", text.Main, other.Main), ("the buyer's side", text.Buyer, other.Buyer), ("the light form", text.Light, other.Light) })
        {
            if (!ClauseText.FillIns(own).Order(StringComparer.Ordinal).SequenceEqual(ClauseText.FillIns(theirs).Order(StringComparer.Ordinal), StringComparer.Ordinal))
            {
                yield return new(text.File, text.Line, $"{text.Id}: {name} has other fill-ins than English ({string.Join(", ", ClauseText.FillIns(theirs))}).", "Use the same ones.");
            }

            if (own.Count != theirs.Count || own.Zip(theirs).Any(p => p.First.IsPoint != p.Second.IsPoint))
            {
                yield return new(text.File, text.Line, $"{text.Id}: {name} has {own.Count} paragraphs and points, English has {theirs.Count}; or they follow in another order.", "Keep sub-clauses one to one, so that numbers agree in every language.");
            }
        }
    }

    private static int Row<T>(IReadOnlyList<T> list, T item) => list.TakeWhile(i => !Equals(i, item)).Count() + 2;
}
