using System.Text;

namespace Palermo.Fuzz;

/// <summary>Makes broken inputs of whole ones: the slips that files suffer, and those that programs are afraid of.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, int seed)
{
    private const int LargestInput = 1 << 14;
    private static readonly byte[][] s_tokens = [.. new[]
    {
        "{", "}", "[", "]", "\"", ":", ",", "null", "true", "-", "1e999", "-0", "99999999999999999999", "0.1", "\\u0000", "\\ud800", "\\", "/*", "\n", "\r\n", "\t", " ", "\uFEFF", "é", "棉", "😀",
        "\"ocid\":\"x\"", "\"releases\":[", "\"date\":\"9999-12-31T23:59:59+14:00\"", "\"id\":1", "{}", "[]", "\"tag\":[\"compiled\"]", "\"value\":{\"amount\":1e300,\"currency\":\"EUR\"}",
        "<", ">", "</", "/>", "&amp;", "&#0;", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version=\"1.0\"?>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", " xmlns=\"x\"", "schemeName=\"ojs-notice-id\"", "eforms-sdk-1.99",
        ";", "|", "'", "=1+1", "1.234,56", "31/12/2025", "2025-02-30", "€", "CPV 33141420", ";;;;;;;;", "\"\"", "X",
    }.Select(Encoding.UTF8.GetBytes), [0], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80, 0x80]];

    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var bytes = new List<byte>(seeds[_random.Next(seeds.Count)]);
        for (var times = 1 + _random.Next(_random.Next(4) == 0 ? 24 : 4); times > 0; times--)
        {
            Mutate(bytes);
        }

        return [.. bytes.Take(LargestInput)];
    }

    private void Mutate(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, 1 << _random.Next(1, 12));
        switch (_random.Next(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes.InsertRange(at, s_tokens[_random.Next(s_tokens.Length)]);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 6:
                var other = seeds[_random.Next(seeds.Count)];
                var from = _random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, 1 << _random.Next(1, 12))));
                break;
            case 7:
                bytes.RemoveRange(at, Math.Min(length, 1));
                bytes.InsertRange(at, s_tokens[_random.Next(s_tokens.Length)]);
                break;
            default:
                var token = s_tokens[_random.Next(s_tokens.Length)];
                for (var i = _random.Next(1, 300); i > 0; i--)
                {
                    bytes.InsertRange(at, token);
                }

                break;
        }
    }
}
