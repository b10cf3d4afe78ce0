using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Palermo.Knowledge.Json;

/// <summary>A JSON value that knows its line, so that a mistake in a data file can be pointed at.</summary>
internal sealed class Located
{
    // Most values are texts and have neither.
    private static readonly List<(string Key, int Line, Located Value)> s_noMembers = [];
    private static readonly List<Located> s_noElements = [];

    private Located(JsonValueKind kind, int line, string text)
    {
        Kind = kind;
        Line = line;
        Text = text;
        Members = kind == JsonValueKind.Object ? [] : s_noMembers;
        Elements = kind == JsonValueKind.Array ? [] : s_noElements;
    }

    public JsonValueKind Kind { get; }

    /// <summary>Line in the file, from 1.</summary>
    public int Line { get; }

    /// <summary>Text of a string, digits of a number as written; blank otherwise.</summary>
    public string Text { get; }

    public List<(string Key, int Line, Located Value)> Members { get; }

    public List<Located> Elements { get; }

    /// <summary>Where an object stands in the bytes it was read from.</summary>
    public Range Bytes { get; private set; }

    public string Said => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text \"{Text}\"",
        JsonValueKind.Number => $"the number {Text}",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    public decimal? Number => Kind == JsonValueKind.Number && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">It is no JSON, or an object names a key twice; <see cref="JsonException.LineNumber"/> counts from 0.</exception>
    public static Located Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
        {
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        }

        var lines = new LineCount(utf8);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 64 });
        reader.Read();
        var value = Value(ref reader, ref lines);
        reader.Read(); // throws if something follows
        return value;
    }

    private static Located Value(ref Utf8JsonReader reader, ref LineCount lines)
    {
        var start = (int)reader.TokenStartIndex;
        var line = lines.At(start);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var found = new Located(JsonValueKind.Object, line, "");
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var key = reader.GetString()!;
                    var keyLine = lines.At(reader.TokenStartIndex);
                    foreach (var (other, _, _) in CollectionsMarshal.AsSpan(found.Members))
                    {
                        if (other == key)
                        {
                            throw new JsonException($"\"{key}\" is there twice.", null, keyLine - 1, null);
                        }
                    }

                    reader.Read();
                    found.Members.Add((key, keyLine, Value(ref reader, ref lines)));
                }

                found.Bytes = start..(int)reader.BytesConsumed;
                return found;
            case JsonTokenType.StartArray:
                var list = new Located(JsonValueKind.Array, line, "");
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Elements.Add(Value(ref reader, ref lines));
                }

                return list;
            case JsonTokenType.String:
                return new Located(JsonValueKind.String, line, reader.GetString()!);
            case JsonTokenType.Number:
                return new Located(JsonValueKind.Number, line, Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True:
                return new Located(JsonValueKind.True, line, "");
            case JsonTokenType.False:
                return new Located(JsonValueKind.False, line, "");
            default:
                return new Located(JsonValueKind.Null, line, "");
        }
    }

    /// <summary>Counts lines up to positions that only grow.</summary>
    private ref struct LineCount(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _at;
        private int _line = 1;

        public int At(long position)
        {
            _line += _text[_at..(int)position].Count((byte)'\n');
            _at = (int)position;
            return _line;
        }
    }
}
