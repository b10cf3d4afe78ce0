using Palermo.Knowledge;
using Palermo.Procurement;

namespace Palermo.Identify.Recognition;

/// <summary>A good named by a process.</summary>
/// <param name="Good">The good.</param>
/// <param name="Path">JSON path of the field.</param>
/// <param name="Evidence">What stands there and how it was recognised.</param>
/// <param name="Origin">Where the thing comes from, as far as the process tells.</param>
internal sealed record RecognisedGood(Good Good, string Path, string Evidence, OriginEvidence Origin);

/// <summary>What a process says about the origin of a thing.</summary>
/// <param name="Country">Country stated, or blank.</param>
/// <param name="Region">Id of the region stated, or blank.</param>
/// <param name="Path">JSON path of the statement.</param>
/// <param name="Text">The statement.</param>
internal sealed record OriginEvidence(string Country, string Region, string Path, string Text)
{
    public static OriginEvidence None { get; } = new("", "", "", "");

    public bool IsStated => Country.Length > 0;
}

/// <summary>A sector a process belongs to.</summary>
internal sealed record RecognisedSector(Sector Sector, string Path, string Evidence);

/// <summary>A condition that aggravates.</summary>
internal sealed record RecognisedCondition(string Id, string Name, string Path, string Evidence, Basis Basis);

/// <summary>A party or place and its country.</summary>
/// <param name="Country">Country.</param>
/// <param name="Party">The party, or null.</param>
/// <param name="Item">The item delivered, or null.</param>
/// <param name="Who">supplier, tenderer, subcontractor, place of delivery or buyer.</param>
internal sealed record Place(Country Country, Party? Party, Item? Item, string Who)
{
    /// <summary>JSON path of the field.</summary>
    public string Path => Party is { } p ? $"{p.Path}.{p.CountryField}" : $"{Item!.Path}.{Item.DeliveryField}";

    /// <summary>What stands there.</summary>
    public string Text => Party is not { } p ? Item!.DeliveryCountry.ToString() : p.Name.IsEmpty ? p.Country.ToString() : $"{p.Name} ({p.Country})";
}
