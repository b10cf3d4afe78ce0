using Microsoft.EntityFrameworkCore;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Cases;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Routing;

namespace Palermo.Web.Cases;

/// <summary>Who may read a case: who is too near to its contract, who is given its key, who gives it up.</summary>
internal static class CaseReaderPages
{
    public static void Map(WorkRoutes routes)
    {
        routes.Post("/cases/{id}/contract", Permission.HandleCases, v => CasePages.With(v, c => JoinContract(v, c)));
        routes.Post("/cases/{id}/handlers", Permission.HandleCases, v => CasePages.With(v, c => GiveKey(v, c)));
        routes.Post("/cases/{id}/recused", Permission.HandleCases, v => CasePages.With(v, c => Recuse(v, c)));
    }

    // Once the contract is known, who is too near to it loses the key by rule.
    private static async Task<IResult> JoinContract(Visit v, OpenCase c)
    {
        if (await v.Service<ReportChannel>().ContractOf(v.Form["code"], v.Cancel) is not { } contract)
        {
            v.Form.Wrong("code", "case.contract-missing");
            return await CasePages.Show(v, c);
        }

        await CaseWriting.Write(v, c, async w =>
        {
            var (db, row) = (w.Change.Db, w.Row);
            row.ContractId = contract;
            w.Change.Log("case.contract", row.Id, row.OrganizationId);
            var allowed = (await CaseReaders.Of(db, row.OrganizationId, contract, c.State.Recused, v.Cancel)).Select(r => r.Id).ToHashSet();
            foreach (var holder in await db.CaseKeyCopies.Where(k => k.CaseId == row.Id && k.Holder == "handler").Select(k => k.HolderId).ToListAsync(v.Cancel))
            {
                if (!allowed.Contains(holder))
                {
                    await w.TakeKey(holder);
                    await w.Happen(CaseKinds.Recused, "by-rule", holder);
                }
            }
        });
        return v.To($"/cases/{c.Row.Id}", "saved");
    }

    private static async Task<IResult> GiveKey(Visit v, OpenCase c)
    {
        var other = c.Others.FirstOrDefault(o => o.Id.ToString() == v.Form["person"]);
        if (other is not { Objection: null, PublicKey: { } key })
        {
            return v.NotFound();
        }

        await CaseWriting.Write(v, c, w =>
        {
            w.Change.Db.CaseKeyCopies.Add(new CaseKeyCopy { CaseId = w.Row.Id, Holder = "handler", HolderId = other.Id, Box = SealedBox.SealKey(c.Keys.Private, key) });
            return w.Happen(CaseKinds.Assigned, "given", other.Id);
        });
        return v.To($"/cases/{c.Row.Id}#handlers", "saved");
    }

    private static async Task<IResult> Recuse(Visit v, OpenCase c)
    {
        if (!Guid.TryParse(v.Form["person"], out var person) || !c.People.ContainsKey(person))
        {
            return v.NotFound();
        }

        await CaseWriting.Write(v, c, async w =>
        {
            await w.TakeKey(person);
            await w.Happen(CaseKinds.Recused, "named", person, v.Form["text"]);
        });
        return person == v.Who.PersonId ? v.To("/cases", "saved") : v.To($"/cases/{c.Row.Id}#handlers", "saved");
    }
}
