using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using Sylvan.Data.Csv;

namespace Palermo.Tables;

/// <summary>The rows of a table as texts, one after the other.</summary>
public abstract class TableRows : IDisposable
{
    /// <summary>Row last read, from 1.</summary>
    public int Row { get; protected set; }

    /// <summary>Name of the sheet; blank for a text file.</summary>
    public virtual string Sheet => "";

    /// <summary>The next row; null at the end.</summary>
    public abstract string[]? Next();

    /// <summary>Goes on to the next sheet. False if there is none.</summary>
    public virtual bool NextSheet() => false;

    public abstract void Dispose();
}

/// <summary>Rows of delimited text (RFC 4180; the delimiter is the one the first lines use most).</summary>
public sealed class TextRows : TableRows
{
    private readonly CsvDataReader _reader;

    /// <param name="text">The text, in UTF-8 or in part Windows-1252.</param>
    /// <param name="notUtf8">Called once if it is not UTF-8.</param>
    /// <param name="lax">Whether stray quotes are taken as they are: some publishers write them.</param>
    public TextRows(Stream text, Action notUtf8, bool lax = false)
    {
        var reader = new StreamReader(text, Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new Windows1252Fallback(notUtf8)), detectEncodingFromByteOrderMarks: false, 1 << 16);
        if (reader.Peek() == '\uFEFF')
        {
            reader.Read();
        }

        _reader = CsvDataReader.Create(reader, new CsvDataReaderOptions { HasHeaders = false, CsvStyle = lax ? CsvStyle.Lax : CsvStyle.Standard, MaxBufferSize = 16 << 20, BufferSize = 1 << 16 });
    }

    public override string[]? Next()
    {
        try
        {
            if (!_reader.Read())
            {
                return null;
            }
        }
        catch (Exception e) when (e is CsvFormatException or CsvRecordTooLargeException)
        {
            throw new InvalidDataException($"the table is broken near row {Row + 1}. {e.Message}", e);
        }

        Row = _reader.RowNumber;
        var cells = new string[_reader.RowFieldCount];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = _reader.GetString(i).Trim();
        }

        return cells;
    }

    public override void Dispose() => _reader.Dispose();
}

/// <summary>Rows of the sheets of an Office Open XML workbook (.xlsx).</summary>
public sealed class SheetRows : TableRows
{
    private const long MostUnpacked = 2L << 30;
    private const int MostRatio = 400;
    private const int MostRows = 1_048_576;
    private readonly IExcelDataReader _reader;

    // The library asks for Windows-1252 even where a workbook, as all of this kind, is in UTF-8.
    static SheetRows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <param name="workbook">The workbook; it must be seekable.</param>
    public SheetRows(Stream workbook)
    {
        using (var zip = new ZipArchive(workbook, ZipArchiveMode.Read, leaveOpen: true))
        {
            var unpacked = zip.Entries.Sum(e => e.Length);
            var packed = Math.Max(1, zip.Entries.Sum(e => e.CompressedLength));
            if (unpacked > MostUnpacked || (unpacked > 64 << 20 && unpacked / packed > MostRatio))
            {
                throw new InvalidDataException($"the workbook unpacks to {unpacked >> 20} MB, {unpacked / packed} times its size: it looks like a decompression bomb.");
            }
        }

        workbook.Position = 0;
        try
        {
            _reader = ExcelReaderFactory.CreateOpenXmlReader(workbook, new ExcelReaderConfiguration { LeaveOpen = true });
        }
        catch (Exception e) when (e is not IOException)
        {
            throw new InvalidDataException($"the workbook is broken. {e.Message}", e);
        }
    }

    public override string Sheet => _reader.Name ?? ""; // a workbook without sheets has no name either

    public override string[]? Next()
    {
        try
        {
            if (!_reader.Read())
            {
                return null;
            }

            if (++Row > MostRows)
            {
                // The library hands out every row before one that calls itself the thirty-millionth.
                throw new InvalidDataException($"a row has a number beyond {MostRows:N0}, the last one that a sheet may have.");
            }

            var cells = new string[_reader.FieldCount];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = Text(_reader.GetValue(i));
            }

            return cells;
        }
        catch (Exception e) when (e is not IOException)
        {
            throw new InvalidDataException($"the sheet {_reader.Name} is broken near row {Row + 1}. {e.Message}", e);
        }
    }

    public override bool NextSheet()
    {
        Row = 0;
        try
        {
            return _reader.NextResult();
        }
        catch (Exception e) when (e is not IOException)
        {
            throw new InvalidDataException($"the sheet behind {Sheet} is broken. {e.Message}", e);
        }
    }

    public override void Dispose() => _reader.Dispose();

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text.Trim(),
        // As exact as the sheet shows it, and never 1E+07.
        double number => Math.Abs(number) < 1e15 && number == Math.Floor(number) ? ((long)number).ToString(CultureInfo.InvariantCulture) : ((decimal)Math.Clamp(number, -1e27, 1e27)).ToString(CultureInfo.InvariantCulture),
        DateTime time => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim() ?? "",
    };
}
