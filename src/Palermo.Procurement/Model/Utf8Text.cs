using System.Text;

namespace Palermo.Procurement;

/// <summary>A text of a publication, kept as the UTF-8 bytes it was read from. Blank if the field is missing.</summary>
/// <remarks>Valid as long as the process it belongs to is being judged: the bytes are those of the reader's buffer.</remarks>
public readonly struct Utf8Text(ReadOnlyMemory<byte> bytes)
{
    /// <summary>The bytes, with JSON escapes resolved.</summary>
    public ReadOnlySpan<byte> Span => bytes.Span;

    /// <summary>True if the field is missing or blank.</summary>
    public bool IsEmpty => bytes.IsEmpty;

    /// <summary>True if the text is the same, byte for byte.</summary>
    public bool Is(ReadOnlySpan<byte> utf8) => bytes.Span.SequenceEqual(utf8);

    /// <summary>The text as a string.</summary>
    public override string ToString() => Encoding.UTF8.GetString(bytes.Span);
}
