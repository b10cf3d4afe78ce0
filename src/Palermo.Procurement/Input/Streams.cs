using Palermo.Tables;

namespace Palermo.Procurement.Input;

/// <summary>A stream whose first bytes can be looked at before they are read.</summary>
internal sealed class PeekStream(Stream inner) : ReadOnlyStream
{
    private byte[] _head = [];
    private int _read;
    private long _position;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_head.Length == 0)
        {
            var head = new byte[count];
            var length = inner.ReadAtLeast(head, count, throwOnEndOfStream: false);
            _head = head[..length];
        }

        return _head.AsSpan(_read);
    }

    /// <summary>Gives back the stream at its start, if it can be moved.</summary>
    public bool TryRewind(out Stream? stream)
    {
        stream = inner.CanSeek ? inner : null;
        if (stream is not null)
        {
            stream.Position = 0;
        }

        return stream is not null;
    }

    public override int Read(Span<byte> buffer)
    {
        var left = _head.Length - _read;
        int count;
        if (left > 0)
        {
            count = Math.Min(left, buffer.Length);
            _head.AsSpan(_read, count).CopyTo(buffer);
            _read += count;
        }
        else
        {
            count = inner.Read(buffer);
        }

        _position += count;
        return count;
    }
}

/// <summary>Stops a decompression that grows out of all proportion.</summary>
/// <remarks>JSON of procurement packs 5 to 50 times. A bomb packs a thousand times or more; gzip can't pack more than 1,032 times.</remarks>
internal sealed class BombGuard(Stream inner, Func<long> packed) : ReadOnlyStream
{
    private const long Harmless = 256L << 20;
    private const long MostRatio = 400;
    private long _unpacked;

    public override long Position
    {
        get => _unpacked;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        _unpacked += count;
        if (_unpacked > Harmless && _unpacked / Math.Max(1, packed()) > MostRatio)
        {
            throw new InvalidDataException($"The archive unpacks to more than {MostRatio} times its size ({_unpacked >> 20} MB so far): it looks like a decompression bomb.");
        }

        return count;
    }
}

/// <summary>Hashes what is read through it.</summary>
internal sealed class HashingStream(Stream inner, FileHash hash) : ReadOnlyStream
{
    public override long Position
    {
        get => inner.Position;
        set => throw new NotSupportedException();
    }

    /// <summary>True once the end was read: before, the hash is not that of the whole file.</summary>
    public bool AtEnd { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        AtEnd = count == 0 && buffer.Length > 0;
        hash.Append(buffer[..count]);
        return count;
    }
}

/// <summary>Windows-1252 (of which ISO-8859-1 is a part) as UTF-8.</summary>
internal sealed class Windows1252Stream(Stream inner) : ReadOnlyStream
{
    private readonly byte[] _raw = new byte[4096];
    private readonly byte[] _utf8 = new byte[4096 * 3];
    private int _start;
    private int _end;
    private long _position;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end)
        {
            var read = inner.Read(_raw);
            _start = 0;
            _end = 0;
            foreach (var b in _raw.AsSpan(0, read))
            {
                _end += Windows1252.Write(b, _utf8.AsSpan(_end));
            }
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _utf8.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        _position += count;
        return count;
    }
}

/// <summary>A stream that is only read, forward.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public abstract override int Read(Span<byte> buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
