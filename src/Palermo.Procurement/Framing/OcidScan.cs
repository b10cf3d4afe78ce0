namespace Palermo.Procurement.Framing;

/// <summary>Finds the values of <c>ocid</c> in raw JSON without parsing it, as fast as memory is read.</summary>
/// <remarks>
/// Only used to count how often an ocid is mentioned. A mention too many (a nested one) delays a merge to the end of
/// the input, nothing else: what belongs together is decided on the parsed ocid.
/// </remarks>
internal static class OcidScan
{
    private static readonly System.Buffers.SearchValues<byte> s_number = System.Buffers.SearchValues.Create("-+.eE0123456789"u8);

    // Without its first quote: quotes are everywhere in JSON, and the search looks for the first and last byte together.
    private static ReadOnlySpan<byte> Key => "ocid\""u8;

    /// <summary>Longest text from the key to the end of its value that is looked at; longer ones are no ocid.</summary>
    public const int Reach = 1024;

    /// <summary>Calls back with the hash of each value.</summary>
    /// <returns>Bytes done with; the caller presents the rest again with more behind it. All of it if <paramref name="last"/>.</returns>
    public static int Scan(ReadOnlySpan<byte> json, bool last, List<ulong> hashes)
    {
        var at = 0;
        while (true)
        {
            var found = json[at..].IndexOf(Key);
            if (found < 0)
            {
                return last ? json.Length : Math.Max(at, json.Length - Key.Length - 1);
            }

            var start = at + found;
            if (start == 0 || json[start - 1] != '"')
            {
                at = start + Key.Length;
                continue;
            }

            var end = Value(json, start + Key.Length, out var hash);
            if (end < 0)
            {
                if (!last && json.Length - start < Reach)
                {
                    return start - 1;
                }

                at = start + Key.Length;
                continue;
            }

            if (hash != 0)
            {
                hashes.Add(hash);
            }

            at = end;
        }
    }

    /// <summary>The hash of an ocid; never 0.</summary>
    public static ulong Hash(ReadOnlySpan<byte> ocid)
    {
        var hash = System.IO.Hashing.XxHash3.HashToUInt64(ocid);
        return hash == 0 ? 1 : hash;
    }

    // The end of the value, or -1 if the text ends before it does. Hash 0: not a key after all, or no text or number.
    private static int Value(ReadOnlySpan<byte> json, int at, out ulong hash)
    {
        hash = 0;
        var limit = Math.Min(json.Length, at + Reach);
        while (at < limit && json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        if (at >= limit)
        {
            return -1;
        }

        if (json[at] != ':')
        {
            return at;
        }

        at++;
        while (at < limit && json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        if (at >= limit)
        {
            return -1;
        }

        if (json[at] != '"')
        {
            var number = json[at..limit].IndexOfAnyExcept(s_number);
            if (number < 0)
            {
                return -1;
            }

            hash = number > 0 ? Hash(json.Slice(at, number)) : 0;
            return at + number;
        }

        var start = ++at;
        while (at < limit)
        {
            var stop = json[at..limit].IndexOfAny((byte)'"', (byte)'\\');
            if (stop < 0)
            {
                return -1;
            }

            at += stop;
            if (json[at] == '"')
            {
                var raw = json[start..at];
                hash = Hash(raw.Contains((byte)'\\') ? Ocds.JsonText.UnescapeIfWhole(raw) : raw.Trim(" \t\r\n"u8));
                return at + 1;
            }

            at += 2;
        }

        return -1;
    }
}
