using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Espd;
using Palermo.Knowledge.Json;
using Palermo.Knowledge.Rules;

namespace Palermo.Knowledge.Authoring;

/// <summary>The texts of data/clauses, read and checked together with their tables.</summary>
internal static class ClauseFolder
{
    /// <summary>True for a file of texts, by its path relative to data/.</summary>
    public static bool IsText(string file) => file.StartsWith("clauses/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal);

    private static IReadOnlyList<DataProblem> CheckEspd(string folder)
    {
        const string file = "espd/4.1.0.json";
        var problems = new Problems(file);
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            problems.Add(1, "The file is missing.", "Put it back.");
        }
        else if (EspdModel.Parse(File.ReadAllBytes(path), problems) is { } model && model.Criteria.Count(c => c.IsMandatory) != 8)
        {
            problems.Add(1, "A request has eight mandatory criteria.", "Mark the grounds of part III A and B as mandatory.");
        }

        return problems.All;
    }

    /// <summary>What is wrong with the texts; none if they can be used.</summary>
    public static IReadOnlyList<DataProblem> Check(string folder, IReadOnlyList<DataTable> tables, MeasureList measures, FactList facts)
    {
        IEnumerable<(string, string)> Ids(string table, string kind) => tables.First(t => t.Name == table) is var rows ? Enumerable.Range(0, rows.Count).Select(r => (kind, rows[r, "id"])) : [];
        var files = Directory.EnumerateFiles(Path.Combine(folder, "clauses"), "*.md", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal)
            .Select(f => (f, File.ReadAllText(Path.Combine(folder, f))));
        var (library, problems) = ClauseLibrary.Read(tables, files);
        problems.AddRange(CheckEspd(folder));
        return problems.Count > 0 ? problems : ClauseChecks.Check(library, measures, [.. Ids("goods/goods", "good"), .. Ids("sectors/sectors", "sector"), .. facts.All.Select(f => ("fact", f.Name))]);
    }
}
