namespace Palermo.Matching.Text;

/// <summary>The script a name's token was written in before it was read into Latin letters.</summary>
internal enum Script : byte
{
    Latin,
    Cyrillic,
    Greek,

    /// <summary>Arabic, Persian, Urdu: short vowels are not written.</summary>
    Arabic,

    /// <summary>Hebrew: vowels are mostly not written.</summary>
    Hebrew,
    Han,
    Kana,
    Hangul,

    /// <summary>Devanagari, Bengali, Thai and their neighbours: read without their inherent vowels.</summary>
    Indic,

    /// <summary>Georgian, Armenian and all others that a letter-by-letter reading serves.</summary>
    Other,
}

internal static class Scripts
{
    /// <summary>Whether words of the script are read without (some of) their vowels.</summary>
    public static bool LacksVowels(this Script script) => script is Script.Arabic or Script.Hebrew or Script.Indic;

    public static Script Of(int rune) => rune switch
    {
        < 0x370 => Script.Latin,
        < 0x400 => Script.Greek,
        < 0x530 => Script.Cyrillic,
        < 0x590 => Script.Other,
        < 0x600 => Script.Hebrew,
        < 0x780 => Script.Arabic,
        >= 0x8A0 and < 0x900 => Script.Arabic,
        >= 0x900 and < 0xF00 => Script.Indic,
        >= 0x1000 and < 0x10A0 => Script.Indic,
        >= 0x1100 and < 0x1200 => Script.Hangul,
        >= 0x1780 and < 0x1800 => Script.Indic,
        >= 0x1E00 and < 0x1F00 => Script.Latin,
        >= 0x1F00 and < 0x2000 => Script.Greek,
        >= 0x2C60 and < 0x2C80 => Script.Latin,
        >= 0x2DE0 and < 0x2E00 => Script.Cyrillic,
        >= 0x3040 and < 0x3100 => Script.Kana,
        >= 0x3130 and < 0x3190 => Script.Hangul,
        >= 0x3400 and < 0xA000 => Script.Han,
        >= 0xA640 and < 0xA6A0 => Script.Cyrillic,
        >= 0xAC00 and < 0xD7B0 => Script.Hangul,
        >= 0xF900 and < 0xFB00 => Script.Han,
        >= 0xFB1D and < 0xFB50 => Script.Hebrew,
        >= 0xFB50 and < 0xFE00 => Script.Arabic,
        >= 0xFE70 and < 0xFF00 => Script.Arabic,
        >= 0x20000 and < 0x32000 => Script.Han,
        < 0x2000 => Script.Other,
        _ => Script.Latin,
    };
}
