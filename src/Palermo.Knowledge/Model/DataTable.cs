namespace Palermo.Knowledge;

/// <summary>One file of data/ in memory: named columns, rows of text. Blank text means unknown.</summary>
/// <remarks>Values are decoded from the compiled file when asked for, so that loading does not pay for what nobody reads.</remarks>
public sealed class DataTable
{
    private readonly string[] _columns;
    private readonly int[] _cells;
    private readonly Func<int, string> _text;

    internal DataTable(string name, string[] columns, int[] cells, Func<int, string> text)
    {
        Name = name;
        _columns = columns;
        _cells = cells;
        _text = text;
    }

    /// <summary>Folder and file without extension: <c>goods/listings</c>.</summary>
    public string Name { get; }

    /// <summary>Number of rows, the header not counted.</summary>
    public int Count => _cells.Length / _columns.Length;

    internal IReadOnlyList<string> Columns => _columns;

    internal ReadOnlySpan<int> Cells => _cells;

    /// <summary>The text at a row and a column.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such column.</exception>
    public string this[int row, string column] => _text(_cells[(row * _columns.Length) + ColumnIndex(column)]);

    /// <summary>The parts of a list cell; none if it is blank.</summary>
    public string[] List(int row, string column, char separator) =>
        this[row, column].Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>1 is true, 0 false, blank null (unknown).</summary>
    public bool? Flag(int row, string column) => this[row, column] switch { "1" => true, "0" => false, _ => null };

    private int ColumnIndex(string column)
    {
        var index = Array.IndexOf(_columns, column);
        return index >= 0 ? index : throw new KeyNotFoundException($"Table {Name} has no column {column}.");
    }
}
