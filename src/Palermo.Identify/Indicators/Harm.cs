using Palermo.Knowledge;

namespace Palermo.Identify.Indicators;

/// <summary>How grave the harm of a listing is (docs/method.md, "Severity").</summary>
internal static class Harm
{
    public static Severity Of(Judgement judgement, Listing listing) =>
        listing.ForcedChildLabour || IsStateImposed(judgement, listing) ? Severity.Gravest
        : listing.ForcedLabour ? Severity.Grave
        : Severity.Serious;

    public static Severity Of(Judgement judgement, bool forced, string country) =>
        forced && IsStateSponsored(judgement, country) ? Severity.Gravest : forced ? Severity.Grave : Severity.Serious;

    public static bool IsStateImposed(Judgement judgement, Listing listing) => listing.ForcedLabour && IsStateSponsored(judgement, listing.Country);

    public static bool IsStateSponsored(Judgement judgement, string country) =>
        judgement.Catalogue.Countries.TryGetValue(country, out var found) && found.StateSponsored == true && found.Basis.Verified;

    /// <summary>True if a law presumes all goods of the country, or of its nationals, to be made with forced labour (CAATSA s.321: North Korea).</summary>
    public static bool IsBarredFromTrade(Judgement judgement, string country) =>
        judgement.Catalogue.ImportMeasures.Any(m => m.Scope == MeasureScope.Framework && m.Measure == "presumption" && m.Country == country);
}
