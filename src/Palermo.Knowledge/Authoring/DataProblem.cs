namespace Palermo.Knowledge.Authoring;

/// <summary>A mistake in data/.</summary>
/// <param name="File">The file, relative to data/.</param>
/// <param name="Line">Line in the file; the header is line 1.</param>
/// <param name="What">What was expected and what was found.</param>
/// <param name="Mend">How to mend it.</param>
public sealed record DataProblem(string File, int Line, string What, string Mend)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}({Line}): {What} {Mend}";
}
