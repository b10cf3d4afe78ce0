namespace Palermo.Procurement.Framing;

/// <summary>Reads the first keys of an object to tell a package, whose elements are cut out one by one, from a release or record.</summary>
internal static class PackageKeys
{
    public enum Found
    {
        /// <summary>A package; the position is behind the bracket of its elements.</summary>
        Package,

        /// <summary>To be taken as a whole.</summary>
        Whole,

        /// <summary>The text ends before it is clear.</summary>
        NeedMore,
    }

    public static bool HoldsElements(ReadOnlySpan<byte> key) => key.SequenceEqual("releases"u8) || key.SequenceEqual("records"u8);

    /// <summary>Looks at the keys of the object at <paramref name="at"/>.</summary>
    public static Found Classify(ReadOnlySpan<byte> text, int at, out int elements, ref string version)
    {
        elements = 0;
        at++;
        while (true)
        {
            at = SkipBlank(text, at);
            if (at >= text.Length)
            {
                return Found.NeedMore;
            }

            if (text[at] != '"')
            {
                return Found.Whole;
            }

            var value = ValueOf(text, at, out var key);
            if (value < 0)
            {
                return Found.NeedMore;
            }

            if (HoldsElements(key) && text[value] == '[')
            {
                elements = value + 1;
                return Found.Package;
            }

            if (key.SequenceEqual("ocid"u8) || key.SequenceEqual("compiledRelease"u8) || key.SequenceEqual("versionedRelease"u8))
            {
                return Found.Whole;
            }

            if (key.SequenceEqual("version"u8) && text[value] == '"')
            {
                version = Version(text, value);
            }

            at = value;
            if (text[at] is (byte)'{' or (byte)'[' or (byte)'"')
            {
                var nesting = default(Nesting);
                if (!nesting.Skip(text, ref at))
                {
                    return Found.NeedMore;
                }
            }
            else
            {
                var stop = text[at..].IndexOfAny(",}"u8);
                if (stop < 0)
                {
                    return Found.NeedMore;
                }

                at += stop;
            }

            at = SkipBlank(text, at);
            if (at >= text.Length)
            {
                return Found.NeedMore;
            }

            if (text[at] != ',')
            {
                return Found.Whole;
            }

            at++;
        }
    }

    /// <summary>The position of the value of the key at <paramref name="at"/>, or -1 if the text ends before it.</summary>
    public static int ValueOf(ReadOnlySpan<byte> text, int at, out ReadOnlySpan<byte> key)
    {
        key = default;
        var end = at;
        var nesting = default(Nesting);
        if (!nesting.Skip(text, ref end))
        {
            return -1;
        }

        key = text[(at + 1)..(end - 1)];
        at = SkipBlank(text, end);
        if (at >= text.Length)
        {
            return -1;
        }

        at = SkipBlank(text, text[at] == ':' ? at + 1 : at);
        return at < text.Length ? at : -1;
    }

    /// <summary>A version as <c>1.0</c> or <c>1.1</c>, from the text at <paramref name="at"/>.</summary>
    public static string Version(ReadOnlySpan<byte> text, int at) =>
        text[at..].StartsWith("\"1.0"u8) ? "1.0" : text[at..].StartsWith("\"1."u8) ? "1.1" : "";

    /// <summary>The first ocid in a text that was cut off; blank if there is none.</summary>
    public static string FindOcid(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf("\"ocid\""u8);
        if (at < 0)
        {
            return "";
        }

        var value = ValueOf(text, at, out _);
        if (value < 0 || text[value] != '"')
        {
            return "";
        }

        var end = text[(value + 1)..].IndexOf((byte)'"');
        return end < 0 ? "" : System.Text.Encoding.UTF8.GetString(text.Slice(value + 1, end));
    }

    private static int SkipBlank(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }
}
