using System.Linq.Expressions;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Mitigate;
using Palermo.Mitigate.Plans;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Storage.Plans;
using Palermo.Web.Accounts;
using Palermo.Web.Portfolio;
using Palermo.Web.Routing;

namespace Palermo.Web.Plans;

/// <summary>A plan as somebody sees it: for whom they act, and what may be seen of the contract.</summary>
/// <param name="Row">The plan.</param>
/// <param name="Contract">Its contract.</param>
/// <param name="Buyer">Who bought.</param>
/// <param name="Plan">How it stands.</param>
/// <param name="Side">For whom who looks acts; null if they only read.</param>
/// <param name="Files">Files shown in it.</param>
/// <param name="Library">Files of one's own organization, to be shown again.</param>
public sealed record SeenPlan(Plan Row, Contract Contract, string Buyer, CorrectivePlan Plan, PlanSide? Side, IReadOnlyDictionary<Guid, KeptFile> Files, IReadOnlyList<KeptFile> Library);

/// <summary>Corrective action plans, for the buyer and for the supplier: the same page, each with its own forms. A supplier sees the plans of its own contracts and nothing else of a buyer.</summary>
internal static class PlanPages
{
    private const int LongestText = 8000;

    // A list of files must not load them.
    private static readonly Expression<Func<KeptFile, KeptFile>> s_withoutContent = f => new KeptFile { Id = f.Id, OrganizationId = f.OrganizationId, Title = f.Title, FileName = f.FileName, Content = Array.Empty<byte>(), Sha256 = f.Sha256, ByName = f.ByName, At = f.At };

    public static void Map(WorkRoutes routes)
    {
        routes.Own(HttpMethods.Get, "/plans", List);
        routes.Own(HttpMethods.Get, "/plans/{id}", v => With(v, p => Task.FromResult(Show(v, p))));
        routes.Own(HttpMethods.Post, "/plans/{id}/events", v => With(v, p => Act(v, p)));
        routes.Own(HttpMethods.Get, "/plans/{id}/files/{file}", v => With(v, p => File(v, [], p.Row.Id)));
        routes.Post("/files", Permission.AnswerPlans, AddFile);
    }

    // Plans of contracts one may read, and of contracts with one's own organization as supplier.
    private static async Task<IResult> List(Visit v)
    {
        await using var db = v.Open();
        var (read, answer) = (v.Who.Where(Permission.ReadContracts), v.Who.Where(Permission.AnswerPlans));
        var rows = await db.Plans.Join(db.Contracts.Where(c => read.Contains(c.OrganizationId) || db.Suppliers.Any(s => s.Id == c.SupplierId && s.AccountId != null && answer.Contains(s.AccountId.Value))), p => p.ContractId, c => c.Id, (p, c) => new { Plan = p, Contract = c })
            .Join(db.Organizations, x => x.Contract.OrganizationId, o => o.Id, (x, o) => new { x.Plan, x.Contract, Buyer = o.Name }).ToListAsync(v.Cancel);
        var ids = rows.Select(r => r.Plan.Id).ToArray();
        var states = PlanRows.StatesOf(await db.PlanEntries.Where(e => ids.Contains(e.PlanId)).ToListAsync(v.Cancel), v.Service<Conduct>());
        var library = await db.KeptFiles.Where(f => answer.Contains(f.OrganizationId)).OrderByDescending(f => f.At).Select(s_withoutContent).ToListAsync(v.Cancel);
        return v.Page<PlanListPage>((nameof(PlanListPage.Rows), rows.Select(r => new SeenPlan(r.Plan, r.Contract, r.Buyer, states[r.Plan.Id], null, new Dictionary<Guid, KeptFile>(), [])).OrderBy(r => r.Plan.Stage).ToArray()), (nameof(PlanListPage.Library), library), (nameof(PlanListPage.IsSupplier), answer.Count > 0), (nameof(PlanListPage.Form), v.Form), (nameof(PlanListPage.Conduct), v.Service<Conduct>()), (nameof(PlanListPage.Now), v.Store.Now.ToInstant()));
    }

    private static async Task<IResult> With(Visit v, Func<SeenPlan, Task<IResult>> act) => await Load(v) is { } plan ? await act(plan) : v.NotFound();

    private static async Task<SeenPlan?> Load(Visit v)
    {
        await using var db = v.Open();
        var id = v.Id();
        var row = await db.Plans.SingleOrDefaultAsync(p => p.Id == id, v.Cancel);
        if (row is null)
        {
            return null;
        }

        var contract = await db.Contracts.SingleAsync(c => c.Id == row.ContractId, v.Cancel);
        var account = contract.SupplierId is { } s ? await db.Suppliers.Where(x => x.Id == s).Select(x => x.AccountId).SingleAsync(v.Cancel) : null;
        var isSupplier = account is { } a && v.Who.May(Permission.AnswerPlans, a);
        if (!isSupplier && !v.Who.May(Permission.ReadContracts, contract.OrganizationId))
        {
            return null;
        }

        PlanSide? side = isSupplier ? PlanSide.Supplier : v.Who.May(Permission.WatchContracts, contract.OrganizationId) ? PlanSide.Buyer : null;
        var plan = await PlanRows.State(db, id, v.Service<Conduct>(), v.Cancel);
        var shown = plan.Events.SelectMany(e => e.Evidence ?? []).ToArray();
        var files = await db.KeptFiles.Where(f => shown.Contains(f.Id)).Select(s_withoutContent).ToDictionaryAsync(f => f.Id, v.Cancel);
        var own = isSupplier ? account!.Value : contract.OrganizationId;
        var library = side is null ? [] : await db.KeptFiles.Where(f => f.OrganizationId == own).OrderByDescending(f => f.At).Select(s_withoutContent).ToListAsync(v.Cancel);
        var buyer = await db.Organizations.Where(o => o.Id == contract.OrganizationId).Select(o => o.Name).SingleAsync(v.Cancel);
        return new SeenPlan(row, contract, buyer, plan, side, files, library);
    }

    private static IResult Show(Visit v, SeenPlan p) => v.Page<PlanPage>((nameof(PlanPage.Seen), p), (nameof(PlanPage.Form), v.Form), (nameof(PlanPage.Conduct), v.Service<Conduct>()), (nameof(PlanPage.Now), v.Store.Now.ToInstant()));

    private static async Task<IResult> Act(Visit v, SeenPlan p)
    {
        if (p.Side is not { } side)
        {
            return v.NotFound();
        }

        var (kind, action) = (v.Form["kind"], v.Form["action"]);
        var field = action.Length > 0 && kind != PlanKinds.Action ? action : kind;
        var text = v.Form["text"];
        if (text.Length > LongestText)
        {
            v.Form.Wrong(field, "form.too-long");
        }

        var day = v.Form.Day("day");
        if (!v.Form.IsRight)
        {
            return Show(v, p);
        }

        var upload = await Upload(v, "file");
        Guid[] again = [.. v.Form.All("library").Select(f => Guid.TryParse(f, out var id) ? id : Guid.Empty).Where(id => p.Library.Any(l => l.Id == id))];
        try
        {
            await v.Write(async change =>
            {
                var own = side == PlanSide.Supplier ? (await change.Db.Suppliers.SingleAsync(s => s.Id == p.Contract.SupplierId, v.Cancel)).AccountId!.Value : p.Contract.OrganizationId;
                Guid[] files = upload is null ? again : [.. again, Keep(change, upload, own, upload.FileName, v.Who.Name).Id];
                await PlanRows.Add(change, p.Contract, p.Row.Id, v.Service<Conduct>(), at => new PlanEvent(kind, at, new PlanActor(v.Who.PersonId!.Value, v.Who.Name, side), action, text, v.Form["word"], day is { } d ? LocalDate.FromDateOnly(d) : null, v.Form["effect"], files), v.Cancel);
            });
        }
        catch (RefusedException e)
        {
            v.Form.Wrong(field, e.Message);
            return Show(v, p);
        }

        return v.To($"/plans/{p.Row.Id}#{field}", "saved");
    }

    // A supplier brings evidence once and shows it to many buyers.
    private static async Task<IResult> AddFile(Visit v)
    {
        var title = v.Form.Required("title");
        var upload = await Upload(v, "file");
        if (upload is null)
        {
            v.Form.Wrong("file", "runs.file-missing");
        }

        var where = v.Who.Where(Permission.AnswerPlans);
        if (!v.Form.IsRight)
        {
            return await List(v);
        }

        await v.Write(change =>
        {
            Keep(change, upload!, where[0], title, v.Who.Name);
            return Task.CompletedTask;
        });
        return v.To("/plans#library", "saved");
    }

    /// <summary>A file that was sent; null if none was.</summary>
    public static async Task<Uploaded?> Upload(Visit v, string name)
    {
        if (v.Form.Files?.GetFile(name) is not { Length: > 0 } file)
        {
            return null;
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content, v.Cancel);
        return new Uploaded(RunFolder.SafeName(file.FileName), content.ToArray());
    }

    /// <summary>Keeps a file that an organization brought.</summary>
    public static KeptFile Keep(Change change, Uploaded file, Guid organization, string title, string by)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(file.Content));
        var kept = new KeptFile { Id = change.NewId(), OrganizationId = organization, Title = title, FileName = file.FileName, Content = file.Content, Sha256 = hash, ByName = by, At = change.At };
        change.Db.KeptFiles.Add(kept);
        change.Log("file.kept", kept.Id, organization, "sha256:" + hash);
        return kept;
    }

    /// <summary>A file of contracts or a plan, as a download and never as a page.</summary>
    public static async Task<IResult> File(Visit v, IReadOnlyList<Guid> contracts, Guid? plan = null)
    {
        await using var db = v.Open();
        var id = v.Id("file");
        var text = id.ToString();
        var belongs = plan is { } p ? await db.PlanEntries.AnyAsync(e => e.PlanId == p && e.Files.Contains(text), v.Cancel)
            : await db.EvidenceReceived.AnyAsync(e => contracts.Contains(e.ContractId) && e.FileId == id, v.Cancel) || await db.PlanEntries.AnyAsync(e => e.Files.Contains(text) && db.Plans.Any(x => x.Id == e.PlanId && contracts.Contains(x.ContractId)), v.Cancel);
        return belongs && await db.KeptFiles.SingleOrDefaultAsync(f => f.Id == id, v.Cancel) is { } file ? Results.File(file.Content, "application/octet-stream", file.FileName) : v.NotFound();
    }
}

/// <summary>A file that was sent.</summary>
/// <param name="FileName">Name, made safe.</param>
/// <param name="Content">Content.</param>
public sealed record Uploaded(string FileName, byte[] Content);
