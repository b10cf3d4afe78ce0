using System.Text;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Routing;

namespace Palermo.Web.Administration;

/// <summary>What happened, who did it and when.</summary>
internal static class LedgerPages
{
    private const int PageSize = 50;

    public static void Map(WorkRoutes routes)
    {
        routes.Get("/ledger", Permission.ReadLedger, Show);
        routes.Get("/ledger.jsonl", Permission.ReadLedger, Download);
    }

    private static IQueryable<LedgerEntry> Mine(Visit v, Palermo.Storage.WorkspaceDb db)
    {
        var where = v.Who.Where(Permission.ReadLedger);
        var operates = v.Who.May(Permission.Operate);
        var (kind, subject) = (v.Query("kind"), v.Query("subject"));
        return db.Ledger.Where(l => (l.OrganizationId != null ? where.Contains(l.OrganizationId.Value) : operates) && (kind == "" || l.Kind.StartsWith(kind)) && (subject == "" || l.Subject == subject));
    }

    private static async Task<IResult> Show(Visit v)
    {
        await using var db = v.Open();
        var all = Mine(v, db);
        var count = await all.CountAsync(v.Cancel);
        var pages = (count + PageSize - 1) / PageSize;
        var page = Math.Clamp(int.TryParse(v.Query("page"), out var asked) ? asked : 1, 1, Math.Max(1, pages));
        var rows = await all.OrderByDescending(l => l.Number).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(v.Cancel);
        return v.Page<LedgerPage>((nameof(LedgerPage.Rows), rows), (nameof(LedgerPage.Count), count), (nameof(LedgerPage.Number), page), (nameof(LedgerPage.Pages), pages), (nameof(LedgerPage.Kind), v.Query("kind")));
    }

    private static async Task<IResult> Download(Visit v)
    {
        await using var db = v.Open();
        var lines = new StringBuilder();
        await foreach (var entry in Mine(v, db).OrderBy(l => l.Number).AsAsyncEnumerable().WithCancellation(v.Cancel))
        {
            lines.Append(LedgerHash.Body(entry)).Append('\n');
        }

        return Results.File(Encoding.UTF8.GetBytes(lines.ToString()), "application/x-ndjson", "ledger.jsonl");
    }
}
