using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Rules;

namespace Palermo.Knowledge.Authoring;

/// <summary>The texts of data/clauses, read and checked together with their tables.</summary>
internal static class ClauseFolder
{
    /// <summary>True for a file of texts, by its path relative to data/.</summary>
    public static bool IsText(string file) => file.StartsWith("clauses/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal);

    /// <summary>What is wrong with the texts; none if they can be used.</summary>
    public static IReadOnlyList<DataProblem> Check(string folder, IReadOnlyList<DataTable> tables, MeasureList measures)
    {
        var files = Directory.EnumerateFiles(Path.Combine(folder, "clauses"), "*.md", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal)
            .Select(f => (f, File.ReadAllText(Path.Combine(folder, f))));
        var (library, problems) = ClauseLibrary.Read(tables, files);
        return problems.Count > 0 ? problems : ClauseChecks.Check(library, measures);
    }
}
