using Palermo.Web.Hosting;

namespace Palermo.Web.Portfolio;

/// <summary>Where a run lies: its input, its results as Parquet, and the table that is explored. On several nodes the data folder is shared.</summary>
internal sealed class RunFolder(WorkspaceSettings settings, Guid id)
{
    /// <summary>The folder.</summary>
    public string Path => System.IO.Path.Combine(settings.Data, "runs", id.ToString());

    /// <summary>The file that was brought.</summary>
    public string Input(string source) => System.IO.Path.Combine(Path, "input", SafeName(source));

    /// <summary>Results as Parquet (docs/schemas/findings-parquet.md).</summary>
    public string Findings => System.IO.Path.Combine(Path, "result", "findings.parquet");

    /// <summary>Record of the run.</summary>
    public string Record => System.IO.Path.Combine(Path, "result", "run.json");

    /// <summary>What was lost or mended in the data.</summary>
    public string Problems => System.IO.Path.Combine(Path, "result", "problems.jsonl");

    /// <summary>The table that is explored.</summary>
    public string Database => System.IO.Path.Combine(Path, "result", "portfolio.duckdb");

    /// <summary>A name without anything that could lead out of the folder; its endings say how it is read.</summary>
    public static string SafeName(string name)
    {
        var plain = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]).TrimStart('.');
        return plain.Length == 0 ? "data" : plain.Length > 100 ? plain[^100..] : plain;
    }
}
