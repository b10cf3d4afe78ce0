using System.Text;
using System.Text.Json;
using Palermo.Knowledge;
using Palermo.Procurement;

namespace Palermo.Identify.Accuracy;

/// <summary>What of an item is shown to the program.</summary>
public enum Shown
{
    /// <summary>The text alone, as a small buyer's list has it.</summary>
    Words,

    /// <summary>Text, code and category, as published.</summary>
    AsPublished,
}

/// <summary>One answer that is not as labelled.</summary>
/// <param name="Item">The item.</param>
/// <param name="Id">The good or sector.</param>
/// <param name="Found">True if it was found where the label has it not; false if it was missed.</param>
public sealed record Mistake(LabelledItem Item, string Id, bool Found);

/// <summary>Answers counted. Precision and recall are of ids, not of items: an item may name several.</summary>
/// <param name="Items">Items looked at.</param>
/// <param name="Right">Ids found and labelled.</param>
/// <param name="Wrong">Ids found and not labelled.</param>
/// <param name="Missed">Ids labelled and not found.</param>
public readonly record struct Score(int Items, int Right, int Wrong, int Missed)
{
    /// <summary>Right answers among those given, or null where none was given.</summary>
    public double? Precision => Right + Wrong == 0 ? null : (double)Right / (Right + Wrong);

    /// <summary>Right answers among those labelled, or null where none is labelled.</summary>
    public double? Recall => Right + Missed == 0 ? null : (double)Right / (Right + Missed);

    /// <summary>Adds two scores.</summary>
    public static Score operator +(Score a, Score b) => new(a.Items + b.Items, a.Right + b.Right, a.Wrong + b.Wrong, a.Missed + b.Missed);

    /// <summary>The same as the operator.</summary>
    public static Score Add(Score left, Score right) => left + right;

    /// <summary>The 95 % interval of a share by Wilson's formula, which holds for small counts too.</summary>
    public static (double Low, double High) Interval(int right, int of)
    {
        const double Z = 1.959964;
        var share = (double)right / of;
        var centre = share + (Z * Z / (2 * of));
        var half = Z * Math.Sqrt((share * (1 - share) / of) + (Z * Z / (4.0 * of * of)));
        var scale = 1 + (Z * Z / of);
        return (Math.Max(0, (centre - half) / scale), Math.Min(1, (centre + half) / scale));
    }
}

/// <summary>How well goods and sectors are recognised on a labelled set.</summary>
/// <param name="Shown">What the program saw.</param>
/// <param name="Goods">Score of the goods (indicators <c>listed-good</c> and <c>downstream-good</c>) by language.</param>
/// <param name="Sectors">Score of the sectors (indicator <c>high-risk-sector</c>) by language.</param>
/// <param name="GoodMistakes">Goods not as labelled.</param>
/// <param name="SectorMistakes">Sectors not as labelled.</param>
public sealed record AccuracyMeasure(Shown Shown, IReadOnlyDictionary<string, Score> Goods, IReadOnlyDictionary<string, Score> Sectors, IReadOnlyList<Mistake> GoodMistakes, IReadOnlyList<Mistake> SectorMistakes)
{
    private static readonly DateOnly s_asOf = new(2026, 1, 1);

    /// <summary>Screens every item as a process of its own and compares what was found with the labels.</summary>
    public static AccuracyMeasure Of(IReadOnlyList<LabelledItem> items, Catalogue catalogue, Shown shown)
    {
        ArgumentNullException.ThrowIfNull(items);
        var found = Screen(items, catalogue, shown);
        // A sector of goods says no more than the good: of an item labelled with a good, it is neither right nor wrong.
        var services = catalogue.Sectors.Where(s => !s.Kind.StartsWith("goods", StringComparison.Ordinal)).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var (goodMistakes, sectorMistakes) = (new List<Mistake>(), new List<Mistake>());
        var (goods, sectors) = (new SortedDictionary<string, Score>(StringComparer.Ordinal), new SortedDictionary<string, Score>(StringComparer.Ordinal));
        foreach (var (item, (foundGoods, foundSectors)) in items.Zip(found))
        {
            bool MaySector(string id) => item.MaySectors.Contains(id) || (!services.Contains(id) && (item.Goods.Count > 0 || item.MayGoods.Count > 0));
            goods[item.Language] = goods.GetValueOrDefault(item.Language) + Compare(item, foundGoods, item.Goods, item.MayGoods.Contains, goodMistakes);
            sectors[item.Language] = sectors.GetValueOrDefault(item.Language) + Compare(item, foundSectors, item.Sectors, MaySector, sectorMistakes);
        }

        return new(shown, goods, sectors, goodMistakes, sectorMistakes);
    }

    private static Score Compare(LabelledItem item, HashSet<string> found, IReadOnlySet<string> labelled, Func<string, bool> may, List<Mistake> mistakes)
    {
        var wrong = found.Where(id => !labelled.Contains(id) && !may(id)).ToList();
        var missed = labelled.Where(id => !found.Contains(id)).ToList();
        mistakes.AddRange(wrong.Select(id => new Mistake(item, id, true)));
        mistakes.AddRange(missed.Select(id => new Mistake(item, id, false)));
        return new Score(1, labelled.Count - missed.Count, wrong.Count, missed.Count);
    }

    private static List<(HashSet<string> Goods, HashSet<string> Sectors)> Screen(IReadOnlyList<LabelledItem> items, Catalogue catalogue, Shown shown)
    {
        var lines = new MemoryStream();
        for (var i = 0; i < items.Count; i++)
        {
            Write(items[i], i, shown, lines);
        }

        lines.Position = 0;
        var found = items.Select(_ => (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal))).ToList();
        var screener = new Screener(catalogue, new ScreeningOptions(s_asOf));
        using var source = new ProcessSource(["-"], new ReadOptions { StandardInput = () => lines });
        source.Index(CancellationToken.None);
        var reader = new BatchReader();
        while (source.Next() is { } batch)
        {
            using (batch)
            {
                reader.Read(batch, (process, origin) =>
                {
                    var assessment = screener.Assess(process, origin);
                    var (goods, sectors) = found[int.Parse(assessment.Ocid.ToString()["label-".Length..], System.Globalization.CultureInfo.InvariantCulture)];
                    foreach (var finding in assessment.Findings)
                    {
                        if (finding.Indicator is "listed-good" or "downstream-good")
                        {
                            goods.Add(finding.Subject);
                        }
                        else if (finding.Indicator == "high-risk-sector")
                        {
                            sectors.Add(finding.Subject);
                        }
                    }
                }, problem => throw new InvalidDataException($"A labelled item could not be read: {problem}."));
            }
        }

        return found;
    }

    private static void Write(LabelledItem item, int number, Shown shown, MemoryStream lines)
    {
        using (var json = new Utf8JsonWriter(lines))
        {
            json.WriteStartObject();
            json.WriteString("ocid", $"label-{number}");
            json.WriteStartObject("tender");
            if (shown == Shown.AsPublished && item.Category.Length > 0)
            {
                json.WriteString("mainProcurementCategory", item.Category);
            }

            json.WriteStartArray("items");
            json.WriteStartObject();
            json.WriteString("id", "1");
            json.WriteString("description", item.Text);
            if (shown == Shown.AsPublished && item.Code.Length > 0)
            {
                json.WriteStartObject("classification");
                json.WriteString("scheme", item.Scheme);
                json.WriteString("id", item.Code);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        lines.Write(Encoding.UTF8.GetBytes("\n"));
    }
}
