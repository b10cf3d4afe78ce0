using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Api.Matching;
using Palermo.Web.Hosting;
using Palermo.Web.Routing;

namespace Palermo.Web.Tenders;

/// <summary>The desk: what needs me, what I was at, what is new.</summary>
internal static class DeskPages
{
    private const int Recent = 8;

    public static void Map(WorkRoutes routes) => routes.Own("GET", "/desk", Show);

    private static async Task<IResult> Show(Visit v)
    {
        await using var db = v.Open();
        var items = await DeskItems.Of(db, v.Who, v.Service<ListShelf>(), v.Service<Palermo.Knowledge.Conduct>(), v.C.Today, NodaTime.Extensions.DateTimeOffsetExtensions.ToInstant(v.Store.Now), v.Cancel);
        var read = v.Who.Where(Permission.ReadTenders);
        var recent = await db.Tenders.Where(t => read.Contains(t.OrganizationId)).OrderByDescending(t => t.ChangedAt).Take(Recent).ToListAsync(v.Cancel);
        var alerts = new List<string>();
        if (v.Service<ListShelf>().Problem() is { } problem)
        {
            alerts.Add(problem);
        }

        return v.Page<DeskPage>((nameof(DeskPage.Items), items), (nameof(DeskPage.Recent), recent), (nameof(DeskPage.Alerts), alerts));
    }
}
