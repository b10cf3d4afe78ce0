namespace Palermo.Procurement.Ocds;

/// <summary>Bytes for the texts of one process that can't be slices of the input. Used again for the next process.</summary>
internal sealed class TextArena
{
    private byte[] _bytes = new byte[1 << 12];
    private int _used;

    /// <summary>Forgets the texts of the last process.</summary>
    public void Reset() => _used = 0;

    /// <summary>The text with its JSON escapes resolved.</summary>
    public Utf8Text Unescape(ReadOnlySpan<byte> escaped)
    {
        if (_bytes.Length - _used < escaped.Length)
        {
            // The texts made so far keep the old array alive as long as they need it.
            _bytes = new byte[Math.Max(_bytes.Length * 2, escaped.Length)];
            _used = 0;
        }

        var start = _used;
        var length = JsonText.Unescape(escaped, _bytes.AsSpan(start));
        _used += length;
        return new Utf8Text(_bytes, start, length);
    }
}
