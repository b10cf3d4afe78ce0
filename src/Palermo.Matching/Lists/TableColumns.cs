using System.Reflection;
using Palermo.Matching.Text;
using Sylvan.Data.Csv;

namespace Palermo.Matching.Lists;

/// <summary>Which column of a table holds what, by its heading or by a mapping.</summary>
internal sealed class TableColumns
{
    private static readonly Lazy<Dictionary<string, string>> s_headers = new(Read);

    private readonly List<(string Field, int Column, string Header)> _columns;

    private TableColumns(List<(string, int, string)> columns) => _columns = columns;

    public static IReadOnlyCollection<string> Fields => [.. s_headers.Value.Values.Distinct().Order(StringComparer.Ordinal)];

    public bool Has(string field) => _columns.Any(c => c.Field == field);

    public string One(string[] row, string field) => Some(row, field).FirstOrDefault("");

    public IEnumerable<string> Some(string[] row, string field) => With(row, field).Select(v => v.Value);

    /// <summary>Values with their headings.</summary>
    public IEnumerable<(string Header, string Value)> With(string[] row, string field) =>
        _columns.Where(c => c.Field == field && c.Column < row.Length && row[c.Column].Trim().Length > 0).Select(c => (c.Header, row[c.Column].Trim()));

    /// <summary>How many columns of a row are known headings.</summary>
    public static int Known(string[] row) => row.Count(c => s_headers.Value.ContainsKey(Fold(c)));

    /// <summary>The columns of a header.</summary>
    /// <exception cref="InvalidDataException">The mapping names a field or a column that there is not.</exception>
    public static TableColumns Of(string[] header, string mapping)
    {
        if (mapping.Length == 0)
        {
            return new([.. header.Select((h, i) => (Field: s_headers.Value.GetValueOrDefault(Fold(h), ""), i, h)).Where(c => c.Field.Length > 0)]);
        }

        var columns = new List<(string, int, string)>();
        foreach (var pair in mapping.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var field = equals < 0 ? "" : pair[..equals].Trim().ToLowerInvariant();
            if (!Fields.Contains(field))
            {
                throw new InvalidDataException($"The mapping \"{pair}\" does not begin with a field and \"=\". Fields: {string.Join(", ", Fields)}.");
            }

            var name = pair[(equals + 1)..].Trim();
            var at = Array.FindIndex(header, h => Fold(h) == Fold(name));
            if (at < 0)
            {
                throw new InvalidDataException($"The mapping asks for a column \"{name}\", which the table does not have. Its columns: {string.Join(", ", header.Where(h => h.Length > 0))}.");
            }

            columns.Add((field, at, header[at]));
        }

        return new(columns);
    }

    // "Name Alias", NameAlias and name_alias are one heading.
    private static string Fold(string header) => string.Concat(Tokenizer.Words(header));

    private static Dictionary<string, string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("lists/columns.csv") ?? throw new InvalidOperationException("columns.csv is not in the build.");
        using var csv = CsvDataReader.Create(new StreamReader(stream));
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        while (csv.Read())
        {
            headers.TryAdd(Fold(csv.GetString(1)), csv.GetString(0));
        }

        return headers;
    }
}
