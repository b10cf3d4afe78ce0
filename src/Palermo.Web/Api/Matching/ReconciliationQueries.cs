using System.Text.Json;
using Palermo.Matching;
using Palermo.Matching.Lists;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api.Matching;

/// <summary>Batches of names, as a reconciliation client sends them.</summary>
internal static class ReconciliationQueries
{
    /// <summary>Most queries of one batch.</summary>
    public const int MostQueries = 200;

    private const int MostResults = 25, UsualResults = 5;
    private const double Least = 0.2;

    /// <summary>Answers a batch.</summary>
    /// <param name="dataset">A list, or <c>default</c> for all.</param>
    /// <param name="queries">JSON: an object of queries by the client's names.</param>
    /// <param name="shelf">The lists.</param>
    public static IResult Answer(string dataset, string queries, ListShelf shelf)
    {
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

        return Results.Json(batch.ToDictionary(q => q.Key, q => new { result = shelf.Find(dataset, Party(q.Value!), Math.Clamp(q.Value!.Limit ?? UsualResults, 1, MostResults), Least).Select(Result) }, StringComparer.Ordinal));
    }

    private static object Result(ListCandidate c)
    {
        var type = FtmEntity.Schema(c.Party.Kind);
        return new
        {
            id = ReconciledEntity.Id(c.List, c.Party),
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
