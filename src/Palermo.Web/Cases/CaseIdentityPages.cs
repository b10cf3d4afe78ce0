using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Cases;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Routing;

namespace Palermo.Web.Cases;

/// <summary>Who reported: one asks with a reason, another agrees, and only then who asked sees it.</summary>
internal static class CaseIdentityPages
{
    public static void Map(WorkRoutes routes) => routes.Post("/cases/{id}/identity", Permission.HandleCases, v => CasePages.With(v, c => Identity(v, c)));

    /// <summary>Who reported, for who asked and was agreed with; null for others.</summary>
    public static async Task<string?> Seen(Visit v, OpenCase c)
    {
        if (c.Requests.FirstOrDefault(r => r.AskedById == v.Who.PersonId && r.Box is not null) is not { Box: { } box } || await HandlerKeyring.Of(v) is not { } handler || Together.Peel(box, handler) is not { } key || KeyPair.FromPrivate(key) is not { } keys)
        {
            return null;
        }

        await using var db = v.Open();
        return await db.CaseIdentities.SingleOrDefaultAsync(i => i.CaseId == c.Row.Id, v.Cancel) is { } identity && SealedBox.Open(identity.Box, keys) is { } text ? Encoding.UTF8.GetString(text) : null;
    }

    private static async Task<IResult> Identity(Visit v, OpenCase c)
    {
        await using var db = v.Open();
        return await db.CaseIdentities.SingleOrDefaultAsync(i => i.CaseId == c.Row.Id, v.Cancel) is not { } identity ? v.NotFound()
            : v.Form["request"].Length == 0 ? await Ask(v, c) : await Agree(v, c, identity);
    }

    private static async Task<IResult> Ask(Visit v, OpenCase c)
    {
        if (v.Form["text"].Length == 0)
        {
            v.Form.Wrong("identity", "plan.words-missing");
            return await CasePages.Show(v, c);
        }

        await CaseWriting.Write(v, c, w =>
        {
            w.Change.Db.IdentityRequests.Add(new IdentityRequest { Id = w.Change.NewId(), CaseId = c.Row.Id, AskedById = v.Who.PersonId!.Value, AskedAt = w.Change.At });
            w.Say("note", v.Form["text"]);
            w.Change.Log("case.identity-asked", c.Row.Id, c.Row.OrganizationId);
            return Task.CompletedTask;
        });
        return v.To($"/cases/{c.Row.Id}#identity", "saved");
    }

    // Takes the outer layer off.
    private static async Task<IResult> Agree(Visit v, OpenCase c, CaseIdentity identity)
    {
        var (me, handler) = (v.Who.PersonId!.Value, (await HandlerKeyring.Of(v))!);
        var asked = c.Requests.FirstOrDefault(r => r.Id.ToString() == v.Form["request"]);
        if (asked is null || asked.AskedById == me || asked.AgreedById is not null)
        {
            v.Form.Wrong("identity", "case.identity-own");
            return await CasePages.Show(v, c);
        }

        var layer = JsonSerializer.Deserialize<IdentityLayer[]>(identity.Layers)!.FirstOrDefault(l => l.Agrees == me && l.Asks == asked.AskedById);
        if (layer is null || Together.Peel(layer.Box, handler) is not { } inner)
        {
            // They had no key when the report came in: two of those who had must act.
            v.Form.Wrong("identity", "case.identity-later");
            return await CasePages.Show(v, c);
        }

        await v.Write(async change =>
        {
            var row = await change.Db.IdentityRequests.SingleAsync(r => r.Id == asked.Id, v.Cancel);
            (row.AgreedById, row.Box) = (me, inner);
            change.Log("case.identity-agreed", c.Row.Id, c.Row.OrganizationId);
        });
        return v.To($"/cases/{c.Row.Id}#identity", "saved");
    }
}
