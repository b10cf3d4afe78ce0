using Palermo.Tables;

namespace Palermo.Procurement.Tables;

/// <summary>Finds the headers of a table, understands its columns, and hands out its rows.</summary>
internal sealed class TableReader : IDisposable
{
    private const int HeaderWithin = 30;
    private const int Sampled = 1000;
    private const int FewestColumns = 2;
    private readonly TableRows _rows;
    private readonly Queue<(int Row, string[] Cells)> _ahead = new();

    private TableReader(TableRows rows, TableView view, TableValues values)
    {
        _rows = rows;
        View = view;
        Values = values;
    }

    public TableView View { get; }

    public TableValues Values { get; }

    /// <summary>Opens a table.</summary>
    /// <exception cref="InvalidDataException">It is broken, or its columns can't be understood; the message says how to mend it.</exception>
    public static TableReader Open(string file, TableRows rows, TableMapping mapping)
    {
        var sheets = new List<string>();
        do
        {
            if (mapping.Sheet.Length > 0 && rows.Sheet.Length > 0 && rows.Sheet != mapping.Sheet)
            {
                sheets.Add(rows.Sheet);
                continue;
            }

            var first = new List<(int Row, string[] Cells)>();
            while (first.Count < Sampled && rows.Next() is { } cells)
            {
                if (cells.Any(c => c.Length > 0))
                {
                    first.Add((rows.Row, cells));
                }
            }

            if (FindHeader(first, mapping) is { } header)
            {
                return Understand(file, rows, mapping, first, header);
            }

            sheets.Add(rows.Sheet);
        }
        while (rows.NextSheet());

        throw new InvalidDataException(mapping.Sheet.Length > 0 && sheets.Count > 0 && !sheets.Contains(mapping.Sheet)
            ? $"there is no sheet \"{mapping.Sheet}\"; there are {string.Join(", ", sheets)}."
            : $"no row of headers was recognised in its first {HeaderWithin} rows{(sheets.Count > 0 && sheets[0].Length > 0 ? $" (sheets {string.Join(", ", sheets)})" : "")}. Name the columns in a mapping (--columns FILE), such as {{\"columns\": {{\"Lot name\": \"items/description\", \"Ref.\": \"tender/id\"}}, \"headerRow\": 1}}.");
    }

    /// <summary>The next row that is not blank; null at the end.</summary>
    public (int Row, string[] Cells)? Next()
    {
        if (_ahead.TryDequeue(out var row))
        {
            return row;
        }

        while (_rows.Next() is { } cells)
        {
            if (Array.Exists(cells, c => c.Length > 0))
            {
                return (_rows.Row, cells);
            }
        }

        return null;
    }

    public void Dispose() => _rows.Dispose();

    // The row in which most columns are understood; titles and notes above it are none.
    private static int? FindHeader(List<(int Row, string[] Cells)> rows, TableMapping mapping)
    {
        var best = -1;
        var most = FewestColumns - 1;
        for (var i = 0; i < rows.Count && rows[i].Row <= Math.Max(HeaderWithin, mapping.HeaderRow); i++)
        {
            if (mapping.HeaderRow > 0)
            {
                if (rows[i].Row == mapping.HeaderRow)
                {
                    return i;
                }

                continue;
            }

            var understood = rows[i].Cells.Where(c => c.Length is > 0 and < 100).Select((c, n) => ColumnNames.Find(n, c, mapping).Field).Where(f => f.Length > 0).Distinct().Count();
            if (understood > most)
            {
                (best, most) = (i, understood);
            }
        }

        return best < 0 ? null : best;
    }

    private static TableReader Understand(string file, TableRows rows, TableMapping mapping, List<(int Row, string[] Cells)> first, int header)
    {
        var columns = first[header].Cells.Select((h, i) => ColumnNames.Find(i, h, mapping)).ToArray();
        var notes = new List<string>();
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Length; i++)
        {
            // Of two columns that seem to hold the same, the one the mapping names counts, else the first.
            if (columns[i].Field.Length == 0 || taken.TryAdd(columns[i].Field, i))
            {
                continue;
            }

            var other = taken[columns[i].Field];
            var loser = columns[i].How == "mapping" && columns[other].How != "mapping" ? other : i;
            notes.Add($"\"{columns[i].Header}\" and \"{columns[other].Header}\" both seem to hold {columns[i].Field}; \"{columns[loser].Header}\" was left out. A mapping (--columns) settles it.");
            taken[columns[i].Field] = loser == i ? other : i;
            columns[loser] = columns[loser] with { Field = "", How = "left out" };
        }

        if (!taken.ContainsKey("ocid") && !taken.ContainsKey("tender/id") && !taken.ContainsKey("contracts/id"))
        {
            notes.Add("No column tells which rows belong to one process; each row is taken for one.");
        }

        string[] Of(params string[] fields) => [.. first.Skip(header + 1).SelectMany(r => fields.Where(taken.ContainsKey).Select(f => taken[f] < r.Cells.Length ? r.Cells[taken[f]] : "")).Where(c => c.Length > 0)];
        var values = new TableValues(Of("value/amount", "tender/value/amount", "items/unit/value/amount", "items/quantity"), Of("date", "awards/date", "contracts/dateSigned", "tender/tenderPeriod/endDate"), mapping, notes);
        var reader = new TableReader(rows, new TableView(file, rows.Sheet, first[header].Row, columns, values.Dates, values.Decimal, notes), values);
        foreach (var row in first.Skip(header + 1))
        {
            reader._ahead.Enqueue(row);
        }

        return reader;
    }
}
