using Palermo.Prevent.Explaining;

namespace Palermo.Prevent.Drafting;

/// <summary>Which open questions matter for this buyer: those that rules of its own country or organization ask come first.</summary>
public static class Relevance
{
    /// <summary>Open questions, those of the buyer's own rules first, within them the most decisive first.</summary>
    public static IEnumerable<Question> Ordered(DraftInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var country = input.Facts.Facts.TryGetValue("buyer.country", out var code) ? code.Codes[0] : "";
        var own = input.Ruling.Packs.Where(p => country.Length > 0 && (p.Pack.Jurisdiction == country || p.Pack.Jurisdiction.StartsWith(country + "-", StringComparison.Ordinal) || p.Applies == Rules.Truth.True)).Select(p => p.Pack.Id).ToHashSet(StringComparer.Ordinal);
        return country.Length == 0 ? input.Ruling.Questions : input.Ruling.Questions.OrderBy(q => q.Packs.Any(own.Contains) ? 0 : 1);
    }

    /// <summary>The same without those that only rules of other countries ask.</summary>
    public static IEnumerable<Question> Near(DraftInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var away = input.Ruling.Packs.Where(p => p.Applies != Rules.Truth.True && !IsNear(p, input)).Select(p => p.Pack.Id).ToHashSet(StringComparer.Ordinal);
        return Ordered(input).Where(q => !q.Packs.All(away.Contains));
    }

    /// <summary>False for a regime of another country than the buyer's; organizations and unions of States are near to everybody.</summary>
    public static bool IsNear(PackRuling ruling, DraftInput input)
    {
        ArgumentNullException.ThrowIfNull(ruling);
        ArgumentNullException.ThrowIfNull(input);
        var of = ruling.Pack.Jurisdiction.Split('-')[0];
        return !input.Facts.Facts.TryGetValue("buyer.country", out var country) || of == country.Codes[0] || !input.Catalogue.Countries.ContainsKey(of);
    }
}
