using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Mitigate;
using Palermo.Mitigate.Plans;
using Palermo.Mitigate.Watching;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Storage.Plans;
using Palermo.Web.Accounts;
using Palermo.Web.Api.Work;
using Palermo.Web.Forms;
using Palermo.Web.Plans;
using Palermo.Web.Portfolio;
using Palermo.Web.Routing;

namespace Palermo.Web.Contracts;

/// <summary>Contracts under watch: chain, evidence, alerts, plans, hand-over.</summary>
internal static class ContractPages
{
    private const int PageSize = 25, LongestText = 4000, MostTiers = 20;
    private static readonly string[] s_kinds = ["subcontractor", "labour-provider", "recruiter", "manufacturer", "raw-material", "site"], s_evidence = ["audit", "certificate", "questionnaire", "statement", "other"], s_notes = ["note", "incident", "incident-reported"];

    /// <summary>Kinds of members of a chain.</summary>
    public static IReadOnlyList<string> Kinds => s_kinds;

    /// <summary>What may be written down of a contract: a note, that something became known, that it was reported to whom the rules name.</summary>
    public static IReadOnlyList<string> NoteKinds => s_notes;

    /// <summary>Kinds of evidence.</summary>
    public static IReadOnlyList<string> EvidenceKinds => s_evidence;

    public static void Map(WorkRoutes routes)
    {
        routes.Get("/contracts", Permission.ReadContracts, List);
        routes.Post("/contracts", Permission.WatchContracts, Add);
        routes.Get("/contracts/{id}", Permission.ReadContracts, v => With(v, Permission.ReadContracts, c => Task.FromResult(Show(v, c))));
        routes.Post("/contracts/{id}", Permission.WatchContracts, v => With(v, Permission.WatchContracts, c => Save(v, c)));
        routes.Post("/contracts/{id}/parties", Permission.WatchContracts, v => With(v, Permission.WatchContracts, c => AddParty(v, c)));
        routes.Post("/contracts/{id}/parties/end", Permission.WatchContracts, v => With(v, Permission.WatchContracts, c => EndParty(v, c)));
        routes.Post("/contracts/{id}/evidence", Permission.WatchContracts, v => With(v, Permission.WatchContracts, c => AddEvidence(v, c)));
        routes.Post("/contracts/{id}/evidence/reuse", Permission.WatchContracts, v => With(v, Permission.WatchContracts, c => Reuse(v, c)));
        routes.Post("/contracts/{id}/events", Permission.WatchContracts, v => With(v, Permission.WatchContracts, c => Note(v, c)));
        routes.Post("/contracts/{id}/judge", Permission.WatchContracts, v => With(v, Permission.WatchContracts, c => Judge(v, c)));
        routes.Post("/contracts/{id}/alerts", Permission.WatchContracts, v => With(v, Permission.WatchContracts, c => AnswerAlert(v, c)));
        routes.Post("/contracts/{id}/plans", Permission.WatchContracts, v => With(v, Permission.WatchContracts, c => OpenPlan(v, c)));
        routes.Get("/contracts/{id}/files/{file}", Permission.ReadContracts, v => With(v, Permission.ReadContracts, c => PlanPages.File(v, [c.Row.Id])));
        routes.Get("/contracts/{id}/auditor-pack.zip", Permission.ReadContracts, v => With(v, Permission.ReadContracts, c => AuditorPack.Make(v, c)));
        routes.Get("/contracts/{id}/notice.html", Permission.ReadContracts, v => With(v, Permission.ReadContracts, c => Task.FromResult(v.Page<ContractNoticePage>((nameof(ContractNoticePage.Contract), c.Row)))));
    }

    private static async Task<IResult> With(Visit v, Permission need, Func<OpenContract, Task<IResult>> act) => await OpenContract.Load(v, need) is { } contract ? await act(contract) : v.NotFound();

    private static async Task<IResult> List(Visit v)
    {
        await using var db = v.Open();
        var where = v.Who.Where(Permission.ReadContracts);
        var query = db.Contracts.Where(c => where.Contains(c.OrganizationId));
        var count = await query.CountAsync(v.Cancel);
        var pages = (count + PageSize - 1) / PageSize;
        var page = Math.Clamp(int.TryParse(v.Query("page"), out var asked) ? asked : 1, 1, Math.Max(1, pages));
        var rows = await query.OrderByDescending(c => c.CreatedAt).Skip((page - 1) * PageSize).Take(PageSize).Select(c => new ContractLine(c, db.Alerts.Count(a => a.ContractId == c.Id && a.State == AlertState.Open && a.GoneAt == null), db.Plans.Count(p => p.ContractId == c.Id))).ToListAsync(v.Cancel);
        var watch = v.Who.Where(Permission.WatchContracts);
        var suppliers = await db.Suppliers.Where(s => watch.Contains(s.OrganizationId)).OrderBy(s => s.Name).Select(s => new { s.Id, s.Name }).ToListAsync(v.Cancel);
        var tenders = await db.Tenders.Where(t => watch.Contains(t.OrganizationId)).OrderByDescending(t => t.ChangedAt).Select(t => new { t.Id, t.Title }).ToListAsync(v.Cancel);
        return v.Page<ContractListPage>((nameof(ContractListPage.Rows), rows), (nameof(ContractListPage.Count), count), (nameof(ContractListPage.Number), page), (nameof(ContractListPage.Pages), pages), (nameof(ContractListPage.Form), v.Form), (nameof(ContractListPage.Organizations), v.Organizations(Permission.WatchContracts)),
            (nameof(ContractListPage.Suppliers), suppliers.Select(s => (s.Id.ToString(), s.Name)).Prepend(("", v.C["none"])).ToArray()), (nameof(ContractListPage.Tenders), tenders.Select(t => (t.Id.ToString(), t.Title)).Prepend(("", v.C["none"])).ToArray()));
    }

    private static async Task<IResult> Add(Visit v)
    {
        var (title, start, end, organization) = (v.Form.Required("title"), v.Form.RequiredDay("start"), v.Form.Day("end"), v.Organization(Permission.WatchContracts));
        await using var db = v.Open();
        // Only what is of the same organization can be joined.
        Guid? supplier = Guid.TryParse(v.Form["supplier"], out var s) && await db.Suppliers.AnyAsync(x => x.Id == s && x.OrganizationId == organization, v.Cancel) ? s : null;
        Guid? tender = Guid.TryParse(v.Form["tender"], out var t) && await db.Tenders.AnyAsync(x => x.Id == t && x.OrganizationId == organization, v.Cancel) ? t : null;
        if (!v.Form.IsRight)
        {
            return await List(v);
        }

        var id = await v.Write(async change =>
        {
            var row = new Contract
            {
                Id = change.NewId(), OrganizationId = organization, Title = title, Reference = v.Form["reference"], Ocid = v.Form["ocid"], Items = v.Form["items"], Country = v.Country(), SupplierId = supplier, TenderId = tender,
                StartOn = start!.Value, EndOn = end, ResponsibleId = v.Who.PersonId!.Value, ChannelCode = await ContractsApi.NewCode(change.Db, v.Cancel), CreatedAt = change.At,
            };
            change.Db.Contracts.Add(row);
            JobQueue.Ask(change, JudgeJob.Name, row.Id, organization);
            change.Log("contract.made", row.Id, organization, title);
            return row.Id;
        });
        return v.To($"/contracts/{id}");
    }

    internal static IResult Show(Visit v, OpenContract c)
    {
        var form = v.Form.IsRight && !HttpMethods.IsPost(v.Http.Request.Method)
            ? new Posted(("title", c.Row.Title), ("reference", c.Row.Reference), ("ocid", c.Row.Ocid), ("items", c.Row.Items), ("country", c.Row.Country), ("end", $"{c.Row.EndOn:yyyy-MM-dd}"), ("audit-level", c.Row.AuditLevel), ("tier", "1"), ("kind", "site"), ("level", "Office"), ("priority", "other")) : v.Form;
        return v.Page<ContractPage>((nameof(ContractPage.Contract), c), (nameof(ContractPage.Form), form), (nameof(ContractPage.MayWatch), v.Who.May(Permission.WatchContracts, c.Row.OrganizationId)), (nameof(ContractPage.Conduct), v.Service<Conduct>()), (nameof(ContractPage.Now), v.Store.Now.ToInstant()));
    }

    private static async Task<IResult> Save(Visit v, OpenContract c)
    {
        var (title, end) = (v.Form.Required("title"), v.Form.Day("end"));
        if (!Enum.TryParse<AuditLevel>(v.Form["audit-level"], out var level))
        {
            v.Form.Wrong("audit-level", "form.required");
        }

        if (!v.Form.IsRight)
        {
            return Show(v, c);
        }

        await v.Write(async change =>
        {
            if (v.Form["version"] != $"{c.Row.Version}")
            {
                throw new DbUpdateConcurrencyException();
            }

            var row = await change.Db.Contracts.SingleAsync(x => x.Id == c.Row.Id, v.Cancel);
            change.Db.Entry(row).Property(r => r.Version).OriginalValue = c.Row.Version;
            (row.Title, row.Reference, row.Ocid, row.Items, row.EndOn, row.AuditLevel) = (title, v.Form["reference"], v.Form["ocid"], v.Form["items"], end, level.ToString());
            row.Country = v.Country();
            JobQueue.Ask(change, JudgeJob.Name, row.Id, row.OrganizationId);
            change.Log("contract.changed", row.Id, row.OrganizationId, title);
        });
        return v.To($"/contracts/{c.Row.Id}", "saved");
    }

    private static async Task<IResult> AddParty(Visit v, OpenContract c)
    {
        var (name, kind) = (v.Form.Required("name"), v.Form["kind"]);
        if (!s_kinds.Contains(kind))
        {
            v.Form.Wrong("kind", "form.required");
        }

        if (!int.TryParse(v.Form["tier"], NumberStyles.None, CultureInfo.InvariantCulture, out var tier) || tier is < 1 or > MostTiers)
        {
            v.Form.Wrong("tier", "form.number");
        }

        if (!v.Form.IsRight)
        {
            return Show(v, c);
        }

        await v.Write(change =>
        {
            var party = new ContractParty { Id = change.NewId(), ContractId = c.Row.Id, Kind = kind, Tier = tier, Name = name, Country = v.Country(), Address = v.Form["address"], Source = v.Form["source"], ByName = v.Who.Name, At = change.At };
            change.Db.ContractParties.Add(party);
            JobQueue.Ask(change, JudgeJob.Name, c.Row.Id, c.Row.OrganizationId);
            change.Log("contract.party", c.Row.Id, c.Row.OrganizationId, $"{kind} {name}");
            return Task.CompletedTask;
        });
        return v.To($"/contracts/{c.Row.Id}#chain", "saved");
    }

    private static async Task<IResult> EndParty(Visit v, OpenContract c)
    {
        var done = await v.Write(async change =>
        {
            if (!Guid.TryParse(v.Form["party"], out var id) || await change.Db.ContractParties.SingleOrDefaultAsync(p => p.Id == id && p.ContractId == c.Row.Id && p.EndedAt == null, v.Cancel) is not { } party)
            {
                return false;
            }

            party.EndedAt = change.At;
            change.Log("contract.party-ended", c.Row.Id, c.Row.OrganizationId, $"{party.Kind} {party.Name}");
            return true;
        });
        return done ? v.To($"/contracts/{c.Row.Id}#chain", "saved") : v.NotFound();
    }

    private static async Task<IResult> AddEvidence(Visit v, OpenContract c)
    {
        var (title, kind, issued, expires) = (v.Form.Required("title"), v.Form["evidence-kind"], v.Form.RequiredDay("issued"), v.Form.Day("expires"));
        if (!s_evidence.Contains(kind))
        {
            v.Form.Wrong("evidence-kind", "form.required");
        }

        if (!Enum.TryParse<AuditLevel>(v.Form["level"], out var level))
        {
            v.Form.Wrong("level", "form.required");
        }

        if (!v.Form.IsRight)
        {
            return Show(v, c);
        }

        var file = await PlanPages.Upload(v, "file");
        await v.Write(change =>
        {
            var kept = file is null ? null : PlanPages.Keep(change, file, c.Row.OrganizationId, title, v.Who.Name);
            var row = new ContractEvidence { Id = change.NewId(), ContractId = c.Row.Id, Kind = kind, Level = level.ToString(), Title = title, IssuedOn = issued!.Value, ExpiresOn = expires, FileId = kept?.Id, Shared = v.Form["shared"] == "yes", ById = v.Who.PersonId!.Value, ByName = v.Who.Name, At = change.At };
            change.Db.EvidenceReceived.Add(row);
            change.Log("contract.evidence", c.Row.Id, c.Row.OrganizationId, RowHash.Of(row));
            // A questionnaire, an audit or a statement stops its clock.
            if (kind is "audit" or "questionnaire" or "statement")
            {
                Happen(change, c.Row, kind, title, v);
            }

            return Task.CompletedTask;
        });
        return v.To($"/contracts/{c.Row.Id}#evidence", "saved");
    }

    private static async Task<IResult> Reuse(Visit v, OpenContract c)
    {
        var shared = c.Shared.FirstOrDefault(s => s.Row.Id.ToString() == v.Form["evidence"]);
        if (shared.Row is null || shared.Objection is not null)
        {
            return v.NotFound();
        }

        await v.Write(change =>
        {
            var row = new ContractEvidence { Id = change.NewId(), ContractId = c.Row.Id, Kind = "audit", Level = shared.Row.Level, Title = $"{shared.Row.Title} ({shared.Buyer})", IssuedOn = shared.Row.IssuedOn, ExpiresOn = shared.Row.ExpiresOn, FileId = shared.Row.FileId, ReusedId = shared.Row.Id, ById = v.Who.PersonId!.Value, ByName = v.Who.Name, At = change.At };
            change.Db.EvidenceReceived.Add(row);
            change.Log("contract.evidence", c.Row.Id, c.Row.OrganizationId, RowHash.Of(row));
            Happen(change, c.Row, "audit", row.Title, v);
            return Task.CompletedTask;
        });
        return v.To($"/contracts/{c.Row.Id}#evidence", "saved");
    }

    private static void Happen(Change change, Contract row, string kind, string text, Visit v, Guid? person = null)
    {
        var happened = new ContractEvent { Id = change.NewId(), ContractId = row.Id, Kind = kind, Text = text, PersonId = person, ById = v.Who.PersonId, ByName = v.Who.Name, At = change.At };
        change.Db.ContractEvents.Add(happened);
        change.Log($"contract.{kind}", row.Id, row.OrganizationId, RowHash.Of(happened));
    }

    // A note, or the hand-over to somebody else: with words on what they must know.
    private static async Task<IResult> Note(Visit v, OpenContract c)
    {
        var text = v.Form.Required("text", LongestText);
        await using var db = v.Open();
        var email = v.Form["to"];
        var to = email.Length == 0 ? null : await db.Users.Where(p => p.Email == email && p.ClosedAt == null && p.Memberships.Any(m => m.OrganizationId == c.Row.OrganizationId && (m.Role == Role.ContractManager || m.Role == Role.Officer))).SingleOrDefaultAsync(v.Cancel);
        if (email.Length > 0 && to is null)
        {
            v.Form.Wrong("to", "contract.to-nobody");
        }

        var kind = s_notes.Contains(v.Form["note-kind"]) ? v.Form["note-kind"] : "note";
        if (!v.Form.IsRight)
        {
            return Show(v, c);
        }

        await v.Write(async change =>
        {
            if (to is not null)
            {
                var row = await change.Db.Contracts.SingleAsync(x => x.Id == c.Row.Id, v.Cancel);
                row.ResponsibleId = to.Id;
            }

            // What became known is written down though the same words hand over: its clock starts.
            if (to is null || kind != s_notes[0])
            {
                Happen(change, c.Row, kind, text, v);
            }

            if (to is not null)
            {
                Happen(change, c.Row, "handed-over", text, v, to.Id);
            }
        });
        return v.To($"/contracts/{c.Row.Id}#history", "saved");
    }

    private static async Task<IResult> Judge(Visit v, OpenContract c)
    {
        var judge = v.Service<ContractJudge>();
        await using var db = v.Open();
        var (causes, level) = await judge.Causes(db, c.Row, v.Cancel);
        await v.Write(async change => _ = await judge.Write(change, c.Row.Id, causes, level, v.Cancel));
        return v.To($"/contracts/{c.Row.Id}#alerts", "saved");
    }

    private static async Task<IResult> AnswerAlert(Visit v, OpenContract c)
    {
        var alert = c.Alerts.FirstOrDefault(a => a.Id.ToString() == v.Form["alert"]);
        if (alert is null)
        {
            return v.NotFound();
        }

        var field = $"alert-{alert.Id}";
        var (reason, until) = (v.Form["reason"], v.Form.Day("until"));
        if (reason.Length is 0 or > LongestText)
        {
            v.Form.Wrong(field, "alert.why");
        }

        if (v.Form["answer"] is not ("dismiss" or "snooze" or "open") || (v.Form["answer"] == "snooze" && (until is null || until <= v.C.Today)))
        {
            v.Form.Wrong(field, "alert.until");
        }

        if (!v.Form.IsRight)
        {
            return Show(v, c);
        }

        await v.Write(async change =>
        {
            var row = await change.Db.Alerts.SingleAsync(a => a.Id == alert.Id, v.Cancel);
            (row.State, row.Until, row.Reason, row.ByName) = v.Form["answer"] switch { "snooze" => (AlertState.Snoozed, until, reason, v.Who.Name), "dismiss" => (AlertState.Dismissed, (DateOnly?)null, reason, v.Who.Name), _ => (AlertState.Open, null, reason, v.Who.Name) };
            change.Log("contract.alert-answered", c.Row.Id, c.Row.OrganizationId, $"{row.CauseKey}: {row.State}: {reason}");
        });
        return v.To($"/contracts/{c.Row.Id}#alerts", "saved");
    }

    private static async Task<IResult> OpenPlan(Visit v, OpenContract c)
    {
        var finding = v.Form.Required("finding", LongestText);
        if (!v.Form.IsRight)
        {
            return Show(v, c);
        }

        try
        {
            var id = await v.Write(async change =>
            {
                var alert = Guid.TryParse(v.Form["alert"], out var a) ? await change.Db.Alerts.SingleOrDefaultAsync(x => x.Id == a && x.ContractId == c.Row.Id, v.Cancel) : null;
                if (alert is not null)
                {
                    (alert.State, alert.ByName) = (AlertState.Acted, v.Who.Name);
                }

                await v.Service<ContractJudge>().Bind(change, c.Row, v.Cancel);
                return (await PlanRows.Open(change, c.Row, new PlanEvent(PlanKinds.Opened, change.At.ToInstant(), new PlanActor(v.Who.PersonId!.Value, v.Who.Name, PlanSide.Buyer), Text: finding, Word: v.Form["priority"]), alert?.Id, v.Cancel)).Id;
            });
            return v.To($"/plans/{id}");
        }
        catch (RefusedException e)
        {
            v.Form.Wrong("finding", e.Message);
            return Show(v, c);
        }
    }
}

/// <summary>A contract in the list.</summary>
/// <param name="Row">The contract.</param>
/// <param name="Alerts">Open alerts.</param>
/// <param name="Plans">Plans.</param>
public sealed record ContractLine(Contract Row, int Alerts, int Plans);
