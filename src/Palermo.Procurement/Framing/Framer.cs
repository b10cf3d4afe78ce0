using Palermo.Procurement.Input;

namespace Palermo.Procurement.Framing;

/// <summary>
/// Cuts a text into units: the elements of packages, bare releases and records, lines of JSON Lines, concatenated
/// values. Looks only at brackets, quotes and the keys of a package; what a unit holds is the parser's to judge.
/// </summary>
internal sealed class Framer : IDisposable
{
    private const int Most = 128 << 20;
    private const int LongestLine = 8 << 20;
    private const int SniffedLines = 3;
    private readonly DecodedFile _file;
    private byte[] _buffer = BufferPool.Rent(BufferPool.Usual);
    private int _at;
    private int _end;
    private bool _atEnd;
    private long _base;
    private long _line = 1;
    private int _lineAt;
    private Place _place = Place.Top;
    private int _arrays;
    private bool _lines;
    private bool _sniffed;
    private bool _structuralOnce;
    private string _version = "";
    private bool _found;
    private bool _saidGarbage;

    // The value being skipped or measured: where it begins (in the buffer), how far it was looked at.
    private int _valueAt = -1;
    private int _valueScan;
    private Nesting _nesting;
    private bool _discarding;

    public Framer(DecodedFile file) => _file = file;

    private enum Place
    {
        Top,
        Package,
        Elements,
    }

    private enum Step
    {
        Going,
        NeedMore,
    }

    /// <summary>Adds the units of about one buffer to a batch. False once the text is done.</summary>
    /// <exception cref="IOException">The file can't be read on.</exception>
    /// <exception cref="InvalidDataException">The archive is broken.</exception>
    public bool Fill(Batch batch, List<Unit> units)
    {
        var began = _base + _at;
        while (true)
        {
            while (_at < _end || _valueAt >= 0)
            {
                if (Advance(batch, units) == Step.NeedMore)
                {
                    break;
                }
            }

            if (units.Count > 0 || batch.Problems.Count > 0)
            {
                if (!(_atEnd && Rest() == 0))
                {
                    HandOver(batch);
                    batch.Bytes += _base + _at - began;
                    return true;
                }
            }

            if (_atEnd)
            {
                Finish(batch);
                batch.Own(_buffer);
                _buffer = [];
                batch.Bytes += _base + _at - began;
                return false;
            }

            ReadMore(batch);
        }
    }

    /// <summary>Name of the file.</summary>
    public string Name => _file.Name;

    /// <summary>Offset of what is looked at.</summary>
    public long Position => _base + _at;

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            BufferPool.Return(_buffer);
            _buffer = [];
        }
    }

    private int Rest() => _end - (_valueAt >= 0 ? _valueAt : _at);

    // The batch keeps the buffer its units lie in; what is left over moves to a new one.
    private void HandOver(Batch batch)
    {
        var from = _valueAt >= 0 ? _valueAt : _at;
        var rest = _end - from;
        var next = BufferPool.Rent(rest + 1);
        _buffer.AsSpan(from, rest).CopyTo(next);
        batch.Own(_buffer);
        Move(from, next);
    }

    private void ReadMore(Batch batch)
    {
        var from = _valueAt >= 0 && !_discarding ? _valueAt : _discarding ? _valueScan : _at;
        if (from > 0)
        {
            var rest = _end - from;
            _buffer.AsSpan(from, rest).CopyTo(_buffer);
            Move(from, _buffer);
        }
        else if (_end == _buffer.Length)
        {
            if (_buffer.Length >= Most)
            {
                if (_valueAt < 0)
                {
                    throw new InvalidDataException($"No JSON value was recognised in {Most >> 20} MB.");
                }

                var ocid = PackageKeys.FindOcid(_buffer.AsSpan(_valueAt, _end - _valueAt));
                batch.Problems.Add(new(ProblemKind.Lost, _file.Name, LineAt(_valueAt), _base + _valueAt, ocid, $"The object is larger than {Most >> 20} MB.", "Split it; one release or record per object is usual."));
                _discarding = true;
                return;
            }

            var larger = BufferPool.Rent(Math.Min(_buffer.Length * 2, Most));
            _buffer.AsSpan(0, _end).CopyTo(larger);
            BufferPool.Return(_buffer);
            _buffer = larger;
        }

        // The whole buffer at once: what is looked at again after each read is then looked at twice at most.
        var free = _buffer.Length - _end;
        var count = _file.Content.ReadAtLeast(_buffer.AsSpan(_end), free, throwOnEndOfStream: false);
        _end += count;
        _atEnd = count < free;
    }

    private void Move(int from, byte[] buffer)
    {
        CountLines(Math.Max(from, _lineAt));
        _base += from;
        _end -= from;
        _at = Math.Max(0, _at - from);
        _lineAt = Math.Max(0, _lineAt - from);
        if (_valueAt >= 0)
        {
            _valueAt = Math.Max(0, _valueAt - from);
            _valueScan -= from;
        }

        _buffer = buffer;
    }

    private long LineAt(int position)
    {
        CountLines(position);
        return _line;
    }

    private void CountLines(int upTo)
    {
        if (upTo > _lineAt)
        {
            _line += _buffer.AsSpan(_lineAt, upTo - _lineAt).Count((byte)'\n');
            _lineAt = upTo;
        }
    }

    private Step Advance(Batch batch, List<Unit> units) => _valueAt >= 0 ? GoOn(batch, units) : _place switch
    {
        Place.Top => Top(batch, units),
        Place.Package => Package(batch),
        _ => Elements(batch),
    };

    private Step Top(Batch batch, List<Unit> units)
    {
        var text = _buffer.AsSpan(0, _end);
        SkipBlank(text);
        if (_at >= _end)
        {
            return Step.NeedMore;
        }

        if (!_sniffed && (!Sniff(text) || _at >= _end))
        {
            return Step.NeedMore;
        }

        switch (text[_at])
        {
            case (byte)'{':
                if (_lines && !_structuralOnce && _arrays == 0)
                {
                    return Line(text, batch, units);
                }

                return Object(text);
            case (byte)'[':
                _arrays++;
                _at++;
                return Step.Going;
            case (byte)']':
                if (_arrays > 0)
                {
                    _arrays--;
                    _at++;
                    return Step.Going;
                }

                return Garbage(text, batch);
            case (byte)',' when _arrays > 0:
            case 0x1E: // record separator of JSON text sequences
                _at++;
                return Step.Going;
            default:
                return Garbage(text, batch);
        }
    }

    // JSON Lines if one of the first lines is one whole object that is no package (the very first may be cut off).
    // Everything else is cut by its brackets.
    private bool Sniff(ReadOnlySpan<byte> text)
    {
        if (!_file.Named && text[_at] is not ((byte)'{' or (byte)'['))
        {
            // A picture or a letter among the data: nothing to look for in it.
            _at = _end;
            _atEnd = true;
            return true;
        }

        var from = _at;
        for (var seen = 0; seen < SniffedLines && from < _end && text[from] == '{'; seen++)
        {
            var newline = text[from..].IndexOf((byte)'\n');
            if (newline < 0 && !_atEnd && _end - from < LongestLine)
            {
                return false;
            }

            var line = newline < 0 ? text[from..] : text.Slice(from, newline);
            line = line.TrimEnd(" \t\r"u8);
            var version = "";
            if (PackageKeys.Classify(line, 0, out _, ref version) == PackageKeys.Found.Package)
            {
                break;
            }

            var at = 0;
            var nesting = default(Nesting);
            if ((newline >= 0 || seen > 0) && nesting.Skip(line, ref at) && at == line.Length)
            {
                _lines = true;
                break;
            }

            from = newline < 0 ? _end : from + newline + 1;
        }

        _sniffed = true;
        return true;
    }

    private Step Line(ReadOnlySpan<byte> text, Batch batch, List<Unit> units)
    {
        var newline = text[_at..].IndexOf((byte)'\n');
        if (newline < 0)
        {
            if (!_atEnd)
            {
                if (_end - _at < LongestLine)
                {
                    return Step.NeedMore;
                }

                _structuralOnce = true;
                return Step.Going;
            }

            newline = _end - _at;
        }

        var line = text.Slice(_at, newline).TrimEnd(" \t\r"u8);
        if (line[^1] == '}')
        {
            Emit(units, _at, line.Length);
            _at += newline;
            if (_at < _end && _lineAt <= _at - newline)
            {
                _line++; // the one line break between is known already
                _lineAt = _at + 1;
            }

            return Step.Going;
        }

        // Cut off, or the first line of a value over several lines: the next line tells.
        var next = _at + newline + 1;
        if (next < _end ? text[next] == '{' && next + 1 < _end && text[next + 1] == '"' : _atEnd)
        {
            Lost(batch, _at, "The line ends in the middle of its JSON object.", "Get the line again from its publisher.");
            _at += newline;
            return Step.Going;
        }

        if (next >= _end && !_atEnd)
        {
            return Step.NeedMore;
        }

        _structuralOnce = true;
        return Step.Going;
    }

    private Step Object(ReadOnlySpan<byte> text)
    {
        switch (PackageKeys.Classify(text, _at, out var elements, ref _version))
        {
            case PackageKeys.Found.Package:
                _at = elements;
                _place = Place.Elements;
                _found = true;
                return Step.Going;
            case PackageKeys.Found.NeedMore when !_atEnd && _end - _at < Most / 2:
                return Step.NeedMore;
            default:
                Begin(discard: false);
                return Step.Going;
        }
    }

    private Step Package(Batch batch)
    {
        var text = _buffer.AsSpan(0, _end);
        SkipBlank(text, commas: true);
        if (_at >= _end)
        {
            return Step.NeedMore;
        }

        if (text[_at] == '}')
        {
            _at++;
            _place = Place.Top;
            _structuralOnce = false;
            _version = "";
            return Step.Going;
        }

        if (text[_at] != '"')
        {
            _place = Place.Top;
            return Garbage(text, batch);
        }

        var value = PackageKeys.ValueOf(text, _at, out var key);
        if (value < 0)
        {
            return _atEnd ? Garbage(text, batch) : Step.NeedMore;
        }

        if (PackageKeys.HoldsElements(key) && text[value] == '[')
        {
            _at = value + 1;
            _place = Place.Elements;
            return Step.Going;
        }

        if (key.SequenceEqual("version"u8) && text[value] == '"')
        {
            _version = PackageKeys.Version(text, value);
        }

        _at = value;
        if (text[_at] is (byte)'{' or (byte)'[' or (byte)'"')
        {
            // A record whose releases came first: its compiled release is a unit too.
            Begin(discard: !(text[_at] == '{' && (key.SequenceEqual("compiledRelease"u8) || key.SequenceEqual("versionedRelease"u8))));
        }
        else
        {
            SkipScalar(text);
        }

        return Step.Going;
    }

    private Step Elements(Batch batch)
    {
        var text = _buffer.AsSpan(0, _end);
        SkipBlank(text, commas: true);
        if (_at >= _end)
        {
            return Step.NeedMore;
        }

        switch (text[_at])
        {
            case (byte)'{':
                Begin(discard: false);
                return Step.Going;
            case (byte)']':
                _at++;
                _place = Place.Package;
                return Step.Going;
            case (byte)'"' or (byte)'[':
                Lost(batch, _at, "An element of the package is no object; a release or record was expected.", "If it is an address, fetch what is there and screen that.");
                Begin(discard: true);
                return Step.Going;
            case (byte)'}':
                _place = Place.Package;
                return Step.Going;
            default:
                Lost(batch, _at, "An element of the package is no object; a release or record was expected.", "Correct the package.");
                var before = _at;
                SkipScalar(text);
                if (_at == before)
                {
                    _at++;
                }

                return Step.Going;
        }
    }

    private void Begin(bool discard)
    {
        _valueAt = _at;
        _valueScan = _at;
        _nesting = default;
        _discarding = discard;
    }

    private Step GoOn(Batch batch, List<Unit> units)
    {
        var ended = _nesting.Skip(_buffer.AsSpan(0, _end), ref _valueScan);
        if (!ended)
        {
            if (_discarding)
            {
                CountLines(_valueScan);
                _valueAt = _valueScan; // nothing behind needs to be kept
            }

            return Step.NeedMore;
        }

        if (!_discarding)
        {
            Emit(units, _valueAt, _valueScan - _valueAt);
        }

        _at = _valueScan;
        _valueAt = -1;
        _discarding = false;
        if (_place == Place.Top)
        {
            _structuralOnce = false;
        }

        return Step.Going;
    }

    private void Emit(List<Unit> units, int at, int length)
    {
        _found = true;
        _saidGarbage = false;
        units.Add(new Unit(_buffer.AsMemory(at, length), _file.Name, _file.Named, LineAt(at), _base + at, _version));
    }

    private Step Garbage(ReadOnlySpan<byte> text, Batch batch)
    {
        if (!_saidGarbage && (_found || _file.Named))
        {
            Lost(batch, _at, $"\"{Excerpt(text[_at..])}\" is no JSON object or array.", "Remove it, or give the file in one of the forms of OCDS.");
        }

        _saidGarbage = true;
        _found |= _file.Named;
        var next = text[_at..].IndexOfAny("\n{["u8);
        if (next == 0)
        {
            next = 1;
        }

        _at = next < 0 ? _end : _at + next;
        return Step.Going;
    }

    private void Finish(Batch batch)
    {
        if (_valueAt >= 0 || _place != Place.Top || _arrays > 0)
        {
            if (_found || _file.Named || _valueAt >= 0)
            {
                var at = _valueAt >= 0 ? _valueAt : _at;
                var ocid = _valueAt >= 0 && !_discarding ? PackageKeys.FindOcid(_buffer.AsSpan(at, _end - at)) : "";
                batch.Problems.Add(new(ProblemKind.Lost, _file.Name, LineAt(at), _base + at, ocid, $"The file ends in the middle of {(_valueAt >= 0 ? "an object" : _place == Place.Top ? "an array" : "a package")}.", "Get the file again from its publisher; what came before was read."));
            }
        }
        else if (!_found && !_file.Converted)
        {
            var empty = _base + _end == 0;
            batch.Problems.Add(new(_file.Named || (empty && _file.Packed) ? ProblemKind.Lost : ProblemKind.Ignored, _file.Name, 0, 0, "", empty ? _file.Packed ? "The archive is cut off or holds nothing." : "The file is empty." : "The file holds no JSON.", "Give releases, records or packages of OCDS."));
        }

        _at = _end;
    }

    private void Lost(Batch batch, int at, string what, string mend) =>
        batch.Problems.Add(new(ProblemKind.Lost, _file.Name, LineAt(at), _base + at, "", what, mend));

    private static string Excerpt(ReadOnlySpan<byte> text)
    {
        var shown = System.Text.Encoding.UTF8.GetString(text[..Math.Min(24, text.Length)]);
        return new string([.. shown.Select(c => char.IsControl(c) || c == '\uFFFD' ? '·' : c)]).Trim();
    }

    private void SkipBlank(ReadOnlySpan<byte> text, bool commas = false)
    {
        while (_at < text.Length)
        {
            var b = text[_at];
            if (b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' || (commas && b == ','))
            {
                _at++;
            }
            else if (b == 0xEF && text[_at..].StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
            {
                _at += 3; // a byte-order mark, at the start or where files were put together
            }
            else
            {
                return;
            }
        }
    }

    private void SkipScalar(ReadOnlySpan<byte> text)
    {
        var stop = text[_at..].IndexOfAny(",]}\n"u8);
        _at = stop < 0 ? _end : _at + stop;
    }
}
