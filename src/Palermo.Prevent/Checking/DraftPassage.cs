namespace Palermo.Prevent.Checking;

/// <summary>A paragraph of somebody's draft.</summary>
/// <param name="Number">Its place, from 1 on.</param>
/// <param name="Heading">The heading it stands under; blank before the first.</param>
/// <param name="Text">Its words.</param>
/// <param name="Block">Id of the text it was drawn up from; blank if it was written by hand.</param>
/// <param name="IsHeading">True for a heading.</param>
public sealed record DraftPassage(int Number, string Heading, string Text, string Block, bool IsHeading);

/// <summary>A draft as it was read.</summary>
/// <param name="Passages">Paragraphs in order.</param>
/// <param name="OpenPlaces">Fill-ins that still show their placeholder.</param>
/// <param name="Manifest">What it was drawn up from, as JSON; null if it was not drawn up by Palermo.</param>
public sealed record DraftText(IReadOnlyList<DraftPassage> Passages, IReadOnlyList<string> OpenPlaces, string? Manifest);
