using DuckDB.NET.Data;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Palermo.Identify;

namespace Palermo.Web.Portfolio;

/// <summary>What somebody wants to see of a run. It stands in the address, and goes into queries as parameters only.</summary>
public sealed record PortfolioFilter
{
    /// <summary>Salience from which a process counts as "to look at first".</summary>
    public const int Medium = (int)Level.Medium;

    private const int LongestWords = 100;
    private static readonly string[] s_ranks = [.. Enum.GetNames<Level>().Select(l => l.ToLowerInvariant())];

    /// <summary>Everything.</summary>
    public static PortfolioFilter None { get; } = new();

    /// <summary>Words in the title.</summary>
    public string Words { get; init; } = "";

    /// <summary>Least salience; null for any.</summary>
    public int? Salience { get; init; }

    /// <summary>With a finding of this indicator.</summary>
    public string Indicator { get; init; } = "";

    /// <summary>With a finding on this good, sector or measure.</summary>
    public string Subject { get; init; } = "";

    /// <summary>With a party or delivery in this country.</summary>
    public string Country { get; init; } = "";

    /// <summary>Of this year.</summary>
    public int? Year { get; init; }

    /// <summary>Of this buyer, by number.</summary>
    public int? Buyer { get; init; }

    /// <summary>With this supplier, by number.</summary>
    public int? Supplier { get; init; }

    /// <summary>Whether it lets everything through.</summary>
    public bool IsNone => this == None;

    /// <summary>Levels of salience, by rank.</summary>
    public static IReadOnlyList<string> Ranks => s_ranks;

    /// <summary>Reads an address; what is no filter is left out.</summary>
    public static PortfolioFilter Read(IEnumerable<KeyValuePair<string, StringValues>> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var given = query.ToDictionary(q => q.Key, q => q.Value.ToString().Trim(), StringComparer.Ordinal);
        string Text(string name) => given.GetValueOrDefault(name, "") is var text && text.Length > LongestWords ? text[..LongestWords] : text;
        int? Number(string name) => int.TryParse(Text(name), out var number) && number > 0 ? number : null;
        return new PortfolioFilter
        {
            Words = Text("q"),
            Salience = Array.IndexOf(s_ranks, Text("salience")) is > 0 and var rank ? rank : null,
            Indicator = PortfolioBuilder.Indicators.Contains(Text("indicator")) ? Text("indicator") : "",
            Subject = Text("subject"),
            Country = Text("country").ToUpperInvariant(),
            Year = Number("year"),
            Buyer = Number("buyer"),
            Supplier = Number("supplier"),
        };
    }

    /// <summary>The filter as a query, with its question mark; empty if it lets everything through.</summary>
    public override string ToString() => QueryHelpers.AddQueryString("", Fields().Where(f => f.Value.Length > 0).Select(f => KeyValuePair.Create(f.Name, (string?)f.Value)));

    /// <summary>Its fields as texts, empty where nothing is asked.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        yield return ("q", Words);
        yield return ("salience", Salience is { } rank ? s_ranks[rank] : "");
        yield return ("indicator", Indicator);
        yield return ("subject", Subject);
        yield return ("country", Country);
        yield return ("year", $"{Year}");
        yield return ("buyer", $"{Buyer}");
        yield return ("supplier", $"{Supplier}");
    }

    /// <summary>The condition on <c>process</c>, and its parameters in order.</summary>
    internal (string Sql, IReadOnlyList<DuckDBParameter> Parameters) Condition()
    {
        var parts = new List<string>();
        var parameters = new List<DuckDBParameter>();
        void Add(bool given, string sql, params object[] values)
        {
            if (given)
            {
                parts.Add(sql);
                parameters.AddRange(values.Select(v => new DuckDBParameter(v)));
            }
        }

        Add(Salience is not null, "salience_rank >= ?", Salience ?? 0);
        Add(Year is not null, "year = ?", Year ?? 0);
        Add(Buyer is not null, "bid = ?", Buyer ?? 0);
        Add(Indicator.Length > 0 && Subject.Length == 0, "(found & (SELECT 1 << bit FROM indicator WHERE id = ?)) <> 0", Indicator);
        Add(Subject.Length > 0 && Indicator.Length == 0, "pid IN (SELECT pid FROM process_subject WHERE CAST(subject AS VARCHAR) = ? UNION ALL SELECT pid FROM finding WHERE subject = ? AND indicator NOT IN ('listed-good', 'downstream-good', 'high-risk-sector'))", Subject, Subject);
        Add(Subject.Length > 0 && Indicator.Length > 0, "pid IN (SELECT pid FROM finding WHERE subject = ? AND indicator = ?)", Subject, Indicator);
        Add(Country.Length > 0, "pid IN (SELECT pid FROM process_country WHERE CAST(country AS VARCHAR) = ?)", Country);
        Add(Supplier is not null, "pid IN (SELECT pid FROM process_supplier WHERE sid = ?)", Supplier ?? 0);
        Add(Words.Length > 0, "contains(words, lower(?))", Words);
        return (parts.Count == 0 ? "true" : string.Join(" AND ", parts), parameters);
    }
}
