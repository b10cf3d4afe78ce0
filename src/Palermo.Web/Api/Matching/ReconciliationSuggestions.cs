using Palermo.Matching;
using Palermo.Matching.Lists;

namespace Palermo.Web.Api.Matching;

/// <summary>What a reconciliation client offers while somebody types.</summary>
internal static class ReconciliationSuggestions
{
    private const int MostEntities = 10;
    private const double Least = 0.05;

    /// <summary>Properties: what can be compared (a column beside the names), and what can be fetched of an entity.</summary>
    public static IReadOnlyList<(string Id, string Name, bool IsCompared, bool IsFetched)> All { get; } =
    [
        ("address", "Address", true, true),
        ("alias", "Other names", true, true),
        ("birthDate", "Date of birth", true, true),
        ("country", "Country", true, true),
        ("datasets", "List", false, true),
        ("dunsCode", "D-U-N-S number", true, false),
        ("firstSeen", "Listed since", false, true),
        ("idNumber", "Identifiers", true, true),
        ("incorporationDate", "Date of incorporation", true, true),
        ("jurisdiction", "Jurisdiction", true, false),
        ("lastChange", "Edition of the list", false, true),
        ("leiCode", "Legal Entity Identifier (LEI)", true, false),
        ("name", "Name on the list", false, true),
        ("nationality", "Nationality", true, true),
        ("notes", "What the list says", false, true),
        ("phone", "Telephone", true, false),
        ("program", "Ground of listing", false, true),
        ("registrationNumber", "Registration number", true, false),
        ("taxNumber", "Tax number", true, false),
        ("uniqueEntityId", "Unique Entity ID (UEI)", true, false),
        ("weakAlias", "Weak other names", false, true),
    ];

    /// <summary>Listed parties.</summary>
    public static IResult Entities(string dataset, string prefix, ListShelf shelf)
    {
        // Somebody who pastes an identifier of ours means that one.
        var named = shelf.Entity(prefix) is var (party, edition) ? [(edition.Source.Id, Party: party, edition.Date)] : Array.Empty<(string Id, ListedParty Party, DateOnly Date)>();
        var found = prefix.Trim().Length is 0 or > FtmEntity.LongestName ? [] : shelf.Find(dataset, new Party { Names = [prefix.Trim()] }, MostEntities, Least).Select(c => (Id: c.List, c.Party, Date: c.Edition));
        return Results.Json(new
        {
            result = named.Concat(found).DistinctBy(f => (f.Id, f.Party.Id)).Select(f =>
            {
                var type = FtmEntity.Schema(f.Party.Kind);
                return new { id = ReconciledEntity.Id(f.Id, f.Party), name = f.Party.Caption, description = $"{f.Id}, edition {f.Date:yyyy-MM-dd}", notable = new[] { new { id = type, name = type } } };
            }),
        });
    }

    /// <summary>Types.</summary>
    public static IResult Types(string prefix) => Results.Json(new { result = FtmEntity.Schemata.Where(s => s.StartsWith(prefix.Trim(), StringComparison.OrdinalIgnoreCase)).Select(s => new { id = s, name = s }) });

    /// <summary>Properties.</summary>
    public static IResult Properties(string prefix) => Results.Json(new
    {
        result = All.Where(p => p.Id.Contains(prefix.Trim(), StringComparison.OrdinalIgnoreCase) || p.Name.Contains(prefix.Trim(), StringComparison.OrdinalIgnoreCase))
            .Select(p => new { id = p.Id, name = p.Name, description = (p.IsCompared, p.IsFetched) switch { (true, true) => "compared when names are matched; can fill a column", (true, false) => "compared when names are matched", _ => "can fill a column" } }),
    });

    /// <summary>Properties to fill columns with.</summary>
    public static IResult Proposed(string type, int? limit) => Results.Json(new
    {
        type,
        limit,
        properties = All.Where(p => p.IsFetched && (type is "Person" ? p.Id is not ("country" or "incorporationDate") : type is not ("Company" or "Organization" or "PublicBody") || p.Id is not ("nationality" or "birthDate"))).Take(limit is > 0 ? limit.Value : All.Count).Select(p => new { id = p.Id, name = p.Name }),
    });
}
