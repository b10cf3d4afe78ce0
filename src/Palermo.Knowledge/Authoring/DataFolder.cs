using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Palermo.Knowledge.Compendium;
using Palermo.Knowledge.Rules;
using Sylvan.Data.Csv;

namespace Palermo.Knowledge.Authoring;

/// <summary>Reads and validates the folder data/: every file against its schema, every reference, every rule that a schema can't say.</summary>
public static class DataFolder
{
    private const int MostProblems = 200;

    /// <summary>Validates a data folder.</summary>
    /// <param name="folder">Path of the folder.</param>
    /// <returns>The tables read, in rows, and the problems found; none means that the folder compiles.</returns>
    public static (int Tables, int Rows, string Edition, IReadOnlyList<DataProblem> Problems) Check(string folder)
    {
        var (data, problems) = Load(folder);
        return (data?.Tables.Count ?? 0, data?.Tables.Sum(t => t.Count) ?? 0, data?.Edition ?? "", problems);
    }

    /// <summary>Reads the vocabularies, the packs with their golden cases, and the compendium of a data folder.</summary>
    /// <param name="folder">Path of the folder.</param>
    /// <returns>The rules and entries read, and what is wrong with them.</returns>
    public static (RuleLibrary Rules, CompendiumData Compendium, IReadOnlyList<DataProblem> Problems) ReadDocuments(string folder)
    {
        var (documents, problems) = DocumentFolder.Load(folder);
        return (documents.Library, documents.Initiatives, problems.Count == 0 && Load(folder).Data is { } data ? ClauseFolder.Check(folder, data.Tables, documents.Library.Measures, documents.Library.Facts) : problems);
    }

    internal static (CompiledData? Data, IReadOnlyList<DataProblem> Problems) Load(string folder)
    {
        var problems = new List<DataProblem>();
        var tables = new List<(DataTable Table, TableSchema Schema)>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal).ToArray()
            : [];
        foreach (var file in files.Where(f => f.EndsWith(".csv", StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, file));
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            hash.AppendData(bytes);
            if (ReadSchema(folder, file, problems) is { } schema && ReadTable(file, bytes, schema, problems) is { } table)
            {
                tables.Add((table, schema));
            }
        }

        foreach (var file in files.Where(f => f.EndsWith(".schema.json", StringComparison.Ordinal) && !files.Contains(f[..^".schema.json".Length] + ".csv")))
        {
            problems.Add(new(file, 1, "A schema without its table.", $"Add {file[..^".schema.json".Length]}.csv or remove the schema."));
        }

        foreach (var missing in Required.Except(tables.Select(t => t.Table.Name)).Where(m => !problems.Any(p => p.File.StartsWith(m, StringComparison.Ordinal))))
        {
            problems.Add(new(missing + ".csv", 1, "The table is missing.", $"Put it back; {folder} must hold the whole of data/."));
        }

        CheckReferences(tables, problems);
        if (problems.Count > 0)
        {
            return (null, [.. problems.Take(MostProblems)]);
        }

        foreach (var file in files.Where(IsDocument))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            hash.AppendData(File.ReadAllBytes(Path.Combine(folder, file)));
        }

        var data = new CompiledData(Convert.ToHexStringLower(hash.GetHashAndReset())[..12], [.. tables.Select(t => t.Table)], []);
        problems.AddRange(DataRules.Check(data));
        return (problems.Count > 0 ? null : data, problems);
    }

    // Vocabularies, packs and the compendium: DocumentFolder reads them; texts: ClauseFolder.
    private static bool IsDocument(string file) => (file.EndsWith(".json", StringComparison.Ordinal) && !file.EndsWith(".schema.json", StringComparison.Ordinal)) || ClauseFolder.IsText(file);

    private static readonly string[] Required =
    [
        "sources/sources", "goods/goods", "goods/listings", "goods/downstream", "goods/codes", "goods/words", "goods/not-goods-words", "goods/purpose-words", "goods/combinations", "sectors/sectors", "sectors/codes", "sectors/words",
        "sectors/conditions", "sectors/condition-words", "places/countries", "places/names", "places/regions", "places/region-words", "places/origin-phrases",
        "import-measures/measures", "import-measures/uflpa-entities", "indicators/indicators", "codelists/eforms", "classifications/cpv2008", "classifications/hs2022", "classifications/unspsc", "map/world",
        "clauses/blocks", "clauses/questions", "clauses/fill-ins", "clauses/calendar", "clauses/consistency", "clauses/low-value", "clocks/clocks", "clocks/measures", "remedy/steps", "remedy/ladder",
    ];

    private static TableSchema? ReadSchema(string folder, string file, List<DataProblem> problems)
    {
        var name = file[..^".csv".Length] + ".schema.json";
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            problems.Add(new(file, 1, "The table has no schema.", $"Write {name} beside it."));
            return null;
        }

        try
        {
            return TableSchema.Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            problems.Add(new(name, (int)((e as JsonException)?.LineNumber ?? 0) + 1, $"The schema can't be read: {e.Message}", "Mend the schema; other files of data/ show the form."));
            return null;
        }
    }

    private static DataTable? ReadTable(string file, byte[] bytes, TableSchema schema, List<DataProblem> problems)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            problems.Add(new(file, 1 + bytes.AsSpan(0, e.Index).Count((byte)'\n'), "The file is not UTF-8.", "Save it as UTF-8."));
            return null;
        }

        var before = problems.Count;
        var cells = new List<int>();
        var texts = new List<string>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            using var csv = CsvDataReader.Create(new StringReader(text), new CsvDataReaderOptions { Delimiter = ',', HasHeaders = true });
            var columns = Enumerable.Range(0, csv.FieldCount).Select(csv.GetName).ToArray();
            if (!columns.SequenceEqual(schema.Fields.Select(f => f.Name)))
            {
                problems.Add(new(file, 1, $"The columns are {string.Join(",", columns)}; the schema says {string.Join(",", schema.Fields.Select(f => f.Name))}.", "Make the header and the schema agree."));
                return null;
            }

            var keys = new HashSet<string>(StringComparer.Ordinal);
            var keyColumns = schema.PrimaryKey.Select(k => Array.IndexOf(columns, k)).ToArray();
            for (var line = 2; csv.Read(); line++)
            {
                if (csv.RowFieldCount != columns.Length)
                {
                    problems.Add(new(file, line, $"The row has {csv.RowFieldCount} cells, the header {columns.Length}.", "Add or remove commas; put a text that holds a comma in double quotes."));
                    continue;
                }

                for (var c = 0; c < columns.Length; c++)
                {
                    var cell = csv.GetString(c);
                    CheckCell(file, line, schema.Fields[c], cell, problems);
                    if (!numbers.TryGetValue(cell, out var number))
                    {
                        number = texts.Count;
                        numbers.Add(cell, number);
                        texts.Add(cell);
                    }

                    cells.Add(number);
                }

                var key = string.Join('\u001f', keyColumns.Select(csv.GetString));
                if (!keys.Add(key))
                {
                    problems.Add(new(file, line, $"The key {string.Join("+", schema.PrimaryKey)} = \"{key.Replace('\u001f', '+')}\" is there already.", "Remove the row or give it another key."));
                }
            }

            return problems.Count > before ? null : new DataTable(file[..^".csv".Length], columns, [.. cells], n => texts[n]);
        }
        catch (CsvFormatException e)
        {
            problems.Add(new(file, e.RowNumber + 1, $"The row can't be read: {e.Message}", "Check the quotes of the row."));
            return null;
        }
    }

    private static void CheckCell(string file, int line, TableSchema.Field field, string cell, List<DataProblem> problems)
    {
        if (cell.Length == 0)
        {
            if (field.Required)
            {
                problems.Add(new(file, line, $"Column {field.Name} is blank; it is required.", "Fill it in."));
            }

            return;
        }

        if (cell.AsSpan().ContainsAny('\r', '\n') || cell.Trim() != cell)
        {
            problems.Add(new(file, line, $"Column {field.Name} has a line break or a blank at its start or end.", "Take it out."));
        }

        if (!cell.IsNormalizedForm())
        {
            problems.Add(new(file, line, $"Column {field.Name} has a letter with a separate accent.", "Save the text in Unicode NFC."));
        }

        var fits = field.Type switch
        {
            "integer" => int.TryParse(cell, out _),
            "number" => double.TryParse(cell, out _),
            "date" => DateOnly.TryParseExact(cell, "yyyy-MM-dd", out _),
            _ => true,
        };
        if (!fits)
        {
            problems.Add(new(file, line, $"Column {field.Name} holds \"{cell}\"; {(field.Type == "date" ? "a date (YYYY-MM-DD)" : $"a {field.Type}")} was expected.", "Correct it or leave it blank (unknown)."));
        }
        else if (field.Values is { } values && !values.Contains(cell))
        {
            problems.Add(new(file, line, $"Column {field.Name} holds \"{cell}\"; allowed are {string.Join(", ", values)}.", "Use one of these."));
        }
        else if (field.Pattern is { } pattern && !pattern.IsMatch(cell))
        {
            problems.Add(new(file, line, $"Column {field.Name} holds \"{cell}\", which does not match {pattern}.", "Correct it."));
        }
    }

    private static void CheckReferences(List<(DataTable Table, TableSchema Schema)> tables, List<DataProblem> problems)
    {
        foreach (var (table, schema) in tables)
        {
            foreach (var key in schema.ForeignKeys)
            {
                var target = tables.FirstOrDefault(t => t.Table.Name == key.Resource).Table;
                if (target is null)
                {
                    continue; // its own problem is reported already
                }

                var ids = Catalogue.Rows(target, r => target[r, key.Target]).ToHashSet(StringComparer.Ordinal);
                var separator = schema.Fields.First(f => f.Name == key.Field).Separator;
                for (var row = 0; row < table.Count; row++)
                {
                    var cell = table[row, key.Field];
                    foreach (var id in separator is { } s ? table.List(row, key.Field, s) : cell.Length > 0 ? [cell] : [])
                    {
                        if (!ids.Contains(id))
                        {
                            problems.Add(new(table.Name + ".csv", row + 2, $"Column {key.Field} names \"{id}\", which is not in {key.Resource}.csv.", $"Correct the id or add the row to {key.Resource}.csv."));
                        }
                    }
                }
            }
        }
    }

    // Without a culture library, the test for NFC is: no combining mark follows a letter.
    private static bool IsNormalizedForm(this string text) => !text.AsSpan().ContainsAnyInRange('\u0300', '\u036f');
}
