using Palermo.Knowledge.Words;

namespace Palermo.Knowledge.Authoring;

/// <summary>Rules of data/ that a table schema can't say.</summary>
internal static class DataRules
{
    // Function words of the eight languages: a keyword that folds to one of them (thé → the) would match every text.
    public static IEnumerable<DataProblem> Check(CompiledData data) =>
        [.. Listings(data), .. Codes(data, "goods/codes"), .. Codes(data, "sectors/codes"), .. WordLists(data), .. EveryGoodCanBeFound(data), .. Measures(data)];

    private static IEnumerable<DataProblem> Listings(CompiledData data)
    {
        var table = data["goods/listings"];
        for (var row = 0; row < table.Count; row++)
        {
            var id = $"{table[row, "good"]}.{table[row, "country"]}";
            if (table[row, "id"] != id)
            {
                yield return new("goods/listings.csv", row + 2, $"The id is \"{table[row, "id"]}\"; good and country make \"{id}\".", "Use that id.");
            }

            if (table[row, "child_labour"] == "0" && table[row, "forced_labour"] == "0")
            {
                yield return new("goods/listings.csv", row + 2, "The row says neither child nor forced labour.", "Set one of them to 1 or remove the row.");
            }
        }
    }

    private static IEnumerable<DataProblem> Codes(CompiledData data, string name)
    {
        var known = new Dictionary<string, HashSet<string>>
        {
            ["CPV"] = [.. Column(data["classifications/cpv2008"], "code")],
            ["UNSPSC"] = [.. Column(data["classifications/unspsc"], "code")],
            ["HS"] = [.. Column(data["classifications/hs2022"], "code")],
        };
        var table = data[name];
        for (var row = 0; row < table.Count; row++)
        {
            if (!known[table[row, "scheme"]].Contains(table[row, "code"]))
            {
                yield return new(name + ".csv", row + 2, $"{table[row, "scheme"]} has no code {table[row, "code"]}.", "Look the code up in classifications/.");
            }
        }
    }

    private static IEnumerable<DataProblem> WordLists(CompiledData data)
    {
        foreach (var name in new[] { "goods/words", "sectors/words", "sectors/condition-words", "places/region-words", "places/origin-phrases", "goods/not-goods-words", "goods/purpose-words" })
        {
            var table = data[name];
            for (var row = 0; row < table.Count; row++)
            {
                var word = table[row, "word"];
                var folded = Vocabulary.FoldPhrase(word);
                if (folded.Trim('*', ' ').Length < 2 || folded.Contains('?'))
                {
                    yield return new(name + ".csv", row + 2, $"\"{word}\" folds to \"{folded}\", which can't be searched for.", "Use at least two letters, of a script that Folding knows.");
                }
                else if (Vocabulary.IsFunctionWord(folded) && name != "goods/purpose-words")
                {
                    yield return new(name + ".csv", row + 2, $"\"{word}\" folds to \"{folded}\", a function word that stands in every text.", "Use a longer phrase.");
                }
            }
        }
    }

    private static IEnumerable<DataProblem> EveryGoodCanBeFound(CompiledData data)
    {
        var named = Column(data["goods/words"], "good").ToHashSet(StringComparer.Ordinal);
        named.UnionWith(Column(data["goods/codes"], "good"));
        var goods = data["goods/goods"];
        for (var row = 0; row < goods.Count; row++)
        {
            if (!named.Contains(goods[row, "id"]))
            {
                yield return new("goods/goods.csv", row + 2, $"No code and no word leads to \"{goods[row, "id"]}\".", "Add a row to goods/codes.csv or goods/words.csv.");
            }
        }
    }

    private static IEnumerable<DataProblem> Measures(CompiledData data)
    {
        var countries = Column(data["places/countries"], "id").ToHashSet(StringComparer.Ordinal);
        var table = data["import-measures/measures"];
        for (var row = 0; row < table.Count; row++)
        {
            var country = table[row, "country"];
            if (country.Length > 0 && country != "EU" && !countries.Contains(country))
            {
                yield return new("import-measures/measures.csv", row + 2, $"Column country names \"{country}\", which is not in places/countries.csv.", "Correct the code.");
            }

            if (table[row, "scope"] == "entity" && table[row, "entity_names"].Length == 0)
            {
                yield return new("import-measures/measures.csv", row + 2, "A measure on an entity names no entity.", "Fill in entity_names.");
            }
        }
    }

    private static IEnumerable<string> Column(DataTable table, string column) => Catalogue.Rows(table, row => table[row, column]);
}
