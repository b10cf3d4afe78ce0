namespace Palermo.Knowledge;

/// <summary>A source that rows cite.</summary>
public sealed record Source(string Id, string Title, string Publisher, string EditionDate, string Url, string Licence);

/// <summary>A good that some source lists, or that is made with a listed input.</summary>
public sealed record Good(int Index, string Id, string Name, string Sector, bool IsDownstream);

/// <summary>Where a statement of data/ comes from and whether it was seen there.</summary>
/// <param name="SourceIds">Ids of <see cref="Source"/>.</param>
/// <param name="Verified">True for <c>checked: source</c>; a row of <c>memory</c> is shown as unverified and never raises a level by itself.</param>
public readonly record struct Basis(IReadOnlyList<string> SourceIds, bool Verified);

/// <summary>A good from a country on the list, with the labour it is listed for.</summary>
public sealed record Listing(string Id, Good Good, string Country, bool ChildLabour, bool ForcedLabour, bool ForcedChildLabour, string Edition, string Status, Basis Basis, string Note)
{
    /// <summary>True once a later edition took the row off the list.</summary>
    public bool Removed => Status.StartsWith("removed", StringComparison.Ordinal);
}

/// <summary>A good made with a listed input.</summary>
/// <param name="ProducingCountry">Country where the good is made, or blank where the source was not seen to say.</param>
public sealed record DownstreamLink(string Id, Good Good, Good Input, string InputCountry, string ProducingCountry, bool ChildLabour, bool ForcedLabour, string Edition, Basis Basis, string Note);

/// <summary>A sector known for trafficking for labour exploitation.</summary>
/// <param name="Severity">3 where a driver binds the worker to the employer, else 2 (docs/method.md).</param>
public sealed record Sector(int Index, string Id, string Name, string Kind, int Severity, string Drivers, string Reason, Basis Basis);

/// <summary>A condition that aggravates the risk of a sector.</summary>
public sealed record Condition(int Index, string Id, string Name, Basis Basis);

/// <summary>What is known of a country. A null is unknown, never no.</summary>
public sealed record Country(string Id, string Iso3, string Name, string Region, string TipTier, string TipTierYear, bool TipTierVerified, bool? StateSponsored, bool? PalermoParty, bool? C029, bool? C105, bool? P029, bool? C182, bool? C138, bool C138Verified, Basis Basis);

/// <summary>A region that an import measure names.</summary>
public sealed record Region(int Index, string Id, string Country, string Name);

/// <summary>What an import measure reaches.</summary>
public enum MeasureScope
{
    /// <summary>Goods of a region (all cotton of Xinjiang).</summary>
    Region,

    /// <summary>Goods of a country (all cotton of Turkmenistan).</summary>
    Country,

    /// <summary>Goods of one maker or group.</summary>
    Entity,

    /// <summary>A sector named as priority for enforcement.</summary>
    Sector,

    /// <summary>A law that names no product; shown, not applied to a process.</summary>
    Framework,
}

/// <summary>An import ban or the like.</summary>
public sealed record ImportMeasure(string Id, string Regime, string Measure, MeasureScope Scope, string Product, IReadOnlyList<Good> Goods, string RegionId, string Country, string Entity, IReadOnlyList<string> EntityNames, string Date, string Status, string StatusDate, Basis Basis, string Note);

/// <summary>An entry of the UFLPA entity list.</summary>
public sealed record ListedEntity(string Id, string Name, IReadOnlyList<string> Aliases, string Sublist, string EffectiveDate, Basis Basis);

/// <summary>The outline of a country, projected.</summary>
public sealed record MapShape(string Id, string Name, string Path);
