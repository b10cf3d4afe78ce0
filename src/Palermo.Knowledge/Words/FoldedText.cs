using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Palermo.Knowledge.Words;

/// <summary>A folded text and where its words were in the original. Reused from text to text; not safe to share between threads.</summary>
public sealed class FoldedText
{
    // Letters are written in blocks of sixteen, of which the end may count for nothing.
    private const int Slack = 8 + 16;
    private byte[] _text = new byte[256];
    private int _length;
    private FoldedWord[] _words = new FoldedWord[64];
    private int _wordCount;
    private int _wordStart = -1;
    private int _wordAt;
    private Writing _script;
    private int _letters;
    private int _foreign;

    /// <summary>The folded text: words of <c>a</c>–<c>z</c> and <c>0</c>–<c>9</c>, single spaces between them.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    internal ReadOnlySpan<FoldedWord> Words => _words.AsSpan(0, _wordCount);

    internal bool JoinsApostrophe => _wordStart >= 0 && _script == Writing.Cyrillic;

    /// <summary>Folds a text into this buffer.</summary>
    public void Set(ReadOnlySpan<byte> utf8) => Folding.Fold(utf8, this);

    /// <summary>True if most words are of a script that has no word list here, so that words could not be judged.</summary>
    public bool IsForeignScript => _foreign * 2 > _letters;

    internal void Reset(int size)
    {
        _length = 0;
        _letters = 0;
        _foreign = 0;
        _wordCount = 0;
        _wordStart = -1;
        // A Cyrillic letter of two bytes folds to four letters at most (щ), a Han character of three to four; each word adds a space.
        if (_text.Length < (size * 2) + Slack)
        {
            _text = new byte[Math.Max((size * 2) + Slack, _text.Length * 2)];
        }
    }

    internal void Script(Writing script, int at)
    {
        Begin(at);
        Of(script);
    }

    /// <summary>Adds a character that is a word of its own: a digit and three letters that stand for it and for nothing else.</summary>
    internal void Character(int value, int at, int end)
    {
        const int Base = 36;
        EndWord(at);
        Begin(at);
        _text[_length] = (byte)('0' + (value / (Base * Base * Base)));
        for (var i = 3; i > 0; i--)
        {
            _text[_length + i] = "0123456789abcdefghijklmnopqrstuvwxyz"u8[value % Base];
            value /= Base;
        }

        _length += 4;
        _letters += 4;
        _script = Writing.Characters;
        EndWord(end);
    }

    private void Of(Writing script) => _script = script == Writing.Latin ? _script : script;

    internal void Letter(byte letter, int at)
    {
        Begin(at);
        _text[_length++] = letter;
        _letters++;
        _foreign += letter == Folding.OtherLetter ? 1 : 0;
    }

    /// <summary>Adds the letters that one letter folds to, packed as in <see cref="Folding"/>.</summary>
    internal void Letters(ulong packed, int at)
    {
        Begin(at);
        BinaryPrimitives.WriteUInt32LittleEndian(_text.AsSpan(_length), (uint)packed);
        var count = (int)(packed >> 32) & 0xFF;
        _length += count;
        _letters += count;
        Of((Writing)(packed >> 40));
    }

    /// <summary>Adds the run of plain letters and digits at <paramref name="at"/>, in lower case; returns where it ends.</summary>
    internal int AsciiLetters(ReadOnlySpan<byte> utf8, int at)
    {
        Begin(at);
        var begin = at;
        var text = _text.AsSpan(_length);
        if (Vector128.IsHardwareAccelerated)
        {
            while (utf8.Length - at >= Vector128<byte>.Count)
            {
                var block = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(utf8), (nuint)at);
                var lower = block | Vector128.Create((byte)0x20);
                var letters = Vector128.LessThanOrEqual(lower - Vector128.Create((byte)'a'), Vector128.Create((byte)25));
                var digits = Vector128.LessThanOrEqual(block - Vector128.Create((byte)'0'), Vector128.Create((byte)9));
                Vector128.ConditionalSelect(letters, lower, block).StoreUnsafe(ref MemoryMarshal.GetReference(text), (nuint)(at - begin));
                var others = ~(letters | digits).ExtractMostSignificantBits() & 0xFFFF;
                if (others != 0)
                {
                    return Added(begin, at + BitOperations.TrailingZeroCount(others));
                }

                at += Vector128<byte>.Count;
            }
        }

        for (; at < utf8.Length && (char.IsAsciiLetterOrDigit((char)utf8[at])); at++)
        {
            text[at - begin] = utf8[at] is >= (byte)'A' and <= (byte)'Z' ? (byte)(utf8[at] | 0x20) : utf8[at];
        }

        return Added(begin, at);
    }

    private int Added(int from, int to)
    {
        _length += to - from;
        _letters += to - from;
        return to;
    }

    internal void EndWord(int at)
    {
        if (_wordStart < 0)
        {
            return;
        }

        if (_length > _wordStart)
        {
            if (_wordCount == _words.Length)
            {
                Array.Resize(ref _words, _wordCount * 2);
            }

            _words[_wordCount++] = new FoldedWord(_wordStart, _length, _wordAt, at, _script);
        }

        _wordStart = -1;
    }

    private void Begin(int at)
    {
        if (_wordStart >= 0)
        {
            return;
        }

        if (_length > 0 && _text[_length - 1] != ' ')
        {
            _text[_length++] = (byte)' ';
        }

        _wordStart = _length;
        _wordAt = at;
        _script = Writing.Latin;
    }
}

/// <summary>One word: where it is in the folded text and where it was in the original.</summary>
internal readonly record struct FoldedWord(int Start, int End, int OriginalStart, int OriginalEnd, Writing Script);

/// <summary>The writing of a word; Latin for digits alone.</summary>
internal enum Writing : byte
{
    /// <summary>Latin, folded to plain letters.</summary>
    Latin,

    /// <summary>Cyrillic, transliterated.</summary>
    Cyrillic,

    /// <summary>Arabic.</summary>
    Arabic,

    /// <summary>Armenian.</summary>
    Armenian,

    /// <summary>Han, Kana, Hangul and Thai: one word a character.</summary>
    Characters,
}
