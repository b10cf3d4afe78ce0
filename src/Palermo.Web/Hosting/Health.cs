using Palermo.Web.Api.Matching;

namespace Palermo.Web.Hosting;

/// <summary>Whether the program runs, and whether it can answer.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => TypedResults.Ok(new Status("ok"))).WithName("Health").WithSummary("The program runs.").WithTags("Operation");
        app.MapGet("/readyz", async (ListShelf shelf, WorkspaceSettings settings, CancellationToken cancel) => (shelf.Problem() ?? await StoreProblem(settings, cancel)) is { } problem
                ? (IResult)Problems.Of("not-ready", problem)
                : TypedResults.Ok(new Status("ok")))
            .WithName("Ready").WithSummary("The program can answer: its data, the store and all exclusion lists open.").WithTags("Operation").Produces<Status>().ProducesProblem(503);
    }

    private static async Task<string?> StoreProblem(WorkspaceSettings settings, CancellationToken cancel)
    {
        if (settings.Store is not { } store)
        {
            return null;
        }

        await using var db = store.Open();
        return await db.Database.CanConnectAsync(cancel) ? null : "The store does not answer.";
    }

    internal sealed record Status([property: System.Text.Json.Serialization.JsonPropertyName("status")] string Value);
}
