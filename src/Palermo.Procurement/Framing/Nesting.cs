using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Palermo.Procurement.Framing;

/// <summary>Finds the end of a JSON value by its brackets and quotes, resumable where the buffer ends.</summary>
/// <remarks>
/// Sixty-four bytes at a time where the processor can: masks of quotes and brackets, and a carry-less multiplication
/// that turns quotes into "within a string" (the method of Langdale and Lemire, "Parsing Gigabytes of JSON per Second").
/// </remarks>
internal struct Nesting
{
    private const int Block = 64;
    private int _depth;
    private bool _inString;
    private bool _escaped;

    /// <summary>Reads on from <paramref name="at"/>.</summary>
    /// <returns>True if the value ended; <paramref name="at"/> is behind it. False if the text ended first; <paramref name="at"/> is where to go on.</returns>
    public bool Skip(ReadOnlySpan<byte> text, ref int at)
    {
        if (_depth == 0 && !_inString && at < text.Length && text[at] == '"')
        {
            _inString = true; // a text by itself
            at++;
        }

        // A text by itself ends with its quote, which the masks do not look for.
        if (_depth > 0 || !_inString)
        {
            while (Pclmulqdq.IsSupported && Vector256.IsHardwareAccelerated && text.Length - at >= Block)
            {
                if (SkipBlock(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at)) is var end and >= 0)
                {
                    at += end;
                    return true;
                }

                at += Block;
            }
        }

        return SkipBytes(text, ref at);
    }

    // The position behind the end of the value within the block, or -1 if it does not end here.
    private int SkipBlock(ref byte block)
    {
        var low = Vector256.LoadUnsafe(ref block);
        var high = Vector256.LoadUnsafe(ref block, 32);
        var quotes = Mask(low, high, (byte)'"');
        var slashes = Mask(low, high, (byte)'\\');
        if (slashes != 0 || _escaped)
        {
            quotes &= ~Escaped(slashes);
        }

        var within = Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(quotes), Vector128<ulong>.AllBitsSet, 0).ToScalar() ^ (_inString ? ulong.MaxValue : 0);
        _inString = (long)within < 0;
        // '{' and '[', and '}' and ']', differ by the bit 0x20 alone.
        var case_ = Vector256.Create((byte)0x20);
        var opens = Mask(low | case_, high | case_, (byte)'{') & ~within;
        var closes = Mask(low | case_, high | case_, (byte)'}') & ~within;
        if (BitOperations.PopCount(closes) < _depth)
        {
            _depth += BitOperations.PopCount(opens) - BitOperations.PopCount(closes);
            return -1;
        }

        for (var both = opens | closes; both != 0; both &= both - 1)
        {
            var bit = both & (~both + 1);
            _depth += (opens & bit) != 0 ? 1 : -1;
            if (_depth <= 0)
            {
                return BitOperations.TrailingZeroCount(bit) + 1;
            }
        }

        return -1;
    }

    // Bytes that stand behind an odd number of backslashes.
    private ulong Escaped(ulong slashes)
    {
        var escaped = 0UL;
        var carry = _escaped;
        if (carry)
        {
            escaped = 1;
            slashes &= ~1UL;
        }

        carry = false;
        while (slashes != 0)
        {
            var at = BitOperations.TrailingZeroCount(slashes);
            if (at == 63)
            {
                carry = true;
                break;
            }

            escaped |= 2UL << at;
            slashes &= ~(3UL << at);
        }

        _escaped = carry;
        return escaped;
    }

    private bool SkipBytes(ReadOnlySpan<byte> text, ref int at)
    {
        for (; at < text.Length; at++)
        {
            var b = text[at];
            if (_escaped)
            {
                _escaped = false;
            }
            else if (_inString)
            {
                if (b == '\\')
                {
                    _escaped = true;
                }
                else if (b == '"')
                {
                    _inString = false;
                    if (_depth == 0)
                    {
                        at++;
                        return true;
                    }
                }
                else if (_depth == 0)
                {
                    var stop = text[at..].IndexOfAny((byte)'"', (byte)'\\');
                    at = stop < 0 ? text.Length - 1 : at + stop - 1;
                }
            }
            else if (b == '"')
            {
                _inString = true;
            }
            else if (b is (byte)'{' or (byte)'[')
            {
                _depth++;
            }
            else if (b is (byte)'}' or (byte)']' && --_depth <= 0)
            {
                at++;
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> low, Vector256<byte> high, byte value)
    {
        var wanted = Vector256.Create(value);
        return Vector256.Equals(low, wanted).ExtractMostSignificantBits() | ((ulong)Vector256.Equals(high, wanted).ExtractMostSignificantBits() << 32);
    }
}
