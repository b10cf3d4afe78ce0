namespace Palermo.Identify.Indicators;

/// <summary>Small pieces of sentences.</summary>
internal static class Phrases
{
    /// <summary>"India, Nepal and 12 others".</summary>
    public static string Few(IReadOnlyList<string> names, int most = 4) => names.Count switch
    {
        0 => "",
        1 => names[0],
        _ when names.Count <= most => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
        _ => $"{string.Join(", ", names.Take(most))} and {names.Count - most} others",
    };

    public static string Labour(bool child, bool forced) => (child, forced) switch
    {
        (true, true) => "child labour and forced labour",
        (true, false) => "child labour",
        _ => "forced labour",
    };

    public static string Unverified(bool verified) => verified ? "" : " (unverified: this row of the data was not seen in its source)";
}
