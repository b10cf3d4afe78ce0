using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Palermo.Knowledge.Compendium;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Facts;
using Palermo.Prevent.Output;
using Palermo.Web.Api;
using Palermo.Web.Hosting;
using Palermo.Web.Localization;
using static Palermo.Web.Pages.PageContexts;

namespace Palermo.Web.Pages;

/// <summary>Pages that need no account. Each has a permanent address in every language, and works without script.</summary>
public sealed class PublicPages(KnowledgeBase knowledge, PageContexts contexts, TimeProvider clock)
{
    /// <summary>Results on a page.</summary>
    public const int PageSize = 25;

    private const int MostPeers = 8, MostRegimes = 12, MostAgainBytes = 256 * 1024;

    private static readonly HashSet<string> s_secrets = new(StringComparer.Ordinal) { "password", "old", "again", "passphrase" };

    /// <summary>Maps all pages.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/", (HttpContext http) => Results.Redirect($"/{Texts.Preferred(http.Request.Headers.AcceptLanguage)}/", preserveMethod: true)).ExcludeFromDescription();
        app.MapGet("/problems/{type}", (string type, HttpContext http) => Problems.Types.TryGetValue(type, out var problem) ? Message(http, problem.Title, problem.Status) : Results.NotFound()).ExcludeFromDescription();
        foreach (var language in Texts.All.Keys)
        {
            Map(app.MapGroup("/" + language).ExcludeFromDescription(), language);
        }
    }

    /// <summary>The page that says that nothing is here.</summary>
    public IResult NotFound(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var c = Context(http, LanguageOf(http));
        return Page<MessagePage>(c, StatusCodes.Status404NotFound, (nameof(MessagePage.Title), c["not-found.title"]), (nameof(MessagePage.Message), c["not-found.text"]));
    }

    /// <summary>The page that says that the store is away, with what was sent. Passwords and files are not held in a page.</summary>
    public async Task<IResult> Trouble(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var request = http.Request;
        IFormCollection? words = null;
        // Where it went wrong before the form was read, it is read now, if it is small.
        if (HttpMethods.IsPost(request.Method) && request.HasFormContentType && (http.Features.Get<IFormFeature>()?.Form is not null || request.ContentLength is <= MostAgainBytes))
        {
            try
            {
                words = await request.ReadFormAsync(http.RequestAborted);
            }
            catch (Exception e) when (e is BadHttpRequestException or InvalidDataException or IOException)
            {
                // What can't be read can't be kept: the page says only that nothing was changed.
                words = null;
            }
        }

        words = words is { Count: > 0, Files.Count: 0 } && !words.Keys.Any(s_secrets.Contains) ? words : null;
        return Page<TroublePage>(Context(http, LanguageOf(http)), StatusCodes.Status503ServiceUnavailable, (nameof(TroublePage.To), request.Path.Value), (nameof(TroublePage.Words), words));
    }

    private void Map(RouteGroupBuilder all, string language)
    {
        var pages = all.MapGroup("").AddEndpointFilter<EntityTags>().CacheOutput(KnowledgeCache.Name);
        pages.MapGet("/", (HttpContext http) => Page<HomePage>(Context(http, language)));
        pages.MapGet("/compendium", (HttpContext http, string? q, string? jurisdiction, string? measure, string? kind, int? page) => Compendium(Context(http, language), q, jurisdiction, measure, kind, page));
        pages.MapGet("/compendium/{id}", (HttpContext http, string id) => knowledge.Compendium.Find(id) is { } entry ? Page<EntryPage>(Context(http, language), 200, (nameof(EntryPage.Entry), entry)) : NotFound(http));
        pages.MapGet("/states", (HttpContext http) => Page<StatesPage>(Context(http, language)));
        pages.MapGet("/states/{code}", (HttpContext http, string code, string? peers, bool? procurement) => knowledge.Compendium.FindJurisdiction(code) is { } who ? State(Context(http, language), who, peers, procurement == true) : NotFound(http));
        pages.MapGet("/measures", (HttpContext http) => Page<MeasuresPage>(Context(http, language)));
        pages.MapGet("/measures/{id}", (HttpContext http, string id) => knowledge.Rules.Measures.Find(id) is { } measure ? Page<MeasurePage>(Context(http, language), 200, (nameof(MeasurePage.Measure), measure)) : NotFound(http));
        pages.MapGet("/regimes", (HttpContext http) => Page<RegimesPage>(Context(http, language)));
        pages.MapGet("/regimes/{id}", (HttpContext http, string id) => knowledge.Rules.Packs.FirstOrDefault(p => p.Id == id) is { } pack ? Page<RegimePage>(Context(http, language), 200, (nameof(RegimePage.Pack), pack)) : NotFound(http));
        pages.MapGet("/harmonize", (HttpContext http, string[]? regime) => Harmonize(Context(http, language), regime ?? []));
        pages.MapGet("/method", (HttpContext http) => Page<MethodPage>(Context(http, language)));
        // What somebody types is kept nowhere: not here, not in a browser, not on the way.
        var typed = all.MapGroup("").AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
        typed.MapGet("/tender", (HttpContext http) => Tender(Context(http, language), new TenderForm(http.Request.Query, knowledge.Rules)));
        typed.MapGet("/notice", (HttpContext http) => Page<NoticePage>(Context(http, language)));
        typed.MapPost("/notice", (HttpContext http, CancellationToken cancel) => Notice(http, language, cancel)).RequireRateLimiting(HeavyLimit.Name);
        typed.MapGet("/tender/pack.zip", (HttpContext http) => Download(http, language)).RequireRateLimiting(HeavyLimit.Name);
        typed.MapGet("/tender/facts.json", (HttpContext http) => Facts(new TenderForm(http.Request.Query, knowledge.Rules)));
    }

    private RazorComponentResult Compendium(PageContext c, string? q, string? jurisdiction, string? measure, string? kind, int? page)
    {
        // A filter that nothing has is kept out rather than refused: the page says what was found.
        var query = new CompendiumQuery((q ?? "").Trim() is var words && words.Length > CompendiumApi.LongestSearch ? words[..CompendiumApi.LongestSearch] : words)
        {
            Jurisdictions = knowledge.Compendium.FindJurisdiction(jurisdiction ?? "") is { } who ? [who.Code] : [],
            Measures = knowledge.Rules.Measures.Find(measure ?? "") is { } known ? [known.Id] : [],
            Kinds = string.IsNullOrEmpty(kind) ? [] : [kind],
            AsOf = knowledge.Today,
        };
        var found = knowledge.Search.Find(query);
        return Page<CompendiumPage>(c, 200, (nameof(CompendiumPage.Query), query), (nameof(CompendiumPage.Found), found), (nameof(CompendiumPage.Page), Math.Clamp(page ?? 1, 1, Math.Max(1, (found.Count + PageSize - 1) / PageSize))));
    }

    private RazorComponentResult State(PageContext c, Jurisdiction who, string? peers, bool procurement)
    {
        var asked = (peers ?? "").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostPeers).ToArray();
        var known = asked.Select(p => knowledge.Compendium.FindJurisdiction(p)).OfType<Jurisdiction>().Where(p => p.Code != who.Code).DistinctBy(p => p.Code).ToArray();
        var unknown = asked.Where(p => knowledge.Compendium.FindJurisdiction(p) is null).ToArray();
        return Page<StatePage>(c, 200, (nameof(StatePage.Who), who), (nameof(StatePage.Peers), known), (nameof(StatePage.Unknown), unknown), (nameof(StatePage.Procurement), procurement));
    }

    private RazorComponentResult Harmonize(PageContext c, string[] regimes)
    {
        var known = regimes.Where(r => knowledge.Rules.Packs.Any(p => p.Id == r)).Distinct(StringComparer.Ordinal).Take(MostRegimes).ToArray();
        return Page<HarmonizePage>(c, 200, (nameof(HarmonizePage.Set), known.Length == 0 ? null : RulesApi.SetOf(known, knowledge)));
    }

    private RazorComponentResult Tender(PageContext c, TenderForm form)
    {
        var pack = form.IsBlank ? null : TenderPackApi.Of(form.Facts, knowledge, c.Language, null).Pack;
        return Page<TenderPage>(c, 200, (nameof(TenderPage.Form), form), (nameof(TenderPage.Pack), pack));
    }

    private async Task<IResult> Notice(HttpContext http, string language, CancellationToken cancel)
    {
        var c = Context(http, language);
        IResult Refused(string problem) => Page<NoticePage>(c, StatusCodes.Status422UnprocessableEntity, (nameof(NoticePage.Problem), problem));
        if (!http.Request.HasFormContentType)
        {
            return Refused("Send the form of this page.");
        }

        var form = await http.Request.ReadFormAsync(cancel);
        using var content = new MemoryStream();
        if (form.Files.GetFile("file") is { Length: > 0 } file)
        {
            await file.CopyToAsync(content, cancel);
        }
        else
        {
            content.Write(Encoding.UTF8.GetBytes(form["text"].ToString()));
        }

        if (content.Length == 0)
        {
            return Refused(c["notice.blank"]);
        }

        var ocid = form["ocid"].ToString().Trim() is { Length: > 0 } named ? named : null;
        using var data = await UploadedData.Guessed(content.ToArray(), cancel);
        var (found, ocids, problems) = PublishedTender.Read(data.Path, ocid, knowledge.Rules, knowledge.Today, cancel);
        if (found is null)
        {
            return Refused(ocids.Count > 0 ? c.Say("notice.several", ocids.Count, string.Join(", ", ocids.Take(10))) : problems.Count > 0 ? $"{problems[0].What} {problems[0].Mend}" : c["notice.nothing"]);
        }

        var pack = TenderPack.Draft(Preparation.Of(found.Facts, found.Assessment, found.Safeguards, knowledge.Engine, knowledge.Clauses, knowledge.Today) with { Language = language });
        return Page<NoticePage>(c, 200, (nameof(NoticePage.Pack), pack), (nameof(NoticePage.Ocid), found.Ocid));
    }

    private IResult Download(HttpContext http, string language)
    {
        var form = new TenderForm(http.Request.Query, knowledge.Rules);
        // What can't be read would be left out of documents in silence: the form says what it is.
        return form.Problems.Count > 0 || form.IsBlank || TenderPackApi.Of(form.Facts, knowledge, language, null).Pack is not { } pack
            ? Results.Redirect($"/{language}/tender{http.Request.QueryString}")
            : Results.Bytes(TenderPackApi.Zip(pack, 15, clock), "application/zip", "tender-pack.zip");
    }

    private static IResult Facts(TenderForm form)
    {
        using var stream = new MemoryStream();
        JsonOut.Write(stream, (Utf8JsonWriter w) => FactsFile.Write(form.Facts, w));
        return Results.File(stream.ToArray(), "application/json", "facts.json");
    }

    private RazorComponentResult Message(HttpContext http, string title, int status)
    {
        var c = Context(http, LanguageOf(http));
        return Page<MessagePage>(c, 200, (nameof(MessagePage.Title), title), (nameof(MessagePage.Message), c.Say("problem.text", status)));
    }

    private PageContext Context(HttpContext http, string language) => contexts.Public(http, language);
}
