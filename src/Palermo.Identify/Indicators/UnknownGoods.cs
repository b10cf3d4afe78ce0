using System.Collections.Concurrent;

namespace Palermo.Identify.Indicators;

/// <summary>What keeps goods and sectors from being recognised: made once for each indicator, since most processes of a register share them.</summary>
internal static class UnknownGoods
{
    private static readonly ConcurrentDictionary<string, Unknown> s_titles = new();
    private static readonly ConcurrentDictionary<string, Unknown> s_foreign = new();
    private static readonly ConcurrentDictionary<string, Unknown> s_nothing = new();

    public static Unknown TitlesOnly(string indicator) => s_titles.GetOrAdd(indicator, static id =>
        Unknown.Shared(id, partly: true, "No item could be read; titles and descriptions were judged instead.", "tender/items/classification", "tender/items/description"));

    public static Unknown ForeignScript(string indicator) => s_foreign.GetOrAdd(indicator, static id =>
        Unknown.Shared(id, partly: false, "The texts are in a script without word lists here, and no item has a code of a known scheme (CPV, UNSPSC, HS).", "tender/items/classification"));

    public static Unknown Nothing(string indicator) => s_nothing.GetOrAdd(indicator, static id =>
        Unknown.Shared(id, partly: false, "Nothing says what is bought.", "tender/items/classification", "tender/items/description", "tender/title"));
}
