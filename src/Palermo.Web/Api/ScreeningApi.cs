using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Palermo.Identify;
using Palermo.Identify.Output;
using Palermo.Procurement;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api;

/// <summary>Screening of procurement data sent in a request.</summary>
internal static class ScreeningApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/screenings", Screen).WithTags("Screening").RequireRateLimiting(HeavyLimit.Name)
        .WithName("Screen").WithSummary("Screens procurement data: OCDS releases, records or packages, JSON Lines, eForms notices, CSV tables. The answer has one line a process (docs/schemas/assessment.schema.json), then one line {\"problems\": […]} if something could not be read.")
        .Accepts<JsonElement>("application/json", "application/x-ndjson", "application/xml", "text/csv").Produces<string>(200, "application/x-ndjson").ProducesProblem(415).ProducesProblem(422).ProducesProblem(429);

    private static async Task<IResult> Screen(HttpRequest request, KnowledgeBase knowledge, [FromQuery] DateOnly? asOf, CancellationToken cancel)
    {
        using var data = await UploadedData.OfKind(request.ContentType, request.Body, cancel);
        if (data is null)
        {
            return Problems.Of("unsupported-media-type", $"\"{request.ContentType}\" is not read here. Send {string.Join(", ", UploadedData.Kinds)}.");
        }

        var (lines, count, problems) = Run(data.Path, knowledge, asOf ?? knowledge.Today, cancel);
        return count == 0
            ? Problems.Of("invalid-input", problems.Count > 0 ? $"{problems[0].What} {problems[0].Mend}" : "The body has no contracting process. Send OCDS releases or records, an eForms notice, or a table with a header.", problems)
            : Results.Bytes(lines, "application/x-ndjson");
    }

    private static (byte[] Lines, int Count, IReadOnlyList<ProblemDetail> Problems) Run(string path, KnowledgeBase knowledge, DateOnly asOf, CancellationToken cancel)
    {
        var problems = new List<ProblemDetail>();
        var output = new ArrayBufferWriter<byte>();
        var count = 0;
        using var source = new ProcessSource([path], new ReadOptions { Threads = 1 });
        source.Index(cancel);
        var screener = new Screener(knowledge.Catalogue, new ScreeningOptions(asOf));
        var reader = new BatchReader();
        while (source.Next() is { } batch)
        {
            using (batch)
            {
                cancel.ThrowIfCancellationRequested();
                reader.Read(batch, (process, origin) =>
                {
                    count++;
                    using (var writer = new Utf8JsonWriter(output, AssessmentJson.WriterOptions))
                    {
                        AssessmentJson.Write(writer, screener.Assess(process, origin with { File = "body" }));
                    }

                    output.Write("\n"u8);
                }, problem => problems.Add(new ProblemDetail($"{(problem.Line > 0 ? $"line {problem.Line}, " : "")}byte {problem.Offset}", problem.What, problem.Mend)));
            }
        }

        if (problems.Count > 0 && count > 0)
        {
            using (var writer = new Utf8JsonWriter(output, AssessmentJson.WriterOptions))
            {
                JsonSerializer.Serialize(writer, new { problems }, JsonSerializerOptions.Web);
            }

            output.Write("\n"u8);
        }

        return (output.WrittenSpan.ToArray(), count, problems);
    }
}
