using Palermo.Knowledge.Json;
using Palermo.Knowledge.Rules;

namespace Palermo.Knowledge.Compendium;

/// <summary>What States and organizations have adopted.</summary>
/// <param name="Initiatives">Entries, in the order of jurisdictions and ids.</param>
public sealed record CompendiumData(IReadOnlyList<Initiative> Initiatives)
{
    private static readonly Lazy<CompendiumData> s_shipped = new(LoadShipped);

    /// <summary>The compendium shipped with this build. Read once, on first use.</summary>
    public static CompendiumData Shipped => s_shipped.Value;

    /// <summary>All jurisdictions, in the order of their codes.</summary>
    public IReadOnlyList<Jurisdiction> Jurisdictions { get; } = [.. Initiatives.Select(i => i.Jurisdiction).DistinctBy(j => j.Code).OrderBy(j => j.Code, StringComparer.Ordinal)];

    /// <summary>The entry of an id; null if there is none.</summary>
    public Initiative? Find(string id) => Initiatives.FirstOrDefault(i => i.Id == id);

    /// <summary>The jurisdiction of a code or name; null if there is none.</summary>
    public Jurisdiction? FindJurisdiction(string text) =>
        Jurisdictions.FirstOrDefault(j => j.Code.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? Jurisdictions.FirstOrDefault(j => j.Name.Equals(text, StringComparison.OrdinalIgnoreCase) || j.Name.Split(" (")[0].Equals(text, StringComparison.OrdinalIgnoreCase));

    private static CompendiumData LoadShipped()
    {
        var problems = new Problems("compendium.json");
        var measures = RuleLibrary.Shipped.Measures;
        var all = Located.Parse(Embedded.Read("compendium.json")).Elements.SelectMany(f => CompendiumReader.Read(f, null, measures, problems)).ToArray();
        return problems.All.Count == 0 ? new CompendiumData(all) : throw new InvalidDataException($"The compendium built into this program can't be read: {problems.All[0]}");
    }
}
