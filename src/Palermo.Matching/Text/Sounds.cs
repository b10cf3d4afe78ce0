namespace Palermo.Matching.Text;

/// <summary>
/// Two coarser spellings of a Latin word, for the many ways one name is romanized. <see cref="Normal"/> keeps the vowels
/// (Tsyplakov and Ciplakov, Aleksey and Alexei come together); <see cref="Skeleton"/> keeps the consonants only, which is
/// what scripts without written vowels give.
/// </summary>
internal static class Sounds
{
    /// <summary>Writes the normal spelling of a lower-case ASCII word; never longer than the word. Returns its length.</summary>
    public static int Normal(ReadOnlySpan<byte> word, Span<byte> target)
    {
        var length = 0;
        var i = 0;
        while (i < word.Length)
        {
            var c = word[i];
            var next = i + 1 < word.Length ? word[i + 1] : (byte)0;
            var third = i + 2 < word.Length ? word[i + 2] : (byte)0;
            var step = 1;
            byte sound;
            switch (c)
            {
                case (byte)'s' when next == 'h' && third == 'c' && i + 3 < word.Length && word[i + 3] == 'h':
                    sound = (byte)'S';
                    step = 4;
                    break;
                case (byte)'s' when next == 'c' && third == 'h':
                case (byte)'t' when next == 's' && third == 'h':
                    sound = c == 's' ? (byte)'S' : (byte)'C';
                    step = 3;
                    break;
                case (byte)'s' when next == 'h':
                    sound = (byte)'S';
                    step = 2;
                    break;
                case (byte)'c' when next == 'h':
                    sound = (byte)'C';
                    step = 2;
                    break;
                case (byte)'z' when next == 'h':
                case (byte)'d' when next == 'j':
                    sound = (byte)'j';
                    step = 2;
                    break;
                case (byte)'t' when next is (byte)'s' or (byte)'z':
                    sound = (byte)'c';
                    step = 2;
                    break;
                case (byte)'k' when next == 's':
                    sound = (byte)'x';
                    step = 2;
                    break;
                case (byte)'k' when next == 'h':
                    sound = (byte)'h';
                    step = 2;
                    break;
                case (byte)'g' when next == 'h':
                    sound = (byte)'g';
                    step = 2;
                    break;
                case (byte)'p' when next == 'h':
                    sound = (byte)'f';
                    step = 2;
                    break;
                case (byte)'t' or (byte)'d' when next == 'h':
                    sound = c;
                    step = 2;
                    break;
                case (byte)'c' when next is (byte)'k':
                    sound = (byte)'k';
                    step = 2;
                    break;
                case (byte)'c':
                    sound = next is (byte)'e' or (byte)'i' or (byte)'y' ? (byte)'c' : (byte)'k';
                    break;
                case (byte)'q':
                    sound = (byte)'k';
                    step = next == 'u' ? 2 : 1;
                    break;
                case (byte)'w':
                    sound = (byte)'v';
                    break;
                case (byte)'y':
                    sound = (byte)'i';
                    break;
                case (byte)'o' when next is (byte)'u' or (byte)'o':
                    sound = (byte)'u';
                    step = 2;
                    break;
                case (byte)'u' when next == 'e' && i > 0:
                    sound = (byte)'u';
                    step = 2;
                    break;
                case (byte)'o' or (byte)'a' when next == 'e' && i > 0 && third != 0:
                    sound = c;
                    step = 2;
                    break;
                case (byte)'e' when next == 'e':
                    sound = (byte)'i';
                    step = 2;
                    break;
                default:
                    sound = c;
                    break;
            }

            i += step;
            // The same sound twice is one.
            if (length == 0 || target[length - 1] != sound)
            {
                // "ie", "iia", "ij": one glide, however it is written.
                if (length > 1 && sound is (byte)'i' or (byte)'j' && target[length - 1] == 'i')
                {
                    continue;
                }

                if (sound == 'e' && length == 1 && target[0] == 'i')
                {
                    target[0] = (byte)'e';
                    continue;
                }

                target[length++] = sound;
            }
        }

        // A last "h" after a vowel is not heard.
        if (length > 3 && target[length - 1] == 'h' && target[length - 2] is (byte)'a' or (byte)'e')
        {
            length--;
        }

        return length;
    }

    /// <summary>A hash of the consonants of a lower-case ASCII word, by groups that are written for each other. 0 where there are fewer than three.</summary>
    public static uint Skeleton(ReadOnlySpan<byte> word)
    {
        var hash = 2166136261u;
        var count = 0;
        byte last = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            var next = i + 1 < word.Length ? word[i + 1] : (byte)0;
            byte sound;
            switch (c)
            {
                case (byte)'a' or (byte)'e' or (byte)'i' or (byte)'o' or (byte)'u' or (byte)'y' or (byte)'w' or (byte)'v' or (byte)'\'':
                    if (c != 'v')
                    {
                        continue;
                    }

                    sound = (byte)'v';
                    break;
                case (byte)'s' when next == 'c' && i + 2 < word.Length && word[i + 2] == 'h':
                    sound = (byte)'S';
                    i += 2;
                    break;
                case (byte)'s' or (byte)'z' or (byte)'x':
                    sound = next == 'h' ? (byte)'S' : (byte)'s';
                    i += next == 'h' ? 1 : 0;
                    break;
                case (byte)'c':
                    sound = next == 'h' ? (byte)'S' : next is (byte)'e' or (byte)'i' ? (byte)'s' : (byte)'k';
                    i += next == 'h' ? 1 : 0;
                    break;
                case (byte)'k' or (byte)'g':
                    sound = (byte)'k';
                    i += next == 'h' ? 1 : 0;
                    break;
                case (byte)'q':
                    sound = (byte)'k';
                    break;
                case (byte)'j':
                    sound = (byte)'S';
                    break;
                case (byte)'t' or (byte)'d':
                    sound = (byte)'t';
                    i += next == 'h' ? 1 : 0;
                    break;
                case (byte)'p' or (byte)'b':
                    sound = c == 'p' && next == 'h' ? (byte)'f' : (byte)'b';
                    i += next == 'h' ? 1 : 0;
                    break;
                case (byte)'h':
                    // Written at the end of many words where nothing is heard.
                    if (i == word.Length - 1)
                    {
                        continue;
                    }

                    sound = c;
                    break;
                default:
                    sound = c;
                    break;
            }

            if (sound == last)
            {
                continue;
            }

            last = sound;
            hash = (hash ^ sound) * 16777619u;
            count++;
        }

        return count < 3 ? 0 : hash;
    }
}
