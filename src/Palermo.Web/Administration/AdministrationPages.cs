using Microsoft.EntityFrameworkCore;
using Palermo.Matching.Lists;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Storage.Operating;
using Palermo.Web.Accounts;
using Palermo.Web.Api.Matching;
using Palermo.Web.Hosting;
using Palermo.Web.Portfolio;
using Palermo.Web.Routing;
using Palermo.Web.Working;

namespace Palermo.Web.Administration;

/// <summary>A list of parties as the administration shows it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Title">Title.</param>
/// <param name="Edition">Day of the edition that counts; null if there is none.</param>
/// <param name="Parties">Parties in it.</param>
/// <param name="Licence">Licence as somebody stated it.</param>
/// <param name="IsStale">Whether it is older than it should be.</param>
public sealed record ListState(string Id, string Title, DateOnly? Edition, int Parties, string Licence, bool IsStale);

/// <summary>What the administration page shows.</summary>
public sealed record AdministrationView
{
    /// <summary>People of the organizations one sees to.</summary>
    public required IReadOnlyList<Person> People { get; init; }

    /// <summary>All organizations, for names.</summary>
    public required IReadOnlyList<Organization> Organizations { get; init; }

    /// <summary>Who oversees whom.</summary>
    public required IReadOnlyList<Oversight> Oversights { get; init; }

    /// <summary>Keys.</summary>
    public required IReadOnlyList<ApiKey> Keys { get; init; }

    /// <summary>Webhooks.</summary>
    public required IReadOnlyList<Webhook> Webhooks { get; init; }

    /// <summary>Deliveries that wait or were given up, by webhook.</summary>
    public required IReadOnlyDictionary<Guid, (int Waiting, int GivenUp, string Last)> Deliveries { get; init; }

    /// <summary>Lists.</summary>
    public required IReadOnlyList<ListState> Lists { get; init; }

    /// <summary>Backups, newest first.</summary>
    public required IReadOnlyList<(string Name, long Bytes)> Backups { get; init; }

    /// <summary>Where the store is.</summary>
    public required string Store { get; init; }

    /// <summary>Jobs that are not done.</summary>
    public required IReadOnlyList<Job> Jobs { get; init; }
}

/// <summary>Administration: one page that shows all, with forms that do one thing each.</summary>
internal static class AdministrationPages
{
    private const int MostJobs = 20;

    public static void Map(WorkRoutes routes)
    {
        routes.Get("/administration", Permission.ManagePeople, Show);
        routes.Post("/administration/organizations", Permission.Operate, AddOrganization);
        routes.Post("/administration/oversights", Permission.Operate, AddOversight);
        routes.Post("/administration/oversights/remove", Permission.Operate, RemoveOversight);
        routes.Post("/administration/lists", Permission.Operate, BringList);
        routes.Post("/administration/backups", Permission.Operate, MakeBackup);
    }

    public static async Task<IResult> Show(Visit v)
    {
        await using var db = v.Open();
        var operates = v.Who.May(Permission.Operate);
        var people = v.Who.Where(Permission.ManagePeople);
        var keys = v.Who.Where(Permission.ManageKeys);
        var hooks = await db.Webhooks.Where(w => keys.Contains(w.OrganizationId)).OrderBy(w => w.Url).ToListAsync(v.Cancel);
        var ids = hooks.Select(h => h.Id).ToArray();
        var deliveries = await db.Deliveries.Where(d => ids.Contains(d.WebhookId) && d.TakenAt == null).Select(d => new { d.WebhookId, Waiting = d.NextAt != null, d.LastAnswer, d.EntryNumber }).ToListAsync(v.Cancel);
        var settings = v.Service<WorkspaceSettings>();
        var view = new AdministrationView
        {
            People = await db.Users.Include(p => p.Memberships).Where(p => operates || p.Memberships.Any(m => people.Contains(m.OrganizationId))).OrderBy(p => p.Name).ToListAsync(v.Cancel),
            Organizations = await db.Organizations.Where(o => operates || people.Contains(o.Id)).OrderBy(o => o.Name).ToListAsync(v.Cancel),
            Oversights = await db.Oversights.ToListAsync(v.Cancel),
            Keys = await db.ApiKeys.Where(k => keys.Contains(k.OrganizationId)).OrderBy(k => k.Name).ToListAsync(v.Cancel),
            Webhooks = hooks,
            Deliveries = deliveries.GroupBy(d => d.WebhookId).ToDictionary(g => g.Key, g => (g.Count(d => d.Waiting), g.Count(d => !d.Waiting), g.OrderBy(d => d.EntryNumber).Last().LastAnswer)),
            Lists = Lists(settings, v.C.Today),
            Backups = operates && Directory.Exists(BackupFolder(settings)) ? [.. new DirectoryInfo(BackupFolder(settings)).EnumerateFiles("*.db").OrderByDescending(f => f.Name, StringComparer.Ordinal).Select(f => (f.Name, f.Length))] : [],
            Store = settings.Store!.ToString(),
            Jobs = await db.Jobs.Where(j => j.State != JobState.Done && (operates || (j.OrganizationId != null && people.Contains(j.OrganizationId.Value)))).OrderByDescending(j => j.CreatedAt).Take(MostJobs).ToListAsync(v.Cancel),
        };
        return v.Page<AdministrationPage>((nameof(AdministrationPage.View), view), (nameof(AdministrationPage.Form), v.Form), (nameof(AdministrationPage.Health), v.Service<ListShelf>().Problem()));
    }

    private static string BackupFolder(WorkspaceSettings settings) => Path.Combine(settings.Data, "backups");

    private static ListState[] Lists(WorkspaceSettings settings, DateOnly today)
    {
        var store = new ListStore(settings.Lists);
        return [.. store.Lists().Select(l => (Source: l, Edition: store.Current(l.Id, null))).Select(l => new ListState(l.Source.Id, l.Source.Title, l.Edition?.Date, l.Edition?.Parties ?? 0, l.Source.Licence ?? "", l.Edition is null || l.Edition.Date.AddDays(l.Source.StaleAfterDays) < today))];
    }

    private static async Task<IResult> AddOrganization(Visit v)
    {
        var name = v.Form.Required("name");
        if (!v.Form.IsRight)
        {
            return await Show(v);
        }

        await v.Write(async change =>
        {
            var organization = new Organization { Id = change.NewId(), Name = name, Country = v.Form["country"], IsSupplier = v.Form["supplier"] == "yes", CreatedAt = change.At };
            change.Db.Organizations.Add(organization);
            // Whoever makes it sees to its people until it has an administrator of its own.
            change.Db.Memberships.Add(new Membership { PersonId = v.Who.PersonId!.Value, OrganizationId = organization.Id, Role = Role.Administrator });
            change.Log("organization.made", organization.Id, organization.Id, name);
            await change.Db.SaveChangesAsync(v.Cancel);
        });
        return v.To("/administration#organizations", "saved");
    }

    private static async Task<IResult> AddOversight(Visit v)
    {
        await using var db = v.Open();
        if (!Guid.TryParse(v.Form["overseer"], out var overseer) || !Guid.TryParse(v.Form["overseen"], out var overseen) || overseer == overseen || await db.Organizations.CountAsync(o => o.Id == overseer || o.Id == overseen, v.Cancel) != 2)
        {
            v.Form.Wrong("overseen", "oversight.other");
            return await Show(v);
        }

        await v.Write(async change =>
        {
            if (!await change.Db.Oversights.AnyAsync(o => o.OverseerId == overseer && o.OverseenId == overseen, v.Cancel))
            {
                change.Db.Oversights.Add(new Oversight { OverseerId = overseer, OverseenId = overseen });
                change.Log("oversight.given", overseer, overseen);
            }
        });
        return v.To("/administration#organizations", "saved");
    }

    private static async Task<IResult> RemoveOversight(Visit v)
    {
        if (!Guid.TryParse(v.Form["overseer"], out var overseer) || !Guid.TryParse(v.Form["overseen"], out var overseen))
        {
            return v.NotFound();
        }

        await v.Write(async change =>
        {
            if (await change.Db.Oversights.SingleOrDefaultAsync(o => o.OverseerId == overseer && o.OverseenId == overseen, v.Cancel) is { } oversight)
            {
                change.Db.Oversights.Remove(oversight);
                change.Log("oversight.taken", overseer, overseen);
            }
        });
        return v.To("/administration#organizations", "saved");
    }

    private static async Task<IResult> BringList(Visit v)
    {
        var settings = v.Service<WorkspaceSettings>();
        var format = ListFormats.All.FirstOrDefault(f => f.Id == v.Form["format"]);
        if (format is null)
        {
            v.Form.Wrong("format", "form.required");
        }

        if (v.Form["list-id"] is { Length: > 0 } id && !ListStore.IsId(id))
        {
            v.Form.Wrong("list-id", "lists.id");
        }
        else if (v.Form["list-id"].Length == 0 && format is { Title.Length: 0 })
        {
            v.Form.Wrong("list-id", "form.required");
        }

        var date = v.Form.Day("list-date");
        var file = v.Form.Files?.GetFile("list-file");
        if (file is not { Length: > 0 })
        {
            v.Form.Wrong("list-file", "runs.file-missing");
        }

        if (!v.Form.IsRight)
        {
            return await Show(v);
        }

        await using var content = file!.OpenReadStream();
        var request = new ListRequest(format!.Id, v.Form["list-id"], v.Form["list-title"], v.Form["list-licence"], v.Form["list-map"], date is { } day ? $"{day:yyyy-MM-dd}" : "", RunFolder.SafeName(file.FileName));
        var brought = await ListJob.Keep(settings, v.Store.Now, request, content, v.Cancel);
        await v.Write(change =>
        {
            JobQueue.Ask(change, ListJob.Name, brought, v.Who.Where(Permission.Operate)[0]);
            change.Log("list.brought", request.Id.Length > 0 ? request.Id : request.Format, v.Who.Where(Permission.Operate)[0], request.File);
            return Task.CompletedTask;
        });
        return v.To("/administration#lists", "list");
    }

    private static async Task<IResult> MakeBackup(Visit v)
    {
        var settings = v.Service<WorkspaceSettings>();
        var name = $"palermo-{v.Store.Now:yyyy-MM-dd-HHmmss}.db";
        await Backup.Make(settings.Store!, Path.Combine(BackupFolder(settings), name), v.Cancel);
        await v.Write(change =>
        {
            change.Log("backup.made", name, null);
            return Task.CompletedTask;
        });
        return v.To("/administration#backups", "backup");
    }
}
