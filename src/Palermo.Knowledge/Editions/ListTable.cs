using System.Globalization;
using System.Text;
using System.Text.Json;
using ExcelDataReader;
using Palermo.Knowledge.Words;
using Sylvan.Data.Csv;

namespace Palermo.Knowledge.Editions;

/// <summary>A published list as rows of named cells, from CSV, XLSX or JSON. Names of columns are folded: "Child Labor?" is <c>child labor</c>.</summary>
internal sealed class ListTable
{
    private const int HeaderWithin = 15;

    private ListTable(IReadOnlyList<(string Where, Dictionary<string, string> Cells)> rows) => Rows = rows;

    /// <summary>Rows with where they stood, for messages.</summary>
    public IReadOnlyList<(string Where, Dictionary<string, string> Cells)> Rows { get; }

    /// <summary>Reads a list.</summary>
    /// <param name="path">The file.</param>
    /// <param name="headers">Columns of which some must stand in the header, to find it below a title; any spelling of each.</param>
    /// <exception cref="InvalidDataException">It is no such list; says why.</exception>
    public static ListTable Read(string path, params IReadOnlyList<string> headers)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8) || bytes.AsSpan().TrimStart("\uFEFF \t\r\n"u8).StartsWith("["u8))
        {
            return new(FromJson(bytes));
        }

        var table = bytes.AsSpan().StartsWith("PK"u8) || bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) ? FromExcel(bytes, headers) : FromCsv(bytes, headers);
        return new(table);
    }

    private static List<(string, Dictionary<string, string>)> FromCsv(byte[] bytes, IReadOnlyList<string> headers)
    {
        using var text = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        try
        {
            using var csv = CsvDataReader.Create(text, new CsvDataReaderOptions { HasHeaders = false });
            var lines = new List<(string, string[])>();
            while (csv.Read())
            {
                lines.Add(($"row {csv.RowNumber}", [.. Enumerable.Range(0, csv.RowFieldCount).Select(csv.GetString)]));
            }

            return Named([("", lines)], headers);
        }
        catch (CsvFormatException e)
        {
            throw new InvalidDataException($"Row {e.RowNumber}: {e.Message} Check the quotes of the row.");
        }
    }

    private static List<(string, Dictionary<string, string>)> FromExcel(byte[] bytes, IReadOnlyList<string> headers)
    {
        try
        {
            // Old spreadsheets name their code page; the reader asks for one whatever the file.
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(bytes));
            var sheets = new List<(string, List<(string, string[])>)>();
            do
            {
                var lines = new List<(string, string[])>();
                for (var row = 1; reader.Read(); row++)
                {
                    lines.Add(($"sheet \"{reader.Name}\" row {row}", [.. Enumerable.Range(0, reader.FieldCount).Select(c => Text(reader.GetValue(c)))]));
                }

                sheets.Add((reader.Name, lines));
            }
            while (reader.NextResult());
            return Named(sheets, headers);
        }
        catch (Exception e) when (e is ExcelDataReader.Exceptions.ExcelReaderException or InvalidOperationException or FormatException or System.Xml.XmlException)
        {
            throw new InvalidDataException($"The spreadsheet can't be read: {e.Message} Open it and save it anew as XLSX or CSV.");
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTime date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // A spreadsheet may have a title above its header and other sheets beside the list: the sheet with most of the columns is it.
    private static List<(string, Dictionary<string, string>)> Named(List<(string Sheet, List<(string Where, string[] Cells)> Lines)> sheets, IReadOnlyList<string> headers)
    {
        var best = sheets
            .SelectMany(sheet => sheet.Lines.Take(HeaderWithin).Select((line, at) => (sheet.Lines, At: at, Names: line.Cells.Select(Name).ToArray())))
            .OrderByDescending(candidate => headers.Count(candidate.Names.Contains)).ThenBy(candidate => candidate.At)
            .FirstOrDefault();
        if (best.Names is null || headers.Count(best.Names.Contains) < Math.Min(2, headers.Count))
        {
            throw new InvalidDataException($"No header with columns such as {string.Join(", ", headers.Take(4).Select(h => $"\"{h}\""))} was found in the first {HeaderWithin} rows. Is it the right file?");
        }

        var rows = new List<(string, Dictionary<string, string>)>();
        foreach (var (where, cells) in best.Lines.Skip(best.At + 1))
        {
            var row = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var c = 0; c < Math.Min(cells.Length, best.Names.Length); c++)
            {
                if (best.Names[c].Length > 0)
                {
                    row.TryAdd(best.Names[c], Clean(cells[c]));
                }
            }

            if (row.Values.Any(v => v.Length > 0))
            {
                rows.Add((where, row));
            }
        }

        return rows;
    }

    // A list of objects, wherever it lies; an object within an object (the countries of a good) inherits the cells around it.
    private static List<(string, Dictionary<string, string>)> FromJson(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), new JsonDocumentOptions { AllowTrailingCommas = true });
            var rows = new List<(string, Dictionary<string, string>)>();
            Walk(json.RootElement, "$", [], rows);
            return rows;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"A text of the JSON is no text: {e.Message} Fetch the file again.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Line {e.LineNumber + 1}: the JSON can't be read: {e.Message} Fetch the file again.");
        }
    }

    private static void Walk(JsonElement element, string path, Dictionary<string, string> around, List<(string, Dictionary<string, string>)> rows)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                var at = 0;
                foreach (var child in element.EnumerateArray())
                {
                    Walk(child, $"{path}[{at++}]", around, rows);
                }

                break;
            case JsonValueKind.Object:
                var cells = new Dictionary<string, string>(around, StringComparer.Ordinal);
                var nested = false;
                foreach (var property in element.EnumerateObject())
                {
                    if (property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                    {
                        cells[Name(property.Name)] = Clean(property.Value.ToString());
                    }

                    nested |= property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
                }

                foreach (var property in element.EnumerateObject().Where(p => p.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
                {
                    Walk(property.Value, $"{path}.{property.Name}", cells, rows);
                }

                if (!nested && cells.Count > 0)
                {
                    rows.Add((path, cells));
                }

                break;
            default:
                break;
        }
    }

    private static string Name(string header)
    {
        // goodName, Good_Name and "Good Name" are one.
        var spaced = new StringBuilder();
        for (var i = 0; i < header.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(header[i]) && char.IsAsciiLetterLower(header[i - 1]))
            {
                spaced.Append(' ');
            }

            spaced.Append(header[i]);
        }

        return Folding.Fold(spaced.ToString());
    }

    private static string Clean(string cell) => string.Join(' ', cell.Replace('\u00a0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
