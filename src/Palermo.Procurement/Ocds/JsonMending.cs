using System.Text.Json;
using Palermo.Procurement.Framing;

namespace Palermo.Procurement.Ocds;

/// <summary>Second reading of JSON that is not quite JSON, and the place where it breaks.</summary>
internal static class JsonMending
{
    /// <summary>Deeper nesting is no procurement data.</summary>
    public const int MaxDepth = 256;

    public static JsonReaderOptions Lenient => new() { MaxDepth = MaxDepth, AllowMultipleValues = true, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The text with raw control characters within strings turned into blanks.</summary>
    public static byte[] WithoutControls(ReadOnlySpan<byte> json)
    {
        var mended = json.ToArray();
        for (var i = 0; i < mended.Length; i++)
        {
            // Between tokens the four blanks of JSON are control characters too, and a blank does for each of them.
            if (mended[i] < 0x20)
            {
                mended[i] = (byte)' ';
            }
        }

        return mended;
    }

    /// <summary>Where in the file the exception points to.</summary>
    public static (long Line, long Offset) Place(JsonException e, Unit unit)
    {
        var line = e.LineNumber ?? 0;
        var json = unit.Json.Span;
        var start = 0;
        for (var i = 0L; i < line; i++)
        {
            var newline = json[start..].IndexOf((byte)'\n');
            if (newline < 0)
            {
                break;
            }

            start += newline + 1;
        }

        return (unit.Line + line, unit.Offset + start + (e.BytePositionInLine ?? 0));
    }

    /// <summary>True for what System.Text.Json throws over a key or text with half of a surrogate pair: a fault of the data, not of the program.</summary>
    public static bool IsHalfSurrogate(InvalidOperationException e) => e.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true;

    /// <summary>What the exception says, without the position it repeats.</summary>
    public static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = end < 0 ? e.Message : e.Message[..end];
        end = reason.IndexOf(" Change the reader options", StringComparison.Ordinal);
        return end < 0 ? reason : reason[..end];
    }
}
