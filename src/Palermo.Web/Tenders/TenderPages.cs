using Microsoft.EntityFrameworkCore;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Facts;
using Palermo.Prevent.Gaps;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Api;
using Palermo.Web.Forms;
using Palermo.Web.Hosting;
using Palermo.Web.Pages;
using Palermo.Web.Routing;

namespace Palermo.Web.Tenders;

/// <summary>Tenders: a task list one can leave and come back to, from facts to documents, with reasons and records.</summary>
internal static class TenderPages
{
    private const int PageSize = 25, LongestReason = 4000;

    public static void Map(WorkRoutes routes)
    {
        routes.Get("/tenders", Permission.ReadTenders, List);
        routes.Get("/tenders/new", Permission.PrepareTenders, v => Task.FromResult(ShowNew(v)));
        routes.Post("/tenders", Permission.PrepareTenders, Add);
        routes.Get("/tenders/{id}", Permission.ReadTenders, v => With(v, Permission.ReadTenders, t => Show(v, t)));
        routes.Get("/tenders/{id}/facts", Permission.ReadTenders, v => With(v, Permission.ReadTenders, t => ShowFacts(v, t, TenderForm.Of(t.Facts, v.C.Knowledge.Rules))));
        routes.Post("/tenders/{id}/facts", Permission.PrepareTenders, v => With(v, Permission.PrepareTenders, t => SaveFacts(v, t)));
        routes.Get("/tenders/{id}/rules", Permission.ReadTenders, v => With(v, Permission.ReadTenders, t => ShowRules(v, t)));
        routes.Post("/tenders/{id}/decisions", Permission.PrepareTenders, v => With(v, Permission.PrepareTenders, t => Decide(v, t)));
        routes.Get("/tenders/{id}/pack.zip", Permission.ReadTenders, v => With(v, Permission.ReadTenders, t => Task.FromResult(Results.Bytes(TenderPackApi.Zip(t.Pack, 15, v.Service<TimeProvider>()), "application/zip", "tender-pack.zip"))));
        routes.Get("/tenders/{id}/facts.json", Permission.ReadTenders, v => With(v, Permission.ReadTenders, t => Task.FromResult(Results.File(System.Text.Encoding.UTF8.GetBytes(t.Row.Facts), "application/json", "facts.json"))));
        routes.Get("/tenders/{id}/notice", Permission.ReadTenders, v => With(v, Permission.ReadTenders, t => ShowNotice(v, t)));
        routes.Post("/tenders/{id}/notice", Permission.PrepareTenders, v => With(v, Permission.PrepareTenders, t => BringNotice(v, t)));
        routes.Post("/tenders/{id}/records", Permission.PrepareTenders, v => With(v, Permission.PrepareTenders, t => MakeRecord(v, t)));
        routes.Get("/tenders/{id}/records/{number:int}", Permission.ReadTenders, v => With(v, Permission.ReadTenders, t => ShowRecord(v, t, false)));
        routes.Get("/tenders/{id}/records/{number:int}.json", Permission.ReadTenders, v => With(v, Permission.ReadTenders, t => ShowRecord(v, t, true)));
        routes.Post("/tenders/{id}/settings", Permission.PrepareTenders, v => With(v, Permission.PrepareTenders, t => SaveSettings(v, t)));
    }

    private static async Task<IResult> With(Visit v, Permission need, Func<OpenTender, Task<IResult>> act) => await OpenTender.Load(v, need) is { } tender ? await act(tender) : v.NotFound();

    private static async Task<IResult> List(Visit v)
    {
        await using var db = v.Open();
        var where = v.Who.Where(Permission.ReadTenders);
        var (state, q) = (v.Query("state"), v.Query("q"));
        var query = db.Tenders.Where(t => where.Contains(t.OrganizationId));
        if (Enum.TryParse<TenderState>(state, out var known))
        {
            query = query.Where(t => t.State == known);
        }

        if (q.Length > 0)
        {
            var like = $"%{q.ToLowerInvariant().Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal)}%";
            query = query.Where(t => EF.Functions.Like(t.Title.ToLower(), like) || EF.Functions.Like(t.Reference.ToLower(), like));
        }

        var count = await query.CountAsync(v.Cancel);
        var page = Math.Clamp(int.TryParse(v.Query("page"), out var asked) ? asked : 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await query.OrderByDescending(t => t.ChangedAt).ThenBy(t => t.Id).Skip((page - 1) * PageSize).Take(PageSize).Join(db.Users, t => t.ResponsibleId, p => p.Id, (t, p) => new { Tender = t, p.Name }).ToListAsync(v.Cancel);
        return v.Page<TenderListPage>((nameof(TenderListPage.Rows), rows.Select(r => (r.Tender, r.Name)).ToArray()), (nameof(TenderListPage.Count), count), (nameof(TenderListPage.Number), page), (nameof(TenderListPage.Pages), (count + PageSize - 1) / PageSize), (nameof(TenderListPage.State), state), (nameof(TenderListPage.Words), q));
    }

    // The facts of a public page come along in its address.
    private static IResult ShowNew(Visit v)
    {
        var carried = v.Form["facts"] is { Length: > 0 } sent ? sent : v.Http.Request.QueryString.Value ?? "";
        var given = new TenderForm(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(carried), v.C.Knowledge.Rules);
        var form = v.Form["facts"].Length > 0 || HttpMethods.IsPost(v.Http.Request.Method) ? v.Form : new Posted(("title", given.Title), ("facts", carried));
        return PageContexts.Page<NewTenderPage>(v.C, form.IsRight ? 200 : 422, (nameof(NewTenderPage.Form), form), (nameof(NewTenderPage.Organizations), v.Organizations(Permission.PrepareTenders)));
    }

    private static async Task<IResult> Add(Visit v)
    {
        var title = v.Form.Required("title");
        var publishOn = v.Form.Day("publish-on");
        var organization = v.Organization(Permission.PrepareTenders);
        if (!v.Form.IsRight)
        {
            return ShowNew(v);
        }

        var given = new TenderForm(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(v.Form["facts"]), v.C.Knowledge.Rules);
        var facts = given.Facts with { Title = title };
        var id = await v.Write(change =>
        {
            var tender = new Tender { Id = change.NewId(), OrganizationId = organization, Title = title, Reference = v.Form["reference"], PublishOn = publishOn, Facts = OpenTender.Text(facts), ResponsibleId = v.Who.PersonId!.Value, CreatedAt = change.At, ChangedAt = change.At };
            change.Db.Tenders.Add(tender);
            change.Log("tender.made", tender.Id, organization, title);
            return Task.FromResult(tender.Id);
        });
        return v.To($"/tenders/{id}");
    }

    private static async Task<IResult> Show(Visit v, OpenTender t)
    {
        await using var db = v.Open();
        var people = await db.Memberships.Where(m => m.OrganizationId == t.Row.OrganizationId && m.Role == Role.Officer).Join(db.Users.Where(p => p.ClosedAt == null), m => m.PersonId, p => p.Id, (m, p) => new { p.Id, p.Name }).OrderBy(p => p.Name).ToListAsync(v.Cancel);
        var subject = t.Row.Id.ToString();
        var history = await db.Ledger.Where(l => l.Subject == subject).OrderByDescending(l => l.Number).Take(PageSize).ToListAsync(v.Cancel);
        return v.Page<TenderTasksPage>((nameof(TenderTasksPage.Tender), t), (nameof(TenderTasksPage.Form), v.Form.IsRight ? new Posted(("reference", t.Row.Reference), ("publish-on", $"{t.Row.PublishOn:yyyy-MM-dd}"), ("responsible", t.Row.ResponsibleId.ToString()), ("state", t.Row.State.ToString())) : v.Form),
            (nameof(TenderTasksPage.People), people.Select(p => (p.Id.ToString(), p.Name)).Append((t.Row.ResponsibleId.ToString(), t.Responsible)).Distinct().ToArray()), (nameof(TenderTasksPage.History), history), (nameof(TenderTasksPage.MayChange), v.Who.May(Permission.PrepareTenders, t.Row.OrganizationId)));
    }

    private static Task<IResult> ShowFacts(Visit v, OpenTender t, TenderForm form) =>
        Task.FromResult<IResult>(PageContexts.Page<TenderFactsPage>(v.C, form.Problems.Count == 0 ? 200 : 422, (nameof(TenderFactsPage.Tender), t), (nameof(TenderFactsPage.Form), form), (nameof(TenderFactsPage.MayChange), v.Who.May(Permission.PrepareTenders, t.Row.OrganizationId))));

    private static async Task<IResult> SaveFacts(Visit v, OpenTender t)
    {
        var sent = await v.Http.Request.ReadFormAsync(v.Cancel);
        var form = new TenderForm(sent, v.C.Knowledge.Rules);
        if (form.Problems.Count > 0)
        {
            return await ShowFacts(v, t, form);
        }

        // What the form does not ask about stays: fill-ins, rates, the day.
        var facts = t.Facts with { Title = form.Title, Description = form.Description, Facts = form.Facts.Facts };
        await Change(v, t, "tender.changed", "facts", row =>
        {
            row.Facts = OpenTender.Text(facts);
            row.Title = form.Title.Length > 0 ? form.Title[..Math.Min(form.Title.Length, 200)] : row.Title;
        });
        return v.To(v.Form["then"] == "list" ? $"/tenders/{t.Row.Id}" : $"/tenders/{t.Row.Id}/facts", "saved");
    }

    private static Task<IResult> ShowRules(Visit v, OpenTender t) =>
        Task.FromResult(v.Page<TenderRulesPage>((nameof(TenderRulesPage.Tender), t), (nameof(TenderRulesPage.Form), v.Form), (nameof(TenderRulesPage.MayChange), v.Who.May(Permission.PrepareTenders, t.Row.OrganizationId))));

    private static async Task<IResult> Decide(Visit v, OpenTender t)
    {
        var subject = v.Form["subject"];
        var choice = v.Form["choice"];
        if (t.Obligations.FirstOrDefault(o => o.Subject == subject) is not { } obligation)
        {
            return v.NotFound();
        }

        var field = FieldOf(subject);
        if (!OpenTender.Choices.Contains(choice))
        {
            v.Form.Wrong(field, "decision.choose");
        }

        // To follow a rule needs no reason; not to follow it does.
        if (choice != "follow" && v.Form["reason"].Length == 0 || v.Form["reason"].Length > LongestReason)
        {
            v.Form.Wrong(field, "decision.why");
        }

        if (!v.Form.IsRight)
        {
            return await ShowRules(v, t);
        }

        await v.Write(async change =>
        {
            change.Db.TenderReasons.Add(new TenderReason { Id = change.NewId(), TenderId = t.Row.Id, Subject = subject, Choice = choice, Reason = v.Form["reason"], ById = v.Who.PersonId!.Value, ByName = v.Who.Name, At = change.At });
            await Touch(change, t);
            change.Log("tender.decided", t.Row.Id, t.Row.OrganizationId, $"{subject}: {choice}");
        });
        return v.To($"/tenders/{t.Row.Id}/rules?done=saved#{field}");
    }

    /// <summary>Id of the form for an obligation.</summary>
    public static string FieldOf(string subject) => "d-" + string.Concat(subject.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    private static async Task<IResult> ShowNotice(Visit v, OpenTender t, string? problem = null)
    {
        var gaps = t.Notice is null ? null : await Gaps(v, t);
        return PageContexts.Page<TenderNoticePage>(v.C, problem is null ? 200 : 422, (nameof(TenderNoticePage.Tender), t), (nameof(TenderNoticePage.Gaps), gaps), (nameof(TenderNoticePage.Problem), problem), (nameof(TenderNoticePage.MayChange), v.Who.May(Permission.PrepareTenders, t.Row.OrganizationId)));
    }

    private static async Task<IReadOnlyList<SafeguardGap>?> Gaps(Visit v, OpenTender t)
    {
        using var data = await UploadedData.Guessed(t.Notice!.Content, v.Cancel);
        var knowledge = v.C.Knowledge;
        var (found, _, _) = PublishedTender.Read(data.Path, t.Notice.Ocid, knowledge.Rules, knowledge.Today, v.Cancel);
        // Held against what the officer knows, not only against what the notice says.
        return found is null ? null : Preparation.Of(t.Facts, found.Assessment, found.Safeguards, knowledge.Engine, knowledge.Clauses, knowledge.Today).Gaps;
    }

    private static async Task<IResult> BringNotice(Visit v, OpenTender t)
    {
        using var content = new MemoryStream();
        if (v.Form.Files?.GetFile("file") is { Length: > 0 } file)
        {
            await file.CopyToAsync(content, v.Cancel);
        }
        else
        {
            content.Write(System.Text.Encoding.UTF8.GetBytes((await v.Http.Request.ReadFormAsync(v.Cancel))["text"].ToString()));
        }

        if (content.Length == 0)
        {
            return await ShowNotice(v, t, v.C["notice.blank"]);
        }

        var bytes = content.ToArray();
        using var data = await UploadedData.Guessed(bytes, v.Cancel);
        var knowledge = v.C.Knowledge;
        var (found, ocids, problems) = PublishedTender.Read(data.Path, v.Form["ocid"] is { Length: > 0 } named ? named : null, knowledge.Rules, knowledge.Today, v.Cancel);
        if (found is null)
        {
            return await ShowNotice(v, t, ocids.Count > 0 ? v.C.Say("notice.several", ocids.Count, string.Join(", ", ocids.Take(10))) : problems.Count > 0 ? $"{problems[0].What} {problems[0].Mend}" : v.C["notice.nothing"]);
        }

        await v.Write(async change =>
        {
            var notice = new TenderNotice { Id = change.NewId(), TenderId = t.Row.Id, Ocid = found.Ocid, Content = bytes, Sha256 = LedgerHash.Of(bytes), At = change.At };
            change.Db.TenderNotices.Add(notice);
            var row = await Touch(change, t);
            // What the notice says and nobody said before is taken over; what the officer said stays.
            var all = new Dictionary<string, FactValue>(found.Facts.Facts, StringComparer.Ordinal);
            foreach (var (name, value) in t.Facts.Facts)
            {
                all[name] = value;
            }

            row.Facts = OpenTender.Text(t.Facts with { Facts = all, Description = t.Facts.Description.Length > 0 ? t.Facts.Description : found.Facts.Description });
            change.Log("tender.notice-brought", t.Row.Id, t.Row.OrganizationId, $"{found.Ocid} sha256 {notice.Sha256}");
        });
        return v.To($"/tenders/{t.Row.Id}/notice", "notice");
    }

    private static async Task<IResult> MakeRecord(Visit v, OpenTender t)
    {
        var gaps = t.Notice is null ? null : await Gaps(v, t);
        var number = await v.Write(async change =>
        {
            var next = (await change.Db.AssessmentRecords.Where(r => r.TenderId == t.Row.Id).MaxAsync(r => (int?)r.Number, v.Cancel) ?? 0) + 1;
            var content = RecordContent.Write(t, v.Who.Organizations[t.Row.OrganizationId], next, change.By, change.At, v.C.Knowledge, gaps);
            var record = new AssessmentRecord { Id = change.NewId(), TenderId = t.Row.Id, Number = next, Content = content, Sha256 = LedgerHash.Of(content), ById = v.Who.PersonId!.Value, ByName = v.Who.Name, At = change.At };
            change.Db.AssessmentRecords.Add(record);
            await Touch(change, t);
            change.Log("record.made", record.Id, t.Row.OrganizationId, record.Sha256);
            change.Log("tender.record-made", t.Row.Id, t.Row.OrganizationId, $"{next}");
            return next;
        });
        return v.To($"/tenders/{t.Row.Id}/records/{number}", "record");
    }

    private static async Task<IResult> ShowRecord(Visit v, OpenTender t, bool json)
    {
        await using var db = v.Open();
        var number = int.Parse(v.Route("number"), null);
        if (await db.AssessmentRecords.SingleOrDefaultAsync(r => r.TenderId == t.Row.Id && r.Number == number, v.Cancel) is not { } record)
        {
            return v.NotFound();
        }

        if (json)
        {
            return Results.File(System.Text.Encoding.UTF8.GetBytes(record.Content), "application/json", $"record-{number}.json");
        }

        var subject = record.Id.ToString();
        var entry = await db.Ledger.SingleOrDefaultAsync(l => l.Subject == subject && l.Kind == "record.made", v.Cancel);
        return v.Page<TenderRecordPage>((nameof(TenderRecordPage.Tender), t), (nameof(TenderRecordPage.Record), record), (nameof(TenderRecordPage.Entry), entry));
    }

    private static async Task<IResult> SaveSettings(Visit v, OpenTender t)
    {
        var publishOn = v.Form.Day("publish-on");
        await using var db = v.Open();
        var responsible = Guid.TryParse(v.Form["responsible"], out var person) && (person == t.Row.ResponsibleId || await db.Memberships.AnyAsync(m => m.PersonId == person && m.OrganizationId == t.Row.OrganizationId && m.Role == Role.Officer, v.Cancel)) ? person : Guid.Empty;
        if (responsible == Guid.Empty)
        {
            v.Form.Wrong("responsible", "form.required");
        }

        if (!Enum.TryParse<TenderState>(v.Form["state"], out var state))
        {
            v.Form.Wrong("state", "form.required");
        }

        if (!v.Form.IsRight)
        {
            return await Show(v, t);
        }

        var handed = responsible != t.Row.ResponsibleId;
        await Change(v, t, handed ? "tender.handed-over" : "tender.changed", handed ? responsible.ToString() : $"{state}, {publishOn:yyyy-MM-dd}", row => (row.Reference, row.PublishOn, row.ResponsibleId, row.State) = (v.Form["reference"], publishOn, responsible, state));
        return v.To($"/tenders/{t.Row.Id}", "saved");
    }

    private static Task Change(Visit v, OpenTender t, string kind, string detail, Action<Tender> make) => v.Write(async change =>
    {
        // The form says what it showed: it may have been open while somebody else saved.
        if (v.Form["version"] is { Length: > 0 } seen && seen != $"{t.Row.Version}")
        {
            throw new DbUpdateConcurrencyException();
        }

        make(await Touch(change, t));
        change.Log(kind, t.Row.Id, t.Row.OrganizationId, detail);
    });

    // Whoever changes what they no longer see as it is, is told.
    private static async Task<Tender> Touch(Change change, OpenTender t)
    {
        var row = await change.Db.Tenders.SingleAsync(r => r.Id == t.Row.Id);
        change.Db.Entry(row).Property(r => r.Version).OriginalValue = t.Row.Version;
        row.ChangedAt = change.At;
        return row;
    }
}
