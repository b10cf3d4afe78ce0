using Parquet;
using Parquet.Schema;

namespace Palermo.Parquet;

/// <summary>The columns of docs/schemas/findings-parquet.md, filled row by row and written as one row group.</summary>
internal sealed class FindingColumns
{
    private readonly List<(DataField Field, IColumn Column)> _columns = [];

    public FindingColumns()
    {
        Ocid = Text("ocid");
        First = Add(new DataField<bool>("first"), new Values<bool>());
        Date = Add(new DataField<DateTime?>("date"), new Optional<DateTime>());
        Title = Text("title");
        BuyerName = Text("buyer_name");
        BuyerId = Text("buyer_id");
        Suppliers = Text("suppliers");
        Countries = Text("countries");
        Value = Add(new DataField<double?>("value"), new Optional<double>());
        Currency = Text("currency");
        Salience = Text("salience");
        SalienceRank = Add(new DataField<int>("salience_rank"), new Values<int>());
        Explanation = Text("explanation");
        Indicator = Text("indicator");
        Level = Text("level");
        LevelRank = Add(new DataField<int?>("level_rank"), new Optional<int>());
        Severity = Text("severity");
        Likelihood = Text("likelihood");
        Subject = Text("subject");
        Country = Text("country");
        Path = Text("path");
        Evidence = Text("evidence");
        Sentence = Text("sentence");
        Question = Text("question");
        Sources = Text("sources");
        Verified = Add(new DataField<bool?>("verified"), new Optional<bool>());
        Occurrences = Add(new DataField<int?>("occurrences"), new Optional<int>());
        NotJudged = Text("not_judged");
        JudgedInPart = Text("judged_in_part");
        File = Text("file");
        Line = Add(new DataField<long>("line"), new Values<long>());
        Schema = new ParquetSchema([.. _columns.Select(c => (Field)c.Field)]);
    }

    private interface IColumn
    {
        Task Write(ParquetRowGroupWriter group, DataField field);

        void Clear();
    }

    public ParquetSchema Schema { get; }

    public Strings Ocid { get; }

    public Values<bool> First { get; }

    public Optional<DateTime> Date { get; }

    public Strings Title { get; }

    public Strings BuyerName { get; }

    public Strings BuyerId { get; }

    public Strings Suppliers { get; }

    public Strings Countries { get; }

    public Optional<double> Value { get; }

    public Strings Currency { get; }

    public Strings Salience { get; }

    public Values<int> SalienceRank { get; }

    public Strings Explanation { get; }

    public Strings Indicator { get; }

    public Strings Level { get; }

    public Optional<int> LevelRank { get; }

    public Strings Severity { get; }

    public Strings Likelihood { get; }

    public Strings Subject { get; }

    public Strings Country { get; }

    public Strings Path { get; }

    public Strings Evidence { get; }

    public Strings Sentence { get; }

    public Strings Question { get; }

    public Strings Sources { get; }

    public Optional<bool> Verified { get; }

    public Optional<int> Occurrences { get; }

    public Strings NotJudged { get; }

    public Strings JudgedInPart { get; }

    public Strings File { get; }

    public Values<long> Line { get; }

    /// <summary>Rows filled so far.</summary>
    public int Rows => Line.Items.Count;

    /// <summary>Writes the rows as a row group and begins anew.</summary>
    public async Task Flush(ParquetWriter writer)
    {
        using (var group = writer.CreateRowGroup())
        {
            foreach (var (field, column) in _columns)
            {
                await column.Write(group, field);
            }
        }

        Clear();
    }

    /// <summary>Throws away the rows filled so far.</summary>
    public void Clear() => _columns.ForEach(c => c.Column.Clear());

    private Strings Text(string name) => Add(new DataField<string>(name), new Strings());

    private T Add<T>(DataField field, T column)
        where T : IColumn
    {
        _columns.Add((field, column));
        return column;
    }

    internal sealed class Strings : IColumn
    {
        // Sentences, buyers and paths repeat: one text of each is kept.
        private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

        public List<string?> Items { get; } = [];

        public void Add(string? text)
        {
            if (text is null or "")
            {
                Items.Add(null);
                return;
            }

            if (!_known.TryGetValue(text, out var known))
            {
                _known.Add(text, text);
                known = text;
            }

            Items.Add(known);
        }

        public async Task Write(ParquetRowGroupWriter group, DataField field) => await group.WriteAsync(field, Items!);

        public void Clear()
        {
            Items.Clear();
            _known.Clear();
        }
    }

    internal sealed class Values<T> : IColumn
        where T : struct
    {
        public List<T> Items { get; } = [];

        public async Task Write(ParquetRowGroupWriter group, DataField field) => await group.WriteAsync<T>(field, Items.ToArray().AsMemory());

        public void Clear() => Items.Clear();
    }

    internal sealed class Optional<T> : IColumn
        where T : struct
    {
        public List<T?> Items { get; } = [];

        public async Task Write(ParquetRowGroupWriter group, DataField field) => await group.WriteAsync<T>(field, (ReadOnlyMemory<T?>)Items.ToArray().AsMemory());

        public void Clear() => Items.Clear();
    }
}
