using System.Data;
using DuckDB.NET.Data;

namespace Palermo.Web.Portfolio;

/// <summary>Questions to the table of a run.</summary>
internal static class PortfolioQueries
{
    /// <summary>Rows of a group list.</summary>
    public const int Rows = 15;

    private const int MostJoined = 200_000;

    /// <summary>Sums a selection up.</summary>
    public static PortfolioLook Compute(DuckDBConnection connection, PortfolioFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var table = "process";
        if (!filter.IsNone)
        {
            // Found once, asked nine times.
            table = "sel";
            var (condition, parameters) = filter.Condition();
            Execute(connection, $"CREATE OR REPLACE TEMP TABLE sel AS SELECT pid, year, bid, salience_rank, found, not_judged_bits, partly_bits FROM process WHERE {condition}", parameters);
        }

        var flagged = $"count(*) FILTER (WHERE p.salience_rank >= {PortfolioFilter.Medium})";
        var salience = new long[PortfolioFilter.Ranks.Count];
        foreach (var row in Read(connection, $"SELECT salience_rank, count(*) FROM {table} GROUP BY 1"))
        {
            salience[Convert.ToInt32(row[0], null)] = Convert.ToInt64(row[1], null);
        }

        var indicators = Read(connection, "SELECT id FROM indicator ORDER BY bit").Select(r => (string)r[0]!).ToArray();
        var bits = indicators.Select((_, i) => $"count(*) FILTER (WHERE (found & {1 << i}) <> 0), count(*) FILTER (WHERE (not_judged_bits & {1 << i}) = 0), count(*) FILTER (WHERE (partly_bits & {1 << i}) <> 0 AND (not_judged_bits & {1 << i}) = 0)");
        var reach = Read(connection, $"SELECT {string.Join(", ", bits)} FROM {table}").Single();
        List<PortfolioGroup> Groups(string sql) => [.. Read(connection, sql).Select(r => new PortfolioGroup(r[0]?.ToString() ?? "", r[1]?.ToString() ?? "", Convert.ToInt64(r[2], null), Convert.ToInt64(r[3], null)))];
        const string Counted = "count(*) AS n, count(*) FILTER (WHERE g.flagged) AS f";
        var within = table == "process" ? "" : salience.Sum() < MostJoined ? "SEMI JOIN sel USING (pid)" : Bits();

        // Of a wide selection one bit for each process is asked faster than a table of millions is joined.
        string Bits()
        {
            var most = Convert.ToInt64(Read(connection, "SELECT max(pid) FROM process").Single()[0], null);
            Execute(connection, $"CREATE OR REPLACE TEMP TABLE selected AS SELECT bitstring_agg(pid, 0, {most}) AS bits FROM sel", []);
            return ", selected WHERE get_bit(selected.bits, g.pid) = 1";
        }

        // Goods and sectors are few and counted together: going through the rows takes longer than choosing among sums.
        var subjects = Read(connection, $"SELECT CAST(subject AS VARCHAR), sector, {Counted} FROM process_subject g {within} GROUP BY g.subject, g.sector")
            .Select(r => (IsSector: (bool)r[1]!, Group: new PortfolioGroup((string)r[0]!, "", Convert.ToInt64(r[2], null), Convert.ToInt64(r[3], null)))).OrderByDescending(s => s.Group.Processes).ThenBy(s => s.Group.Id, StringComparer.Ordinal).ToArray();
        IReadOnlyList<PortfolioGroup> Subjects(bool sector) => [.. subjects.Where(s => s.IsSector == sector).Take(Rows).Select(s => s.Group)];
        return new PortfolioLook
        {
            Processes = salience.Sum(),
            Salience = salience,
            Indicators = [.. indicators.Select((id, i) => new IndicatorReach(id, Convert.ToInt64(reach[i * 3], null), Convert.ToInt64(reach[(i * 3) + 1], null), Convert.ToInt64(reach[(i * 3) + 2], null)))],
            Years = Groups($"SELECT year, '', count(*), {flagged} FROM {table} p WHERE year IS NOT NULL GROUP BY 1 ORDER BY 1"),
            Countries = Groups($"SELECT CAST(g.country AS VARCHAR) AS id, '', {Counted} FROM process_country g {within} GROUP BY g.country ORDER BY f DESC, n DESC, id"),
            Goods = Subjects(sector: false),
            Sectors = Subjects(sector: true),
            Buyers = Groups($"SELECT g.bid, b.name, g.n, g.f FROM (SELECT bid, count(*) AS n, {flagged} AS f FROM {table} p WHERE bid IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 2 DESC, 1 LIMIT {Rows}) g JOIN buyer b USING (bid) ORDER BY g.f DESC, g.n DESC, g.bid"),
            Suppliers = Groups($"SELECT g.sid, s.name, g.n, g.f FROM (SELECT g.sid, {Counted} FROM process_supplier g {within} GROUP BY 1 ORDER BY 3 DESC, 2 DESC, 1 LIMIT {Rows}) g JOIN supplier s USING (sid) ORDER BY g.f DESC, g.n DESC, g.sid"),
        };
    }

    /// <summary>What a selection shows: as it was computed when the table was made, if it is one of the widest.</summary>
    public static PortfolioLook Look(DuckDBConnection connection, PortfolioFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Read(connection, "SELECT json FROM look WHERE filter = ?", [new DuckDBParameter(filter.ToString())]).FirstOrDefault() is [string kept] ? System.Text.Json.JsonSerializer.Deserialize<PortfolioLook>(kept)! : Compute(connection, filter);
    }

    /// <summary>A page of processes, the most salient first.</summary>
    public static (long Count, IReadOnlyList<ProcessLine> Rows) Processes(DuckDBConnection connection, PortfolioFilter filter, int page, int size)
    {
        var (condition, parameters) = filter.Condition();
        var count = Convert.ToInt64(Read(connection, $"SELECT count(*) FROM process WHERE {condition}", parameters).Single()[0], null);
        // The page's few rows are found by numbers alone; their texts are read for them only.
        var rows = Read(connection, $"""
            SELECT p.pid, p.ocid, p.date, p.title, b.name, p.value, p.currency, p.salience_rank, p.explanation
            FROM (SELECT pid FROM process WHERE {condition} ORDER BY salience_rank DESC, pid LIMIT {size} OFFSET {(page - 1) * size}) t
            JOIN process p USING (pid) LEFT JOIN buyer b USING (bid) ORDER BY p.salience_rank DESC, p.pid
            """, filter.Condition().Parameters);
        return (count, [.. rows.Select(Line)]);
    }

    /// <summary>A process; null if the run has none with this ocid.</summary>
    public static ProcessDetail? Process(DuckDBConnection connection, string ocid)
    {
        var row = Read(connection, "SELECT p.pid, p.ocid, p.date, p.title, b.name, p.value, p.currency, p.salience_rank, p.explanation, p.bid, p.countries, p.file, p.line, p.not_judged FROM process p LEFT JOIN buyer b USING (bid) WHERE p.ocid = ?", [new DuckDBParameter(ocid)]).FirstOrDefault();
        if (row is null)
        {
            return null;
        }

        var line = Line(row);
        var suppliers = Read(connection, "SELECT s.sid, s.name FROM process_supplier x JOIN supplier s USING (sid) WHERE x.pid = ? ORDER BY s.name", [new DuckDBParameter(line.Pid)]).Select(r => new NamedSupplier(Convert.ToInt32(r[0], null), (string)r[1]!)).ToArray();
        var findings = Read(connection, "SELECT indicator, level_rank, severity, likelihood, subject, country, path, evidence, sentence, question, sources, verified, occurrences FROM finding WHERE pid = ? ORDER BY level_rank DESC, indicator, subject", [new DuckDBParameter(line.Pid)])
            .Select(r => new FindingLine(Text(r[0]), Convert.ToInt32(r[1] ?? 0, null), Text(r[2]), Text(r[3]), Text(r[4]), Text(r[5]), Text(r[6]), Text(r[7]), Text(r[8]), Text(r[9]), Text(r[10]), r[11] is true, Convert.ToInt32(r[12] ?? 1, null))).ToArray();
        return new ProcessDetail(line, row[9] is null ? null : Convert.ToInt32(row[9], null), suppliers, Text(row[10]), Text(row[11]), Convert.ToInt64(row[12], null), Text(row[13]), findings);
    }

    /// <summary>Processes that name a supplier, over its names.</summary>
    public static IReadOnlyList<ProcessLine> OfSupplier(DuckDBConnection connection, IReadOnlyList<string> names, int most) =>
        [.. Read(connection, $"SELECT p.pid, p.ocid, p.date, p.title, b.name, p.value, p.currency, p.salience_rank, p.explanation FROM supplier s JOIN process_supplier x USING (sid) JOIN process p USING (pid) LEFT JOIN buyer b USING (bid) WHERE lower(s.name) IN ({string.Join(", ", names.Select(_ => "lower(?)"))}) ORDER BY p.salience_rank DESC, p.date DESC LIMIT {most}", [.. names.Select(n => new DuckDBParameter(n))]).Select(Line)];

    /// <summary>The selection as rows for a table, the most salient first.</summary>
    public static IEnumerable<object?[]> Export(DuckDBConnection connection, PortfolioFilter filter)
    {
        var (condition, parameters) = filter.Condition();
        return Read(connection, $"SELECT p.ocid, p.date, p.title, b.name, p.suppliers, p.countries, p.value, p.currency, p.salience, p.explanation FROM process p LEFT JOIN buyer b USING (bid) WHERE {condition} ORDER BY p.salience_rank DESC, p.pid", parameters);
    }

    /// <summary>Name of a buyer or a supplier by its number; null if there is none.</summary>
    public static string? NameOf(DuckDBConnection connection, string table, int id) =>
        Read(connection, table == "buyer" ? "SELECT name FROM buyer WHERE bid = ?" : "SELECT name FROM supplier WHERE sid = ?", [new DuckDBParameter(id)]).FirstOrDefault()?[0]?.ToString();

    private static ProcessLine Line(object?[] r) => new(Convert.ToInt32(r[0], null), Text(r[1]), r[2] as DateTime?, Text(r[3]), Text(r[4]), r[5] as double?, Text(r[6]), Convert.ToInt32(r[7], null), Text(r[8]));

    private static string Text(object? value) => value?.ToString() ?? "";

    private static void Execute(DuckDBConnection connection, string sql, IReadOnlyList<DuckDBParameter> parameters)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Conditions are made by PortfolioFilter; what people type is a parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        command.ExecuteNonQuery();
    }

    private static IEnumerable<object?[]> Read(DuckDBConnection connection, string sql, IReadOnlyList<DuckDBParameter>? parameters = null)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.UseStreamingMode = true;
        foreach (var parameter in parameters ?? [])
        {
            command.Parameters.Add(parameter);
        }

        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            yield return row;
        }
    }
}
