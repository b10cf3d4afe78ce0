using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Extensions;
using Palermo.Channel.Pages;
using Palermo.Knowledge;
using Palermo.Mitigate;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Figures;
using Palermo.Remedy.Receipts;
using Palermo.Remedy.Sealing;
using Palermo.Storage;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Evidence;
using Palermo.Storage.Model;

namespace Palermo.Channel;

/// <summary>Pages of the channel. A receipt goes only into the body of a request, never into an address; no page sets a cookie.</summary>
internal static class ChannelPages
{
    private const int ConsentMonths = 6, MostAgainBytes = 256 * 1024;
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", (HttpContext http) => Show<LanguagesPage>(new View(http, ChannelTexts.Preferred(http.Request.Headers.AcceptLanguage))));
        app.MapGet("/log/checkpoint", async (EvidenceLog log, CancellationToken cancel) => await log.Newest(cancel) is { } newest ? Results.Text(newest.Note, "text/plain; charset=utf-8") : Results.NotFound());
        app.MapGet("/figures.json", (Delegate)FiguresData);
        foreach (var language in ChannelTexts.All.Keys)
        {
            var pages = app.MapGroup("/" + language);
            Get(pages, language, "", Home);
            Get(pages, language, "/tell", v => Tell(v, ""));
            Get(pages, language, "/return", v => Task.FromResult(Show<ReturnPage>(v)));
            Get(pages, language, "/paper", v => Task.FromResult(Show<PaperPage>(v)));
            Get(pages, language, "/rules", v => Task.FromResult(Show<RulesPage>(v)));
            Get(pages, language, "/figures", Figures);
            Post(pages, language, "/start", Start);
            Post(pages, language, "/tell", Receive);
            Post(pages, language, "/case", v => WithReceipt(v, c => Case(v, c)));
            Post(pages, language, "/case/say", v => WithTicket(v, c => Say(v, c)));
            Post(pages, language, "/case/consent", v => WithTicket(v, c => Consent(v, c)));
            Post(pages, language, "/case/review", v => WithTicket(v, c => Review(v, c)));
            Post(pages, language, "/case/rate", v => WithTicket(v, c => Rate(v, c)));
            Post(pages, language, "/case/proof", v => WithTicket(v, c => Proof(v, c)));
        }
    }

    private static void Get(RouteGroupBuilder pages, string language, string path, Func<View, Task<IResult>> show) => pages.MapGet(path, (Delegate)((HttpContext http) => show(new View(http, language))));

    private static void Post(RouteGroupBuilder pages, string language, string path, Func<View, Task<IResult>> act) => pages.MapPost(path, (Delegate)(async (HttpContext http) =>
    {
        var view = new View(http, language);
        try
        {
            await view.ReadForm();
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            return Show<MessagePage>(view, 413, (nameof(MessagePage.Key), "tell.too-large"));
        }

        return await act(view);
    })).RequireRateLimiting(ChannelLimit.Name).DisableAntiforgery();

    public static IResult Show<T>(View view, int status = 200, params (string Name, object? Value)[] parameters) where T : IComponent =>
        new RazorComponentResult<T>(parameters.Append(("V", view)).ToDictionary(p => p.Item1, p => p.Item2)) { StatusCode = status, ContentType = "text/html; charset=utf-8", PreventStreamingRendering = true };

    /// <summary>Something went wrong: what was sent comes back, to be sent again.</summary>
    public static Task Failed(HttpContext http)
    {
        http.Response.StatusCode = http.Features.Get<IExceptionHandlerFeature>()?.Error is { } e && StoreTrouble.IsAway(e) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        return Missing(http);
    }

    public static async Task Missing(HttpContext http)
    {
        var language = ChannelTexts.All.Keys.FirstOrDefault(l => http.Request.Path.StartsWithSegments("/" + l, StringComparison.Ordinal)) ?? ChannelTexts.Preferred(http.Request.Headers.AcceptLanguage);
        var status = http.Response.StatusCode;
        var view = new View(http, language);
        var page = status is 429 or >= 500 && await WordsOf(view) is { } words
            ? Show<AgainPage>(view, status, (nameof(AgainPage.Words), words))
            : Show<MessagePage>(view, status, (nameof(MessagePage.Key), status switch { 429 => "busy", 413 => "tell.too-large", >= 500 => "trouble", _ => "not-found" }));
        await page.ExecuteAsync(http);
    }

    // What somebody in trouble wrote down once is not asked of them twice. Read anew only where it is small: who is told
    // to wait must not cost much.
    private static async Task<IFormCollection?> WordsOf(View view)
    {
        var request = view.Http.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType || (view.Http.Features.Get<IFormFeature>()?.Form is null && request.ContentLength is null or > MostAgainBytes))
        {
            return null;
        }

        try
        {
            var words = await request.ReadFormAsync(view.Cancel);
            return words.Count > 0 ? words : null;
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException or IOException)
        {
            return null;
        }
    }

    private static async Task<IResult> Home(View v) => Show<HomePage>(v, 200, (nameof(HomePage.Operator), await Operator(v) is { } o ? o.Name : ""), (nameof(HomePage.IsReady), await IsReady(v)));

    private static async Task<IResult> Tell(View v, string problem, int status = 200)
    {
        if (!await IsReady(v))
        {
            return Show<MessagePage>(v, 503, (nameof(MessagePage.Key), "not-ready"));
        }

        var handlers = (await v.Channel.Readers((await Operator(v))!.Id, null, v.Cancel)).Count(r => r.Holder == "handler");
        return Show<TellPage>(v, status, (nameof(TellPage.Problem), problem), (nameof(TellPage.TakesIdentity), handlers >= ReportChannel.FewestForIdentity));
    }

    // Before a browser seals: whom to, and a receipt that it alone will be shown. Nothing is kept yet.
    private static async Task<IResult> Start(View v)
    {
        if (await Operator(v) is not { } channel)
        {
            return Results.StatusCode(503);
        }

        var readers = await v.Channel.Readers(channel.Id, await v.Channel.ContractOf(v["code"], v.Cancel), v.Cancel);
        var (receipt, salt) = (await v.Channel.NewReceipt(v.Cancel), ReceiptKey.NewSalt());
        return Results.Json(new { ticket = v.Tickets.Of(receipt, salt), reporterKey = ReceiptKey.Of(receipt, salt).Keys.Public, readers = readers.Select(r => new { holder = r.Holder, id = r.Id, key = r.PublicKey }) }, JsonSerializerOptions.Web);
    }

    private static async Task<IResult> Receive(View v)
    {
        if (await Operator(v) is not { } channel)
        {
            return Show<MessagePage>(v, 503, (nameof(MessagePage.Key), "not-ready"));
        }

        var contract = await v.Channel.ContractOf(v["code"], v.Cancel);
        var readers = await v.Channel.Readers(channel.Id, contract, v.Cancel);
        if (readers.All(r => r.Holder != "handler"))
        {
            return Show<MessagePage>(v, 503, (nameof(MessagePage.Key), "not-ready"));
        }

        SealedReport? report;
        Receipt receipt;
        byte[] salt;
        ReceiptKey key;
        if (v["sealed"].Length > 0)
        {
            if (v.Tickets.Report(v["ticket"]) is not { } ticket)
            {
                return await Tell(v, "stale", 422);
            }

            (receipt, salt) = ticket;
            if (await v.Channel.Open(receipt, v.Cancel) is not null)
            {
                // Sent again after an answer that got lost: it is here already.
                return Show<ReceiptPage>(v, 200, (nameof(ReceiptPage.Receipt), receipt.ToString()), (nameof(ReceiptPage.IsNameUnsaid), v["unsaid"].Length > 0), (nameof(ReceiptPage.Steps), await Steps(v, receipt)));
            }

            report = SealedByBrowser.Read(v["sealed"], readers);
            key = ReceiptKey.Of(receipt, salt);
            if (report is null)
            {
                return await Tell(v, "problem", 422);
            }
        }
        else
        {
            var (content, files) = (Content(v), await v.Files());
            if (content is null && files.Count == 0)
            {
                return await Tell(v, "tell.empty", 422);
            }

            (receipt, salt) = (await v.Channel.NewReceipt(v.Cancel), ReceiptKey.NewSalt());
            key = ReceiptKey.Of(receipt, salt);
            report = ReportChannel.Seal(content ?? "{}", v["identity"], files, readers, key.Keys.Public);
        }

        await v.Channel.Receive(channel.Id, report, receipt, salt, key, v.Texts.Code, v["for"] == "on-behalf" ? "on-behalf" : "worker", contract, null, v.Cancel);
        // Said by somebody, but too few may read this report for a name to be sealed to two of them.
        var unsaid = report.Identity is null && (v["identity"].Length > 0 || v["unsaid"].Length > 0);
        return Show<ReceiptPage>(v, 200, (nameof(ReceiptPage.Receipt), receipt.ToString()), (nameof(ReceiptPage.IsNameUnsaid), unsaid), (nameof(ReceiptPage.Steps), await Steps(v, receipt)));
    }

    private static string? Content(View v)
    {
        using var stream = new MemoryStream();
        var any = false;
        using (var w = new Utf8JsonWriter(stream, s_plain))
        {
            w.WriteStartObject();
            foreach (var question in ReportQuestions.All)
            {
                if (v[question] is { Length: > 0 } answer)
                {
                    any = true;
                    w.WriteString(question, answer);
                }
            }

            w.WriteEndObject();
        }

        return any ? Encoding.UTF8.GetString(stream.ToArray()) : null;
    }

    private static async Task<IResult> WithReceipt(View v, Func<ReporterCase, Task<IResult>> act)
    {
        var (receipt, problem) = Receipt.Read(v["receipt"]);
        if (receipt is null)
        {
            return Show<ReturnPage>(v, 422, (nameof(ReturnPage.Problem), problem));
        }

        v.Ticket = v.Tickets.Of(receipt);
        return await v.Channel.Open(receipt, v.Cancel) is { } opened ? await act(opened) : Show<ReturnPage>(v, 422, (nameof(ReturnPage.Problem), "receipt.wrong"));
    }

    private static async Task<IResult> WithTicket(View v, Func<ReporterCase, Task<IResult>> act)
    {
        if (v.Tickets.Receipt(v["ticket"]) is not { } receipt || await v.Channel.Open(receipt, v.Cancel) is not { } opened)
        {
            return Show<ReturnPage>(v, 422, (nameof(ReturnPage.Problem), "stale"));
        }

        v.Ticket = v.Tickets.Of(receipt);
        try
        {
            return await act(opened);
        }
        catch (RefusedException)
        {
            // It changed meanwhile: the page shows how it stands.
            return await Case(v, opened, "problem", 409);
        }
    }

    private static async Task<IResult> Case(View v, ReporterCase opened, string said = "", int status = 200)
    {
        if (opened.Row.PurgedAt is not null || opened.Keys is null)
        {
            return Show<MessagePage>(v, 200, (nameof(MessagePage.Key), "case.purged"));
        }

        await using var db = v.Store.Open();
        var state = await CaseRows.State(db, opened.Row.Id, v.Conduct, v.Cancel);
        var messages = await v.Channel.Messages(opened, v.Cancel);
        return Show<CasePage>(v, status, (nameof(CasePage.State), state), (nameof(CasePage.Steps), StepsOf(v, state, await Country(v))), (nameof(CasePage.Messages), messages), (nameof(CasePage.Key), Convert.ToBase64String(opened.Row.PublicKey)), (nameof(CasePage.Said), said));
    }

    private static async Task<IResult> Say(View v, ReporterCase opened)
    {
        if (v["sealed"].Length > 0)
        {
            if (SealedByBrowser.ReadMessage(v["sealed"]) is not { } sent)
            {
                return await Case(v, opened, "problem", 422);
            }

            await v.Channel.SaySealed(opened, sent.Content, sent.Files, v.Cancel);
            return await Case(v, opened, "sent");
        }

        var (text, files) = (v["text"], await v.Files());
        if (text.Length == 0 && files.Count == 0)
        {
            return await Case(v, opened, "tell.empty", 422);
        }

        await v.Channel.Say(opened, text, files, v.Cancel);
        return await Case(v, opened, "sent");
    }

    private static async Task<IResult> Consent(View v, ReporterCase opened)
    {
        if (v["withdraw"] is { Length: > 0 } id)
        {
            await v.Channel.Tell(opened, at => new CaseEvent(CaseKinds.ConsentWithdrawn, at, null, Ref: id), "", v.Cancel);
        }
        else
        {
            await v.Channel.Tell(opened, at => new CaseEvent(CaseKinds.Consent, at, null, v["purpose"], Until: at.InUtc().Date.PlusMonths(ConsentMonths)), "", v.Cancel);
        }

        return await Case(v, opened, "sent");
    }

    private static async Task<IResult> Review(View v, ReporterCase opened)
    {
        await v.Channel.Tell(opened, at => new CaseEvent(CaseKinds.ReviewAsked, at, null), v["text"], v.Cancel);
        return await Case(v, opened, "sent");
    }

    private static async Task<IResult> Proof(View v, ReporterCase opened)
    {
        var subject = opened.Row.Id.ToString();
        await using var db = v.Store.Open();
        var number = await db.Ledger.Where(l => l.Subject == subject && l.Kind == "case.commitment").Select(l => l.Number).SingleAsync(v.Cancel);
        return await v.Http.RequestServices.GetRequiredService<EvidenceLog>().Prove(number, opened.Receipt.Opening, v.Cancel) is { } proof
            ? Results.Bytes(Encoding.UTF8.GetBytes(proof.Write()), "application/octet-stream", "proof.tlog-proof")
            : await Case(v, opened, "proof.wait");
    }

    private static async Task<IResult> Rate(View v, ReporterCase opened)
    {
        await v.Channel.Tell(opened, at => new CaseEvent(CaseKinds.Rated, at, null, v["rating"]), "", v.Cancel);
        return await Case(v, opened, "sent");
    }

    private static async Task<IResult> Figures(View v)
    {
        var (figures, log) = await FiguresOf(v);
        return Show<FiguresPage>(v, 200, (nameof(FiguresPage.Figures), figures), (nameof(FiguresPage.Log), log));
    }

    // The same as data, whole: what the page has no room for too. Null is a number that is hidden.
    private static async Task<IResult> FiguresData(HttpContext http)
    {
        var (f, log) = await FiguresOf(new View(http, "en"));
        return log.Differing > 0
            ? Results.Problem("What is kept does not agree with the evidence log: the figures are not shown.", statusCode: 503)
            : Results.Json(new
            {
                total = f.Total, byYear = f.ByYear, byDecision = f.ByDecision, byHarm = f.ByHarm, byEnd = f.ByEnd, byRating = f.ByRating, better = f.Better, treatedWell = f.TreatedWell, acknowledgedInTime = f.AcknowledgedInTime, feedbackInTime = f.FeedbackInTime,
                medianDaysToAcknowledge = f.MedianDaysToAcknowledge, medianDaysToDecide = f.MedianDaysToDecide, smallest = Palermo.Remedy.Figures.SmallNumbers.Smallest, log = new { size = log.Size, checkpoint = "/log/checkpoint" },
            });
    }

    private static async Task<(ChannelFigures Figures, LoggedCases Log)> FiguresOf(View v)
    {
        var channel = await Operator(v);
        return await v.Http.RequestServices.GetRequiredService<PublicFigures>().Of(channel?.Id, channel?.Country ?? "", v.Cancel);
    }

    private static async Task<IReadOnlyList<StepLine>> Steps(View v, Receipt receipt)
    {
        try
        {
            await using var db = v.Store.Open();
            var locator = receipt.Locator;
            var id = await db.Cases.Where(c => c.Locator == locator).Select(c => c.Id).SingleAsync(v.Cancel);
            return StepsOf(v, await CaseRows.State(db, id, v.Conduct, v.Cancel), await Country(v));
        }
        catch (Exception e) when (StoreTrouble.Is(e))
        {
            // The report is kept and its number must be shown, whatever comes after.
            return [];
        }
    }

    private static IReadOnlyList<StepLine> StepsOf(View v, CaseState state, string country)
    {
        var place = Mitigate.Clocks.Place.Of(country);
        string Day(Instant due) => Mitigate.Clocks.Deadline.LastDayOf(due, place).ToString("yyyy-MM-dd", null);
        string[] shown = ["acknowledge", "triage", "personal-answer", "feedback", "review"];
        return
        [
            .. state.Clocks(v.Conduct, country, v.Now).Select(c => (Key: c.Rule.Id["case-".Length..], Clock: c)).Where(c => shown.Contains(c.Key)).OrderBy(c => Array.IndexOf(shown, c.Key))
                .Select(c => new StepLine("stage." + c.Key, c.Clock.Done is { } done ? "done-on" : "due", c.Clock.Done is { } on ? on.InZone(place.Zone).Date.ToString("yyyy-MM-dd", null) : Day(c.Clock.Due), c.Clock.IsLate)),
            .. state.StepsDue(country).Take(1).Select(s => new StepLine("stage.remedy", "due", Day(s.Due), s.Due < v.Now)),
        ];
    }

    private static async Task<bool> IsReady(View v) => await Operator(v) is { } channel && (await v.Channel.Readers(channel.Id, null, v.Cancel)).Any(r => r.Holder == "handler");

    private static async Task<string> Country(View v) => (await Operator(v))?.Country ?? "";

    private static async Task<Organization?> Operator(View v)
    {
        if (v.Operator is { } known)
        {
            return known;
        }

        await using var db = v.Store.Open();
        var name = v.Settings.Organization;
        return v.Operator = Guid.TryParse(name, out var id) ? await db.Organizations.SingleOrDefaultAsync(o => o.Id == id, v.Cancel)
            : name.Length > 0 ? await db.Organizations.SingleOrDefaultAsync(o => o.Name == name, v.Cancel)
            : await db.Organizations.SingleOrDefaultAsync(o => o.IsOperator, v.Cancel);
    }
}

/// <summary>A line of what happens next.</summary>
/// <param name="Key">What.</param>
/// <param name="When">Key of the words around the day.</param>
/// <param name="Day">Day.</param>
/// <param name="IsLate">Whether it is or was late.</param>
public sealed record StepLine(string Key, string When, string Day, bool IsLate);
