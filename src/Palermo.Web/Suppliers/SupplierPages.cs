using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Api.Matching;
using Palermo.Web.Forms;
using Palermo.Web.Hosting;
using Palermo.Web.Portfolio;
using Palermo.Web.Routing;

namespace Palermo.Web.Suppliers;

/// <summary>Dossiers of suppliers: who they are, what names them, what people decided and said.</summary>
internal static class SupplierPages
{
    private const int PageSize = 25, LongestText = 4000, FirstYear = 1990;
    private static readonly string[] s_choices = ["match", "not-a-match", "unsure"];

    public static void Map(WorkRoutes routes)
    {
        routes.Get("/suppliers", Permission.ReadSuppliers, List);
        routes.Post("/suppliers", Permission.JudgeSuppliers, Add);
        routes.Get("/suppliers/{id}", Permission.ReadSuppliers, v => With(v, Permission.ReadSuppliers, s => Show(v, s)));
        routes.Post("/suppliers/{id}", Permission.JudgeSuppliers, v => With(v, Permission.JudgeSuppliers, s => Save(v, s)));
        routes.Post("/suppliers/{id}/decisions", Permission.JudgeSuppliers, v => With(v, Permission.JudgeSuppliers, s => Decide(v, s)));
        routes.Post("/suppliers/{id}/notes", Permission.JudgeSuppliers, v => With(v, Permission.JudgeSuppliers, s => Note(v, s)));
        routes.Post("/suppliers/{id}/answers", Permission.JudgeSuppliers, v => With(v, Permission.JudgeSuppliers, s => BringAnswers(v, s)));
    }

    /// <summary>Choices of a decision on a listing.</summary>
    public static IReadOnlyList<string> Choices => s_choices;

    private static async Task<IResult> List(Visit v)
    {
        await using var db = v.Open();
        var where = v.Who.Where(Permission.ReadSuppliers);
        var q = v.Query("q");
        var query = db.Suppliers.Where(s => where.Contains(s.OrganizationId));
        if (q.Length > 0)
        {
            var like = $"%{q.ToLowerInvariant().Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal)}%";
            query = query.Where(s => EF.Functions.Like(s.Name.ToLower(), like) || EF.Functions.Like(s.OtherNames.ToLower(), like) || EF.Functions.Like(s.Identifiers.ToLower(), like));
        }

        var count = await query.CountAsync(v.Cancel);
        var pages = (count + PageSize - 1) / PageSize;
        var page = Math.Clamp(int.TryParse(v.Query("page"), out var asked) ? asked : 1, 1, Math.Max(1, pages));
        var rows = await query.OrderBy(s => s.Name).ThenBy(s => s.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(v.Cancel);
        var form = v.Form.IsRight ? new Posted(("name", q)) : v.Form;
        return v.Page<SupplierListPage>((nameof(SupplierListPage.Rows), rows), (nameof(SupplierListPage.Count), count), (nameof(SupplierListPage.Number), page), (nameof(SupplierListPage.Pages), pages), (nameof(SupplierListPage.Words), q), (nameof(SupplierListPage.Form), form), (nameof(SupplierListPage.Organizations), v.Organizations(Permission.JudgeSuppliers)));
    }

    private static void Read(Visit v, Supplier row)
    {
        row.Name = v.Form.Required("name");
        row.OtherNames = Lines(v.Form["other-names"]);
        row.Country = v.Country();
        row.Identifiers = Lines(v.Form["identifiers"]);
        row.Address = v.Form["address"];
        row.AccountId = Guid.TryParse(v.Form["account"], out var account) ? account : null;
    }

    private static string Lines(string text) => string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static async Task<IResult> Add(Visit v)
    {
        var organization = v.Organization(Permission.JudgeSuppliers);
        var row = new Supplier { Name = "", OrganizationId = organization };
        Read(v, row);
        if (!v.Form.IsRight)
        {
            return await List(v);
        }

        await v.Write(change =>
        {
            row.Id = change.NewId();
            row.CreatedAt = row.ChangedAt = change.At;
            change.Db.Suppliers.Add(row);
            change.Log("supplier.made", row.Id, organization, row.Name);
            return Task.CompletedTask;
        });
        return v.To($"/suppliers/{row.Id}");
    }

    private static async Task<IResult> With(Visit v, Permission need, Func<Supplier, Task<IResult>> act)
    {
        await using var db = v.Open();
        var id = v.Id();
        return await db.Suppliers.SingleOrDefaultAsync(s => s.Id == id, v.Cancel) is { } row && v.Who.May(Permission.ReadSuppliers, row.OrganizationId) && v.Who.May(need, row.OrganizationId) ? await act(row) : v.NotFound();
    }

    private static async Task<IResult> Show(Visit v, Supplier row)
    {
        await using var db = v.Open();
        var dossier = await Dossier.Of(db, row, v.Who, v.Service<ListShelf>(), v.Service<Palermo.Knowledge.Conduct>(), v.Service<PortfolioStore>().Open, v.Cancel);
        var form = v.Form.IsRight ? new Posted(("name", row.Name), ("other-names", row.OtherNames), ("country", row.Country), ("identifiers", row.Identifiers), ("address", row.Address), ("account", row.AccountId?.ToString() ?? "")) : v.Form;
        var accounts = await db.Organizations.Where(o => o.IsSupplier).OrderBy(o => o.Name).Select(o => new { o.Id, o.Name }).ToListAsync(v.Cancel);
        return v.Page<SupplierPage>((nameof(SupplierPage.Dossier), dossier), (nameof(SupplierPage.Form), form), (nameof(SupplierPage.Accounts), accounts.Select(a => (a.Id.ToString(), a.Name)).Prepend(("", v.C["none"])).ToArray()), (nameof(SupplierPage.MayJudge), v.Who.May(Permission.JudgeSuppliers, row.OrganizationId)));
    }

    private static async Task<IResult> Save(Visit v, Supplier seen)
    {
        var draft = new Supplier { Name = "" };
        Read(v, draft);
        if (!v.Form.IsRight)
        {
            return await Show(v, seen);
        }

        await v.Write(async change =>
        {
            if (v.Form["version"] != $"{seen.Version}")
            {
                throw new DbUpdateConcurrencyException();
            }

            var row = await change.Db.Suppliers.SingleAsync(s => s.Id == seen.Id, v.Cancel);
            change.Db.Entry(row).Property(r => r.Version).OriginalValue = seen.Version;
            (row.Name, row.OtherNames, row.Country, row.Identifiers, row.Address, row.ChangedAt) = (draft.Name, draft.OtherNames, draft.Country, draft.Identifiers, draft.Address, change.At);
            // Only an organization that is a supplier here can be its own.
            row.AccountId = draft.AccountId is { } account && await change.Db.Organizations.AnyAsync(o => o.Id == account && o.IsSupplier, v.Cancel) ? account : null;
            change.Log("supplier.changed", row.Id, row.OrganizationId, row.Name);
        });
        return v.To($"/suppliers/{seen.Id}", "saved");
    }

    private static async Task<IResult> Decide(Visit v, Supplier row)
    {
        var (list, party, choice, reason) = (v.Form["list"], v.Form["party"], v.Form["choice"], v.Form["reason"]);
        var field = FieldOf(list, party);
        if (!s_choices.Contains(choice))
        {
            v.Form.Wrong(field, "decision.choose");
        }

        if (reason.Length is 0 or > LongestText)
        {
            v.Form.Wrong(field, "listing.why");
        }

        var edition = v.Service<ListShelf>().Editions.FirstOrDefault(e => e.Source.Id == list);
        if (edition is null || v.Service<ListShelf>().Entity($"{list}:{party}") is null)
        {
            return v.NotFound();
        }

        if (!v.Form.IsRight)
        {
            return await Show(v, row);
        }

        await v.Write(change =>
        {
            change.Db.ListingDecisions.Add(new ListingDecision { Id = change.NewId(), SupplierId = row.Id, ListId = list, PartyId = party, Edition = edition.Date, Choice = choice, Reason = reason, ById = v.Who.PersonId!.Value, ByName = v.Who.Name, At = change.At });
            change.Log("supplier.listing-decided", row.Id, row.OrganizationId, $"{list}:{party}: {choice}");
            return Task.CompletedTask;
        });
        return v.To($"/suppliers/{row.Id}#listings", "saved");
    }

    /// <summary>Id of the form for a listing.</summary>
    public static string FieldOf(string list, string party) => "l-" + string.Concat($"{list}-{party}".Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    private static async Task<IResult> Note(Visit v, Supplier row)
    {
        var (kind, text) = (v.Form["kind"], v.Form["text"]);
        Guid? to = Guid.TryParse(v.Form["to"], out var answered) ? answered : null;
        if (kind is not ("contest" or "answer" or "note") || text.Length is 0 or > LongestText)
        {
            v.Form.Wrong("text", "form.required");
            return await Show(v, row);
        }

        var kept = await v.Write(async change =>
        {
            if (to is not null && !await change.Db.SupplierNotes.AnyAsync(n => n.Id == to && n.SupplierId == row.Id, v.Cancel))
            {
                return false;
            }

            change.Db.SupplierNotes.Add(new SupplierNote { Id = change.NewId(), SupplierId = row.Id, Kind = kind, ToId = to, Subject = v.Form["subject"], Text = text, ById = v.Who.PersonId!.Value, ByName = v.Who.Name, At = change.At });
            change.Log($"supplier.{kind}", row.Id, row.OrganizationId);
            return true;
        });
        return kept ? v.To($"/suppliers/{row.Id}#notes", "saved") : v.NotFound();
    }

    private static async Task<IResult> BringAnswers(Visit v, Supplier row)
    {
        var year = int.TryParse(v.Form["year"], out var given) && given >= FirstYear && given <= v.C.Today.Year + 1 ? given : 0;
        if (year == 0)
        {
            v.Form.Wrong("year", "form.number");
        }

        IReadOnlyDictionary<string, string>? answers = null;
        var file = v.Form.Files?.GetFile("file");
        if (file is { Length: > 0 })
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, v.Cancel);
            answers = AnswersFile.Read(file.FileName, content.ToArray());
        }

        if (answers is null)
        {
            v.Form.Wrong("answers-file", "answers.unreadable");
        }

        if (!v.Form.IsRight)
        {
            return await Show(v, row);
        }

        await v.Write(change =>
        {
            change.Db.Answers.Add(new SupplierAnswers { Id = change.NewId(), SupplierId = row.Id, Year = year, Answers = AnswersFile.Text(answers!), Source = RunFolder.SafeName(file!.FileName), ById = v.Who.PersonId!.Value, ByName = v.Who.Name, At = change.At });
            change.Log("supplier.answers-brought", row.Id, row.OrganizationId, $"{year}");
            return Task.CompletedTask;
        });
        return v.To($"/suppliers/{row.Id}#answers", "saved");
    }
}
