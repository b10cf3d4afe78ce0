using System.Security.Cryptography;
using System.Text;
using Palermo.Knowledge.Words;

namespace Palermo.Knowledge.Editions;

/// <summary>The catalogue as it was known on a date: data/ as shipped, with the imported editions of its lists that count then.</summary>
public static class EditionCatalogue
{
    /// <summary>The editions that count on a date: of each list the latest not after it, unless the shipped one is later.</summary>
    public static IReadOnlyList<Edition> Counting(EditionStore store, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(store);
        return [.. store.List().Where(e => e.Date <= asOf).GroupBy(e => e.Kind).Select(g => g.MaxBy(e => e.Date)!).Where(e => e.Date >= e.Kind.Shipped || asOf < e.Kind.Shipped)];
    }

    /// <summary>The catalogue with these editions in place of the shipped ones.</summary>
    public static Catalogue With(EditionStore store, IReadOnlyList<Edition> editions)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(editions);
        if (editions.Count == 0)
        {
            return Catalogue.Default;
        }

        var data = Catalogue.Default.Data;
        foreach (var edition in editions)
        {
            var rows = store.Read(edition);
            data = edition.Kind.Id switch
            {
                "dol-goods" => WithListings(data, edition, rows),
                "uflpa" => WithEntities(data, edition, rows),
                _ => WithOrders(data, edition, rows),
            };
            data = Append(data, "sources/sources", [Row(data["sources/sources"], ("id", edition.SourceId), ("title", edition.Kind.Title), ("publisher", edition.Kind.Publisher), ("edition_date", $"{edition.Date:yyyy-MM-dd}; imported {edition.Imported:yyyy-MM-dd} from {edition.File}, SHA-256 {edition.Sha256[..12]}"), ("licence", "as published"), ("url_status", "none"))]);
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(data.Edition + string.Concat(editions.Select(e => $"\n{e.SourceId} {e.Sha256}"))));
        return new Catalogue(data with { Edition = Convert.ToHexStringLower(hash)[..12], Words = [] });
    }

    private static CompiledData WithListings(CompiledData data, Edition edition, IReadOnlyList<string[]> rows)
    {
        var goods = data["goods/goods"];
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var row = 0; row < goods.Count; row++)
        {
            known.TryAdd(Folding.Fold(goods[row, "name"]), goods[row, "id"]);
            known.TryAdd(Folding.Fold(goods[row, "id"]), goods[row, "id"]);
        }

        // A good new to us is found by its name until someone adds codes and words to data/.
        var (newGoods, newWords) = (new List<string[]>(), new List<string[]>());
        foreach (var (name, sector) in rows.Select(r => (Name: r[0], Sector: r[2])).DistinctBy(r => Folding.Fold(r.Name)))
        {
            var folded = Folding.Fold(name);
            if (known.TryAdd(folded, folded.Replace(' ', '-')))
            {
                newGoods.Add(Row(goods, ("id", known[folded]), ("name", name), ("sector", sector), ("kind", "listed")));
                newWords.Add(Row(data["goods/words"], ("good", known[folded]), ("lang", "en"), ("word", name.Split('(')[0].Trim().ToLowerInvariant()), ("kind", "word"), ("source", edition.SourceId), ("checked", "source")));
            }
        }

        var listings = data["goods/listings"];
        return Replace(
            Append(Append(data, "goods/goods", newGoods), "goods/words", newWords),
            "goods/listings",
            rows.Select(r => (Good: known[Folding.Fold(r[0])], Cells: r)).DistinctBy(r => (r.Good, r.Cells[1])).Select(r => Row(listings, ("id", $"{r.Good}.{r.Cells[1]}"), ("good", r.Good), ("country", r.Cells[1]), ("child_labour", r.Cells[3]), ("forced_labour", r.Cells[4]), ("forced_child_labour", r.Cells[5]), ("edition", $"{edition.Date:yyyy}"), ("status", "listed"), ("source", edition.SourceId), ("checked", "source"))));
    }

    private static CompiledData WithEntities(CompiledData data, Edition edition, IReadOnlyList<string[]> rows)
    {
        var table = data["import-measures/uflpa-entities"];
        return Replace(data, table.Name, rows.Select(r => Row(table, ("id", "uflpa-" + Folding.Fold(r[0]).Replace(' ', '-')), ("name", r[0]), ("aliases", r[1]), ("sublist", r[2]), ("effective_date", r[3]), ("source", edition.SourceId), ("checked", "source"), ("note", r[4]))));
    }

    // The text of an order names goods and places; where the shipped data has read the same order before, its reading stays.
    private static CompiledData WithOrders(CompiledData data, Edition edition, IReadOnlyList<string[]> rows)
    {
        var table = data["import-measures/measures"];
        var shipped = Catalogue.Default.ImportMeasures;
        var reader = new WordScanner(Catalogue.Default.Words);
        var kept = Enumerable.Range(0, table.Count).Where(r => !ShippedRows.IsOrder(shipped[r])).Select(r => table.Columns.Select(c => table[r, c]).ToArray());
        var known = shipped.Where(ShippedRows.IsOrder).ToArray();
        var knownRows = ShippedRows.Of(edition.Kind);
        var pairs = EditionDifference.Pair(edition.Kind, knownRows, rows);
        var number = 0;
        var orders = rows.Select(r =>
        {
            var before = pairs.TryGetValue(r, out var was) ? known[knownRows.Index().First(k => ReferenceEquals(k.Item, was)).Index] : null;
            var scope = before?.Scope ?? (r[0].Length > 0 ? MeasureScope.Entity : r[5].Contains("Xinjiang", StringComparison.OrdinalIgnoreCase) ? MeasureScope.Region : MeasureScope.Country);
            return Row(
                table,
                ("id", $"cbp-{edition.Date:yyyyMMdd}-{++number:000}"), ("regime", "US CBP s.307"), ("measure", r[2]), ("scope", scope.ToString().ToLowerInvariant()), ("product", r[5]),
                ("goods", before is null ? GoodsIn(r[5], reader) : string.Join(';', before.Goods.Select(g => g.Id))),
                ("region", before?.RegionId ?? (scope == MeasureScope.Region ? "xinjiang" : "")), ("country", r[4]), ("entity", r[0]),
                ("entity_names", before is { EntityNames.Count: > 0 } ? string.Join('|', before.EntityNames) : r[3].Length > 0 ? $"{r[0]}|{r[3]}" : r[0]),
                ("date", r[1]), ("status", r[6]), ("source", edition.SourceId), ("checked", "source"), ("note", r[7]));
        });
        return Replace(data, table.Name, [.. kept, .. orders]);
    }

    private static string GoodsIn(string product, WordScanner reader)
    {
        var goods = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var match in reader.Scan(Encoding.UTF8.GetBytes(product)))
        {
            if (match.Kind == WordKind.Good && !match.Weak)
            {
                goods.Add(Catalogue.Default.Goods[match.Index].Id);
            }
        }

        return string.Join(';', goods);
    }

    private static string[] Row(DataTable table, params ReadOnlySpan<(string Column, string Value)> cells)
    {
        var row = new string[table.Columns.Count];
        Array.Fill(row, "");
        for (var c = 0; c < row.Length; c++)
        {
            foreach (var (column, value) in cells)
            {
                if (table.Columns[c] == column)
                {
                    row[c] = value;
                }
            }
        }

        return row;
    }

    private static CompiledData Append(CompiledData data, string name, IReadOnlyList<string[]> rows)
    {
        var table = data[name];
        return rows.Count == 0 ? data : Replace(data, name, [.. Enumerable.Range(0, table.Count).Select(r => table.Columns.Select(c => table[r, c]).ToArray()), .. rows]);
    }

    private static CompiledData Replace(CompiledData data, string name, IEnumerable<string[]> rows)
    {
        var columns = data[name].Columns;
        string[] texts = [.. rows.SelectMany(r => r)];
        var table = new DataTable(name, [.. columns], [.. Enumerable.Range(0, texts.Length)], n => texts[n]);
        return data with { Tables = [.. data.Tables.Select(t => t.Name == name ? table : t)] };
    }
}
