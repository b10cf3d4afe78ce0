namespace Palermo.Knowledge;

/// <summary>A classification scheme whose codes this catalogue can read.</summary>
public enum CodeScheme
{
    /// <summary>A scheme that is not mapped here; words decide.</summary>
    Unknown,

    /// <summary>Common Procurement Vocabulary 2008.</summary>
    Cpv,

    /// <summary>United Nations Standard Products and Services Code.</summary>
    Unspsc,

    /// <summary>Harmonized System.</summary>
    Hs,
}

/// <summary>What is bought, as far as a code tells.</summary>
public enum Category
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Goods.</summary>
    Goods,

    /// <summary>Works.</summary>
    Works,

    /// <summary>Services.</summary>
    Services,
}

/// <summary>What a code stands for. One of <paramref name="Good"/> and <paramref name="SectorIndex"/> is set.</summary>
/// <param name="Good">The good, or null.</param>
/// <param name="SectorIndex">Index of the sector, or -1.</param>
/// <param name="Exact">False for a class of which the good is only a part: a word must confirm it.</param>
/// <param name="Digits">Digits of the mapped prefix: the more, the closer.</param>
public readonly record struct CodeMeaning(Good? Good, int SectorIndex, bool Exact, int Digits);

/// <summary>Finds goods and sectors from classification codes, through the hierarchies: a mapped code covers all below it.</summary>
public sealed class CodeIndex
{
    private readonly Dictionary<long, CodeMeaning[]> _meanings;

    // By scheme and the first three digits: the longest code mapped there. Most codes stand for nothing listed.
    private readonly byte[] _longest = new byte[4 * 1000];

    private CodeIndex(Dictionary<long, CodeMeaning[]> meanings)
    {
        _meanings = meanings;
        foreach (var key in meanings.Keys)
        {
            var (scheme, length, value) = ((int)(key >> 40), (int)(key >> 32) & 0xFF, key & uint.MaxValue);
            var from = length == 2 ? value * 10 : value;
            for (; length > 3; length--)
            {
                from /= 10;
            }

            for (var three = from; three <= (((int)(key >> 32) & 0xFF) == 2 ? from + 9 : from); three++)
            {
                ref var longest = ref _longest[(scheme * 1000) + three];
                longest = Math.Max(longest, (byte)(key >> 32));
            }
        }
    }

    /// <summary>Reads a scheme as publishers write it (<c>CPV</c>, <c>x_CPV</c>, <c>UNSPSC v14</c>, <c>HS2022</c>).</summary>
    public static CodeScheme ReadScheme(ReadOnlySpan<byte> scheme)
    {
        if (scheme.SequenceEqual("CPV"u8))
        {
            return CodeScheme.Cpv;
        }

        if (scheme.SequenceEqual("UNSPSC"u8) || ContainsIgnoreCase(scheme, "UNSPSC"u8))
        {
            return CodeScheme.Unspsc;
        }

        if (ContainsIgnoreCase(scheme, "CPV"u8) && !ContainsIgnoreCase(scheme, "CPVS"u8))
        {
            return CodeScheme.Cpv;
        }

        return scheme.Length is >= 2 and <= 6 && (scheme[0] | 0x20) == 'h' && (scheme[1] | 0x20) == 's' ? CodeScheme.Hs : CodeScheme.Unknown;
    }

    /// <summary>Reads the digits of a code: check digit, separators and blanks are dropped. False if it is no code of the scheme.</summary>
    public static bool TryReadCode(CodeScheme scheme, ReadOnlySpan<byte> text, Span<byte> digits, out int length)
    {
        length = 0;
        var most = scheme == CodeScheme.Hs ? 6 : 8;
        foreach (var b in text)
        {
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                if (length < most)
                {
                    digits[length++] = b;
                }
            }
            else if (b == '-' && length > 0 && scheme != CodeScheme.Hs)
            {
                break; // the check digit of CPV, the local extension of UNSPSC
            }
            else if (b is not ((byte)' ' or (byte)'.'))
            {
                return false;
            }
        }

        return length >= 2;
    }

    /// <summary>Adds what a code stands for, the closest mapping last.</summary>
    public void Find(CodeScheme scheme, ReadOnlySpan<byte> digits, List<CodeMeaning> meanings)
    {
        ArgumentNullException.ThrowIfNull(meanings);
        var value = 0L;
        var most = digits.Length < 3 ? digits.Length : Math.Min(digits.Length, _longest[((int)scheme * 1000) + ((digits[0] - '0') * 100) + ((digits[1] - '0') * 10) + digits[2] - '0']);
        for (var length = 1; length <= most; length++)
        {
            value = (value * 10) + (digits[length - 1] - '0');
            if (length >= 2 && _meanings.TryGetValue(Key(scheme, length, value), out var found))
            {
                meanings.AddRange(found);
            }
        }
    }

    /// <summary>Goods, works or services, from the division (CPV), segment (UNSPSC) or the scheme itself (HS).</summary>
    public static Category CategoryOf(CodeScheme scheme, ReadOnlySpan<byte> digits)
    {
        if (scheme == CodeScheme.Hs)
        {
            return Category.Goods;
        }

        if (digits.Length < 2 || scheme == CodeScheme.Unknown)
        {
            return Category.Unknown;
        }

        var head = ((digits[0] - '0') * 10) + digits[1] - '0';
        return scheme switch
        {
            CodeScheme.Cpv => head switch { 45 => Category.Works, < 50 => Category.Goods, _ => Category.Services },
            _ => head switch { 72 => Category.Works, >= 70 and not 95 => Category.Services, _ => Category.Goods },
        };
    }

    internal static CodeIndex Build(CompiledData data, Dictionary<string, Good> goods)
    {
        var rows = new List<(long Key, CodeMeaning Meaning)>();
        var codes = data["goods/codes"];
        for (var r = 0; r < codes.Count; r++)
        {
            var prefix = Prefix(codes[r, "scheme"], codes[r, "code"]);
            rows.Add((Key(codes[r, "scheme"], prefix), new CodeMeaning(goods[codes[r, "good"]], -1, codes[r, "match"] == "exact", prefix.Length)));
        }

        var sectorTable = data["sectors/sectors"];
        var sectorIndex = Catalogue.Rows(sectorTable, r => (Id: sectorTable[r, "id"], Row: r)).ToDictionary(s => s.Id, s => s.Row, StringComparer.Ordinal);
        var sectors = data["sectors/codes"];
        for (var r = 0; r < sectors.Count; r++)
        {
            var prefix = Prefix(sectors[r, "scheme"], sectors[r, "code"]);
            rows.Add((Key(sectors[r, "scheme"], prefix), new CodeMeaning(null, sectorIndex[sectors[r, "sector"]], true, prefix.Length)));
        }

        return new CodeIndex(rows.GroupBy(row => row.Key).ToDictionary(g => g.Key, g => g.Select(row => row.Meaning).ToArray()));
    }

    /// <summary>A CPV code without its trailing zeros (at least the division), an UNSPSC code without its trailing pairs of zeros, an HS code as it is.</summary>
    internal static string Prefix(string scheme, string code)
    {
        if (scheme == "HS")
        {
            return code;
        }

        var step = scheme == "UNSPSC" ? 2 : 1;
        while (code.Length > 2 && code.AsSpan(code.Length - step).TrimStart('0').IsEmpty)
        {
            code = code[..^step];
        }

        return code;
    }

    private static long Key(string scheme, string prefix) =>
        Key(scheme switch { "CPV" => CodeScheme.Cpv, "UNSPSC" => CodeScheme.Unspsc, _ => CodeScheme.Hs }, prefix.Length, long.Parse(prefix));

    private static long Key(CodeScheme scheme, int length, long value) => ((long)scheme << 40) | ((long)length << 32) | value;

    private static bool ContainsIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> upper)
    {
        for (var i = 0; i + upper.Length <= text.Length; i++)
        {
            var same = true;
            for (var j = 0; j < upper.Length && same; j++)
            {
                same = (text[i + j] & 0xDF) == upper[j];
            }

            if (same)
            {
                return true;
            }
        }

        return false;
    }
}
