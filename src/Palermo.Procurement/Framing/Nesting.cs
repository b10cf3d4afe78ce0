using System.Buffers;

namespace Palermo.Procurement.Framing;

/// <summary>Finds the end of a JSON value by its brackets and quotes, resumable where the buffer ends.</summary>
internal struct Nesting
{
    private static readonly SearchValues<byte> s_structure = SearchValues.Create("\"{}[]"u8);
    private int _depth;
    private bool _inString;

    /// <summary>Reads on from <paramref name="at"/>.</summary>
    /// <returns>True if the value ended; <paramref name="at"/> is behind it. False if the text ended first; <paramref name="at"/> is where to go on.</returns>
    public bool Skip(ReadOnlySpan<byte> text, ref int at)
    {
        while (at < text.Length)
        {
            if (_inString)
            {
                var stop = text[at..].IndexOfAny((byte)'"', (byte)'\\');
                if (stop < 0)
                {
                    at = text.Length;
                    return false;
                }

                at += stop;
                if (text[at] == '\\')
                {
                    if (at + 1 >= text.Length)
                    {
                        return false; // the escaped byte is still to come
                    }

                    at += 2;
                    continue;
                }

                at++;
                _inString = false;
                if (_depth == 0)
                {
                    return true;
                }

                continue;
            }

            var next = text[at..].IndexOfAny(s_structure);
            if (next < 0)
            {
                at = text.Length;
                return false;
            }

            at += next;
            switch (text[at++])
            {
                case (byte)'"':
                    _inString = true;
                    break;
                case (byte)'{' or (byte)'[':
                    _depth++;
                    break;
                default:
                    _depth--;
                    if (_depth <= 0)
                    {
                        return true;
                    }

                    break;
            }
        }

        return false;
    }
}
