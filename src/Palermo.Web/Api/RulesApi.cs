using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Facts;
using Palermo.Prevent.Harmonizing;
using Palermo.Prevent.Output;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api;

/// <summary>Measures, facts, regimes; which regimes bind a tender; several joined into one set.</summary>
internal static class RulesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Rules");
        group.MapGet("/measures", (KnowledgeBase knowledge) => TypedResults.Ok(new Listing<MeasureDocument>([.. knowledge.Rules.Measures.All.Select(MeasureDocument.Of)]))).WithName("ListMeasures").WithSummary("The vocabulary of measures.");
        group.MapGet("/facts", (KnowledgeBase knowledge) => TypedResults.Ok(new Listing<FactDocument>([.. knowledge.Rules.Facts.All.Select(FactDocument.Of)]))).WithName("ListFacts").WithSummary("The vocabulary of facts: what rules ask of a tender.");
        group.MapGet("/regimes", (KnowledgeBase knowledge) => TypedResults.Ok(new Listing<RegimeDocument>([.. knowledge.Rules.Packs.Select(RegimeDocument.Of)]))).WithName("ListRegimes").WithSummary("Regimes whose rules run.");
        group.MapGet("/regimes/{id}", (string id, KnowledgeBase knowledge) => knowledge.Rules.Packs.FirstOrDefault(p => p.Id == id) is { } pack
                ? Results.Bytes(pack.Canonical, "application/json")
                : Problems.Of("not-found", $"There is no regime {id}. /api/v1/regimes lists them."))
            .WithName("GetRegime").WithSummary("A regime as data: conditions, obligations, determinations, figures with dates and citations (docs/schemas/pack.schema.json).").Produces<JsonElement>().ProducesProblem(404);
        group.MapPost("/rulings", Judge).WithName("JudgeTender").WithSummary("Which regimes bind a tender, and why. Send a facts file; the answer is docs/schemas/rules.schema.json.").Accepts<JsonElement>("application/json").Produces<JsonElement>().ProducesProblem(422);
        group.MapPost("/notice-rulings", Notice).RequireRateLimiting(HeavyLimit.Name).WithName("JudgeNotice").WithSummary("Which regimes bind a published tender, and which safeguards the publication shows. Send OCDS, an eForms notice or a table with one process, or name one with ocid; the answer is docs/schemas/rules.schema.json.").Accepts<JsonElement>("application/json", "application/xml", "text/csv").Produces<JsonElement>().ProducesProblem(415).ProducesProblem(422).ProducesProblem(429);
        group.MapPost("/harmonized-sets", Harmonize).WithName("Harmonize").WithSummary("Several regimes joined into one set of bidding rules, each measure at its strictest.").Produces<JsonElement>().ProducesProblem(422);
    }

    private static async Task<IResult> Judge(HttpRequest request, KnowledgeBase knowledge, [FromQuery] bool? explain, CancellationToken cancel)
    {
        var (facts, problem) = await Facts(request, knowledge, cancel);
        if (facts is null)
        {
            return problem!;
        }

        var sheet = knowledge.Engine.NewSheet();
        sheet.Load(facts);
        using var stream = new MemoryStream();
        RulesJson.Write(stream, "request", facts, RulingMaker.Make(knowledge.Engine, sheet), null, explain == true);
        return Results.Bytes(stream.ToArray(), "application/json");
    }

    private static async Task<IResult> Notice(HttpRequest request, KnowledgeBase knowledge, [FromQuery] string? ocid, [FromQuery] bool? explain, CancellationToken cancel)
    {
        using var data = await UploadedData.OfKind(request.ContentType, request.Body, cancel);
        if (data is null)
        {
            return Problems.Of("unsupported-media-type", $"\"{request.ContentType}\" is not read here. Send {string.Join(", ", UploadedData.Kinds)}.");
        }

        var (found, ocids, problems) = PublishedTender.Read(data.Path, ocid, knowledge.Rules, knowledge.Today, cancel);
        if (found is null)
        {
            return Problems.Of("invalid-input", ocids.Count > 0 ? $"The body holds {ocids.Count} processes; name one with ?ocid=: {string.Join(", ", ocids.Take(5))}." : problems.Count > 0 ? $"{problems[0].What} {problems[0].Mend}" : "The body has no contracting process.");
        }

        var input = Preparation.Of(found.Facts, found.Assessment, found.Safeguards, knowledge.Engine, knowledge.Clauses, knowledge.Today);
        using var stream = new MemoryStream();
        RulesJson.Write(stream, found.Ocid, found.Facts, input.Ruling, input.Gaps, explain == true);
        return Results.Bytes(stream.ToArray(), "application/json");
    }

    private static IResult Harmonize(HarmonizeRequest request, KnowledgeBase knowledge)
    {
        var ids = request.Regimes ?? [];
        if (ids.Count == 0 || ids.FirstOrDefault(id => knowledge.Rules.Packs.All(p => p.Id != id)) is { })
        {
            var unknown = ids.Where(id => knowledge.Rules.Packs.All(p => p.Id != id)).Select(id => new ProblemDetail("regimes", $"There is no regime \"{id}\".", "/api/v1/regimes lists them.")).ToArray();
            return Problems.Of("invalid-input", unknown.Length > 0 ? unknown[0].What + " " + unknown[0].Mend : "Name at least one regime: {\"regimes\": [\"us-far-22.17\", \"wb-esf-ess2\"]}.", unknown);
        }

        using var stream = new MemoryStream();
        HarmonizedJson.Write(stream, SetOf(ids, knowledge), string.Join(", ", ids));
        return Results.Bytes(stream.ToArray(), "application/json");
    }

    internal static HarmonizedSet SetOf(IReadOnlyList<string> ids, KnowledgeBase knowledge) =>
        new(knowledge.Rules.Measures, knowledge.Rules.Packs.Where(p => ids.Contains(p.Id)).SelectMany(p => p.Obligations.Cast<Provision>().Concat(p.Determinations).SelectMany(o => Demand.Of(p, o))));

    /// <summary>The facts of a body; or what is wrong with them.</summary>
    internal static async Task<(TenderFacts? Facts, IResult? Problem)> Facts(HttpRequest request, KnowledgeBase knowledge, CancellationToken cancel)
    {
        if (!request.HasJsonContentType())
        {
            return (null, Problems.Of("unsupported-media-type", "Send a facts file as application/json: {\"facts\": {\"buyer.country\": \"NO\"}}."));
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        var (facts, problems, remarks) = knowledge.Rules.ReadFacts(body.GetBuffer().AsSpan(0, (int)body.Length), "body");
        // A fact nobody asks about is a slip of the pen; a program would never read a remark on it.
        return facts is null || problems.Count + remarks.Count > 0 ? (null, Problems.Of([.. problems, .. remarks])) : (facts, null);
    }
}

/// <summary>Regimes to join.</summary>
/// <param name="Regimes">Ids.</param>
internal sealed record HarmonizeRequest(IReadOnlyList<string>? Regimes);

/// <summary>A measure.</summary>
/// <param name="Id">Id.</param>
/// <param name="Title">Title.</param>
/// <param name="Phase">Phase it belongs to first.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Step">identify, prevent, mitigate or remedy.</param>
/// <param name="Definition">Definition.</param>
/// <param name="Standard">What it rests on.</param>
internal sealed record MeasureDocument(string Id, string Title, string Phase, string Actor, string Step, string Definition, string Standard)
{
    public static MeasureDocument Of(Measure m) => new(m.Id, m.Title, m.Phase, m.Actor, m.Step, m.Definition, m.Standard);
}

/// <summary>A fact that rules ask about.</summary>
/// <param name="Name">Name.</param>
/// <param name="Type">boolean, number, money, date, code or codes.</param>
/// <param name="Question">The question that settles it.</param>
/// <param name="Known">Who knows.</param>
/// <param name="Codes">Codes it may have; empty if open.</param>
/// <param name="Ocds">Where OCDS has it.</param>
/// <param name="Eforms">Where eForms has it.</param>
internal sealed record FactDocument(string Name, FactType Type, string Question, string Known, IReadOnlyList<string> Codes, string? Ocds, string? Eforms)
{
    public static FactDocument Of(FactDefinition f) => new(f.Name, f.Type, f.Question, f.Known, [.. f.Codes.Select(c => c.Key)], f.Ocds, f.Eforms);
}

/// <summary>A regime.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Version.</param>
/// <param name="Hash">Hash of its content.</param>
/// <param name="Title">Title.</param>
/// <param name="Jurisdiction">Whose rule it is.</param>
/// <param name="Instrument">The text.</param>
/// <param name="Status">Status.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day; absent if open.</param>
/// <param name="Checked">source or memory.</param>
/// <param name="Obligations">How many.</param>
/// <param name="Determinations">How many.</param>
internal sealed record RegimeDocument(string Id, string Version, string Hash, string Title, string Jurisdiction, string Instrument, string Status, DateOnly From, DateOnly? To, string Checked, int Obligations, int Determinations)
{
    public static RegimeDocument Of(Pack p) => new(p.Id, p.Version, p.Hash, p.Title, p.Jurisdiction, p.Instrument, p.Status, p.From, p.To, p.Checked, p.Obligations.Count, p.Determinations.Count);
}
