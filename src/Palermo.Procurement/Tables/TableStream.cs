using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Palermo.Procurement.Input;

namespace Palermo.Procurement.Tables;

/// <summary>A table as JSON Lines: each run of rows of one process is a release, on the line of its first row, so that line numbers are those of the rows.</summary>
internal sealed class TableStream(TableReader table, TableMapping mapping, Action<int, string, string> report) : ReadOnlyStream
{
    private const int MostSlips = 20;
    private readonly ArrayBufferWriter<byte> _line = new(1 << 14);
    private readonly Dictionary<string, int> _at = table.View.Columns.Where(c => c.Field.Length > 0).ToDictionary(c => c.Field, c => c.Index, StringComparer.Ordinal);
    private readonly string _prefix = mapping.OcidPrefix ?? $"table-{ColumnNames.Fold(Path.GetFileNameWithoutExtension(table.View.File)).Replace(' ', '-')}-";
    private (int Row, string[] Cells)? _next = table.Next();
    private int _written = 1;
    private int _sent;
    private long _position;
    private int _slips;
    private readonly HashSet<(int, string)> _told = [];

    /// <summary>How the table was understood.</summary>
    public TableView View => table.View;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_sent == _line.WrittenCount)
        {
            _line.ResetWrittenCount();
            _sent = 0;
            if (_next is null)
            {
                return 0;
            }

            WriteProcess();
        }

        var count = Math.Min(buffer.Length, _line.WrittenCount - _sent);
        _line.WrittenSpan.Slice(_sent, count).CopyTo(buffer);
        _sent += count;
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            table.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WriteProcess()
    {
        var rows = new List<(int Row, string[] Cells)> { _next!.Value };
        var key = Key(rows[0]);
        while ((_next = table.Next()) is { } row && key.Length > 0 && Key(row) == key)
        {
            rows.Add(row);
        }

        _told.Clear();
        for (; _written < rows[0].Row; _written++)
        {
            _line.Write("\n"u8);
        }

        using (var json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new TableRelease(json, _at, table.View, table.Values, mapping, Slip).Write(key.Length > 0 ? Ocid(key) : $"{_prefix}row-{rows[0].Row}", rows);
        }

        _line.Write("\n"u8);
        _written++;
    }

    private string Ocid(string key) => _at.ContainsKey("ocid") ? key : _prefix + key;

    private string Key((int Row, string[] Cells) row)
    {
        foreach (var field in (ReadOnlySpan<string>)["ocid", "tender/id", "contracts/id"])
        {
            if (_at.TryGetValue(field, out var at) && at < row.Cells.Length && row.Cells[at].Length > 0)
            {
                return row.Cells[at];
            }
        }

        return "";
    }

    private void Slip(int row, string what, string mend)
    {
        // A date that stands for two things is looked at twice.
        if (!_told.Add((row, what)))
        {
            return;
        }

        if (_slips++ < MostSlips)
        {
            report(row, what, mend);
        }
        else if (_slips == MostSlips + 1)
        {
            report(row, "More values of this table could not be read; they are left out without a word each.", "Check the columns with palermo preview.");
        }
    }
}
