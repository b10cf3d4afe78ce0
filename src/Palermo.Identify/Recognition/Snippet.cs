using System.Text;

namespace Palermo.Identify.Recognition;

/// <summary>Cuts the words around a place out of a text, so that a reviewer sees why.</summary>
internal static class Snippet
{
    private const int Around = 40;

    public static string Of(ReadOnlySpan<byte> text, int start, int end)
    {
        var from = start <= Around ? 0 : WordStart(text, start - Around);
        var to = text.Length - end <= Around ? text.Length : WordEnd(text, end + Around);
        var words = Encoding.UTF8.GetString(text[from..to]);
        if (words.AsSpan().ContainsAny('\n', '\r', '\t'))
        {
            words = words.ReplaceLineEndings(" ").Replace('\t', ' ');
        }

        return $"{(from > 0 ? "…" : "")}{words.Trim()}{(to < text.Length ? "…" : "")}";
    }

    private static int WordStart(ReadOnlySpan<byte> text, int at)
    {
        var blank = text[at..].IndexOf((byte)' ');
        return blank is >= 0 and < Around ? at + blank + 1 : CharStart(text, at);
    }

    private static int WordEnd(ReadOnlySpan<byte> text, int at)
    {
        var blank = text[..at].LastIndexOf((byte)' ');
        return blank >= 0 && at - blank < Around ? blank : CharStart(text, at);
    }

    private static int CharStart(ReadOnlySpan<byte> text, int at)
    {
        while (at > 0 && (text[at] & 0xC0) == 0x80)
        {
            at--;
        }

        return at;
    }
}
