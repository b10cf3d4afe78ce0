using System.Buffers;
using System.Text;

namespace Palermo.Knowledge.Words;

/// <summary>
/// Reduces text to a form in which spelling variants are equal: lower case, no accents, Cyrillic letters
/// transliterated to Latin ones, Arabic and Armenian letters to a code each, everything that is neither letter nor
/// digit a single space. Scripts written without spaces (Han, Kana, Thai) or with endings that grow on the word
/// (Hangul) fold to one word a character, so that a phrase is found wherever its characters stand in a row.
/// </summary>
public static class Folding
{
    /// <summary>Stands for a letter of a script that is not folded (Greek, Hebrew, Devanagari …); no keyword contains it.</summary>
    internal const byte OtherLetter = (byte)'?';
    private const byte Separator = 0;
    private const byte Multi = 1;
    private static readonly byte[] s_ascii = BuildAscii();
    private static readonly (byte[]? Letters, Writing Script)[] s_wide = BuildWide();
    // The same for letters of two bytes: up to four letters, then their number, then the script; 0 if it is no such letter.
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

            if (IsCharacterWord(rune.Value))
            {
                into.Character(rune.Value, i, i + used);
            }
            else if (rune.Value is >= 0xFF66 and <= 0xFF9D)
            {
                used += FoldHalfWidth(rune.Value, utf8[(i + used)..], i, used, into);
            }
            else
            {
                FoldWide(rune.Value, i, into);
            }

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
            into.Script(s_wide[value].Script, at);
            foreach (var letter in letters)
            {
                into.Letter(letter, at);
            }

            return;
        }

        if (value is >= 0x300 and <= 0x36F or 0xAD or 0x200B or 0x200C or 0x200D or 0xFEFF or 0x640 or (>= 0x64B and <= 0x65F) or 0x670)
        {
            return; // combining marks, vowel signs, soft hyphens and joiners belong to the word around them
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

    // Han, Kana, Hangul and Thai, with the marks that are part of a syllable; not the dots and brackets between.
    private static bool IsCharacterWord(int value) => value is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3041 and <= 0x309F) or (>= 0x30A1 and <= 0x30FA) or (>= 0x30FC and <= 0x30FF) or
        (>= 0xAC00 and <= 0xD7A3) or (>= 0x0E01 and <= 0x0E3A) or (>= 0x0E40 and <= 0x0E4E) or (>= 0x0E50 and <= 0x0E59) or
        (>= 0x3400 and <= 0x4DBF) or (>= 0x3005 and <= 0x3007) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    // ﾌﾟﾘﾝﾀ is プリンタ: the voice mark behind a half-width letter is a character of its own. Returns the bytes it took.
    private static int FoldHalfWidth(int value, ReadOnlySpan<byte> behind, int at, int used, FoldedText into)
    {
        int full = FoldingTable.HalfWidthKana[value - 0xFF66];
        var mark = behind.Length >= 3 && behind[0] == 0xEF && behind[1] == 0xBE && behind[2] is 0x9E or 0x9F ? behind[2] - 0x9D : 0;
        full = (full, mark) switch
        {
            ('ウ', 1) => 'ヴ',
            ( >= 'カ' and <= 'ト', 1) or ( >= 'ハ' and <= 'ホ', 1 or 2) => full + mark,
            _ => full,
        };
        into.Character(full, at, at + used + (mark > 0 ? 3 : 0));
        return mark > 0 ? 3 : 0;
    }

    private static ulong Pack((byte[]? Letters, Writing Script) wide)
    {
        if (wide.Letters is not { Length: > 0 and <= 4 } letters)
        {
            return 0;
        }

        var packed = (ulong)letters.Length << 32 | ((ulong)wide.Script << 40);
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

    private static (byte[]?, Writing)[] BuildWide()
    {
        var table = new (byte[]?, Writing)[0x1F00];
        foreach (var pair in FoldingTable.Pairs.Split(' '))
        {
            table[pair[0]] = (Encoding.ASCII.GetBytes(pair[1..]), pair[0] is >= '\u0400' and < '\u0530' ? Writing.Cyrillic : Writing.Latin);
        }

        foreach (var pair in FoldingTable.Arabic.Split(' '))
        {
            table[pair[0]] = (Encoding.ASCII.GetBytes(pair[1..]), Writing.Arabic);
        }

        byte[] Armenian(int letter) => letter < FoldingTable.ArmenianCodes.Length ? [(byte)FoldingTable.ArmenianCodes[letter]]
            : letter == 'Օ' - 'Ա' ? [(byte)FoldingTable.ArmenianCodes['Ո' - 'Ա']] : "zz"u8.ToArray();
        for (var letter = 0; letter <= 'Ֆ' - 'Ա'; letter++)
        {
            table['Ա' + letter] = table['ա' + letter] = (Armenian(letter), Writing.Armenian);
        }

        table['և'] = ([.. Armenian('Ե' - 'Ա'), .. Armenian('Ւ' - 'Ա')], Writing.Armenian);
        return table;
    }
}
