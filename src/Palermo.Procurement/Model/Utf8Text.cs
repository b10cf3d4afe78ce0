using System.Runtime.InteropServices;
using System.Text;

namespace Palermo.Procurement;

/// <summary>A text of a publication, kept as the UTF-8 bytes it was read from. Blank if the field is missing.</summary>
/// <remarks>
/// Valid as long as the process it belongs to is being judged: the bytes are those of the reader's buffer. Whoever keeps
/// it longer keeps a <see cref="Copy"/>. Array and bounds instead of a memory: a span of it costs a third, and it is asked for millions of times.
/// </remarks>
public readonly struct Utf8Text
{
    private readonly byte[]? _bytes;
    private readonly int _start;
    private readonly int _length;

    /// <summary>A text of its own bytes.</summary>
    public Utf8Text(byte[] bytes)
        : this(bytes, 0, bytes.Length)
    {
    }

    internal Utf8Text(byte[]? bytes, int start, int length)
    {
        _bytes = bytes;
        _start = start;
        _length = length;
    }

    /// <summary>The bytes, with JSON escapes resolved.</summary>
    public ReadOnlySpan<byte> Span => _length == 0 ? default : MemoryMarshal.CreateReadOnlySpan(ref _bytes![_start], _length);

    /// <summary>True if the field is missing or blank.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>True if the text is the same, byte for byte.</summary>
    public bool Is(ReadOnlySpan<byte> utf8) => Span.SequenceEqual(utf8);

    /// <summary>The same text in bytes of its own.</summary>
    public Utf8Text Copy() => _length == 0 ? default : new(Span.ToArray());

    /// <summary>The text as a string.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);
}
