using System.Text;

namespace Palermo.Tables;

/// <summary>Reads bytes that are no UTF-8 as Windows-1252, the usual encoding of older exports, and says so once.</summary>
internal sealed class Windows1252Fallback(Action found) : DecoderFallback
{
    public override int MaxCharCount => 4;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(found);

    private sealed class Buffer(Action found) : DecoderFallbackBuffer
    {
        private string _chars = "";
        private int _at;
        private bool _told;

        public override int Remaining => _chars.Length - _at;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            if (!_told)
            {
                _told = true;
                found();
            }

            var utf8 = new byte[bytesUnknown.Length * 3];
            var length = 0;
            foreach (var b in bytesUnknown)
            {
                length += Windows1252.Write(b, utf8.AsSpan(length));
            }

            _chars = Encoding.UTF8.GetString(utf8.AsSpan(0, length));
            _at = 0;
            return _chars.Length > 0;
        }

        public override char GetNextChar() => _at < _chars.Length ? _chars[_at++] : '\0';

        public override bool MovePrevious() => _at > 0 && --_at >= 0;

        public override void Reset() => (_chars, _at) = ("", 0);
    }
}
