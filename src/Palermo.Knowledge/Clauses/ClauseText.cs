namespace Palermo.Knowledge.Clauses;

/// <summary>A paragraph of a text, or a point of a list.</summary>
/// <param name="IsPoint">True for a point of a list.</param>
/// <param name="Text">The words; <c>{name}</c> stands for a fill-in.</param>
public readonly record struct TextPart(bool IsPoint, string Text);

/// <summary>A text in one language.</summary>
/// <param name="Id">Id of the block, question or entry it belongs to.</param>
/// <param name="Title">Title.</param>
/// <param name="Main">What it says.</param>
/// <param name="Buyer">What the buyer takes on beside the supplier; none if nothing.</param>
/// <param name="Light">The short form for low risk and low value; none if there is no shorter one.</param>
/// <param name="File">File, relative to data/.</param>
/// <param name="Line">Line of its heading.</param>
public sealed record ClauseText(string Id, string Title, IReadOnlyList<TextPart> Main, IReadOnlyList<TextPart> Buyer, IReadOnlyList<TextPart> Light, string File, int Line)
{
    /// <summary>Names of the fill-ins of some parts, in order of appearance, each once.</summary>
    public static IEnumerable<string> FillIns(IEnumerable<TextPart> parts) => parts.SelectMany(p => Holes(p.Text).Where(h => h.IsHole).Select(h => h.Text)).Distinct(StringComparer.Ordinal);

    /// <summary>A text cut at its fill-ins.</summary>
    /// <returns>Pieces in order: words as they are, or the name of a fill-in.</returns>
    public static IEnumerable<(bool IsHole, string Text)> Holes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0)
            {
                yield return (false, text[at..]);
                yield break;
            }

            if (open > at)
            {
                yield return (false, text[at..open]);
            }

            yield return (true, text[(open + 1)..close]);
            at = close + 1;
        }
    }
}
