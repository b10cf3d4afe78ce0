using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Mitigate;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Ledgers;
using Palermo.Remedy.Receipts;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Contracts;
using Palermo.Web.Routing;

namespace Palermo.Web.Cases;

/// <summary>A case in the list: nothing of what was said.</summary>
/// <param name="Row">The case.</param>
/// <param name="State">How it stands.</param>
/// <param name="DueOn">Last day of what is due next; null if nothing is.</param>
/// <param name="IsLate">Whether something is late.</param>
public sealed record CaseLine(Case Row, CaseState State, DateOnly? DueOn, bool IsLate);

/// <summary>Grievance cases, for those who hold a key to them.</summary>
internal static class CasePages
{
    private const int LongestText = 20_000;
    private static readonly string[] s_questions = ["what", "where", "when", "who", "danger", "want", "secret"];

    /// <summary>What a handler may write down, each with what its word is chosen from.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Writable = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        [CaseKinds.Triaged] = ["immediate", "possible", "none-seen"],
        [CaseKinds.Classified] = CaseState.Harms,
        [CaseKinds.RetaliationAssessed] = ["high", "some", "low"],
        [CaseKinds.Consent] = CaseState.Purposes,
        [CaseKinds.Disclosed] = CaseState.Purposes,
        [CaseKinds.AuthorityTold] = [],
        [CaseKinds.Decided] = CaseState.Decisions,
        [CaseKinds.ReviewEnded] = ["upheld", "changed"],
        [CaseKinds.PathOpened] = [],
        [CaseKinds.StepDone] = [],
        [CaseKinds.StepVerified] = [],
        [CaseKinds.Closed] = ["better", "same", "worse", "not-known"],
        [CaseKinds.Reopened] = [],
        [CaseKinds.PurgeAsked] = [],
    };

    public static void Map(WorkRoutes routes)
    {
        routes.Get("/cases", Permission.HandleCases, List);
        routes.Post("/cases/key", Permission.HandleCases, MakeKey);
        routes.Post("/cases/unlock", Permission.HandleCases, Unlock);
        routes.Post("/cases/lock", Permission.HandleCases, async v =>
        {
            await HandlerKeyring.Lock(v);
            return v.To("/cases", "saved");
        });
        routes.Get("/cases/new", Permission.HandleCases, v => Task.FromResult(v.Page<NewCasePage>((nameof(NewCasePage.Form), v.Form), (nameof(NewCasePage.Organizations), v.Organizations(Permission.HandleCases)))));
        routes.Post("/cases/new", Permission.HandleCases, TakeDown);
        routes.Get("/cases/{id}", Permission.HandleCases, v => With(v, c => Show(v, c)));
        routes.Post("/cases/{id}/events", Permission.HandleCases, v => With(v, c => WriteDown(v, c)));
        routes.Post("/cases/{id}/messages", Permission.HandleCases, v => With(v, c => Say(v, c)));
        routes.Post("/cases/{id}/contract", Permission.HandleCases, v => With(v, c => JoinContract(v, c)));
        routes.Post("/cases/{id}/handlers", Permission.HandleCases, v => With(v, c => GiveKey(v, c)));
        routes.Post("/cases/{id}/recused", Permission.HandleCases, v => With(v, c => Recuse(v, c)));
        routes.Post("/cases/{id}/identity", Permission.HandleCases, v => With(v, c => Identity(v, c)));
        routes.Post("/cases/{id}/ledger", Permission.HandleCases, v => With(v, c => Post(v, c)));
        routes.Post("/cases/{id}/purge", Permission.HandleCases, v => With(v, c => Purge(v, c)));
        routes.Get("/cases/{id}/files/{file}", Permission.HandleCases, v => With(v, c => File(v, c)));
    }

    private static async Task<IResult> List(Visit v)
    {
        await using var db = v.Open();
        var me = v.Who.PersonId ?? Guid.Empty;
        var where = v.Who.Where(Permission.HandleCases);
        var rows = await db.Cases.Where(c => where.Contains(c.OrganizationId) && db.CaseKeyCopies.Any(k => k.CaseId == c.Id && k.Holder == "handler" && k.HolderId == me)).ToListAsync(v.Cancel);
        var ids = rows.Select(r => r.Id).ToArray();
        var entries = (await db.CaseEntries.Where(e => ids.Contains(e.CaseId)).ToListAsync(v.Cancel)).ToLookup(e => e.CaseId);
        var countries = await db.Organizations.Where(o => where.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Country, v.Cancel);
        var conduct = v.Service<Conduct>();
        var now = v.Store.Now.ToInstant();
        var lines = rows.Select(r => LineOf(r, CaseRows.StateOf(entries[r.Id].OrderBy(e => e.Number), conduct), conduct, countries[r.OrganizationId], now)).ToArray();
        // Danger first, and before all what nobody has looked at.
        string[] order = ["", "immediate", "possible", "none-seen"];
        return v.Page<CaseListPage>((nameof(CaseListPage.Rows), lines.OrderBy(l => l.State.IsOpen ? 0 : 1).ThenBy(l => Array.IndexOf(order, l.State.Danger)).ThenBy(l => l.DueOn ?? DateOnly.MaxValue).ToArray()),
            (nameof(CaseListPage.HasKey), await db.HandlerKeys.AnyAsync(k => k.PersonId == me, v.Cancel)), (nameof(CaseListPage.IsOpen), await HandlerKeyring.Of(v) is not null), (nameof(CaseListPage.Form), v.Form));
    }

    internal static CaseLine LineOf(Case row, CaseState state, Conduct conduct, string country, Instant now)
    {
        var open = state.Clocks(conduct, country, now).Where(k => k.IsOpen).Select(k => k.Due).Concat(state.StepsDue(country).Select(s => s.Due)).Order().Select(d => (Instant?)d).FirstOrDefault();
        return new CaseLine(row, state, state.IsOpen && open is { } due ? Mitigate.Clocks.Deadline.LastDayOf(due, Mitigate.Clocks.Place.Of(country)).ToDateOnly() : null, state.IsOpen && open < now);
    }

    private static async Task<IResult> MakeKey(Visit v)
    {
        var (one, two) = (v.Form["passphrase"], v.Form["again"]);
        if (one.Length < LockedKey.ShortestPassphrase)
        {
            v.Form.Wrong("passphrase", "cases.passphrase.short");
        }
        else if (one != two)
        {
            v.Form.Wrong("again", "cases.passphrase.differs");
        }

        await using var db = v.Open();
        var me = v.Who.PersonId!.Value;
        if (!v.Form.IsRight || await db.HandlerKeys.AnyAsync(k => k.PersonId == me, v.Cancel))
        {
            return await List(v);
        }

        var keys = KeyPair.Make();
        var locked = LockedKey.Lock(keys, one);
        var row = new HandlerKey { PersonId = me, PublicKey = keys.Public, Salt = locked.Salt, Box = locked.Box };
        await v.Write(change =>
        {
            row.CreatedAt = change.At;
            change.Db.HandlerKeys.Add(row);
            change.Log("handler-key.made", me, null, LedgerHash.Of(keys.Public));
            return Task.CompletedTask;
        });
        await HandlerKeyring.Unlock(v, row, one);
        return v.To("/cases", "saved");
    }

    private static async Task<IResult> Unlock(Visit v)
    {
        await using var db = v.Open();
        var me = v.Who.PersonId!.Value;
        if (await db.HandlerKeys.SingleOrDefaultAsync(k => k.PersonId == me, v.Cancel) is not { } row)
        {
            return v.NotFound();
        }

        if (!await HandlerKeyring.Unlock(v, row, v.Form["passphrase"]))
        {
            v.Form.Wrong("passphrase", "cases.passphrase.wrong");
            return await List(v);
        }

        return v.To("/cases");
    }

    private static async Task<IResult> With(Visit v, Func<OpenCase, Task<IResult>> act)
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

    private static async Task<IResult> Show(Visit v, OpenCase c) => v.Page<CasePage>((nameof(CasePage.Case), c), (nameof(CasePage.Form), v.Form), (nameof(CasePage.Conduct), v.Service<Conduct>()), (nameof(CasePage.Now), v.Store.Now.ToInstant()), (nameof(CasePage.Identity), await SeenIdentity(v, c)));

    private static byte[] Sealed(OpenCase c, string text) => SealedBox.Seal(Encoding.UTF8.GetBytes(text), c.Row.PublicKey);

    private static async Task<IResult> WriteDown(Visit v, OpenCase c)
    {
        var (kind, word, text, until) = (v.Form["kind"], v.Form["word"], v.Form["text"], v.Form.Day("until"));
        if (!Writable.ContainsKey(kind) || text.Length > LongestText)
        {
            return v.NotFound();
        }

        if (!v.Form.IsRight)
        {
            return await Show(v, c);
        }

        await v.Write(async change =>
        {
            var row = await change.Db.Cases.SingleAsync(x => x.Id == c.Row.Id, v.Cancel);
            await CaseRows.Add(change, row, v.Service<Conduct>(), at => new CaseEvent(kind, at, v.Who.PersonId, word, Until: until is { } u ? LocalDate.FromDateOnly(u) : null, Ref: v.Form["ref"]), v.Who.Name, text.Length > 0 ? Sealed(c, text) : null, v.Cancel);
            // What is founded changes what is known of the contract: it is judged again.
            if (kind is CaseKinds.Decided or CaseKinds.Consent or CaseKinds.ReviewEnded && row.ContractId is { } contract)
            {
                JobQueue.Ask(change, JudgeJob.Name, contract, await change.Db.Contracts.Where(x => x.Id == contract).Select(x => (Guid?)x.OrganizationId).SingleAsync(v.Cancel));
            }
        });
        return v.To($"/cases/{c.Row.Id}#{kind}", "saved");
    }

    // To the reporter, as an answer in person or as the feedback that is due; or a note among handlers.
    private static async Task<IResult> Say(Visit v, OpenCase c)
    {
        var (text, to) = (v.Form["text"], v.Form["to"]);
        if (text.Length is 0 or > LongestText || to is not ("reporter" or "feedback" or "note"))
        {
            v.Form.Wrong("message", "form.required");
            return await Show(v, c);
        }

        await v.Write(async change =>
        {
            var row = await change.Db.Cases.SingleAsync(x => x.Id == c.Row.Id, v.Cancel);
            var message = new CaseMessage { Id = change.NewId(), CaseId = row.Id, From = to == "note" ? "note" : "handler", Box = Sealed(c, text), ByName = v.Who.Name, At = change.At };
            change.Db.CaseMessages.Add(message);
            change.Log("case.message", row.Id, row.OrganizationId, "sha256:" + LedgerHash.Of(message.Box));
            var kind = to == "feedback" ? CaseKinds.Feedback : to == "reporter" && c.State.Events.All(e => e.Kind != CaseKinds.PersonalAnswer) ? CaseKinds.PersonalAnswer : null;
            if (kind is not null)
            {
                await CaseRows.Add(change, row, v.Service<Conduct>(), at => new CaseEvent(kind, at, v.Who.PersonId), v.Who.Name, null, v.Cancel);
            }
        });
        return v.To($"/cases/{c.Row.Id}#messages", "saved");
    }

    // Once the contract is known, who is too near to it loses the key by rule.
    private static async Task<IResult> JoinContract(Visit v, OpenCase c)
    {
        if (await v.Service<ReportChannel>().ContractOf(v.Form["code"], v.Cancel) is not { } contract)
        {
            v.Form.Wrong("code", "case.contract-missing");
            return await Show(v, c);
        }

        await v.Write(async change =>
        {
            var row = await change.Db.Cases.SingleAsync(x => x.Id == c.Row.Id, v.Cancel);
            row.ContractId = contract;
            change.Log("case.contract", row.Id, row.OrganizationId);
            var allowed = (await CaseReaders.Of(change.Db, row.OrganizationId, contract, c.State.Recused, v.Cancel)).Select(r => r.Id).ToHashSet();
            foreach (var holder in await change.Db.CaseKeyCopies.Where(k => k.CaseId == row.Id && k.Holder == "handler").Select(k => k.HolderId).ToListAsync(v.Cancel))
            {
                if (!allowed.Contains(holder))
                {
                    await change.Db.CaseKeyCopies.Where(k => k.CaseId == row.Id && k.Holder == "handler" && k.HolderId == holder).ExecuteDeleteAsync(v.Cancel);
                    await CaseRows.Add(change, row, v.Service<Conduct>(), at => new CaseEvent(CaseKinds.Recused, at, v.Who.PersonId, "by-rule", holder), v.Who.Name, null, v.Cancel);
                }
            }
        });
        return v.To($"/cases/{c.Row.Id}", "saved");
    }

    private static async Task<IResult> GiveKey(Visit v, OpenCase c)
    {
        var other = c.Others.FirstOrDefault(o => o.Id.ToString() == v.Form["person"]);
        if (other.Id == Guid.Empty || other.Objection is not null)
        {
            return v.NotFound();
        }

        await v.Write(async change =>
        {
            var key = await change.Db.HandlerKeys.SingleAsync(k => k.PersonId == other.Id, v.Cancel);
            var row = await change.Db.Cases.SingleAsync(x => x.Id == c.Row.Id, v.Cancel);
            change.Db.CaseKeyCopies.Add(new CaseKeyCopy { CaseId = row.Id, Holder = "handler", HolderId = other.Id, Box = SealedBox.SealKey(c.Keys.Private, key.PublicKey) });
            await CaseRows.Add(change, row, v.Service<Conduct>(), at => new CaseEvent(CaseKinds.Assigned, at, v.Who.PersonId, "given", other.Id), v.Who.Name, null, v.Cancel);
        });
        return v.To($"/cases/{c.Row.Id}#handlers", "saved");
    }

    private static async Task<IResult> Recuse(Visit v, OpenCase c)
    {
        if (!Guid.TryParse(v.Form["person"], out var person) || !c.People.ContainsKey(person))
        {
            return v.NotFound();
        }

        await v.Write(async change =>
        {
            var row = await change.Db.Cases.SingleAsync(x => x.Id == c.Row.Id, v.Cancel);
            await change.Db.CaseKeyCopies.Where(k => k.CaseId == row.Id && k.Holder == "handler" && k.HolderId == person).ExecuteDeleteAsync(v.Cancel);
            await CaseRows.Add(change, row, v.Service<Conduct>(), at => new CaseEvent(CaseKinds.Recused, at, v.Who.PersonId, "named", person), v.Who.Name, v.Form["text"] is { Length: > 0 } why ? Sealed(c, why) : null, v.Cancel);
        });
        return person == v.Who.PersonId ? v.To("/cases", "saved") : v.To($"/cases/{c.Row.Id}#handlers", "saved");
    }

    // One asks with a reason; another agrees, which takes the outer layer off.
    private static async Task<IResult> Identity(Visit v, OpenCase c)
    {
        var handler = (await HandlerKeyring.Of(v))!;
        var me = v.Who.PersonId!.Value;
        await using var db = v.Open();
        if (await db.CaseIdentities.SingleOrDefaultAsync(i => i.CaseId == c.Row.Id, v.Cancel) is not { } identity)
        {
            return v.NotFound();
        }

        if (v.Form["request"].Length == 0)
        {
            if (v.Form["text"].Length == 0)
            {
                v.Form.Wrong("identity", "plan.words-missing");
                return await Show(v, c);
            }

            await v.Write(change =>
            {
                var request = new IdentityRequest { Id = change.NewId(), CaseId = c.Row.Id, AskedById = me, AskedAt = change.At };
                change.Db.IdentityRequests.Add(request);
                change.Db.CaseMessages.Add(new CaseMessage { Id = change.NewId(), CaseId = c.Row.Id, From = "note", Box = Sealed(c, v.Form["text"]), ByName = v.Who.Name, At = change.At });
                change.Log("case.identity-asked", c.Row.Id, c.Row.OrganizationId);
                return Task.CompletedTask;
            });
            return v.To($"/cases/{c.Row.Id}#identity", "saved");
        }

        var asked = c.Requests.FirstOrDefault(r => r.Id.ToString() == v.Form["request"]);
        if (asked is null || asked.AskedById == me || asked.AgreedById is not null)
        {
            v.Form.Wrong("identity", "case.identity-own");
            return await Show(v, c);
        }

        var layer = JsonSerializer.Deserialize<IdentityLayer[]>(identity.Layers)!.FirstOrDefault(l => l.Agrees == me && l.Asks == asked.AskedById);
        if (layer is null || Together.Peel(layer.Box, handler) is not { } inner)
        {
            // They had no key when the report came in: two of those who had must act.
            v.Form.Wrong("identity", "case.identity-later");
            return await Show(v, c);
        }

        await v.Write(async change =>
        {
            var row = await change.Db.IdentityRequests.SingleAsync(r => r.Id == asked.Id, v.Cancel);
            (row.AgreedById, row.Box) = (me, inner);
            change.Log("case.identity-agreed", c.Row.Id, c.Row.OrganizationId);
        });
        return v.To($"/cases/{c.Row.Id}#identity", "saved");
    }

    private static async Task<string?> SeenIdentity(Visit v, OpenCase c)
    {
        if (c.Requests.FirstOrDefault(r => r.AskedById == v.Who.PersonId && r.Box is not null) is not { Box: { } box } || await HandlerKeyring.Of(v) is not { } handler || Together.Peel(box, handler) is not { } key || KeyPair.FromPrivate(key) is not { } keys)
        {
            return null;
        }

        await using var db = v.Open();
        return await db.CaseIdentities.SingleOrDefaultAsync(i => i.CaseId == c.Row.Id, v.Cancel) is { } identity && SealedBox.Open(identity.Box, keys) is { } text ? Encoding.UTF8.GetString(text) : null;
    }

    private static async Task<IResult> Post(Visit v, OpenCase c)
    {
        var currency = v.Form["currency"].ToUpperInvariant();
        var to = Guid.TryParse(v.Form["to"], out var about) ? c.Ledger.Entries.FirstOrDefault(e => e.Id == about) : null;
        var amount = to?.Minor ?? (Currency.IsCode(currency) ? Currency.Read(v.Form["amount"], currency) : null);
        if (!Enum.TryParse<EntryKind>(v.Form["entry"], out var kind) || !Enum.TryParse<EvidenceGrade>(v.Form["grade"] is { Length: > 0 } g ? g : nameof(EvidenceGrade.Documents), out var grade) || amount is null)
        {
            v.Form.Wrong("ledger", "ledger.amount");
            return await Show(v, c);
        }

        try
        {
            await v.Write(async change =>
            {
                var row = await change.Db.Cases.SingleAsync(x => x.Id == c.Row.Id, v.Cancel);
                var entry = new RemedyEntry(change.NewId(), kind, to?.Worker ?? v.Form["worker"].ToUpperInvariant(), to?.Component ?? v.Form["component"], to?.Currency ?? currency, amount.Value, grade, v.Form["method"], to?.Id, v.Form["reason"], v.Form.Day("on") is { } on ? LocalDate.FromDateOnly(on) : change.At.ToInstant().InUtc().Date, v.Who.PersonId!.Value, v.Form["side"] == "independent" ? "independent" : "payer");
                await CaseRows.Post(change, row, entry, v.Who.Name, v.Cancel);
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
        await v.Write(async change =>
        {
            var row = await change.Db.Cases.SingleAsync(x => x.Id == c.Row.Id, v.Cancel);
            await CaseRows.Add(change, row, v.Service<Conduct>(), at => new CaseEvent(CaseKinds.Purged, at, v.Who.PersonId), v.Who.Name, null, v.Cancel);
            await change.Db.SaveChangesAsync(v.Cancel);
            var id = row.Id;
            await change.Db.CaseKeyCopies.Where(k => k.CaseId == id).ExecuteDeleteAsync(v.Cancel);
            await change.Db.IdentityRequests.Where(k => k.CaseId == id).ExecuteDeleteAsync(v.Cancel);
            await change.Db.CaseIdentities.Where(k => k.CaseId == id).ExecuteDeleteAsync(v.Cancel);
            await change.Db.CaseMessages.Where(k => k.CaseId == id).ExecuteDeleteAsync(v.Cancel);
            await change.Db.CaseFiles.Where(k => k.CaseId == id).ExecuteDeleteAsync(v.Cancel);
            row.PurgedAt = change.At;
        });
        return v.To("/cases", "saved");
    }

    private static async Task<IResult> File(Visit v, OpenCase c)
    {
        await using var db = v.Open();
        var id = v.Id("file");
        return await db.CaseFiles.SingleOrDefaultAsync(f => f.Id == id && f.CaseId == c.Row.Id, v.Cancel) is { } row && ReportChannel.OpenFile(row, c.Keys) is { } file ? Results.File(file.Content, "application/octet-stream", file.Name) : v.NotFound();
    }

    // For somebody who can't or won't use the channel: on paper, by voice. They get a receipt like everybody.
    private static async Task<IResult> TakeDown(Visit v)
    {
        var organization = v.Organization(Permission.HandleCases);
        var answers = s_questions.Where(q => v.Form[q].Length > 0).ToDictionary(q => q, q => v.Form[q]);
        if (answers.Count == 0)
        {
            v.Form.Wrong("what", "form.required");
        }

        if (v.Form["consent"] != "yes")
        {
            v.Form.Wrong("consent", "newcase.consent-missing");
        }

        if (!v.Form.IsRight)
        {
            return v.Page<NewCasePage>((nameof(NewCasePage.Form), v.Form), (nameof(NewCasePage.Organizations), v.Organizations(Permission.HandleCases)));
        }

        var channel = v.Service<ReportChannel>();
        var contract = await channel.ContractOf(v.Form["code"], v.Cancel);
        var readers = await channel.Readers(organization, contract, v.Cancel);
        if (readers.All(r => r.Holder != "handler"))
        {
            v.Form.Wrong("code", "newcase.nobody");
            return v.Page<NewCasePage>((nameof(NewCasePage.Form), v.Form), (nameof(NewCasePage.Organizations), v.Organizations(Permission.HandleCases)));
        }

        var (receipt, salt) = (await channel.NewReceipt(v.Cancel), ReceiptKey.NewSalt());
        var key = ReceiptKey.Of(receipt, salt);
        var report = ReportChannel.Seal(JsonSerializer.Serialize(answers), v.Form["identity"], [], readers, key.Keys.Public);
        await channel.Receive(organization, report, receipt, salt, key, v.C.Language, v.Form["way"] == "paper" ? "paper" : "on-behalf", contract, v.Who.Actor, v.Cancel);
        return v.Page<NewCaseReceiptPage>((nameof(NewCaseReceiptPage.Receipt), receipt.ToString()));
    }
}
