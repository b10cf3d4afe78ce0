namespace Palermo.Procurement;

/// <summary>How to read.</summary>
public sealed record ReadOptions
{
    /// <summary>True if the input is declared to be ISO-8859-1.</summary>
    public bool Latin1 { get; init; }

    /// <summary>Threads used by <see cref="ProcessSource.Index"/>.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Bytes of processes published in pieces that are kept in memory; the rest lies on disk.</summary>
    public long GroupBudget { get; init; } = 96L << 20;

    /// <summary>What to call standard input.</summary>
    public string StandardInputName { get; init; } = "standard input";

    /// <summary>Opens standard input for the name <c>-</c>.</summary>
    public Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;
}

/// <summary>A file that was read.</summary>
/// <param name="Name">Name shown to people.</param>
/// <param name="Bytes">Size on disk.</param>
/// <param name="Sha256">SHA-256 of the file on disk, hexadecimal.</param>
public sealed record InputRecord(string Name, long Bytes, string Sha256);
