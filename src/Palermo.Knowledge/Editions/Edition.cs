namespace Palermo.Knowledge.Editions;

/// <summary>An edition kept in a store.</summary>
/// <param name="Kind">What list it is of.</param>
/// <param name="Date">The date of the edition: from then on it counts.</param>
/// <param name="Sha256">SHA-256 of the file it was read from.</param>
/// <param name="File">Name of that file.</param>
/// <param name="Imported">When it was imported.</param>
/// <param name="Rows">Number of rows.</param>
public sealed record Edition(EditionKind Kind, DateOnly Date, string Sha256, string File, DateTimeOffset Imported, int Rows)
{
    /// <summary>Id of the edition as a source.</summary>
    public string SourceId => $"{Kind.Id}-{Date:yyyy-MM-dd}";
}
