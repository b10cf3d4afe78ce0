using System.Text;
using Palermo.Matching;
using Palermo.Matching.Index;
using Sylvan.Data.Csv;

namespace Palermo.Bench.Matching;

/// <summary>The list of the retrieval benchmark as an index.</summary>
internal static class RetrievalList
{
    public static List<(string Id, PartyKind Kind, List<(string, NameStrength)> Names)> Read(string folder)
    {
        var aliases = new Dictionary<string, List<string>>();
        foreach (var row in Rows(Path.Combine(folder, "alt.csv")))
        {
            (aliases.TryGetValue(row[0], out var list) ? list : aliases[row[0]] = []).Add(row[3]);
        }

        return [.. Rows(Path.Combine(folder, "sdn.csv")).Where(r => r.Length > 2).Select(r => (r[0], r[2].Contains("individual", StringComparison.Ordinal) ? PartyKind.Person : PartyKind.Organization,
            aliases.GetValueOrDefault(r[0], []).Select(a => (a, NameStrength.Alias)).Prepend((r[1], NameStrength.Main)).ToList()))];
    }

    public static byte[] Build(IEnumerable<(string Id, PartyKind Kind, List<(string, NameStrength)> Names)> list)
    {
        using var builder = new NameIndexBuilder();
        foreach (var (id, kind, names) in list)
        {
            builder.Add(kind, names, [], Encoding.UTF8.GetBytes(id));
        }

        var stream = new MemoryStream();
        builder.Write(stream, "{}"u8);
        return stream.ToArray();
    }

    private static IEnumerable<string[]> Rows(string path)
    {
        using var csv = CsvDataReader.Create(path, new CsvDataReaderOptions { HasHeaders = false });
        while (csv.Read())
        {
            yield return [.. Enumerable.Range(0, csv.RowFieldCount).Select(i => csv.GetString(i).Trim())];
        }
    }
}
