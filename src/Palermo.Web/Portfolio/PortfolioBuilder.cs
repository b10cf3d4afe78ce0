using System.Text.Json;
using DuckDB.NET.Data;
using Palermo.Identify;

namespace Palermo.Web.Portfolio;

/// <summary>
/// Makes of findings (docs/schemas/findings-parquet.md) the table that is explored: a row a process with its judgements as
/// bits, findings beside it in the same order, buyers and suppliers as numbers. What an unfiltered look shows is computed
/// once and kept in it.
/// </summary>
internal static class PortfolioBuilder
{
    /// <summary>Indicators. A table says itself which bit is whose: a later program may know more.</summary>
    public static readonly string[] Indicators = [.. Screener.IndicatorsOf(withLists: true, []).Select(i => i.Id)];

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
        Do($"CREATE TABLE indicator AS SELECT * FROM (VALUES {string.Join(", ", Indicators.Select((indicator, i) => $"({i}, '{indicator}')"))}) t(bit, id)");
        // The rows of a process stand together, its first row first.
        Do($"CREATE TEMP TABLE raw AS SELECT CAST(sum(CAST(first AS INT)) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS INTEGER) AS pid, * FROM read_parquet('{Quote(findings)}')");
        Do("""
            CREATE TABLE finding AS SELECT pid, indicator, subject, coalesce(country, '') AS country, CAST(level_rank AS TINYINT) AS level_rank, level, severity, likelihood, path, evidence, sentence, question, sources, verified, occurrences
            FROM raw WHERE indicator IS NOT NULL
            """);
        Do("CREATE TABLE buyer AS SELECT CAST(row_number() OVER (ORDER BY n DESC, key) AS INTEGER) AS bid, key, name FROM (SELECT coalesce(nullif(buyer_id, ''), nullif(buyer_name, '')) AS key, any_value(buyer_name) AS name, count(*) AS n FROM raw WHERE first GROUP BY 1) WHERE key IS NOT NULL");
        Do($"""
            CREATE TABLE process AS SELECT r.pid, r.ocid, r.date, CAST(year(r.date) AS SMALLINT) AS year, r.title, lower(r.title) AS words, b.bid, r.value, r.currency, CAST(r.salience_rank AS TINYINT) AS salience_rank, r.salience, r.explanation, r.countries, r.suppliers, r.file, r.line, r.not_judged,
              CAST(coalesce(f.found, 0) AS SMALLINT) AS found, CAST({Bits("r.not_judged")} AS SMALLINT) AS not_judged_bits, CAST({Bits("r.judged_in_part")} AS SMALLINT) AS partly_bits
            FROM raw r LEFT JOIN buyer b ON b.key = coalesce(nullif(r.buyer_id, ''), nullif(r.buyer_name, ''))
            LEFT JOIN (SELECT pid, bit_or(CASE indicator {string.Join(' ', Indicators.Select((indicator, i) => $"WHEN '{indicator}' THEN {1 << i}"))} ELSE 0 END) AS found FROM finding GROUP BY pid) f ON f.pid = r.pid
            WHERE r.first ORDER BY r.pid
            """);
        // Groups carry what is counted of them, so that a count needs no join; words of few values are numbers inside.
        var flagged = $"salience_rank >= {PortfolioFilter.Medium} AS flagged";
        Do($"CREATE TEMP TABLE placed AS SELECT pid, unnest(list_distinct(string_split(countries, '; '))) AS country, {flagged} FROM process WHERE countries <> ''");
        Do("CREATE TYPE country_code AS ENUM (SELECT DISTINCT country FROM placed)");
        Do("CREATE TABLE process_country AS SELECT pid, CAST(country AS country_code) AS country, flagged FROM placed ORDER BY pid");
        Do("CREATE TYPE subject_id AS ENUM (SELECT DISTINCT subject FROM finding WHERE subject IS NOT NULL)");
        Do($"CREATE TABLE process_subject AS SELECT DISTINCT f.pid, CAST(f.subject AS subject_id) AS subject, f.indicator = 'high-risk-sector' AS sector, {flagged} FROM finding f JOIN process USING (pid) WHERE f.indicator IN ('listed-good', 'downstream-good', 'high-risk-sector') ORDER BY f.pid");
        Do($"CREATE TEMP TABLE named AS SELECT pid, unnest(list_distinct(string_split(suppliers, '; '))) AS name, {flagged} FROM process WHERE suppliers <> ''");
        Do("CREATE TABLE supplier AS SELECT CAST(row_number() OVER (ORDER BY n DESC, name) AS INTEGER) AS sid, name FROM (SELECT name, count(*) AS n FROM named GROUP BY name)");
        Do("CREATE TABLE process_supplier AS SELECT n.pid, s.sid, n.flagged FROM named n JOIN supplier s USING (name) ORDER BY n.pid");
        Do("DROP TABLE raw");
        Do("DROP TABLE named");
        Do("DROP TABLE placed");
        Do("CREATE INDEX process_ocid ON process (ocid)");
        Do("CREATE TABLE look (filter VARCHAR, json VARCHAR)");
        var processes = 0L;
        // The widest selections are the slowest to sum up and those most looked at.
        foreach (var filter in new[] { PortfolioFilter.None }.Concat(Enumerable.Range(2, PortfolioFilter.Ranks.Count - 2).Select(rank => PortfolioFilter.None with { Salience = rank })))
        {
            cancel.ThrowIfCancellationRequested();
            var look = PortfolioQueries.Compute(connection, filter);
            processes = Math.Max(processes, look.Processes);
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO look VALUES (?, ?)";
            insert.Parameters.Add(new DuckDBParameter(filter.ToString()));
            insert.Parameters.Add(new DuckDBParameter(JsonSerializer.Serialize(look)));
            insert.ExecuteNonQuery();
        }

        Do("CHECKPOINT");
        return processes;
    }

    /// <summary>A text within SQL's quotes: names of files of our own.</summary>
    private static string Quote(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
