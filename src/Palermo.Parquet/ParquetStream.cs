using System.Globalization;
using System.Text.Json;
using Parquet;

namespace Palermo.Parquet;

/// <summary>
/// A stream that takes assessments as JSON Lines (docs/schemas/assessment.schema.json) and writes them as Parquet
/// (docs/schemas/findings-parquet.md). Truncating it to nothing begins the file anew.
/// </summary>
public sealed class ParquetStream : Stream
{
    /// <summary>Rows of a row group: small enough to stay in memory, large enough for a column store.</summary>
    public const int RowGroup = 50_000;

    private static readonly string[] s_levels = ["unknown", "none", "hint", "low", "medium", "high", "critical"];
    private readonly Stream _file;
    private readonly FindingColumns _columns = new();
    private readonly MemoryStream _rest = new();
    private readonly IReadOnlyDictionary<string, string> _about;
    private ParquetWriter? _writer;
    private long _length;
    private bool _closed;

    /// <param name="file">The file, which can be truncated; closed with this stream.</param>
    /// <param name="about">What to note in the file: version, data edition, date.</param>
    public ParquetStream(Stream file, IReadOnlyDictionary<string, string> about)
    {
        _file = file;
        _about = about;
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _length;

    /// <inheritdoc/>
    public override long Position { get => _length; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _length += buffer.Length;
        while (buffer.IndexOf((byte)'\n') is var end and >= 0)
        {
            _rest.Write(buffer[..end]);
            buffer = buffer[(end + 1)..];
            if (_rest.Length > 0)
            {
                Add(_rest.GetBuffer().AsMemory(0, (int)_rest.Length));
                _rest.SetLength(0);
            }
        }

        _rest.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void SetLength(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(value, 0);
        if (_writer is not null)
        {
            _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _writer = null;
        }

        _columns.Clear();
        _rest.SetLength(0);
        _length = 0;
        _file.SetLength(0);
        _file.Position = 0;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        // A row group is written when it is full: what a reader can use is the whole file.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            FlushRows();
            Writer().DisposeAsync().AsTask().GetAwaiter().GetResult();
            _file.Dispose();
            _rest.Dispose();
        }

        base.Dispose(disposing);
    }

    private ParquetWriter Writer()
    {
        if (_writer is null)
        {
            _writer = ParquetWriter.CreateAsync(_columns.Schema, _file, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }).GetAwaiter().GetResult();
            _writer.CustomMetadata = _about.ToDictionary();
        }

        return _writer;
    }

    private void FlushRows()
    {
        if (_columns.Rows > 0)
        {
            _columns.Flush(Writer()).GetAwaiter().GetResult();
        }
    }

    private void Add(ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        var assessment = json.RootElement;
        var findings = assessment.GetProperty("findings");
        var unknowns = assessment.GetProperty("unknowns");
        var notJudged = Join(unknowns.EnumerateArray().Where(u => !u.GetProperty("partly").GetBoolean()).Select(u => u.GetProperty("indicator").GetString()));
        var inPart = Join(unknowns.EnumerateArray().Where(u => u.GetProperty("partly").GetBoolean()).Select(u => u.GetProperty("indicator").GetString()));
        if (findings.GetArrayLength() == 0)
        {
            Row(assessment, null, first: true, notJudged, inPart);
        }

        var first = true;
        foreach (var finding in findings.EnumerateArray())
        {
            Row(assessment, finding, first, notJudged, inPart);
            first = false;
        }

        if (_columns.Rows >= RowGroup)
        {
            FlushRows();
        }
    }

    private void Row(JsonElement assessment, JsonElement? finding, bool first, string notJudged, string inPart)
    {
        _columns.Ocid.Add(Text(assessment, "ocid"));
        _columns.First.Items.Add(first);
        _columns.Date.Items.Add(Date(Text(assessment, "date")));
        _columns.Title.Add(Text(assessment, "title"));
        var buyer = assessment.TryGetProperty("buyer", out var b) ? b : default;
        _columns.BuyerName.Add(Text(buyer, "name"));
        _columns.BuyerId.Add(Text(buyer, "id"));
        _columns.Suppliers.Add(List(assessment, "suppliers"));
        _columns.Countries.Add(List(assessment, "countries"));
        var value = assessment.TryGetProperty("value", out var v) ? v : default;
        _columns.Value.Items.Add(value.ValueKind == JsonValueKind.Object ? value.GetProperty("amount").GetDouble() : null);
        _columns.Currency.Add(Text(value, "currency"));
        _columns.Salience.Add(Text(assessment, "salience"));
        _columns.SalienceRank.Items.Add(Rank(Text(assessment, "salience")));
        _columns.Explanation.Add(Text(assessment, "explanation"));
        var f = finding ?? default;
        _columns.Indicator.Add(Text(f, "indicator"));
        _columns.Level.Add(Text(f, "level"));
        _columns.LevelRank.Items.Add(finding is null ? null : Rank(Text(f, "level")));
        _columns.Severity.Add(Text(f, "severity"));
        _columns.Likelihood.Add(Text(f, "likelihood"));
        _columns.Subject.Add(Text(f, "subject"));
        _columns.Country.Add(Text(f, "country"));
        _columns.Path.Add(Text(f, "path"));
        _columns.Evidence.Add(Text(f, "evidence"));
        _columns.Sentence.Add(Text(f, "sentence"));
        _columns.Question.Add(Text(f, "question"));
        _columns.Sources.Add(List(f, "sources"));
        _columns.Verified.Items.Add(finding?.GetProperty("verified").GetBoolean());
        _columns.Occurrences.Items.Add(finding?.GetProperty("occurrences").GetInt32());
        _columns.NotJudged.Add(notJudged);
        _columns.JudgedInPart.Add(inPart);
        var source = assessment.GetProperty("source");
        _columns.File.Add(Text(source, "file"));
        _columns.Line.Items.Add(source.GetProperty("line").GetInt64());
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? List(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? Join(value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Object ? Text(v, "name") : v.GetString())) : null;

    private static string Join(IEnumerable<string?> texts) => string.Join("; ", texts);

    private static int Rank(string? level) => Array.IndexOf(s_levels, level);

    private static DateTime? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date.UtcDateTime : null;
}
