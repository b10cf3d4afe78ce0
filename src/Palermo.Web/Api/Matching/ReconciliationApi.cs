using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Palermo.Matching;
using Palermo.Matching.Lists;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api.Matching;

/// <summary>The Reconciliation Service API 0.2 of the W3C community group, as OpenRefine speaks it.</summary>
internal static class ReconciliationApi
{
    private static readonly string[] s_versions = ["0.2"];
    private const int MostQueries = 200, MostResults = 25;

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/reconcile").WithTags("Matching").RequireRateLimiting(HeavyLimit.Name);
        group.MapGet("/{dataset}", (string dataset, HttpRequest request, ListShelf shelf, [FromQuery] string? queries) => queries is null ? Manifest(dataset, request, shelf) : Answer(dataset, queries, shelf)).WithName("ReconcileManifest").WithSummary("What this reconciliation service offers; with ?queries=, its answers.").Produces<JsonElement>().ProducesProblem(404);
        // No antiforgery: nothing is changed, nobody is signed in.
        group.MapPost("/{dataset}", (string dataset, [FromForm] string queries, ListShelf shelf) => Answer(dataset, queries, shelf)).DisableAntiforgery().WithName("Reconcile").WithSummary("Reconciles a batch of names, as OpenRefine sends it.").Produces<JsonElement>().ProducesProblem(404).ProducesProblem(422);
    }

    private static IResult Manifest(string dataset, HttpRequest request, ListShelf shelf) => !shelf.Has(dataset)
        ? Problems.Of("not-found", $"There is no list {dataset}. /catalog lists them.")
        : Results.Json(new
        {
            versions = s_versions,
            name = $"Palermo: {(dataset == ListShelf.AllLists ? "all exclusion lists" : shelf.Editions.First(e => e.Source.Id == dataset).Source.Title)}",
            identifierSpace = "https://www.opensanctions.org/reference/#entities",
            schemaSpace = "https://followthemoney.tech/explorer/schemata/",
            view = new { url = $"{request.Scheme}://{request.Host}/entities/{{{{id}}}}" },
            defaultTypes = FtmEntity.Schemata.Select(s => new { id = s, name = s }),
            batchSize = MostQueries,
        });

    private static IResult Answer(string dataset, string queries, ListShelf shelf)
    {
        if (!shelf.Has(dataset))
        {
            return Problems.Of("not-found", $"There is no list {dataset}. /catalog lists them.");
        }

        Dictionary<string, ReconciliationQuery?>? batch;
        try
        {
            batch = JsonSerializer.Deserialize<Dictionary<string, ReconciliationQuery?>>(queries, JsonSerializerOptions.Web);
        }
        catch (JsonException e)
        {
            return Problems.Of("malformed-request", $"queries is no JSON: {e.Message}");
        }

        if (batch is null or { Count: 0 or > MostQueries } || batch.Values.Any(q => string.IsNullOrWhiteSpace(q?.Query) || q.Query.Length > FtmEntity.LongestName))
        {
            return Problems.Of("invalid-input", $"1 to {MostQueries} queries were expected, each with a text of at most {FtmEntity.LongestName} letters: {{\"q0\": {{\"query\": \"…\"}}}}.");
        }

        return Results.Json(batch.ToDictionary(q => q.Key, q => new { result = shelf.Find(dataset, Party(q.Value!), Math.Clamp(q.Value!.Limit ?? 5, 1, MostResults), 0.2).Select(Result) }, StringComparer.Ordinal));
    }

    private static object Result(ListCandidate c)
    {
        var type = FtmEntity.Schema(c.Party.Kind);
        return new
        {
            id = c.Party.Id,
            name = c.Party.Caption,
            description = $"{c.List}, edition {c.Edition:yyyy-MM-dd}. {Palermo.Matching.Sentences.Of(c.Comparison)}",
            score = Math.Round(c.Comparison.Probability * 100, 1),
            match = c.Comparison.Band == MatchBand.Certain,
            type = new[] { new { id = type, name = type } },
            features = c.Comparison.Evidence.GroupBy(e => e.Rule, StringComparer.Ordinal).Select(g => new { id = g.Key, value = Math.Round(g.Sum(e => e.Bits), 2) }),
        };
    }

    private static Party Party(ReconciliationQuery query)
    {
        var properties = (query.Properties ?? []).Where(p => p.Pid is not null).GroupBy(p => p.Pid!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().V, StringComparer.Ordinal);
        properties["name"] = JsonSerializer.SerializeToElement(new[] { query.Query!.Trim() });
        var type = query.Type is { ValueKind: JsonValueKind.String } text && FtmEntity.Schemata.Contains(text.GetString()!) ? text.GetString() : "LegalEntity";
        return FtmEntity.Read(type, properties).Party!;
    }

    private sealed record ReconciliationQuery(string? Query, JsonElement? Type, int? Limit, IReadOnlyList<ReconciliationProperty>? Properties);

    private sealed record ReconciliationProperty(string? Pid, JsonElement V);
}
