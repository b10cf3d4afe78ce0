using Palermo.Procurement.Tables;

namespace Palermo.Procurement;

/// <summary>How to read.</summary>
public sealed record ReadOptions
{
    /// <summary>True if the input is declared to be ISO-8859-1.</summary>
    public bool Latin1 { get; init; }

    /// <summary>What is said about tables (CSV, XLSX).</summary>
    public TableMapping Tables { get; init; } = TableMapping.None;

    /// <summary>Threads used by <see cref="ProcessSource.Index"/>.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Files up to this size are hashed with SHA-256, larger ones with XXH128, which costs nothing beside reading them.</summary>
    public long Sha256UpTo { get; init; } = 256L << 20;

    /// <summary>Bytes of processes published in pieces that are kept in memory; the rest lies on disk.</summary>
    public long GroupBudget { get; init; } = 32L << 20;

    /// <summary>What to call standard input.</summary>
    public string StandardInputName { get; init; } = "standard input";

    /// <summary>Opens standard input for the name <c>-</c>.</summary>
    public Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;
}

/// <summary>A file that was read.</summary>
/// <param name="Name">Name shown to people.</param>
/// <param name="Bytes">Size on disk.</param>
/// <param name="Algorithm"><c>sha256</c> or <c>xxh128</c>.</param>
/// <param name="Hash">Hash of the file on disk, hexadecimal; blank if it could not be read.</param>
public sealed record InputRecord(string Name, long Bytes, string Algorithm, string Hash);
