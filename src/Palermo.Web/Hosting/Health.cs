using Palermo.Web.Api.Matching;

namespace Palermo.Web.Hosting;

/// <summary>Whether the program runs, and whether it can answer.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => TypedResults.Ok(new Status("ok"))).WithName("Health").WithSummary("The program runs.").WithTags("Operation");
        app.MapGet("/readyz", (ListShelf shelf) => shelf.Problem() is { } problem
                ? (IResult)Problems.Of("not-ready", problem)
                : TypedResults.Ok(new Status("ok")))
            .WithName("Ready").WithSummary("The program can answer: its data and all exclusion lists open.").WithTags("Operation").Produces<Status>().ProducesProblem(503);
    }

    internal sealed record Status([property: System.Text.Json.Serialization.JsonPropertyName("status")] string Value);
}
