using System.Buffers;
using System.Text;

namespace Palermo.Knowledge.Words;

/// <summary>
/// Reduces text to a form in which spelling variants are equal: lower case, no accents, Cyrillic letters
/// transliterated to Latin ones, everything that is neither letter nor digit a single space.
/// </summary>
public static class Folding
{
    /// <summary>Stands for a letter of a script that is not folded (Han, Arabic, Greek …); no keyword contains it.</summary>
    internal const byte OtherLetter = (byte)'?';
    private const byte Separator = 0;
    private const byte Multi = 1;
    private static readonly byte[] s_ascii = BuildAscii();
    private static readonly (byte[]? Letters, bool Cyrillic)[] s_wide = BuildWide();
    // The same for letters of two bytes: up to four letters, then their number, then 1 for Cyrillic; 0 if it is no such letter.
    private static readonly ulong[] s_packed = [.. s_wide.Take(0x800).Select(Pack)];

    /// <summary>Folds a text.</summary>
    public static string Fold(string text)
    {
        var folded = new FoldedText();
        folded.Set(Encoding.UTF8.GetBytes(text));
        return Encoding.ASCII.GetString(folded.Text);
    }

    internal static void Fold(ReadOnlySpan<byte> utf8, FoldedText into)
    {
        into.Reset(utf8.Length);
        var i = 0;
        while (i < utf8.Length)
        {
            var b = utf8[i];
            if (b < 0x80)
            {
                if (s_ascii[b] > Multi)
                {
                    i = into.AsciiLetters(utf8, i);
                    continue;
                }

                if (b != '\'' || !into.JoinsApostrophe)
                {
                    into.EndWord(i);
                }

                i++;
                continue;
            }

            if (b is >= 0xC2 and < 0xE0 && i + 1 < utf8.Length && (utf8[i + 1] & 0xC0) == 0x80)
            {
                // Most letters with accents, and Cyrillic.
                var value = ((b & 31) << 6) | (utf8[i + 1] & 63);
                if (s_packed[value] is var packed and not 0)
                {
                    into.Letters(packed, i);
                }
                else
                {
                    FoldWide(value, i, into);
                }

                i += 2;
                continue;
            }

            if (Rune.DecodeFromUtf8(utf8[i..], out var rune, out var used) != OperationStatus.Done)
            {
                into.EndWord(i);
                i += used;
                continue;
            }

            FoldWide(rune.Value, i, into);
            i += used;
        }

        into.EndWord(utf8.Length);
    }

    private static void FoldWide(int value, int at, FoldedText into)
    {
        if (value is >= 0xFF01 and <= 0xFF5E)
        {
            value -= 0xFEE0; // full-width forms of ASCII
            var folded = s_ascii[value];
            if (folded > Multi)
            {
                into.Letter(folded, at);
            }
            else
            {
                into.EndWord(at);
            }

            return;
        }

        if (value < s_wide.Length && s_wide[value].Letters is { } letters)
        {
            into.Script(s_wide[value].Cyrillic, at);
            foreach (var letter in letters)
            {
                into.Letter(letter, at);
            }

            return;
        }

        if (value is >= 0x300 and <= 0x36F or 0xAD or 0x200B or 0x200C or 0x200D or 0xFEFF)
        {
            return; // combining marks, soft hyphens and joiners belong to the word around them
        }

        if (value is 0x2019 or 0x2BC && into.JoinsApostrophe)
        {
            return; // комп’ютер is one word, l’or is two
        }

        if (Rune.IsLetterOrDigit(new Rune(value)))
        {
            into.Letter(OtherLetter, at);
        }
        else
        {
            into.EndWord(at);
        }
    }

    private static ulong Pack((byte[]? Letters, bool Cyrillic) wide)
    {
        if (wide.Letters is not { Length: > 0 and <= 4 } letters)
        {
            return 0;
        }

        var packed = (ulong)letters.Length << 32 | (wide.Cyrillic ? 1UL << 40 : 0);
        for (var i = 0; i < letters.Length; i++)
        {
            packed |= (ulong)letters[i] << (8 * i);
        }

        return packed;
    }

    private static byte[] BuildAscii()
    {
        var table = new byte[256]; // zero beyond ASCII: the run of plain letters ends there
        for (var c = 'a'; c <= 'z'; c++)
        {
            table[c] = (byte)c;
            table[c - 32] = (byte)c;
        }

        for (var c = '0'; c <= '9'; c++)
        {
            table[c] = (byte)c;
        }

        table[Separator] = Separator;
        return table;
    }

    private static (byte[]?, bool)[] BuildWide()
    {
        var table = new (byte[]?, bool)[0x1F00];
        foreach (var pair in FoldingTable.Pairs.Split(' '))
        {
            table[pair[0]] = (Encoding.ASCII.GetBytes(pair[1..]), pair[0] is >= '\u0400' and < '\u0530');
        }

        return table;
    }
}
