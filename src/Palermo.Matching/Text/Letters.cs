using System.Globalization;
using System.Text;
using AnyAscii;

namespace Palermo.Matching.Text;

/// <summary>
/// How each letter is read in lower-case Latin letters. Cyrillic, Greek, Arabic and Hebrew are read as names are
/// romanized in passports and on lists; the other scripts by the AnyAscii tables. An empty reading is a letter that
/// is not heard (hard signs, glottal stops); null is a letter that separates words.
/// </summary>
internal static class Letters
{
    private static readonly string?[] s_readings = new string?[0x10000];
    private static readonly bool[] s_known = new bool[0x10000];

    static Letters()
    {
        Read("абвгдежзийклмнопрстуфхцчшщъыьэюя", "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya");
        Read("ёєіїґўђѓѕјљњќћџәғқңөұүһӣӯҷҳѐѝѓѣѳѵ", "yo ye i i g u dj g z j lj nj k c dzh a g k n o u u h i u j h e i g e f i");
        Read("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o");
        Read("άέήίόύώϊϋΐΰ", "a e i i o y o i y i y");
        Read("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "a b t th j h kh d z r z s sh s d t z - gh f q k l m n h w y");
        Read("آأإٱءئؤةىپچژگکیںےۀہھۃڈڑٹټډړښڼۍېځڅەۆێڕڵۋۇۈېىې", "a a a a - y w a a p ch zh g k y n e h h h h d r t t d r sh n y e dz ts e o e r l v u u e a e");
        Read("אבגדהוזחטיכלמנסעפצקרשתךםןףץ", "a b g d h v z h t y k l m n s - p ts k r sh t k m n p ts");
        Read("ßøæłđıəœþðħŋ", "ss o ae l d i a oe th d h n");
        // The family name that is written Lee, Yi or Ri.
        Read("이", "yi");
        Read("'’‘ʻʼ`´ʹʺ′ˈ״׳ـ", "- - - - - - - - - - - - - -");
    }

    /// <summary>The reading of a letter or digit, in lower-case ASCII; "" where it is silent, null where it is no part of a word.</summary>
    public static string? Reading(Rune rune)
    {
        var value = rune.Value;
        if (value > 0xFFFF)
        {
            return Compute(rune);
        }

        if (!Volatile.Read(ref s_known[value]))
        {
            s_readings[value] = Compute(rune);
            Volatile.Write(ref s_known[value], true);
        }

        return s_readings[value];
    }

    private static string? Compute(Rune rune)
    {
        if (rune.Value is '½' or '¼' or '¾')
        {
            return null;
        }

        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            // Marks of scripts whose vowels are marks are read; accents and joiners are not.
            return Scripts.Of(rune.Value) == Script.Indic ? Ascii(rune) ?? "" : "";
        }

        if (category == UnicodeCategory.SpacingCombiningMark || Rune.IsLetterOrDigit(rune) || category is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber)
        {
            var lower = Rune.ToLowerInvariant(rune);
            if (lower != rune)
            {
                return Reading(lower);
            }

            return Ascii(rune);
        }

        return null;
    }

    private static string? Ascii(Rune rune)
    {
        var text = rune.ToString().Transliterate().ToLowerInvariant();
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }

    private static void Read(string letters, string readings)
    {
        var parts = readings.Split(' ');
        for (var i = 0; i < letters.Length; i++)
        {
            var c = letters[i];
            s_readings[c] = parts[i] == "-" ? "" : parts[i];
            s_known[c] = true;
            var upper = char.ToUpperInvariant(c);
            s_readings[upper] = s_readings[c];
            s_known[upper] = true;
        }
    }
}
