namespace Palermo.Matching.Text;

/// <summary>Hashes that are the same on every machine and in every version: they are written into index files.</summary>
internal static class Hashes
{
    public static uint Of(ReadOnlySpan<byte> ascii)
    {
        var hash = 2166136261u;
        foreach (var b in ascii)
        {
            hash = (hash ^ b) * 16777619u;
        }

        return Mix(hash);
    }

    public static uint Of(ReadOnlySpan<char> text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = (hash ^ (byte)c) * 16777619u;
            if (c > 0xFF)
            {
                hash = (hash ^ (byte)(c >> 8)) * 16777619u;
            }
        }

        return Mix(hash);
    }

    public static ulong Next(ulong phrase, uint word)
    {
        var hash = (phrase ^ word) * 0x9E3779B97F4A7C15ul;
        return hash ^ (hash >> 29);
    }

    // FNV leaves the low bits of short words close together.
    private static uint Mix(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x7feb352du;
        hash ^= hash >> 15;
        return hash == 0 ? 1u : hash;
    }
}
