using Sylvan.Data.Csv;

namespace Palermo.Identify.Accuracy;

/// <summary>A text of a real tender with what a person says it buys, labelled by meaning.</summary>
/// <param name="Id">Id within the set.</param>
/// <param name="Source">Where the text was published.</param>
/// <param name="Language">ISO 639-1 language.</param>
/// <param name="Text">The text, as published.</param>
/// <param name="Category">OCDS <c>mainProcurementCategory</c>, or blank.</param>
/// <param name="Scheme">Scheme of the code, as published, or blank.</param>
/// <param name="Code">Code, or blank.</param>
/// <param name="Goods">Ids of the goods it names.</param>
/// <param name="Sectors">Ids of the sectors it names.</param>
/// <param name="MayGoods">Goods that two reasonable people may or may not see in it: neither right nor wrong.</param>
/// <param name="MaySectors">The same of sectors.</param>
public sealed record LabelledItem(string Id, string Source, string Language, string Text, string Category, string Scheme, string Code, IReadOnlySet<string> Goods, IReadOnlySet<string> Sectors, IReadOnlySet<string> MayGoods, IReadOnlySet<string> MaySectors)
{
    private static readonly string[] s_columns = ["id", "source", "lang", "text", "mainProcurementCategory", "scheme", "code", "goods", "sectors", "mayGoods", "maySectors"];

    /// <summary>Reads a set of labels: CSV in UTF-8 with the columns id, source, lang, text, mainProcurementCategory, scheme, code, goods, sectors, mayGoods, maySectors; several ids with a semicolon between.</summary>
    /// <exception cref="InvalidDataException">A column is missing, or an id is not one of the catalogue; says where and how to mend it.</exception>
    public static IReadOnlyList<LabelledItem> Read(TextReader text, Knowledge.Catalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        using var rows = CsvDataReader.Create(text);
        var columns = new int[s_columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = Enumerable.Range(0, rows.FieldCount).FirstOrDefault(c => rows.GetName(c) == s_columns[i], -1);
            if (columns[i] < 0)
            {
                throw new InvalidDataException($"The labels have no column \"{s_columns[i]}\"; they need {string.Join(", ", s_columns)}.");
            }
        }

        var goods = catalogue.Goods.Select(g => g.Id).ToHashSet(StringComparer.Ordinal);
        var sectors = catalogue.Sectors.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var items = new List<LabelledItem>();
        while (rows.Read())
        {
            IReadOnlySet<string> Ids(int column, HashSet<string> known)
            {
                var ids = rows.GetString(columns[column]).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
                return ids.FirstOrDefault(id => !known.Contains(id)) is { } unknown
                    ? throw new InvalidDataException($"Row {rows.RowNumber + 1} of the labels, column {s_columns[column]}: there is no \"{unknown}\" in data/. Use the ids of data/goods/goods.csv and data/sectors/sectors.csv.")
                    : ids;
            }

            string Text(int column) => rows.GetString(columns[column]);
            items.Add(new LabelledItem(Text(0), Text(1), Text(2), Text(3), Text(4), Text(5), Text(6), Ids(7, goods), Ids(8, sectors), Ids(9, goods), Ids(10, sectors)));
        }

        return items;
    }
}
