namespace Palermo.Procurement;

/// <summary>What became of the data that a problem is about.</summary>
public enum ProblemKind
{
    /// <summary>Something of the input could not be read, and what it held was not screened.</summary>
    Lost,

    /// <summary>Something was mended while reading; the process was screened.</summary>
    Mended,

    /// <summary>A file of a folder or archive that holds no procurement data; nothing was lost.</summary>
    Ignored,
}

/// <summary>A problem with the input: where, what was expected and found, how to mend it.</summary>
/// <param name="Kind">Lost or mended.</param>
/// <param name="File">Name of the file; parts of an archive stand behind an exclamation mark.</param>
/// <param name="Line">Line, from 1; 0 if there is none to name.</param>
/// <param name="Offset">Byte offset in the decoded file, from 0.</param>
/// <param name="Ocid">The process, if it could be read.</param>
/// <param name="What">What was expected and what was found.</param>
/// <param name="Mend">How to mend it.</param>
public sealed record ReadProblem(ProblemKind Kind, string File, long Line, long Offset, string Ocid, string What, string Mend)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{File}{(Line > 0 ? $":{Line}" : "")} (byte {Offset}){(Ocid.Length > 0 ? $" {Ocid}" : "")}: {What} {Mend}";
}
