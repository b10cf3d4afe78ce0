using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Mitigate;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Ledgers;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Contracts;
using Palermo.Web.Routing;

namespace Palermo.Web.Cases;

/// <summary>Grievance cases, for those who hold a key to them.</summary>
internal static class CasePages
{
    /// <summary>What a handler may write down, each with what its word is chosen from.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Writable = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        [CaseKinds.Triaged] = CaseState.Dangers,
        [CaseKinds.Classified] = CaseState.Harms,
        [CaseKinds.RetaliationAssessed] = CaseState.Retaliations,
        [CaseKinds.Consent] = CaseState.Purposes,
        [CaseKinds.Disclosed] = CaseState.Purposes,
        [CaseKinds.AuthorityTold] = [],
        [CaseKinds.Decided] = CaseState.Decisions,
        [CaseKinds.ReviewEnded] = CaseState.ReviewEnds,
        [CaseKinds.PathOpened] = [],
        [CaseKinds.StepDone] = [],
        [CaseKinds.StepVerified] = [],
        [CaseKinds.Closed] = CaseState.Ends,
        [CaseKinds.Reopened] = [],
        [CaseKinds.PurgeAsked] = [],
    };

    public static void Map(WorkRoutes routes)
    {
        CaseListPages.Map(routes);
        NewCasePages.Map(routes);
        CaseReaderPages.Map(routes);
        CaseIdentityPages.Map(routes);
        routes.Get("/cases/{id}", Permission.HandleCases, v => With(v, c => Show(v, c)));
        routes.Post("/cases/{id}/events", Permission.HandleCases, v => With(v, c => WriteDown(v, c)));
        routes.Post("/cases/{id}/messages", Permission.HandleCases, v => With(v, c => Say(v, c)));
        routes.Post("/cases/{id}/ledger", Permission.HandleCases, v => With(v, c => Post(v, c)));
        routes.Post("/cases/{id}/purge", Permission.HandleCases, v => With(v, c => Purge(v, c)));
        routes.Get("/cases/{id}/files/{file}", Permission.HandleCases, v => With(v, c => File(v, c)));
    }

    /// <summary>Opens a case with the key of who asks and acts on it; what may not be done as things stand is said beside its form.</summary>
    public static async Task<IResult> With(Visit v, Func<OpenCase, Task<IResult>> act)
    {
        await using (var db = v.Open())
        {
            if (await OpenCase.Find(v, db) is null)
            {
                return v.NotFound();
            }
        }

        if (await HandlerKeyring.Of(v) is not { } handler)
        {
            return v.To("/cases");
        }

        if (await OpenCase.Load(v, handler) is not { } opened)
        {
            return v.NotFound();
        }

        if (!v.Form.IsRight)
        {
            return await Show(v, opened);
        }

        try
        {
            return await act(opened);
        }
        catch (RefusedException e)
        {
            v.Form.Wrong(v.Form["kind"] is { Length: > 0 } kind ? kind : "case", e.Message);
            return await Show(v, opened);
        }
    }

    /// <summary>The page of a case.</summary>
    public static async Task<IResult> Show(Visit v, OpenCase c) => v.Page<CasePage>((nameof(CasePage.Case), c), (nameof(CasePage.Form), v.Form), (nameof(CasePage.Conduct), v.Service<Conduct>()), (nameof(CasePage.Now), v.Store.Now.ToInstant()), (nameof(CasePage.Identity), await CaseIdentityPages.Seen(v, c)));

    private static async Task<IResult> WriteDown(Visit v, OpenCase c)
    {
        var (kind, word, text, until) = (v.Form["kind"], v.Form["word"], v.Form["text"], v.Form.Day("until"));
        if (!Writable.ContainsKey(kind))
        {
            return v.NotFound();
        }

        if (!v.Form.IsRight)
        {
            return await Show(v, c);
        }

        await CaseWriting.Write(v, c, async w =>
        {
            await w.Happen(kind, word, text: text, until: until is { } u ? LocalDate.FromDateOnly(u) : null, about: v.Form["ref"]);
            // What is founded changes what is known of the contract: it is judged again.
            if (kind is CaseKinds.Decided or CaseKinds.Consent or CaseKinds.ReviewEnded && w.Row.ContractId is { } contract)
            {
                JobQueue.Ask(w.Change, JudgeJob.Name, contract, await w.Change.Db.Contracts.Where(x => x.Id == contract).Select(x => (Guid?)x.OrganizationId).SingleAsync(v.Cancel));
            }
        });
        return v.To($"/cases/{c.Row.Id}#{kind}", "saved");
    }

    // To the reporter, as an answer in person or as the feedback that is due; or a note among handlers.
    private static async Task<IResult> Say(Visit v, OpenCase c)
    {
        var (text, to) = (v.Form["text"], v.Form["to"]);
        if (text.Length == 0 || to is not ("reporter" or "feedback" or "note"))
        {
            v.Form.Wrong("message", "form.required");
            return await Show(v, c);
        }

        await CaseWriting.Write(v, c, async w =>
        {
            var message = w.Say(to == "note" ? "note" : "handler", text);
            w.Change.Log("case.message", w.Row.Id, w.Row.OrganizationId, "sha256:" + LedgerHash.Of(message.Box));
            var kind = to == "feedback" ? CaseKinds.Feedback : to == "reporter" && c.State.Events.All(e => e.Kind != CaseKinds.PersonalAnswer) ? CaseKinds.PersonalAnswer : null;
            if (kind is not null)
            {
                await w.Happen(kind);
            }
        });
        return v.To($"/cases/{c.Row.Id}#messages", "saved");
    }

    private static async Task<IResult> Post(Visit v, OpenCase c)
    {
        var currency = v.Form["currency"].ToUpperInvariant();
        var to = Guid.TryParse(v.Form["to"], out var about) ? c.Ledger.Entries.FirstOrDefault(e => e.Id == about) : null;
        var amount = to?.Minor ?? (Currency.IsCode(currency) ? Currency.Read(v.Form["amount"], currency) : null);
        var on = v.Form.Day("on");
        if (!Enum.TryParse<EntryKind>(v.Form["entry"], out var kind) || !Enum.TryParse<EvidenceGrade>(v.Form["grade"] is { Length: > 0 } g ? g : nameof(EvidenceGrade.Documents), out var grade) || amount is null)
        {
            v.Form.Wrong("ledger", "ledger.amount");
            return await Show(v, c);
        }

        if (!v.Form.IsRight)
        {
            return await Show(v, c);
        }

        try
        {
            await CaseWriting.Write(v, c, async w =>
            {
                var entry = new RemedyEntry(w.Change.NewId(), kind, to?.Worker ?? v.Form["worker"].ToUpperInvariant(), to?.Component ?? v.Form["component"], to?.Currency ?? currency, amount.Value, grade, v.Form["method"], to?.Id, v.Form["reason"], on is { } day ? LocalDate.FromDateOnly(day) : w.Change.At.ToInstant().InUtc().Date, v.Who.PersonId!.Value, v.Form["side"] == "independent" ? "independent" : "payer");
                await CaseRows.Post(w.Change, w.Row, entry, v.Who.Name, v.Cancel);
            });
        }
        catch (RefusedException e)
        {
            v.Form.Wrong("ledger", e.Message);
            return await Show(v, c);
        }

        return v.To($"/cases/{c.Row.Id}#ledger", "saved");
    }

    // The keys go, and with them all that was said; what happened stays, in codes.
    private static async Task<IResult> Purge(Visit v, OpenCase c)
    {
        await CaseWriting.Write(v, c, async w =>
        {
            await w.Happen(CaseKinds.Purged);
            var (db, id) = (w.Change.Db, w.Row.Id);
            await db.SaveChangesAsync(v.Cancel);
            await db.CaseKeyCopies.Where(k => k.CaseId == id).ExecuteDeleteAsync(v.Cancel);
            await db.IdentityRequests.Where(k => k.CaseId == id).ExecuteDeleteAsync(v.Cancel);
            await db.CaseIdentities.Where(k => k.CaseId == id).ExecuteDeleteAsync(v.Cancel);
            await db.CaseMessages.Where(k => k.CaseId == id).ExecuteDeleteAsync(v.Cancel);
            await db.CaseFiles.Where(k => k.CaseId == id).ExecuteDeleteAsync(v.Cancel);
            w.Row.PurgedAt = w.Change.At;
        });
        return v.To("/cases", "saved");
    }

    private static async Task<IResult> File(Visit v, OpenCase c)
    {
        await using var db = v.Open();
        var id = v.Id("file");
        return await db.CaseFiles.SingleOrDefaultAsync(f => f.Id == id && f.CaseId == c.Row.Id, v.Cancel) is { } row && ReportChannel.OpenFile(row, c.Keys) is { } file ? Results.File(file.Content, "application/octet-stream", file.Name) : v.NotFound();
    }
}
