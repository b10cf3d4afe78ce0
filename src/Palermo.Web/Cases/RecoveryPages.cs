using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Palermo.Knowledge;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Cases;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Routing;

namespace Palermo.Web.Cases;

/// <summary>Getting back into cases when a key is lost: several people together, never one.</summary>
internal static class RecoveryPages
{
    public static void Map(WorkRoutes routes)
    {
        routes.Get("/cases/recovery", Permission.HandleCases, Show);
        routes.Post("/cases/recovery", Permission.HandleCases, Make);
        routes.Post("/cases/recovery/begin", Permission.HandleCases, Begin);
        routes.Post("/cases/recovery/turn", Permission.HandleCases, Turn);
    }

    private static async Task<IResult> Show(Visit v)
    {
        await using var db = v.Open();
        var where = v.Who.Where(Permission.HandleCases);
        var people = await db.Memberships.Where(m => where.Contains(m.OrganizationId) && m.Role == Role.CaseHandler).Join(db.Users.Where(p => p.ClosedAt == null), m => m.PersonId, p => p.Id, (m, p) => new { m.OrganizationId, p.Id, p.Name, HasKey = db.HandlerKeys.Any(k => k.PersonId == p.Id) }).OrderBy(p => p.Name).ToListAsync(v.Cancel);
        var key = await db.RecoveryKeys.Where(k => where.Contains(k.OrganizationId) && k.RetiredAt == null).OrderByDescending(k => k.CreatedAt).FirstOrDefaultAsync(v.Cancel);
        var under = key is null ? [] : await db.Recoveries.Where(r => r.RecoveryKeyId == key.Id && r.DoneAt == null).ToListAsync(v.Cancel);
        var names = people.DistinctBy(p => p.Id).ToDictionary(p => p.Id, p => p.Name);
        return v.Page<RecoveryPage>((nameof(RecoveryPage.Key), key), (nameof(RecoveryPage.People), people.Where(p => p.HasKey).DistinctBy(p => p.Id).Select(p => (p.Id, p.Name)).ToArray()), (nameof(RecoveryPage.Under), under), (nameof(RecoveryPage.Names), names), (nameof(RecoveryPage.Form), v.Form), (nameof(RecoveryPage.IsOpen), await HandlerKeyring.Of(v) is not null));
    }

    private static async Task<IResult> Make(Visit v)
    {
        var organization = v.Organization(Permission.HandleCases);
        Guid[] chosen = [.. v.Form.All("people").Select(p => Guid.TryParse(p, out var id) ? id : Guid.Empty).Distinct()];
        await using var db = v.Open();
        var keys = await db.HandlerKeys.Where(k => chosen.Contains(k.PersonId) && db.Memberships.Any(m => m.PersonId == k.PersonId && m.OrganizationId == organization && m.Role == Role.CaseHandler)).ToDictionaryAsync(k => k.PersonId, k => k.PublicKey, v.Cancel);
        if (!int.TryParse(v.Form["needed"], out var needed) || needed < 2 || needed > chosen.Length || chosen.Length > Together.MostPeople || keys.Count != chosen.Length)
        {
            v.Form.Wrong("people", "recovery.choose");
        }

        var mine = await HandlerKeyring.Of(v);
        if (!v.Form.IsRight || mine is null)
        {
            return await Show(v);
        }

        var pair = KeyPair.Make();
        var layers = Together.Seal(pair.Private, [.. chosen.Select(p => keys[p])], needed);
        var me = v.Who.PersonId!.Value;
        await v.Write(async change =>
        {
            foreach (var old in await change.Db.RecoveryKeys.Where(k => k.OrganizationId == organization && k.RetiredAt == null).ToListAsync(v.Cancel))
            {
                old.RetiredAt = change.At;
            }

            var row = new RecoveryKey { Id = change.NewId(), OrganizationId = organization, PublicKey = pair.Public, Needed = needed, People = string.Join(' ', chosen), Layers = JsonSerializer.Serialize(layers), CreatedAt = change.At };
            change.Db.RecoveryKeys.Add(row);
            // Cases that are there already: those that who makes it can open.
            foreach (var copy in await change.Db.CaseKeyCopies.Where(k => k.Holder == "handler" && k.HolderId == me && change.Db.Cases.Any(c => c.Id == k.CaseId && c.OrganizationId == organization)).ToListAsync(v.Cancel))
            {
                if (SealedBox.OpenKey(copy.Box, mine) is { } opened)
                {
                    change.Db.CaseKeyCopies.Add(new CaseKeyCopy { CaseId = copy.CaseId, Holder = "recovery", HolderId = row.Id, Box = SealedBox.SealKey(opened, pair.Public) });
                }
            }

            change.Log("recovery-key.made", row.Id, organization, $"{needed} of {chosen.Length}");
        });
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(pair.Private);
        return v.To("/cases/recovery", "saved");
    }

    private static async Task<IResult> Begin(Visit v)
    {
        await using var db = v.Open();
        var where = v.Who.Where(Permission.HandleCases);
        var key = Guid.TryParse(v.Form["key"], out var keyId) ? await db.RecoveryKeys.SingleOrDefaultAsync(k => k.Id == keyId && where.Contains(k.OrganizationId), v.Cancel) : null;
        if (key is null)
        {
            return v.NotFound();
        }

        var people = key.People.Split(' ').Select(Guid.Parse).ToArray();
        var layer = JsonSerializer.Deserialize<Together.Layers[]>(key.Layers)!.FirstOrDefault(l => l.People == v.Form["group"]);
        var reason = v.Form.Required("reason");
        if (layer is null)
        {
            v.Form.Wrong("group", "form.required");
        }

        if (!Guid.TryParse(v.Form["for"], out var person) || !await db.HandlerKeys.AnyAsync(k => k.PersonId == person, v.Cancel) || !await db.Memberships.AnyAsync(m => m.PersonId == person && m.OrganizationId == key.OrganizationId && m.Role == Role.CaseHandler, v.Cancel))
        {
            v.Form.Wrong("for", "form.required");
        }

        if (!v.Form.IsRight)
        {
            return await Show(v);
        }

        await v.Write(change =>
        {
            change.Db.Recoveries.Add(new Recovery { Id = change.NewId(), RecoveryKeyId = key.Id, ForId = person, Reason = reason, Left = string.Join(' ', layer!.People.Split(' ').Select(n => people[int.Parse(n, null)])), Box = layer.Box, At = change.At });
            change.Log("recovery.begun", person, key.OrganizationId, reason);
            return Task.CompletedTask;
        });
        return v.To("/cases/recovery", "saved");
    }

    private static async Task<IResult> Turn(Visit v)
    {
        var me = v.Who.PersonId!.Value;
        if (await HandlerKeyring.Of(v) is not { } handler)
        {
            return v.To("/cases");
        }

        var done = await v.Write(async change =>
        {
            if (!Guid.TryParse(v.Form["recovery"], out var id) || await change.Db.Recoveries.SingleOrDefaultAsync(r => r.Id == id && r.DoneAt == null, v.Cancel) is not { } row || !row.Left.StartsWith(me.ToString(), StringComparison.Ordinal) || Together.Peel(row.Box, handler) is not { } inner)
            {
                return false;
            }

            var key = await change.Db.RecoveryKeys.SingleAsync(k => k.Id == row.RecoveryKeyId, v.Cancel);
            row.Left = row.Left.Split(' ', 2) is [_, var next] ? next : "";
            change.Log("recovery.turn", row.ForId, key.OrganizationId);
            if (row.Left.Length > 0)
            {
                row.Box = inner;
                return true;
            }

            // The last layer: the key opens, for as long as this takes.
            var pair = KeyPair.FromPrivate(inner)!;
            (row.Box, row.DoneAt) = ([], change.At);
            var publicKey = (await change.Db.HandlerKeys.SingleAsync(k => k.PersonId == row.ForId, v.Cancel)).PublicKey;
            var conduct = v.Service<Conduct>();
            foreach (var copy in await change.Db.CaseKeyCopies.Where(k => k.Holder == "recovery" && k.HolderId == key.Id).ToListAsync(v.Cancel))
            {
                var @case = await change.Db.Cases.SingleAsync(c => c.Id == copy.CaseId, v.Cancel);
                var state = await CaseRows.State(change.Db, @case.Id, conduct, v.Cancel);
                var allowed = (await CaseReaders.Of(change.Db, @case.OrganizationId, @case.ContractId, state.Recused, v.Cancel)).Any(r => r.Id == row.ForId);
                if (allowed && SealedBox.OpenKey(copy.Box, pair) is { } opened)
                {
                    await change.Db.CaseKeyCopies.Where(k => k.CaseId == @case.Id && k.Holder == "handler" && k.HolderId == row.ForId).ExecuteDeleteAsync(v.Cancel);
                    change.Db.CaseKeyCopies.Add(new CaseKeyCopy { CaseId = @case.Id, Holder = "handler", HolderId = row.ForId, Box = SealedBox.SealKey(opened, publicKey) });
                    await CaseRows.Add(change, @case, conduct, at => new CaseEvent(CaseKinds.Assigned, at, null, "recovery", row.ForId), v.Who.Name, null, v.Cancel);
                }
            }

            System.Security.Cryptography.CryptographicOperations.ZeroMemory(pair.Private);
            change.Log("recovery.done", row.ForId, key.OrganizationId);
            return true;
        });
        return done ? v.To("/cases/recovery", "saved") : v.NotFound();
    }
}
