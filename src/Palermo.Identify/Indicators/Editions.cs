using Palermo.Knowledge;

namespace Palermo.Identify.Indicators;

/// <summary>Which rows of the goods list count at a date.</summary>
/// <remarks>
/// The list of the U.S. Department of Labor appeared on 28 September 2022 and 5 September 2024 (data/goods/README.md).
/// Before the first of these the 2022 edition is used: no earlier one is in data/.
/// </remarks>
internal static class Editions
{
    private static readonly DateOnly s_edition2024 = new(2024, 9, 5);

    public static bool InForce(Listing listing, DateOnly asOf) => listing.Removed ? asOf < s_edition2024 : InForce(listing.Edition, asOf);

    public static bool InForce(string edition, DateOnly asOf) => edition != "2024" || asOf >= s_edition2024;

    /// <summary>A date of data/: a day, or a month of which the first day counts. Null if blank.</summary>
    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day
        : DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", out var month) ? month
        : null;
}
