using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Palermo.Matching;
using Palermo.Matching.Lists;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api.Matching;

/// <summary>
/// The matching protocol of OpenSanctions (its service yente): clients of it work unchanged. Datasets are the exclusion
/// lists of this installation; <c>default</c> is all of them.
/// </summary>
internal static class OpenSanctionsApi
{
    private const int MostQueries = 500, MostResults = 100;
    private const double Threshold = 0.7, Cutoff = 0.5;
    private const string Algorithm = "palermo-evidence";

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").WithTags("Matching");
        group.MapGet("/catalog", Catalog).WithName("Catalog").WithSummary("The exclusion lists of this installation, with their editions.");
        group.MapGet("/algorithms", () => TypedResults.Ok(new { algorithms = new[] { new { name = Algorithm, description = "Evidence in bits, added up to a calibrated probability; each bit is explained.", features = new Dictionary<string, object>() } }, @default = Algorithm, best = Algorithm })).WithName("Algorithms").WithSummary("How entities are compared.");
        group.MapPost("/match/{dataset}", Match).RequireRateLimiting(HeavyLimit.Name).WithName("Match").WithSummary("Matches entities against a list, with the evidence. A result is a reason to look, never a verdict.").Produces<MatchResponse>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422).ProducesProblem(429);
        group.MapGet("/search/{dataset}", Search).RequireRateLimiting(HeavyLimit.Name).WithName("Search").WithSummary("Searches a list by name.").Produces<JsonElement>().ProducesProblem(404).ProducesProblem(422);
        group.MapGet("/entities/{id}", (string id, ListShelf shelf) => shelf.Entity(id) is var (party, edition) ? Results.Json(FtmEntity.Write(party, edition)) : Problems.Of("not-found", $"No list has an entity {id}.")).WithName("GetEntity").WithSummary("A listed entity.").Produces<JsonElement>().ProducesProblem(404);
    }

    private static IResult Catalog(ListShelf shelf) => TypedResults.Ok(new
    {
        datasets = shelf.Editions.Select(e => new
        {
            name = e.Source.Id,
            title = e.Source.Title.Length > 0 ? e.Source.Title : e.Source.Id,
            version = e.Date.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            index_version = e.Date.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            index_current = true,
            load = true,
            updated_at = e.Added.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            publisher = new { name = e.Source.Publisher },
            license = e.Source.Licence,
            entity_count = e.Parties,
            children = (string[]?)null,
        }).Append(new { name = ListShelf.AllLists, title = "All lists of this installation", version = "", index_version = "", index_current = true, load = true, updated_at = "", publisher = new { name = "" }, license = "", entity_count = shelf.Editions.Sum(e => e.Parties), children = (string[]?)[.. shelf.Editions.Select(e => e.Source.Id)] }),
        current = shelf.Editions.Select(e => e.Source.Id).Append(ListShelf.AllLists),
        outdated = Array.Empty<string>(),
        index_stale = false,
    });

    private static IResult Match(string dataset, MatchRequest request, ListShelf shelf, [FromQuery] int? limit, [FromQuery] double? threshold, [FromQuery] double? cutoff)
    {
        if (!shelf.Has(dataset))
        {
            return Missing(dataset, shelf);
        }

        var queries = request.Queries ?? [];
        if (queries.Count is 0 or > MostQueries)
        {
            return Problems.Of("invalid-input", $"{queries.Count} queries; 1 to {MostQueries} were expected: {{\"queries\": {{\"a\": {{\"schema\": \"Company\", \"properties\": {{\"name\": [\"…\"]}}}}}}}}.");
        }

        if (limit is < 1 or > MostResults || threshold is < 0 or > 1 || cutoff is < 0 or > 1)
        {
            return Problems.Of("invalid-input", $"limit is 1 to {MostResults}; threshold and cutoff are 0 to 1.");
        }

        var read = queries.Select(q => (q.Key, Query: q.Value, Read: FtmEntity.Read(q.Value?.Schema, q.Value?.Properties))).ToArray();
        if (read.Where(r => r.Read.Party is null).ToArray() is { Length: > 0 } wrong)
        {
            return Problems.Of("invalid-input", $"queries.{wrong[0].Key}: {wrong[0].Read.Problem}", [.. wrong.Select(w => new ProblemDetail("queries." + w.Key, w.Read.Problem!, "Correct the query."))]);
        }

        var most = limit ?? 5;
        var least = Math.Clamp(cutoff ?? Cutoff, 0.01, 0.999);
        var found = shelf.FindAll(dataset, [.. read.Select(r => r.Read.Party!)], most, least);
        var editions = shelf.Editions.ToDictionary(e => e.Source.Id, StringComparer.Ordinal);
        return TypedResults.Ok(new MatchResponse(
            read.Select((r, i) => (r.Key, new MatchAnswer(200, [.. found[i].Select(c => Result(c, editions[c.List], threshold ?? Threshold))], new MatchTotal(found[i].Count, "eq"), r.Query!))).ToDictionary(r => r.Key, r => r.Item2, StringComparer.Ordinal),
            new Dictionary<string, MatcherDescription> { [Algorithm] = new("Evidence in bits; docs/matching.md") },
            most));
    }

    private static Dictionary<string, object?> Result(ListCandidate candidate, ListEdition edition, double threshold)
    {
        var entity = FtmEntity.Write(candidate.Party, edition);
        entity["score"] = Math.Round(candidate.Comparison.Probability, 4);
        entity["match"] = candidate.Comparison.Probability >= threshold;
        var byRule = candidate.Comparison.Evidence.GroupBy(e => e.Rule, StringComparer.Ordinal).ToArray();
        entity["features"] = byRule.ToDictionary(g => g.Key, g => Math.Round(g.Sum(e => e.Bits), 2), StringComparer.Ordinal);
        entity["explanations"] = byRule.ToDictionary(g => g.Key, g => new { score = Math.Round(g.Sum(e => e.Bits), 2), detail = "bits", query = string.Join(" ", g.Select(e => e.Query).Where(t => t.Length > 0)), candidate = string.Join(" ", g.Select(e => e.Listed).Where(t => t.Length > 0)) }, StringComparer.Ordinal);
        entity["bits"] = Math.Round(candidate.Comparison.Bits, 2);
        entity["band"] = candidate.Comparison.Band.ToString().ToLowerInvariant();
        entity["sentence"] = Palermo.Matching.Sentences.Of(candidate.Comparison);
        return entity;
    }

    private static IResult Search(string dataset, ListShelf shelf, [FromQuery] string? q, [FromQuery] int? limit, [FromQuery] int? offset)
    {
        if (!shelf.Has(dataset))
        {
            return Missing(dataset, shelf);
        }

        if (string.IsNullOrWhiteSpace(q) || q.Length > FtmEntity.LongestName || limit is < 1 or > MostResults || offset is < 0 or > 400)
        {
            return Problems.Of("invalid-input", string.IsNullOrWhiteSpace(q) ? "Say what to look for: ?q=name." : q.Length > FtmEntity.LongestName ? $"q= has at most {FtmEntity.LongestName} letters." : $"limit is 1 to {MostResults}, offset 0 to 400.");
        }

        var size = limit ?? 10;
        var start = offset ?? 0;
        var found = shelf.Find(dataset, new Party { Names = [q] }, start + size + 1, 0.1);
        var editions = shelf.Editions.ToDictionary(e => e.Source.Id, StringComparer.Ordinal);
        return Results.Json(new
        {
            limit = size,
            offset = start,
            total = new MatchTotal(found.Count, found.Count > start + size ? "gte" : "eq"),
            facets = new Dictionary<string, object>(),
            results = found.Skip(start).Take(size).Select(c =>
            {
                var entity = FtmEntity.Write(c.Party, editions[c.List]);
                entity["score"] = Math.Round(c.Comparison.Probability, 4);
                return entity;
            }),
        });
    }

    private static IResult Missing(string dataset, ListShelf shelf) =>
        Problems.Of("not-found", shelf.Editions.Count == 0
            ? $"There is no list {dataset}: none has been added here yet. palermo lists add adds one."
            : $"There is no list {dataset}; there are {string.Join(", ", shelf.Editions.Select(e => e.Source.Id))}, and {ListShelf.AllLists} for all.");
}

/// <summary>Entities to match, by a name of the client's.</summary>
/// <param name="Queries">Queries.</param>
internal sealed record MatchRequest(Dictionary<string, MatchQuery?>? Queries);

/// <summary>An entity that is asked for.</summary>
/// <param name="Id">Id of the client's, if any.</param>
/// <param name="Schema">Person, Company, Organization, PublicBody or LegalEntity.</param>
/// <param name="Properties">Properties of FollowTheMoney: lists of texts.</param>
internal sealed record MatchQuery(string? Id, string? Schema, Dictionary<string, JsonElement>? Properties);

/// <summary>Answers, by the client's names.</summary>
/// <param name="Responses">Answers.</param>
/// <param name="Matcher">How they were compared.</param>
/// <param name="Limit">At most so many results each.</param>
internal sealed record MatchResponse(Dictionary<string, MatchAnswer> Responses, Dictionary<string, MatcherDescription> Matcher, int Limit);

/// <summary>An answer.</summary>
/// <param name="Status">200.</param>
/// <param name="Results">Entities, with score, match, features, explanations.</param>
/// <param name="Total">How many.</param>
/// <param name="Query">The query.</param>
internal sealed record MatchAnswer(int Status, IReadOnlyList<Dictionary<string, object?>> Results, MatchTotal Total, MatchQuery Query);

/// <summary>A number of results.</summary>
/// <param name="Value">The number.</param>
/// <param name="Relation">eq, or gte if there may be more.</param>
internal sealed record MatchTotal(int Value, string Relation);

/// <summary>How entities were compared.</summary>
/// <param name="Description">In words.</param>
internal sealed record MatcherDescription(string Description);
