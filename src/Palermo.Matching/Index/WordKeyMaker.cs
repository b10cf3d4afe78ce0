using Palermo.Matching.Names;
using Palermo.Matching.Text;

namespace Palermo.Matching.Index;

/// <summary>The ways to reach a word. Query and index make the same keys, so that what is related meets.</summary>
internal static class WordKeyMaker
{
    private const uint SoundTag = 0x51ED270Bu;
    private const uint GroupTag = 0xC2B2AE35u;
    private const uint ConsonantTag = 0x27D4EB2Fu;

    /// <summary>Shorter words are not looked for with a letter wrong.</summary>
    public const int ShortestFuzzy = 4;

    public static void Make(in Token token, ReadOnlySpan<byte> normal, List<uint> keys, bool query)
    {
        keys.Add(token.Text);
        if (token.Class is TokenClass.Number or TokenClass.Particle or TokenClass.Honorific or TokenClass.Initial)
        {
            return;
        }

        keys.Add(token.Normal ^ SoundTag);
        if (token.Variant != 0)
        {
            keys.Add(Group(token.Variant));
        }

        if (token.OtherVariant != 0)
        {
            keys.Add(Group(token.OtherVariant));
        }

        // Without vowels many words look alike: words in Latin letters meet each other this way only when long.
        if (token.Skeleton != 0 && (!query || token.Script.LacksVowels() || token.TextLength >= 7))
        {
            keys.Add(token.Skeleton ^ ConsonantTag);
        }

        if (normal.Length >= ShortestFuzzy)
        {
            Span<byte> buffer = stackalloc byte[Tokenizer.LongestWord];
            for (var i = 0; i < normal.Length && i < 16; i++)
            {
                normal[..i].CopyTo(buffer);
                normal[(i + 1)..].CopyTo(buffer[i..]);
                keys.Add(Hashes.Of(buffer[..(normal.Length - 1)]) ^ SoundTag);
            }
        }
    }

    public static uint Sound(uint normal) => normal ^ SoundTag;

    private static uint Group(ushort variant) => ((variant * 2654435761u) ^ GroupTag) | 1;
}
