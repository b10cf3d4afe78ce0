using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using Palermo.Procurement.Framing;

namespace Palermo.Procurement.Ocds;

/// <summary>
/// Reads JSON forward with the members of <see cref="Utf8JsonReader"/> that the readers use, but skips what nobody asks for
/// by its brackets alone. What is read is checked; what is skipped is only balanced.
/// </summary>
/// <remarks>Half of a compiled release is documents, milestones and the like: skipping them unread is what makes reading faster than a plain walk.</remarks>
internal ref struct JsonCursor(ReadOnlySpan<byte> json, bool lenient)
{
    private static readonly SearchValues<byte> s_stops = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(i => (byte)i)]);
    private readonly ReadOnlySpan<byte> _json = json;
    private readonly bool _lenient = lenient;
    private int _at;
    private int _depth;
    private ulong _objects;
    private bool _first = true;
    private bool _afterName;

    /// <summary>The token read.</summary>
    public JsonTokenType TokenType { get; private set; }

    /// <summary>Offset of the token.</summary>
    public int TokenStartIndex { get; private set; }

    /// <summary>The text of a string, without its quotes, or of a number. The name of a property has its escapes resolved.</summary>
    public ReadOnlySpan<byte> ValueSpan { get; private set; }

    /// <summary>True if the string holds escapes.</summary>
    public bool ValueIsEscaped { get; private set; }

    /// <summary>Bytes read.</summary>
    public readonly int BytesConsumed => _at;

    private readonly bool InObject => _depth > 0 && ((_objects >> (_depth - 1)) & 1) != 0;

    public readonly bool ValueTextEquals(ReadOnlySpan<byte> text) => ValueSpan.SequenceEqual(text);

    /// <summary>Reads the next token. False at the end of the value.</summary>
    /// <exception cref="JsonException">The JSON is broken.</exception>
    public bool Read()
    {
        if (_afterName)
        {
            _afterName = false;
            Value(Next());
            return true;
        }

        if (_depth == 0 && !_first)
        {
            return false;
        }

        var b = Next();
        if (!_first)
        {
            if (b == ',')
            {
                _at++;
                b = Next();
                if (b is (byte)'}' or (byte)']' && !_lenient)
                {
                    throw Broken("a comma before the end of an object or array");
                }
            }
            else if (b is not ((byte)'}' or (byte)']'))
            {
                throw Broken("a comma was expected");
            }
        }

        _first = false;
        if (InObject)
        {
            if (b == '}')
            {
                Close(JsonTokenType.EndObject);
            }
            else if (b == '"')
            {
                Name();
            }
            else
            {
                throw Broken("the name of a field was expected");
            }
        }
        else if (b == ']' && _depth > 0)
        {
            Close(JsonTokenType.EndArray);
        }
        else
        {
            Value(b);
        }

        return true;
    }

    /// <summary>Skips what is within the object or array just begun; nothing else to skip.</summary>
    public void Skip()
    {
        if (TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var isObject = TokenType == JsonTokenType.StartObject;
        _at = TokenStartIndex;
        SkipContainer();
        _depth--;
        _first = false;
        TokenType = isObject ? JsonTokenType.EndObject : JsonTokenType.EndArray;
    }

    /// <summary>Skips the value of the property just read, unread.</summary>
    public void SkipValue()
    {
        _afterName = false;
        var b = Next();
        if (b is (byte)'{' or (byte)'[')
        {
            SkipContainer();
        }
        else
        {
            Value(b);
        }
    }

    private void SkipContainer()
    {
        var nesting = default(Nesting);
        if (!nesting.Skip(_json, ref _at))
        {
            throw Broken("the text ends within an object or array");
        }
    }

    private void Name()
    {
        String();
        TokenType = JsonTokenType.PropertyName;
        if (ValueIsEscaped)
        {
            ValueSpan = JsonText.Unescape(ValueSpan);
        }

        if (Next() != ':')
        {
            throw Broken("a colon was expected");
        }

        _at++;
        _afterName = true;
    }

    private void Value(byte b)
    {
        TokenStartIndex = _at;
        switch (b)
        {
            case (byte)'"':
                String();
                break;
            case (byte)'{':
                Open(true);
                break;
            case (byte)'[':
                Open(false);
                break;
            case (byte)'t':
                Literal("true"u8, JsonTokenType.True);
                break;
            case (byte)'f':
                Literal("false"u8, JsonTokenType.False);
                break;
            case (byte)'n':
                Literal("null"u8, JsonTokenType.Null);
                break;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                Number();
                break;
            default:
                throw Broken("a value was expected");
        }
    }

    private void Open(bool isObject)
    {
        // Readers go a handful of levels deep and skip the rest, so the stack of a word never fills with data that is read.
        if (_depth == 64)
        {
            throw Broken("objects and arrays are nested too deep");
        }

        _objects = isObject ? _objects | (1UL << _depth) : _objects & ~(1UL << _depth);
        _depth++;
        _first = true;
        _at++;
        TokenType = isObject ? JsonTokenType.StartObject : JsonTokenType.StartArray;
    }

    private void Close(JsonTokenType type)
    {
        TokenStartIndex = _at++;
        _depth--;
        TokenType = type;
    }

    private void String()
    {
        TokenStartIndex = _at;
        var start = ++_at;
        ValueIsEscaped = false;
        while (true)
        {
            _at = Stop(_at);
            if (_at < 0)
            {
                _at = _json.Length;
                throw Broken("the text ends within a string");
            }

            var b = _json[_at];
            if (b == '"')
            {
                ValueSpan = _json[start.._at];
                _at++;
                TokenType = JsonTokenType.String;
                return;
            }

            if (b != '\\')
            {
                throw Broken("a string holds a control character");
            }

            ValueIsEscaped = true;
            Escape();
        }
    }

    // The next quote, backslash or control character, or -1. Most strings end within one block: a call into the library costs more than the search.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Stop(int at)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            ref var json = ref MemoryMarshal.GetReference(_json);
            for (; _json.Length - at >= Vector256<byte>.Count; at += Vector256<byte>.Count)
            {
                var block = Vector256.LoadUnsafe(ref json, (nuint)at);
                var stops = Vector256.Equals(block, Vector256.Create((byte)'"')) | Vector256.Equals(block, Vector256.Create((byte)'\\')) | Vector256.Equals(Vector256.Min(block, Vector256.Create((byte)0x1F)), block);
                if (stops.ExtractMostSignificantBits() is var bits and not 0)
                {
                    return at + BitOperations.TrailingZeroCount(bits);
                }
            }
        }

        var rest = _json[at..].IndexOfAny(s_stops);
        return rest < 0 ? -1 : at + rest;
    }

    private void Escape()
    {
        if (_at + 1 >= _json.Length)
        {
            throw Broken("the text ends within a string");
        }

        var b = _json[_at + 1];
        if (b == 'u')
        {
            if (_at + 6 > _json.Length || _json.Slice(_at + 2, 4).ContainsAnyExcept(s_hex))
            {
                throw Broken("a string holds a broken escape");
            }

            _at += 6;
        }
        else if (b is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
        {
            _at += 2;
        }
        else
        {
            throw Broken("a string holds a broken escape");
        }
    }

    private static readonly SearchValues<byte> s_hex = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly SearchValues<byte> s_number = SearchValues.Create("+-.eE0123456789"u8);

    private void Number()
    {
        var length = _json[_at..].IndexOfAnyExcept(s_number);
        if (length < 0)
        {
            length = _json.Length - _at;
        }

        ValueSpan = _json.Slice(_at, length);
        ValueIsEscaped = false;
        _at += length;
        TokenType = JsonTokenType.Number;
    }

    private void Literal(ReadOnlySpan<byte> text, JsonTokenType type)
    {
        if (!_json[_at..].StartsWith(text))
        {
            throw Broken("a value was expected");
        }

        _at += text.Length;
        ValueSpan = default;
        TokenType = type;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Next() => _at < _json.Length && _json[_at] is > (byte)' ' and not (byte)'/' ? _json[_at] : NextAfterBlank();

    private byte NextAfterBlank()
    {
        while (_at < _json.Length)
        {
            var b = _json[_at];
            if (b > ' ')
            {
                if (b != '/' || !_lenient)
                {
                    return b;
                }

                SkipComment();
            }
            else if (b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                _at++;
            }
            else
            {
                throw Broken("a control character stands between values");
            }
        }

        throw Broken("the text ends within an object or array");
    }

    private void SkipComment()
    {
        var rest = _json[_at..];
        var length = rest.StartsWith("//"u8) ? rest.IndexOf((byte)'\n') : rest.StartsWith("/*"u8) ? rest.IndexOf("*/"u8) + 2 : -1;
        if (length < 2)
        {
            throw Broken("a value was expected");
        }

        _at += length;
    }

    private readonly JsonException Broken(string what)
    {
        var line = _json[..Math.Min(_at, _json.Length)].Count((byte)'\n');
        var start = _json[..Math.Min(_at, _json.Length)].LastIndexOf((byte)'\n') + 1;
        return new JsonException($"{char.ToUpperInvariant(what[0])}{what[1..]}.", null, line, _at - start);
    }
}
