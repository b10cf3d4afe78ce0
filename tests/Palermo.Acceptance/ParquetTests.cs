using System.Globalization;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance;

/// <summary>Results as Parquet, read by DuckDB.</summary>
public sealed class ParquetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void DuckDB_reads_from_the_file_what_the_lines_say()
    {
        // More rows than a row group holds.
        var many = _folder.ManySamples(120);
        Assert.Equal(0, Run("screen", many, "--format", "parquet", "--output", _folder["f.parquet"], "--quiet").ExitCode);
        var lines = Run("screen", many, "--format", "jsonl", "--quiet").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        string Ask(string query)
        {
            using var command = duck.CreateCommand();
            command.CommandText = query.Replace("FILE", $"'{_folder["f.parquet"]}'", StringComparison.Ordinal);
            return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
        }

        Assert.Equal($"{lines.Count}", Ask("select count(*) from FILE where first"));
        Assert.Equal($"{lines.Sum(l => l["findings"]!.AsArray().Count)}", Ask("select count(indicator) from FILE"));
        foreach (var level in new[] { "high", "medium", "low", "none" })
        {
            Assert.Equal($"{lines.Count(l => (string)l["salience"]! == level)}", Ask($"select count(distinct ocid) from FILE where salience = '{level}'"));
        }

        Assert.Equal($"{lines.Where(l => l["value"] is not null).Sum(l => (decimal)l["value"]!["amount"]!):0}", Ask("select cast(sum(value) as bigint) from FILE where first"));
        Assert.Equal($"{lines.Min(l => DateTimeOffset.Parse((string)l["date"]!, CultureInfo.InvariantCulture)):yyyy-MM-dd}", Ask("select strftime(min(date), '%Y-%m-%d') from FILE"));
        Assert.Equal((string)lines[7]["findings"]!.AsArray().Select(f => f!["sentence"]).FirstOrDefault()! ?? "", Ask($"select coalesce(max(sentence) filter (first), '') from FILE where ocid = '{lines[7]["ocid"]}'"));
        Assert.NotEqual("1", Ask("select num_row_groups from parquet_file_metadata(FILE)"));
        Assert.Equal(Columns(), Ask("select string_agg(column_name || ' ' || column_type, '\n') from (describe select * from FILE)"));
    }

    [Fact]
    public void Pieces_that_stand_apart_begin_the_file_anew()
    {
        File.WriteAllText(_folder["a.jsonl"], string.Concat(Enumerable.Range(0, 3).Select(i => $$"""{"ocid":"o-{{i % 2}}","id":"{{i}}","date":"2026-01-0{{i + 1}}T00:00:00Z","tag":["tender"],"tender":{"id":"t","title":"Rice {{i}}"} }""" + "\n")));
        Assert.Equal(0, Run("screen", _folder["a.jsonl"], "--format", "parquet", "--output", _folder["a.parquet"], "--quiet").ExitCode);
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        using var command = duck.CreateCommand();
        command.CommandText = $"select string_agg(ocid || ' ' || title, ', ' order by ocid) from '{_folder["a.parquet"]}' where first";
        Assert.Equal("o-0 Rice 2, o-1 Rice 1", command.ExecuteScalar());
    }

    [Fact]
    public void Without_a_file_it_says_what_to_name()
    {
        var result = Run("screen", Sample, "--format", "parquet");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--output findings.parquet", result.Error);
    }

    public void Dispose() => _folder.Dispose();

    // The columns that docs/schemas/findings-parquet.md promises.
    private static string Columns() =>
        string.Join('\n', File.ReadLines(Path.Combine(Root, "docs", "schemas", "findings-parquet.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('|')).Select(c => $"{c[1].Trim(' ', '`')} {c[2].Trim()}"));
}
