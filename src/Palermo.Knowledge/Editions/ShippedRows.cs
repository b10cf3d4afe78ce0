namespace Palermo.Knowledge.Editions;

/// <summary>The edition shipped in data/, in the columns of an imported one, to compare with.</summary>
internal static class ShippedRows
{
    public static IReadOnlyList<string[]> Of(EditionKind kind)
    {
        var catalogue = Catalogue.Default;
        return kind.Id switch
        {
            "dol-goods" => [.. catalogue.Listings.Where(l => !l.Removed).Select(l => new[] { l.Good.Name, l.Country, l.Good.Sector, Flag(l.ChildLabour), Flag(l.ForcedLabour), Flag(l.ForcedChildLabour) })],
            "uflpa" => [.. catalogue.ListedEntities.Select(e => new[] { e.Name, string.Join('|', e.Aliases), e.Sublist, e.EffectiveDate, "" })],
            _ => [.. catalogue.ImportMeasures.Where(IsOrder).Select(m => new[] { m.Entity, m.Date, m.Measure, string.Join('|', m.EntityNames.Where(n => n != m.Entity)), m.Country, m.Product, m.Status is "listed" or "status not seen" ? "active" : m.Status, "" })],
        };
    }

    /// <summary>True for the orders that an edition of CBP's list replaces.</summary>
    public static bool IsOrder(ImportMeasure measure) => measure.Regime == "US CBP s.307";

    private static string Flag(bool value) => value ? "1" : "0";
}
