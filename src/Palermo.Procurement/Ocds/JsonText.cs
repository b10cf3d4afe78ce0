using System.Text;
using System.Text.Json;

namespace Palermo.Procurement.Ocds;

/// <summary>Reads texts out of a <see cref="JsonCursor"/> without copying them where no escape forces it.</summary>
internal static class JsonText
{
    private static readonly byte[] s_replacement = [0xEF, 0xBF, 0xBD];

    /// <summary>The string, number or boolean at the reader; blank for anything else (which the caller skips).</summary>
    public static Utf8Text Read(ref JsonCursor reader, ArraySegment<byte> json, TextArena arena)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when reader.ValueIsEscaped:
                return arena.Unescape(reader.ValueSpan);
            case JsonTokenType.String:
                var text = reader.ValueSpan;
                var start = json.Offset + reader.TokenStartIndex + 1;
                return text.Length > 0 && (text[0] <= ' ' || text[^1] <= ' ') ? Trim(json.Array!, start, text) : new Utf8Text(json.Array, start, text.Length);
            case JsonTokenType.Number:
                return new Utf8Text(json.Array, json.Offset + reader.TokenStartIndex, reader.ValueSpan.Length);
            default:
                return default;
        }
    }

    /// <summary>Resolves JSON escapes. A lone surrogate becomes U+FFFD: it stands for no character.</summary>
    public static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        var result = new byte[text.Length];
        return result[..Unescape(text, result)];
    }

    /// <summary>The text with its escapes resolved, or as it stands if one is broken: for looking, before anything is read.</summary>
    public static ReadOnlySpan<byte> UnescapeIfWhole(ReadOnlySpan<byte> text)
    {
        try
        {
            return Unescape(text);
        }
        catch (JsonException)
        {
            return text; // whoever reads it says so
        }
    }

    /// <summary>Resolves JSON escapes into a buffer at least as long as the text. Returns the length of the result.</summary>
    /// <exception cref="JsonException">An escape is cut off or has no hexadecimal digits.</exception>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> result)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result[length++] = text[i];
                continue;
            }

            i++;
            switch (text[i])
            {
                case (byte)'n': result[length++] = (byte)'\n'; break;
                case (byte)'t': result[length++] = (byte)'\t'; break;
                case (byte)'r': result[length++] = (byte)'\r'; break;
                case (byte)'b': result[length++] = (byte)'\b'; break;
                case (byte)'f': result[length++] = (byte)'\f'; break;
                case (byte)'u':
                    var unit = Hex(text, i + 1);
                    i += 4;
                    if (char.IsHighSurrogate(unit) && i + 6 < text.Length && text[i + 1] == '\\' && text[i + 2] == 'u' && char.IsLowSurrogate(Hex(text, i + 3)))
                    {
                        length += new Rune(unit, Hex(text, i + 3)).EncodeToUtf8(result[length..]);
                        i += 6;
                    }
                    else if (char.IsSurrogate(unit))
                    {
                        s_replacement.CopyTo(result[length..]);
                        length += 3;
                    }
                    else
                    {
                        length += new Rune(unit).EncodeToUtf8(result[length..]);
                    }

                    break;
                default: result[length++] = text[i]; break;
            }
        }

        return length;
    }

    private static char Hex(ReadOnlySpan<byte> text, int at)
    {
        var value = 0;
        for (var i = at; i < at + 4; i++)
        {
            if (i >= text.Length || !char.IsAsciiHexDigit((char)text[i]))
            {
                throw new JsonException("An escape \\u has no four hexadecimal digits.");
            }

            value = (value << 4) | (text[i] <= '9' ? text[i] - '0' : (text[i] | 0x20) - 'a' + 10);
        }

        return (char)value;
    }

    private static Utf8Text Trim(byte[] json, int start, ReadOnlySpan<byte> text)
    {
        var leading = text.IndexOfAnyExcept(" \t\r\n"u8);
        return leading < 0 ? default : new Utf8Text(json, start + leading, text[leading..].TrimEnd(" \t\r\n"u8).Length);
    }
}
