using Palermo.Knowledge.Words;

namespace Palermo.Identify.Recognition;

/// <summary>
/// Tells what a text buys from what the thing is for or made with: a lock for a wooden door is no timber, a bread
/// machine no bread, a tender for uniforms is one of uniforms. Asked for the matches of a text in their order.
/// </summary>
internal struct Bought
{
    private bool _purpose;
    private int _buyingEnds;
    private int _headEnds;

    /// <summary>True if the match is of the kind, and nothing beside it says that it is not what is bought. A service "for cleaning" is cleaning.</summary>
    public bool Is(WordKind kind, ReadOnlySpan<WordMatch> matches, int at)
    {
        ref readonly var match = ref matches[at];
        switch (match.Kind)
        {
            case WordKind.Purpose:
                _purpose |= match.FirstWord > _buyingEnds;
                return false;
            case WordKind.Acquisition:
                (_purpose, _buyingEnds) = (false, match.LastWord + 1);
                return false;
            case WordKind.HeadBefore:
                _headEnds = match.LastWord + 1;
                return false;
            default:
                return match.Kind == kind && (!_purpose || kind == WordKind.Sector) && (_headEnds == 0 || match.FirstWord != _headEnds) && !IsBeforeHead(matches, at);
        }
    }

    private static bool IsBeforeHead(ReadOnlySpan<WordMatch> matches, int at)
    {
        var next = matches[at].LastWord + 1;
        while (++at < matches.Length && matches[at].FirstWord <= next)
        {
            if (matches[at].Kind == WordKind.HeadAfter && matches[at].FirstWord == next)
            {
                return true;
            }
        }

        return false;
    }
}
