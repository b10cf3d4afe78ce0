using System.Text;

namespace Palermo.Matching.Text;

/// <summary>Cuts a name into words read in lower-case Latin letters.</summary>
internal static class Tokenizer
{
    /// <summary>Longer words are cut off here.</summary>
    public const int LongestWord = 60;

    /// <summary>A word: where its spelling lies in the buffer, its script, and a hash of how it was written if not in Latin letters.</summary>
    internal struct Piece
    {
        public int Offset;
        public byte Length;
        public Script Script;
        public uint Written;
    }

    /// <summary>The words of a text; for tables and tests.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var arena = new byte[(text.Length * 8) + 64];
        var pieces = new Piece[text.Length + 8];
        var (count, _) = Cut(text, arena, pieces);
        var words = new List<string>();
        for (var i = 0; i < count; i++)
        {
            words.Add(Encoding.ASCII.GetString(arena, pieces[i].Offset, pieces[i].Length));
        }

        return JoinLetters(words);
    }

    /// <summary>Single letters in a row are one word: S. A. is sa.</summary>
    private static IEnumerable<string> JoinLetters(List<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var end = i;
            while (end < words.Count && words[end].Length == 1 && char.IsAsciiLetter(words[end][0]))
            {
                end++;
            }

            if (end - i > 1)
            {
                yield return string.Concat(words.Skip(i).Take(end - i));
                i = end - 1;
            }
            else
            {
                yield return words[i];
            }
        }
    }

    /// <summary>Cuts; the arena must hold eight bytes a character, the pieces one a character. Returns pieces and bytes used.</summary>
    public static (int Pieces, int Bytes) Cut(ReadOnlySpan<char> text, Span<byte> arena, Span<Piece> pieces)
    {
        var count = 0;
        var used = 0;
        var start = -1;
        var script = Script.Latin;
        var written = 0u;
        var lastLower = false;
        var lastDigit = false;

        void End(Span<Piece> pieces)
        {
            if (start >= 0 && used > start && count < pieces.Length)
            {
                var length = Math.Min(used - start, LongestWord);
                pieces[count++] = new Piece { Offset = start, Length = (byte)length, Script = script, Written = script == Script.Latin ? 0 : written };
            }

            (start, lastLower, lastDigit) = (-1, false, false);
        }

        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            if (c < 0x80)
            {
                at++;
                var lower = (byte)(c | 0x20);
                if (lower is >= (byte)'a' and <= (byte)'z')
                {
                    var upper = c < 'a';
                    // A Latin letter among Cyrillic or Greek ones is a slip of the keyboard, not a new word.
                    if (start >= 0 && (!IsAlphabet(script) || (upper && lastLower && IsNewWord(text[(at - 1)..], used - start)) || lastDigit))
                    {
                        End(pieces);
                    }

                    if (start < 0)
                    {
                        (start, script, written) = (used, Script.Latin, 2166136261u);
                    }

                    arena[used++] = lower;
                    (lastLower, lastDigit) = (!upper, false);
                }
                else if (c is >= '0' and <= '9')
                {
                    if (start >= 0 && (!IsAlphabet(script) || (!lastDigit && used - start > 2)))
                    {
                        End(pieces);
                    }

                    if (start < 0)
                    {
                        (start, script, written) = (used, Script.Latin, 2166136261u);
                    }

                    arena[used++] = (byte)c;
                    (lastLower, lastDigit) = (false, used - start > 0 && AllDigits(arena[start..used]));
                }
                else if (c is '\'' or '`')
                {
                    // O'Neil is one word; a quoted word is not glued to its neighbour.
                }
                else if (c == '&')
                {
                    End(pieces);
                    if (text[at..].StartsWith("amp", StringComparison.OrdinalIgnoreCase) && (at + 3 >= text.Length || !char.IsLetterOrDigit(text[at + 3])))
                    {
                        at += 3; // written for the web, and not read back
                    }

                    if (count < pieces.Length)
                    {
                        "and"u8.CopyTo(arena[used..]);
                        pieces[count++] = new Piece { Offset = used, Length = 3 };
                        used += 3;
                    }
                }
                else
                {
                    End(pieces);
                }

                continue;
            }

            Rune.DecodeFromUtf16(text[at..], out var rune, out var taken);
            at += taken;
            var reading = Letters.Reading(rune);
            if (reading is null)
            {
                End(pieces);
                continue;
            }

            var kind = Scripts.Of(rune.Value);
            if (reading.Length == 0 && start < 0)
            {
                continue;
            }

            // A syllable of Han or Hangul is a word; so is a change of script.
            var mark = reading.Length == 0 || (kind == Script.Latin && Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark);
            if (!mark && start >= 0 && ((kind != script && !(IsAlphabet(kind) && IsAlphabet(script))) || kind is Script.Han or Script.Hangul))
            {
                End(pieces);
            }
            else if (!mark && start >= 0 && IsAlphabet(kind) && lastLower && Rune.IsUpper(rune) && IsNewWord(text[(at - taken)..], used - start))
            {
                End(pieces);
            }

            if (start < 0)
            {
                (start, script, written) = (used, kind, 2166136261u);
            }
            else if (script == Script.Latin && kind is Script.Cyrillic or Script.Greek)
            {
                script = kind;
            }

            foreach (var letter in reading)
            {
                arena[used++] = (byte)letter;
            }

            var lowered = Rune.ToLowerInvariant(rune).Value;
            written = (((written ^ (byte)lowered) * 16777619u) ^ (byte)(lowered >> 8)) * 16777619u;
            (lastLower, lastDigit) = (Rune.IsLower(rune), false);
        }

        End(pieces);
        return (count, used);
    }

    private static bool IsAlphabet(Script script) => script is Script.Latin or Script.Cyrillic or Script.Greek;

    // RamiMakhlouf, SiemensAG; not CooEer, SpA, KGaA, which are slips and abbreviations.
    private static bool IsNewWord(ReadOnlySpan<char> rest, int before)
    {
        var length = 1;
        while (length < rest.Length && char.IsLetter(rest[length]) && char.IsUpper(rest[length]) == char.IsUpper(rest[1]))
        {
            length++;
        }

        return before >= 3 && (rest.Length > 1 && char.IsUpper(rest[1]) ? length is >= 2 and <= 4 && before >= 4 : length >= 4);
    }

    private static bool AllDigits(ReadOnlySpan<byte> word) => word.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
