using Palermo.Knowledge.Words;

namespace Palermo.Knowledge;

/// <summary>What the system knows: the compiled content of data/. Immutable and safe to share between threads.</summary>
public sealed class Catalogue
{
    private static readonly Lazy<Catalogue> s_default = new(LoadEmbedded);
    private readonly CompiledData _data;
    private readonly Dictionary<string, Source> _sources;
    private readonly Dictionary<string, Country> _countries;
    private readonly Dictionary<string, string> _countryByName;
    private readonly Lazy<IReadOnlyList<MapShape>> _map;

    internal Catalogue(CompiledData data)
    {
        _data = data;
        var sources = data["sources/sources"];
        _sources = Rows(sources, r => new Source(sources[r, "id"], sources[r, "title"], sources[r, "publisher"], sources[r, "edition_date"], sources[r, "url"], sources[r, "licence"]))
            .ToDictionary(s => s.Id, StringComparer.Ordinal);

        var goods = data["goods/goods"];
        Goods = [.. Rows(goods, r => new Good(r, goods[r, "id"], goods[r, "name"], goods[r, "sector"], goods[r, "kind"] == "downstream"))];
        var goodById = Goods.ToDictionary(g => g.Id, StringComparer.Ordinal);

        var listings = data["goods/listings"];
        Listings = [.. Rows(listings, r => new Listing(listings[r, "id"], goodById[listings[r, "good"]], listings[r, "country"], listings.Flag(r, "child_labour") == true, listings.Flag(r, "forced_labour") == true, listings.Flag(r, "forced_child_labour") == true, listings[r, "edition"], listings[r, "status"], BasisOf(listings, r), listings[r, "note"]))];
        ListingsOf = ByGood(Listings, l => l.Good);

        var downstream = data["goods/downstream"];
        Downstream = [.. Rows(downstream, r => new DownstreamLink(downstream[r, "id"], goodById[downstream[r, "good"]], goodById[downstream[r, "input"]], downstream[r, "input_country"], downstream[r, "producing_country"], downstream.Flag(r, "child_labour") == true, downstream.Flag(r, "forced_labour") == true, downstream[r, "edition"], BasisOf(downstream, r), downstream[r, "note"]))];
        DownstreamOf = ByGood(Downstream, d => d.Good);

        var combinations = data["goods/combinations"];
        Combinations = Rows(combinations, r => (Key: (goodById[combinations[r, "good"]].Index, goodById[combinations[r, "with"]].Index), Gives: goodById[combinations[r, "gives"]])).ToDictionary(c => c.Key, c => c.Gives);

        var sectors = data["sectors/sectors"];
        Sectors = [.. Rows(sectors, r => new Sector(r, sectors[r, "id"], sectors[r, "name"], sectors[r, "kind"], sectors[r, "severity"] == "3" ? 3 : 2, sectors[r, "drivers"], sectors[r, "reason"], BasisOf(sectors, r)))];
        var conditions = data["sectors/conditions"];
        Conditions = [.. Rows(conditions, r => new Condition(r, conditions[r, "id"], conditions[r, "name"], BasisOf(conditions, r)))];

        var countries = data["places/countries"];
        _countries = Rows(countries, r => ReadCountry(countries, r)).ToDictionary(c => c.Id, StringComparer.Ordinal);
        var regions = data["places/regions"];
        Regions = [.. Rows(regions, r => new Region(r, regions[r, "id"], regions[r, "country"], regions[r, "name"]))];

        var measures = data["import-measures/measures"];
        ImportMeasures = [.. Rows(measures, r => new ImportMeasure(measures[r, "id"], measures[r, "regime"], measures[r, "measure"], Enum.Parse<MeasureScope>(measures[r, "scope"], ignoreCase: true), measures[r, "product"], [.. measures.List(r, "goods", ';').Select(id => goodById[id])], measures[r, "region"], measures[r, "country"], measures[r, "entity"], measures.List(r, "entity_names", '|'), measures[r, "date"], measures[r, "status"], measures[r, "status_date"], BasisOf(measures, r), measures[r, "note"]))];
        var entities = data["import-measures/uflpa-entities"];
        ListedEntities = [.. Rows(entities, r => new ListedEntity(entities[r, "id"], entities[r, "name"], entities.List(r, "aliases", '|'), entities[r, "sublist"], entities[r, "effective_date"], BasisOf(entities, r)))];

        Codes = CodeIndex.Build(data, goodById);
        Words = data.Words.Length == 0 ? Vocabulary.Build(data, this) : ReadWords(data.Words);
        _countryByName = CountryNames(data);
        _map = new(() => [.. Rows(data["map/world"], r => new MapShape(data["map/world"][r, "id"], data["map/world"][r, "name"], data["map/world"][r, "path"]))]);
    }

    /// <summary>The catalogue shipped with this build.</summary>
    public static Catalogue Default => s_default.Value;

    /// <summary>The edition of data/: the first twelve hexadecimal digits of the SHA-256 of its files.</summary>
    public string Edition => _data.Edition;

    internal CompiledData Data => _data;

    /// <summary>All goods, by <see cref="Good.Index"/>.</summary>
    public IReadOnlyList<Good> Goods { get; }

    /// <summary>All listings.</summary>
    public IReadOnlyList<Listing> Listings { get; }

    /// <summary>Listings by <see cref="Good.Index"/>.</summary>
    public IReadOnlyList<IReadOnlyList<Listing>> ListingsOf { get; }

    /// <summary>All links from a good to a listed input.</summary>
    public IReadOnlyList<DownstreamLink> Downstream { get; }

    /// <summary>Links by <see cref="Good.Index"/> of the good made.</summary>
    public IReadOnlyList<IReadOnlyList<DownstreamLink>> DownstreamOf { get; }

    /// <summary>Goods (by <see cref="Good.Index"/>) that together in one item mean another good.</summary>
    public IReadOnlyDictionary<(int Good, int With), Good> Combinations { get; }

    /// <summary>All sectors, by <see cref="Sector.Index"/>.</summary>
    public IReadOnlyList<Sector> Sectors { get; }

    /// <summary>All aggravating conditions, by <see cref="Condition.Index"/>.</summary>
    public IReadOnlyList<Condition> Conditions { get; }

    /// <summary>All regions, by <see cref="Region.Index"/>.</summary>
    public IReadOnlyList<Region> Regions { get; }

    /// <summary>All import measures.</summary>
    public IReadOnlyList<ImportMeasure> ImportMeasures { get; }

    /// <summary>The UFLPA entities known here; the list is incomplete (data/import-measures/README.md).</summary>
    public IReadOnlyList<ListedEntity> ListedEntities { get; }

    /// <summary>From classification codes to goods and sectors.</summary>
    public CodeIndex Codes { get; }

    /// <summary>From words to goods, sectors, conditions, regions and countries.</summary>
    public Vocabulary Words { get; }

    /// <summary>All sources by id.</summary>
    public IReadOnlyDictionary<string, Source> Sources => _sources;

    /// <summary>All countries by ISO 3166-1 alpha-2 code.</summary>
    public IReadOnlyDictionary<string, Country> Countries => _countries;

    /// <summary>Outlines of the world's countries for a map in a box of 960 by 470.</summary>
    public IReadOnlyList<MapShape> Map => _map.Value;

    /// <summary>The tables behind the catalogue, for people who want the rows.</summary>
    public IReadOnlyList<DataTable> Tables => _data.Tables;

    /// <summary>The country of a code or a name in any language known here, or null.</summary>
    public Country? FindCountry(string codeOrName)
    {
        ArgumentNullException.ThrowIfNull(codeOrName);
        var text = codeOrName.Trim();
        if (text.Length == 2 && _countries.TryGetValue(text.ToUpperInvariant(), out var country))
        {
            return country;
        }

        return _countryByName.TryGetValue(Folding.Fold(text), out var id) ? _countries[id] : null;
    }

    internal static IEnumerable<T> Rows<T>(DataTable table, Func<int, T> read) => Enumerable.Range(0, table.Count).Select(read);

    private static Vocabulary ReadWords(byte[] words)
    {
        using var reader = new BinaryReader(new MemoryStream(words));
        return Vocabulary.Read(reader);
    }

    private static Catalogue LoadEmbedded()
    {
        using var stream = typeof(Catalogue).Assembly.GetManifestResourceStream("knowledge.bin")
            ?? throw new InvalidOperationException("This build of Palermo.Knowledge carries no data.");
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return new Catalogue(CatalogueFile.Read(file));
    }

    private static Basis BasisOf(DataTable table, int row) => new(table.List(row, "source", ';'), table[row, "checked"] == "source");

    private static Country ReadCountry(DataTable t, int r)
    {
        var unseen = t.List(r, "memory_fields", ';');
        return new Country(
            t[r, "id"], t[r, "iso3"], t[r, "name"], t[r, "un_region"], t[r, "tip_tier"], t[r, "tip_tier_year"],
            TipTierVerified: t[r, "tip_tier_basis"] == "listed" && !unseen.Contains("tip_tier"),
            t.Flag(r, "state_sponsored_2025"), t.Flag(r, "palermo_party_2022"), t.Flag(r, "c029_in_force_2022"), t.Flag(r, "c105_in_force_2022"), t.Flag(r, "p029_in_force_2022"), t.Flag(r, "c182_in_force_2022"), t.Flag(r, "c138_ratified"),
            C138Verified: !unseen.Contains("c138_ratified"), BasisOf(t, r));
    }

    private IReadOnlyList<T>[] ByGood<T>(IReadOnlyList<T> rows, Func<T, Good> good)
    {
        var lookup = rows.ToLookup(row => good(row).Index);
        return [.. Goods.Select(g => (IReadOnlyList<T>)[.. lookup[g.Index]])];
    }

    private static Dictionary<string, string> CountryNames(CompiledData data)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var table = data["places/names"];
        for (var row = 0; row < table.Count; row++)
        {
            names.TryAdd(Folding.Fold(table[row, "name"]), table[row, "country"]);
        }

        var countries = data["places/countries"];
        for (var row = 0; row < countries.Count; row++)
        {
            names.TryAdd(Folding.Fold(countries[row, "name"]), countries[row, "id"]);
            names.TryAdd(Folding.Fold(countries[row, "iso3"]), countries[row, "id"]);
        }

        return names;
    }
}
