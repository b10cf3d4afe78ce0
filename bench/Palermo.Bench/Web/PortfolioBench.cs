using System.Diagnostics;
using DuckDB.NET.Data;
using Palermo.Web.Portfolio;

namespace Palermo.Bench.Web;

/// <summary>How long a filter of the portfolio takes on a nation's worth of processes: findings of a real screening, as many times over as asked, with buyers and suppliers of their own.</summary>
internal static class PortfolioBench
{
    public static void Run(string findings, int times, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("palermo-portfolio-").FullName;
        try
        {
            var many = Path.Combine(folder, "many.parquet");
            using (var connection = new DuckDBConnection("Data Source=:memory:"))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = $"""
                    COPY (SELECT f.* REPLACE (f.ocid || '-' || r.n AS ocid, f.buyer_name || ' ' || (r.n % 40) AS buyer_name, f.buyer_id || '-' || (r.n % 40) AS buyer_id, f.suppliers || ' ' || (r.n % 200) AS suppliers, f.date - to_years(CAST(r.n % 12 AS INT)) AS date)
                    FROM range({times}) r(n), '{findings}' f) TO '{many}' (FORMAT parquet, ROW_GROUP_SIZE 50000)
                    """;
                command.ExecuteNonQuery();
            }

            var database = Path.Combine(folder, "portfolio.duckdb");
            var watch = Stopwatch.StartNew();
            var processes = PortfolioBuilder.Build(many, database, CancellationToken.None);
            Console.WriteLine($"{processes:N0} processes, findings {new FileInfo(many).Length >> 20} MiB, table {new FileInfo(database).Length >> 20} MiB, built in {watch.Elapsed.TotalSeconds:F1} s");
            using var table = new DuckDBConnection($"Data Source={database};ACCESS_MODE=READ_ONLY");
            table.Open();
            Time("first look (unfiltered)", rounds, () => PortfolioQueries.Look(table, PortfolioFilter.None));
            var look = PortfolioQueries.Look(table, PortfolioFilter.None);
            foreach (var (name, filter) in new (string, PortfolioFilter)[]
            {
                ("salience medium or more", new() { Salience = 4 }),
                ("salience hint or more", new() { Salience = 2 }),
                ("an indicator", new() { Indicator = "listed-good" }),
                ("a good", new() { Subject = look.Goods[0].Id }),
                ("a sector", new() { Subject = look.Sectors[0].Id }),
                ("a country", new() { Country = look.Countries[0].Id }),
                ("a year", new() { Year = int.Parse(look.Years[^1].Id, null) }),
                ("a buyer", new() { Buyer = 1 }),
                ("a supplier", new() { Supplier = 1 }),
                ("words in the title", new() { Words = "a" }),
                ("a country, a year, an indicator", new() { Country = look.Countries[0].Id, Year = int.Parse(look.Years[^1].Id, null), Indicator = "listed-good" }),
            })
            {
                var found = Time($"filter: {name}", rounds, () => PortfolioQueries.Look(table, filter));
                Console.WriteLine($"      {found.Processes:N0} processes");
                Time("  its list", rounds, () => PortfolioQueries.Processes(table, filter, 1, 25));
            }

            var line = PortfolioQueries.Processes(table, PortfolioFilter.None, 1, 25).Rows[^1];
            Time("a process with its evidence", rounds, () => PortfolioQueries.Process(table, line.Ocid));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static T Time<T>(string name, int rounds, Func<T> ask)
    {
        var result = ask();
        var times = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            result = ask();
            times[i] = watch.Elapsed.TotalMilliseconds;
        }

        Array.Sort(times);
        Console.WriteLine($"{name,-45} median {times[rounds / 2],8:F0} ms  worst {times[^1],8:F0} ms");
        return result;
    }
}
