using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Palermo.Web.Portfolio;

/// <summary>
/// Makes of findings (docs/schemas/findings-parquet.md) the table that is explored: a row a process with its judgements as
/// bits, findings beside it in the same order, buyers and suppliers as numbers. What an unfiltered look shows is computed
/// once and kept in it.
/// </summary>
internal static class PortfolioBuilder
{
    /// <summary>Indicators, in the order of their bits.</summary>
    public static readonly string[] Indicators = ["listed-good", "downstream-good", "import-measure", "high-risk-sector", "place", "abnormally-low-bid", "labour-chain", "rush", "listed-party"];

    /// <summary>Builds it.</summary>
    /// <returns>Processes in it.</returns>
    public static long Build(string findings, string database, CancellationToken cancel)
    {
        using var connection = new DuckDBConnection($"Data Source={database}");
        connection.Open();
        using var _ = cancel.Register(connection.Dispose);
        void Do(string sql)
        {
            cancel.ThrowIfCancellationRequested();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        string Bits(string column) => string.Join(" + ", Indicators.Select((indicator, i) => $"(CASE WHEN contains('; ' || coalesce({column}, '') || '; ', '; {indicator}; ') THEN {1 << i} ELSE 0 END)"));
        Do("SET preserve_insertion_order = true");
        Do($"SET temp_directory = '{Quote(database + ".tmp")}'");
        // The rows of a process stand together, its first row first.
        Do($"CREATE TEMP TABLE raw AS SELECT CAST(sum(CAST(first AS INT)) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS INTEGER) AS pid, * FROM read_parquet('{Quote(findings)}')");
        Do("""
            CREATE TABLE finding AS SELECT pid, indicator, subject, coalesce(country, '') AS country, CAST(level_rank AS TINYINT) AS level_rank, level, severity, likelihood, path, evidence, sentence, question, sources, verified, occurrences
            FROM raw WHERE indicator IS NOT NULL
            """);
        Do("CREATE TABLE buyer AS SELECT CAST(row_number() OVER (ORDER BY n DESC, key) AS INTEGER) AS bid, key, name FROM (SELECT coalesce(nullif(buyer_id, ''), nullif(buyer_name, '')) AS key, any_value(buyer_name) AS name, count(*) AS n FROM raw WHERE first GROUP BY 1) WHERE key IS NOT NULL");
        Do($"""
            CREATE TABLE process AS SELECT r.pid, r.ocid, r.date, CAST(year(r.date) AS SMALLINT) AS year, r.title, b.bid, r.value, r.currency, CAST(r.salience_rank AS TINYINT) AS salience_rank, r.salience, r.explanation, r.countries, r.suppliers, r.file, r.line, r.not_judged,
              CAST(coalesce(f.found, 0) AS SMALLINT) AS found, CAST({Bits("r.not_judged")} AS SMALLINT) AS not_judged_bits, CAST({Bits("r.judged_in_part")} AS SMALLINT) AS partly_bits
            FROM raw r LEFT JOIN buyer b ON b.key = coalesce(nullif(r.buyer_id, ''), nullif(r.buyer_name, ''))
            LEFT JOIN (SELECT pid, bit_or(CASE indicator {string.Join(' ', Indicators.Select((indicator, i) => $"WHEN '{indicator}' THEN {1 << i}"))} ELSE 0 END) AS found FROM finding GROUP BY pid) f ON f.pid = r.pid
            WHERE r.first ORDER BY r.pid
            """);
        Do("CREATE TABLE process_country AS SELECT pid, unnest(list_distinct(string_split(countries, '; '))) AS country FROM process WHERE countries <> ''");
        Do("CREATE TEMP TABLE named AS SELECT pid, unnest(list_distinct(string_split(suppliers, '; '))) AS name FROM process WHERE suppliers <> ''");
        Do("CREATE TABLE supplier AS SELECT CAST(row_number() OVER (ORDER BY n DESC, name) AS INTEGER) AS sid, name FROM (SELECT name, count(*) AS n FROM named GROUP BY name)");
        Do("CREATE TABLE process_supplier AS SELECT n.pid, s.sid FROM named n JOIN supplier s USING (name) ORDER BY n.pid");
        Do("DROP TABLE raw");
        Do("DROP TABLE named");
        Do("CREATE INDEX process_ocid ON process (ocid)");
        var look = PortfolioQueries.Compute(connection, PortfolioFilter.None);
        Do("CREATE TABLE look (json VARCHAR)");
        using (var insert = connection.CreateCommand())
        {
            insert.CommandText = "INSERT INTO look VALUES (?)";
            insert.Parameters.Add(new DuckDBParameter(JsonSerializer.Serialize(look)));
            insert.ExecuteNonQuery();
        }

        Do("CHECKPOINT");
        return look.Processes;
    }

    /// <summary>A text within SQL's quotes: names of files of our own.</summary>
    private static string Quote(string text) => text.Replace("'", "''", StringComparison.Ordinal).ToString(CultureInfo.InvariantCulture);
}
