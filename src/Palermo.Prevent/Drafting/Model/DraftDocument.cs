namespace Palermo.Prevent.Drafting.Model;

/// <summary>What a piece of text is.</summary>
public enum RunKind
{
    /// <summary>Plain words.</summary>
    Text,

    /// <summary>Words that stand out.</summary>
    Strong,

    /// <summary>Words in another language than the document's: <see cref="Run.Name"/> is its code.</summary>
    Foreign,

    /// <summary>An address to follow: <see cref="Run.Name"/>.</summary>
    Link,

    /// <summary>A place that was left open in the text and is filled: <see cref="Run.Name"/> is the fill-in.</summary>
    Filled,

    /// <summary>A place that is still open: the text says what belongs there.</summary>
    Open,

    /// <summary>A place for the answer of a bidder: <see cref="Run.Name"/> is the question.</summary>
    Answer,
}

/// <summary>A piece of text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The words.</param>
/// <param name="Name">Address, fill-in, question or language; blank otherwise.</param>
public readonly record struct Run(RunKind Kind, string Text, string Name = "")
{
    /// <summary>Plain words.</summary>
    public static implicit operator Run(string text) => new(RunKind.Text, text);

    /// <summary>Plain words.</summary>
    public static Run FromString(string text) => text;
}

/// <summary>What a passage rests on: it travels with the text, so that a reader, or a program, can find its way back.</summary>
/// <param name="Block">Id of the text.</param>
/// <param name="Provisions">Ids of the provisions that ask for it; none if the risk alone does.</param>
public sealed record DraftTag(string Block, IReadOnlyList<string> Provisions);

/// <summary>A part of a document.</summary>
/// <param name="Tag">What it rests on; null if nothing needs to be known.</param>
public abstract record DraftBlock(DraftTag? Tag);

/// <summary>A heading.</summary>
/// <param name="Level">1 to 3.</param>
/// <param name="Number">Number as shown; blank if none.</param>
/// <param name="Text">The words.</param>
/// <param name="Tag">What it heads.</param>
public sealed record DraftHeading(int Level, string Number, string Text, DraftTag? Tag = null) : DraftBlock(Tag);

/// <summary>A paragraph.</summary>
/// <param name="Number">Number as shown; blank if none.</param>
/// <param name="Runs">Pieces of text.</param>
/// <param name="Tag">What it rests on.</param>
/// <param name="IsNote">True for a remark in small type.</param>
public sealed record DraftParagraph(string Number, IReadOnlyList<Run> Runs, DraftTag? Tag = null, bool IsNote = false) : DraftBlock(Tag);

/// <summary>A list of points.</summary>
/// <param name="Points">Points.</param>
/// <param name="Tag">What it rests on.</param>
public sealed record DraftPoints(IReadOnlyList<IReadOnlyList<Run>> Points, DraftTag? Tag = null) : DraftBlock(Tag);

/// <summary>A table.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Cells, row by row; each row has a cell for each column.</param>
/// <param name="Widths">Share of the width of each column, in per cent.</param>
/// <param name="Tag">What it rests on.</param>
public sealed record DraftTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<IReadOnlyList<Run>>> Rows, IReadOnlyList<int> Widths, DraftTag? Tag = null) : DraftBlock(Tag);

/// <summary>What follows begins on a new page.</summary>
public sealed record DraftPageBreak() : DraftBlock((DraftTag?)null);

/// <summary>A document before it is set in a format.</summary>
/// <param name="Id">File name without extension.</param>
/// <param name="Title">Title.</param>
/// <param name="Subtitle">Line below the title.</param>
/// <param name="Language">ISO 639-1 code.</param>
/// <param name="Footer">Line at the foot of each page.</param>
/// <param name="Blocks">Its parts.</param>
public sealed record DraftDocument(string Id, string Title, string Subtitle, string Language, string Footer, IReadOnlyList<DraftBlock> Blocks);
