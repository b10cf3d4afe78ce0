using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Palermo.Documents.Packs;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Publishing;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api;

/// <summary>Tender packs: the documents of a tender, drawn up from its facts.</summary>
internal static class TenderPackApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/tender-packs", Draw).WithTags("Documents").RequireRateLimiting(HeavyLimit.Name)
        .WithName("DrawTenderPack").WithSummary("Draws up the documents of a tender from a facts file: a ZIP of DOCX, HTML, Markdown, ESPD, eForms and OCDS fragments, calendar, questionnaire, manifest. Accept: application/json gives the manifest alone.")
        .Accepts<JsonElement>("application/json").Produces<byte[]>(200, "application/zip").Produces<JsonElement>(200, "application/json").ProducesProblem(422).ProducesProblem(429);

    private static async Task<IResult> Draw(HttpRequest request, KnowledgeBase knowledge, TimeProvider clock, [FromQuery] string? lang, [FromQuery] string? form, [FromQuery] string? sdk, CancellationToken cancel)
    {
        var (facts, problem) = await RulesApi.Facts(request, knowledge, cancel);
        if (facts is null)
        {
            return problem!;
        }

        var (pack, wrong) = Of(facts, knowledge, lang ?? "en", form);
        var minor = EformsFragment.Minor(sdk ?? "1.15");
        if (pack is null || minor is null)
        {
            return Problems.Of("invalid-input", wrong ?? $"sdk={sdk}: a version of the eForms SDK from 1.3 to 1.15 was expected.");
        }

        return request.Headers.Accept.Any(a => a?.StartsWith("application/json", StringComparison.Ordinal) == true)
            ? Results.Text(PackManifest.Write(pack), "application/json", Encoding.UTF8)
            : Results.Bytes(Zip(pack, minor.Value, clock), "application/zip", "tender-pack.zip");
    }

    /// <summary>A pack; or what is wrong with what it was asked of.</summary>
    internal static (TenderPack? Pack, string? Problem) Of(TenderFacts facts, KnowledgeBase knowledge, string language, string? form)
    {
        if (form is not (null or "" or "light" or "full"))
        {
            return (null, $"form={form}: light or full was expected.");
        }

        try
        {
            return (TenderPack.Draft(Preparation.Of(facts, null, null, knowledge.Engine, knowledge.Clauses, knowledge.Today) with { Language = language, Light = form switch { "light" => true, "full" => false, _ => null } }), null);
        }
        catch (ArgumentException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>The files of a pack in one; the same pack on the same day gives the same bytes.</summary>
    internal static byte[] Zip(TenderPack pack, int sdk, TimeProvider clock)
    {
        var issued = pack.Input.Facts.AsOf is null ? new DateTimeOffset(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : new DateTimeOffset(pack.Input.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in PackFiles.Of(pack, biddingOnly: false, sdk, issued))
            {
                var entry = zip.CreateEntry(file.Name);
                entry.LastWriteTime = issued < new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero) ? new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero) : issued;
                using var content = entry.Open();
                content.Write(file.Content);
            }
        }

        return stream.ToArray();
    }
}
