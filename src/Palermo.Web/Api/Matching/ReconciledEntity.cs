using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Palermo.Matching.Lists;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api.Matching;

/// <summary>What a reconciliation client asks of entities it has matched.</summary>
internal static class ReconciledEntity
{
    private const int MostEntities = 500;
    private static readonly Dictionary<string, IReadOnlyList<string>> s_nothing = [];

    /// <summary>Its id among those of all lists: two lists may give the same number to two parties.</summary>
    public static string Id(string list, ListedParty party) => $"{list}:{party.Id}";

    /// <summary>Properties of entities, to fill columns.</summary>
    /// <param name="extend">JSON: <c>ids</c> and <c>properties</c>.</param>
    /// <param name="shelf">The lists.</param>
    public static IResult Extend(string extend, ListShelf shelf)
    {
        Extension? asked;
        try
        {
            asked = JsonSerializer.Deserialize<Extension>(extend, JsonSerializerOptions.Web);
        }
        catch (JsonException e)
        {
            return Problems.Of("malformed-request", $"extend is no JSON: {e.Message}");
        }

        if (asked?.Ids is not { Count: <= MostEntities } ids || asked.Properties is not { Count: > 0 } properties || ids.Any(i => i is null) || properties.Any(p => p?.Id is null))
        {
            return Problems.Of("invalid-input", $"At most {MostEntities} ids and at least one property were expected: {{\"ids\": [\"…\"], \"properties\": [{{\"id\": \"country\"}}]}}.");
        }

        // One that is only compared is known here and has no values: an empty column, not a refusal.
        var names = ReconciliationSuggestions.All.ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);
        if (properties.FirstOrDefault(p => !names.ContainsKey(p!.Id!)) is { } unknown)
        {
            return Problems.Of("invalid-input", $"There is no property {unknown.Id}; there are {string.Join(", ", names.Keys)}.");
        }

        return Results.Json(new
        {
            meta = properties.Select(p => new { id = p!.Id, name = names[p.Id!] }),
            rows = ids.Distinct(StringComparer.Ordinal).ToDictionary(id => id!, id =>
            {
                var values = shelf.Entity(id!) is var (party, edition) ? Values(party, edition) : s_nothing;
                return properties.DistinctBy(p => p!.Id).ToDictionary(p => p!.Id!, p => values.GetValueOrDefault(p!.Id!, []).Select(v => new { str = v }), StringComparer.Ordinal);
            }, StringComparer.Ordinal),
        });
    }

    /// <summary>A page about one, for a frame in a page of the client's.</summary>
    public static IResult Preview(string id, HttpContext http, ListShelf shelf)
    {
        if (shelf.Entity(id) is not var (party, edition))
        {
            return Problems.Of("not-found", $"No list has an entity {id}.");
        }

        SecurityHeaders.AllowFrames(http);
        var values = Values(party, edition);
        var shown = ReconciliationSuggestions.All.Where(p => p.IsFetched && p.Id is not ("name" or "datasets" or "lastChange") && values.GetValueOrDefault(p.Id, []).Count > 0).Select(p => (p.Name, string.Join("; ", values[p.Id]))).ToArray();
        return new RazorComponentResult<EntityPreview>(new Dictionary<string, object?> { [nameof(EntityPreview.Name)] = party.Caption, [nameof(EntityPreview.List)] = $"{(edition.Source.Title.Length > 0 ? edition.Source.Title : edition.Source.Id)}, edition {edition.Date:yyyy-MM-dd}", [nameof(EntityPreview.Properties)] = shown });
    }

    // All that can be fetched of one: what the protocol of entities tells, and which list says it since when.
    private static Dictionary<string, IReadOnlyList<string>> Values(ListedParty party, ListEdition edition) => new((IDictionary<string, IReadOnlyList<string>>)FtmEntity.Write(party, edition)["properties"]!, StringComparer.Ordinal)
    {
        ["datasets"] = [edition.Source.Id],
        ["firstSeen"] = party.From.Length > 0 ? [party.From] : [],
        ["lastChange"] = [edition.Date.ToString("yyyy-MM-dd", null)],
    };

    private sealed record Extension(IReadOnlyList<string?>? Ids, IReadOnlyList<Property?>? Properties);

    private sealed record Property(string? Id);
}
