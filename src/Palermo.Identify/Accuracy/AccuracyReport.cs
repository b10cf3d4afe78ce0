using System.Globalization;
using System.Text;

namespace Palermo.Identify.Accuracy;

/// <summary>Writes measures as Markdown: the tables of docs/accuracy.md.</summary>
public static class AccuracyReport
{
    private const int LongestText = 90;

    /// <summary>Writes the report of one set of labels.</summary>
    public static string Write(IReadOnlyList<LabelledItem> items, IReadOnlyList<AccuracyMeasure> measures)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(measures);
        var text = new StringBuilder();
        var named = items.Count(i => i.Goods.Count > 0);
        var sectors = items.Count(i => i.Sectors.Count > 0);
        text.Append("# Accuracy\n\nMade by `palermo check accuracy FILE`. Each item is screened as a process of its own. Precision: of the goods and sectors found, the share that people see in the text too. Recall: of those people see, the share found. In brackets the 95 % interval (Wilson). Goods are what the indicators `listed-good` and `downstream-good` name, sectors what `high-risk-sector` names; a good that is listed only for an origin barred from trade as a whole is not named without its origin (docs/indicators/listed-good.md) and counts as missed. The word lists were written with most of the labelled items of this project in view: the figures at first sight, which are lower, are in tests/Palermo.Identify.Tests/Accuracy/README.md. How well names of parties are matched is in docs/accuracy-matching.md.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{items.Count} items in {items.Select(i => i.Language).Distinct().Count()} languages: {named} name a good, {sectors} a sector, {items.Count(i => i.Goods.Count + i.Sectors.Count == 0)} neither.\n");
        foreach (var measure in measures)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {(measure.Shown == Shown.Words ? "The text alone" : "Text, code and category as published")}\n\n");
            text.Append("| what | language | items | right | wrong | missed | precision (95 %) | recall (95 %) |\n|---|---|--:|--:|--:|--:|---|---|\n");
            Rows(text, "goods", measure.Goods);
            Rows(text, "sectors", measure.Sectors);
            Mistakes(text, "Goods not as labelled", measure.GoodMistakes);
            Mistakes(text, "Sectors not as labelled", measure.SectorMistakes);
        }

        return text.ToString();
    }

    private static void Rows(StringBuilder text, string what, IReadOnlyDictionary<string, Score> scores)
    {
        var all = scores.Values.Aggregate(default(Score), Score.Add);
        foreach (var (language, score) in scores.Prepend(new("**all**", all)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {language} | {score.Items} | {score.Right} | {score.Wrong} | {score.Missed} | {Share(score.Right, score.Right + score.Wrong)} | {Share(score.Right, score.Right + score.Missed)} |\n");
        }
    }

    private static string Share(int right, int of)
    {
        if (of == 0)
        {
            return "–";
        }

        var (low, high) = Score.Interval(right, of);
        return string.Create(CultureInfo.InvariantCulture, $"{(double)right / of:0.000} ({low:0.00}–{high:0.00})");
    }

    private static void Mistakes(StringBuilder text, string heading, IReadOnlyList<Mistake> mistakes)
    {
        if (mistakes.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\n<details><summary>{heading}: {mistakes.Count}</summary>\n\n| item | language | text | | id |\n|---|---|---|---|---|\n");
        foreach (var mistake in mistakes)
        {
            var shown = mistake.Item.Text.Length > LongestText ? mistake.Item.Text[..LongestText] + "…" : mistake.Item.Text;
            text.Append(CultureInfo.InvariantCulture, $"| {mistake.Item.Id} | {mistake.Item.Language} | {shown.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)} | {(mistake.Found ? "wrong" : "missed")} | {mistake.Id} |\n");
        }

        text.Append("\n</details>\n");
    }
}
