using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Palermo.Knowledge.Compendium;
using Palermo.Prevent.Output;
using Palermo.Web.Hosting;

namespace Palermo.Web.Api;

/// <summary>The compendium: what States and organizations have adopted.</summary>
internal static class CompendiumApi
{
    private const int MostAtOnce = 200;

    /// <summary>Letters of a search.</summary>
    public const int LongestSearch = 200;

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/compendium").WithTags("Compendium");
        group.MapGet("/entries", Entries).WithName("ListEntries").WithSummary("Entries, found by words and facets; page by page with cursor.").Produces<Page<EntryDocument>>().ProducesProblem(422);
        group.MapGet("/entries.csv", (KnowledgeBase knowledge) => File(stream => CompendiumJson.Csv(stream, knowledge.Compendium.Initiatives, knowledge.Today), "text/csv; charset=utf-8", "compendium.csv")).WithName("DownloadEntriesCsv").WithSummary("All entries as CSV.").Produces<string>(200, "text/csv");
        group.MapGet("/entries.json", (KnowledgeBase knowledge) => File(stream => CompendiumJson.Json(stream, knowledge.Compendium.Initiatives, knowledge.Today), "application/json", "compendium.json")).WithName("DownloadEntriesJson").WithSummary("All entries as JSON.").Produces<EntryDocument[]>();
        group.MapGet("/entries/{id}", (string id, KnowledgeBase knowledge) => knowledge.Compendium.Find(id) is { } entry
                ? TypedResults.Ok(EntryDocument.Of(entry, knowledge.Today))
                : (IResult)Problems.Of("not-found", $"The compendium has no entry {id}. /api/v1/compendium/entries lists them."))
            .WithName("GetEntry").WithSummary("An entry.").Produces<EntryDocument>().ProducesProblem(404);
        group.MapGet("/jurisdictions", (KnowledgeBase knowledge) => TypedResults.Ok(new Listing<JurisdictionDocument>([.. knowledge.Compendium.Jurisdictions.Select(j => JurisdictionDocument.Of(j, knowledge.Compendium))]))).WithName("ListJurisdictions").WithSummary("States, parts of States and organizations.");
        group.MapGet("/jurisdictions/{code}/gaps", Gaps).WithName("GetGaps").WithSummary("What peers have and this jurisdiction has not, measure by measure.").Produces<GapDocument>().ProducesProblem(404).ProducesProblem(422);
    }

    private static IResult Entries(KnowledgeBase knowledge, [FromQuery] string? q, [FromQuery] string[]? jurisdiction, [FromQuery] string[]? measure, [FromQuery] string[]? kind, [FromQuery] bool? procurement, [FromQuery] string? cursor, [FromQuery] int? limit)
    {
        var problems = new List<ProblemDetail>();
        problems.AddRange((measure ?? []).Where(m => knowledge.Rules.Measures.Find(m) is null).Select(m => new ProblemDetail("measure", $"There is no measure \"{m}\".", "/api/v1/measures lists them.")));
        problems.AddRange((jurisdiction ?? []).Where(j => knowledge.Compendium.FindJurisdiction(j) is null).Select(j => new ProblemDetail("jurisdiction", $"The compendium has no jurisdiction \"{j}\".", "/api/v1/compendium/jurisdictions lists them.")));
        if (q?.Length > LongestSearch)
        {
            problems.Add(new("q", $"It has {q.Length} letters.", $"Search for at most {LongestSearch}."));
        }

        if (limit is < 1 or > MostAtOnce)
        {
            problems.Add(new("limit", $"{limit} is out of bounds.", $"Ask for 1 to {MostAtOnce}."));
        }

        var found = problems.Count > 0 ? [] : knowledge.Search.Find(new CompendiumQuery(q ?? "")
        {
            Jurisdictions = [.. (jurisdiction ?? []).Select(j => knowledge.Compendium.FindJurisdiction(j)!.Code)],
            Measures = measure ?? [],
            Kinds = kind ?? [],
            ProcurementOnly = procurement == true,
            AsOf = knowledge.Today,
        });
        var start = 0;
        if (cursor is not null)
        {
            var last = Cursor.Read(cursor);
            start = last is null ? -1 : found.ToList().FindIndex(e => e.Id == last) + 1;
            if (start <= 0 && problems.Count == 0)
            {
                problems.Add(new("cursor", "It belongs to no list, or to another one.", "Take it from \"next\" of the page before, with the same filters."));
            }
        }

        if (problems.Count > 0)
        {
            return Problems.Of("invalid-input", $"{problems[0].Where}: {problems[0].What} {problems[0].Mend}", problems);
        }

        var size = limit ?? 50;
        var page = found.Skip(start).Take(size).ToArray();
        return TypedResults.Ok(new Page<EntryDocument>([.. page.Select(e => EntryDocument.Of(e, knowledge.Today))], found.Count, start + size < found.Count ? Cursor.Of(page[^1].Id) : null));
    }

    private static IResult Gaps(string code, KnowledgeBase knowledge, [FromQuery] string[]? peer, [FromQuery] bool? procurement)
    {
        if (knowledge.Compendium.FindJurisdiction(code) is not { } who)
        {
            return Problems.Of("not-found", $"The compendium has no jurisdiction {code}. /api/v1/compendium/jurisdictions lists them.");
        }

        var unknown = (peer ?? []).FirstOrDefault(p => knowledge.Compendium.FindJurisdiction(p) is null);
        if (unknown is not null || peer is null or [])
        {
            return Problems.Of("invalid-input", unknown is null ? "Name peers: ?peer=NO&peer=NL." : $"The compendium has no jurisdiction \"{unknown}\".");
        }

        var peers = peer.Select(p => knowledge.Compendium.FindJurisdiction(p)!).DistinctBy(p => p.Code).ToArray();
        var rows = Comparison.Common(knowledge.Compendium, knowledge.Rules.Measures, peers, knowledge.Today, procurement == true).Select(m =>
        {
            var own = Comparison.Of(knowledge.Compendium, who.Code, m.Id, knowledge.Today, procurement == true);
            return new GapRow(m.Id, own.Has, [.. own.Entries.Select(e => e.Id)], [.. peers.Where(p => Comparison.Of(knowledge.Compendium, p.Code, m.Id, knowledge.Today, procurement == true).Has == true).Select(p => p.Code)]);
        });
        return TypedResults.Ok(new GapDocument(who.Code, [.. peers.Select(p => p.Code)], Day(knowledge.Today), [.. rows]));
    }

    internal static IResult File(Action<Stream> write, string type, string name)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Results.Bytes(stream.ToArray(), type, name);
    }

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Where a list goes on: opaque to clients.</summary>
internal static class Cursor
{
    public static string Of(string last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(last)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static string? Read(string cursor)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(cursor.Replace('-', '+').Replace('_', '/').PadRight((cursor.Length + 3) / 4 * 4, '=')));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>A page of a list.</summary>
/// <param name="Items">Its items.</param>
/// <param name="Total">Items of the whole list.</param>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, int Total, string? Next);

/// <summary>A whole list.</summary>
/// <param name="Items">Its items.</param>
internal sealed record Listing<T>(IReadOnlyList<T> Items);

/// <summary>Gaps of a jurisdiction.</summary>
/// <param name="Jurisdiction">Its code.</param>
/// <param name="Peers">Codes of those it is held against.</param>
/// <param name="AsOf">The day.</param>
/// <param name="Measures">What at least half of the peers have.</param>
internal sealed record GapDocument(string Jurisdiction, IReadOnlyList<string> Peers, string AsOf, IReadOnlyList<GapRow> Measures);

/// <summary>A measure that peers have.</summary>
/// <param name="Measure">Its id.</param>
/// <param name="Has">Whether the jurisdiction has it; absent if the dates collected do not tell.</param>
/// <param name="Entries">Ids of its entries that have it.</param>
/// <param name="PeersThatHave">Codes of peers.</param>
internal sealed record GapRow(string Measure, bool? Has, IReadOnlyList<string> Entries, IReadOnlyList<string> PeersThatHave);

/// <summary>A State, a part of one, or an organization.</summary>
/// <param name="Code">ISO 3166-1 or 3166-2 code, or a code of ours.</param>
/// <param name="Name">Name.</param>
/// <param name="Level">state-or-territory, subnational or organization.</param>
/// <param name="Reviewed">Day at which its entries were last gone through.</param>
/// <param name="Entries">How many entries it has.</param>
internal sealed record JurisdictionDocument(string Code, string Name, string Level, string Reviewed, int Entries)
{
    public static JurisdictionDocument Of(Jurisdiction j, CompendiumData data) => new(j.Code, j.Name, j.Level, CompendiumApi.Day(j.Reviewed), data.Initiatives.Count(i => i.Jurisdiction.Code == j.Code));
}
