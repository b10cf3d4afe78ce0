using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Routing;

namespace Palermo.Web.Cases;

/// <summary>The list of cases, and the key of the handler that opens them.</summary>
internal static class CaseListPages
{
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
    }

    private static async Task<IResult> List(Visit v)
    {
        await using var db = v.Open();
        var me = v.Who.PersonId ?? Guid.Empty;
        var lines = await CaseLine.Of(db, v.Who, v.Service<Conduct>(), v.Store.Now.ToInstant(), v.Cancel);
        // Danger first, and before all what nobody has looked at.
        string[] order = ["", .. CaseState.Dangers];
        return v.Page<CaseListPage>((nameof(CaseListPage.Rows), lines.OrderBy(l => l.State.IsOpen ? 0 : 1).ThenBy(l => Array.IndexOf(order, l.State.Danger)).ThenBy(l => l.DueOn ?? DateOnly.MaxValue).ToArray()),
            (nameof(CaseListPage.HasKey), await db.HandlerKeys.AnyAsync(k => k.PersonId == me, v.Cancel)), (nameof(CaseListPage.IsOpen), await HandlerKeyring.Of(v) is not null), (nameof(CaseListPage.Form), v.Form));
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
}
