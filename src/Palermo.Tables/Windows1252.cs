using System.Buffers;
using System.Text;

namespace Palermo.Tables;

/// <summary>Reads bytes that are not UTF-8 as Windows-1252, the usual cause.</summary>
public static class Windows1252
{
    // 0x80–0x9F; the rest is ISO-8859-1. The five that are not assigned become U+FFFD.
    private const string High = "\u20AC\uFFFD\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\uFFFD\u017D\uFFFD\uFFFD\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\uFFFD\u017E\u0178";

    /// <summary>Writes one byte as UTF-8; returns how many bytes that took (three at most).</summary>
    public static int Write(byte b, Span<byte> utf8) =>
        new Rune(b is >= 0x80 and < 0xA0 ? High[b - 0x80] : (char)b).EncodeToUtf8(utf8);

    /// <summary>Keeps what is UTF-8 and reads every other byte as Windows-1252.</summary>
    public static byte[] Mend(ReadOnlySpan<byte> text)
    {
        var mended = new byte[text.Length * 3];
        var length = 0;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out _, out var used) == OperationStatus.Done)
            {
                text[..used].CopyTo(mended.AsSpan(length));
                length += used;
            }
            else
            {
                used = 1;
                length += Write(text[0], mended.AsSpan(length));
            }

            text = text[used..];
        }

        return mended[..length];
    }
}
