using Microsoft.AspNetCore.Mvc;
using Palermo.Web.Hosting;
using System.Text.Json;

namespace Palermo.Web.Api.Matching;

/// <summary>
/// The Reconciliation Service API 0.2 of the W3C community group, as OpenRefine speaks it: names are matched in batches,
/// entities, types and properties suggested as one types, columns filled with what is known of an entity, and an entity
/// shown in a small page. Tried with OpenRefine itself (docs/testing.md).
/// </summary>
internal static class ReconciliationApi
{
    private static readonly string[] s_versions = ["0.2"];

    /// <summary>Pages of other origins may ask: OpenRefine's own page does. Nothing here depends on who is signed in, and no cookie comes along.</summary>
    private const string AnyOrigin = "reconciliation";

    public static void Add(IServiceCollection services) => services.AddCors(options => options.AddPolicy(AnyOrigin, policy => policy.AllowAnyOrigin().AllowAnyHeader().WithMethods(HttpMethods.Get, HttpMethods.Post)));

    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/reconcile/{dataset}").WithTags("Matching").RequireRateLimiting(HeavyLimit.Name).RequireCors(AnyOrigin).AddEndpointFilter(KnownList);
        group.MapGet("", (string dataset, HttpRequest request, ListShelf shelf, [FromQuery] string? queries, [FromQuery] string? extend) => Asked(dataset, queries, extend, shelf) ?? Manifest(dataset, request, shelf)).WithName("ReconcileManifest").WithSummary("What this reconciliation service offers; with ?queries= or ?extend=, its answers.").Produces<JsonElement>().ProducesProblem(404).ProducesProblem(422);
        // No antiforgery: nothing is changed, nobody is signed in.
        group.MapPost("", (string dataset, [FromForm] string? queries, [FromForm] string? extend, ListShelf shelf) => Asked(dataset, queries, extend, shelf) ?? Problems.Of("malformed-request", "A form field was expected: queries, or extend.")).DisableAntiforgery().WithName("Reconcile").WithSummary("Reconciles a batch of names (queries), or tells properties of entities (extend), as OpenRefine sends them.").Produces<JsonElement>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        group.MapGet("/suggest/entity", (string dataset, ListShelf shelf, [FromQuery] string? prefix) => ReconciliationSuggestions.Entities(dataset, prefix ?? "", shelf)).WithName("SuggestEntity").WithSummary("Listed parties, by how a name begins or sounds.").Produces<JsonElement>().ProducesProblem(404);
        group.MapGet("/suggest/type", (string dataset, [FromQuery] string? prefix) => ReconciliationSuggestions.Types(prefix ?? "")).DisableRateLimiting().WithName("SuggestType").WithSummary("Types of entities, by how they begin.").Produces<JsonElement>().ProducesProblem(404);
        group.MapGet("/suggest/property", (string dataset, [FromQuery] string? prefix) => ReconciliationSuggestions.Properties(prefix ?? "")).DisableRateLimiting().WithName("SuggestProperty").WithSummary("Properties of entities, by how they begin.").Produces<JsonElement>().ProducesProblem(404);
        group.MapGet("/properties", (string dataset, [FromQuery] string? type, [FromQuery] int? limit) => ReconciliationSuggestions.Proposed(type ?? "", limit)).DisableRateLimiting().WithName("ProposeProperties").WithSummary("Properties that entities of a type may have, to fill columns with.").Produces<JsonElement>().ProducesProblem(404);
        group.MapGet("/preview", (string dataset, HttpContext http, ListShelf shelf, [FromQuery] string? id) => ReconciledEntity.Preview(id ?? "", http, shelf)).DisableRateLimiting().WithName("PreviewEntity").WithSummary("A listed party in a small page, which may stand in a page of another's.").Produces(200, contentType: "text/html").ProducesProblem(404);
    }

    private static IResult? Asked(string dataset, string? queries, string? extend, ListShelf shelf) =>
        queries is not null ? ReconciliationQueries.Answer(dataset, queries, shelf) : extend is not null ? ReconciledEntity.Extend(extend, shelf) : null;

    private static ValueTask<object?> KnownList(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var dataset = (string)context.HttpContext.Request.RouteValues["dataset"]!;
        return context.HttpContext.RequestServices.GetRequiredService<ListShelf>().Has(dataset) ? next(context) : ValueTask.FromResult<object?>(Problems.Of("not-found", $"There is no list {dataset}. /catalog lists them."));
    }

    private static IResult Manifest(string dataset, HttpRequest request, ListShelf shelf)
    {
        var here = $"{request.Scheme}://{request.Host}";
        var service = $"/reconcile/{dataset}";
        object At(string path) => new { service_url = here, service_path = service + path };
        return Results.Json(new
        {
            versions = s_versions,
            name = $"Palermo: {(dataset == ListShelf.AllLists ? "all exclusion lists" : shelf.Editions.First(e => e.Source.Id == dataset).Source.Title)}",
            identifierSpace = "https://www.opensanctions.org/reference/#entities",
            schemaSpace = "https://followthemoney.tech/explorer/schemata/",
            view = new { url = $"{here}/entities/{{{{id}}}}" },
            preview = new { url = $"{here}{service}/preview?id={{{{id}}}}", width = 430, height = 300 },
            suggest = new { entity = At("/suggest/entity"), property = At("/suggest/property"), type = At("/suggest/type") },
            extend = new { propose_properties = At("/properties"), property_settings = Array.Empty<object>() },
            defaultTypes = FtmEntity.Schemata.Select(s => new { id = s, name = s }),
            batchSize = ReconciliationQueries.MostQueries,
        });
    }
}
