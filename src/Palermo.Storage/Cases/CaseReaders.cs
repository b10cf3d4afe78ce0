using Microsoft.EntityFrameworkCore;
using Palermo.Remedy.Cases;
using Palermo.Storage.Model;

namespace Palermo.Storage.Cases;

/// <summary>Somebody, or something, that a case is sealed to.</summary>
/// <param name="Holder"><c>handler</c> or <c>recovery</c>.</param>
/// <param name="Id">Person or recovery key.</param>
/// <param name="PublicKey">Key.</param>
public sealed record CaseReader(string Holder, Guid Id, byte[] PublicKey);

/// <summary>Somebody of the team of a channel, beside one case.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">Name.</param>
/// <param name="PublicKey">Key; null if they made none.</param>
/// <param name="Objection">Key of the words on why they may not be given the key of the case; null if they may.</param>
public sealed record CaseHandler(Guid Id, string Name, byte[]? PublicKey, string? Objection);

/// <summary>Who may read a new case: a rule that hands out keys, so that who is kept out holds none.</summary>
public static class CaseReaders
{
    /// <summary>Handlers of a channel that are not too near to a contract, and the recovery key.</summary>
    /// <param name="db">The store.</param>
    /// <param name="channel">Who runs the channel.</param>
    /// <param name="contractId">The contract that the report is about; null if none is known.</param>
    /// <param name="recused">People that must not.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<IReadOnlyList<CaseReader>> Of(WorkspaceDb db, Guid channel, Guid? contractId, IReadOnlyCollection<Guid> recused, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var handlers = await Handlers(db, channel, contractId, recused, cancel).ConfigureAwait(false);
        var readers = handlers.Where(h => h.Objection is null).Select(h => new CaseReader("handler", h.Id, h.PublicKey!)).ToList();
        if (await db.RecoveryKeys.AsNoTracking().Where(k => k.OrganizationId == channel && k.RetiredAt == null).OrderByDescending(k => k.CreatedAt).FirstOrDefaultAsync(cancel).ConfigureAwait(false) is { } recovery)
        {
            readers.Add(new CaseReader("recovery", recovery.Id, recovery.PublicKey));
        }

        return readers;
    }

    /// <summary>The team of a channel, each with what speaks against giving them the key of a case.</summary>
    /// <param name="db">The store.</param>
    /// <param name="channel">Who runs the channel.</param>
    /// <param name="contractId">The contract that the case is about; null if none is known.</param>
    /// <param name="recused">People that must not.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<IReadOnlyList<CaseHandler>> Handlers(WorkspaceDb db, Guid channel, Guid? contractId, IReadOnlyCollection<Guid> recused, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (buyer, supplier) = await Parties(db, contractId, cancel).ConfigureAwait(false);
        var team = await db.Memberships.AsNoTracking().Where(m => m.OrganizationId == channel && m.Role == Role.CaseHandler)
            .Join(db.Users.Where(p => p.ClosedAt == null), m => m.PersonId, p => p.Id, (m, p) => new { p.Id, p.Name }).OrderBy(p => p.Id).ToListAsync(cancel).ConfigureAwait(false);
        var ids = team.Select(t => t.Id).ToArray();
        var keys = await db.HandlerKeys.AsNoTracking().Where(k => ids.Contains(k.PersonId)).ToDictionaryAsync(k => k.PersonId, k => k.PublicKey, cancel).ConfigureAwait(false);
        var memberships = (await db.Memberships.AsNoTracking().Where(m => ids.Contains(m.PersonId)).ToListAsync(cancel).ConfigureAwait(false)).ToLookup(m => m.PersonId, m => m.OrganizationId);
        return [.. team.Select(t => new CaseHandler(t.Id, t.Name, keys.GetValueOrDefault(t.Id), keys.ContainsKey(t.Id) ? Conflict.Of(t.Id, memberships[t.Id], buyer, supplier, recused) : "conflict.no-key"))];
    }

    private static async Task<(Guid? Buyer, Guid? Supplier)> Parties(WorkspaceDb db, Guid? contractId, CancellationToken cancel)
    {
        var contract = contractId is { } id ? await db.Contracts.AsNoTracking().Where(c => c.Id == id).Select(c => new { c.OrganizationId, c.SupplierId }).SingleOrDefaultAsync(cancel).ConfigureAwait(false) : null;
        return (contract?.OrganizationId, contract?.SupplierId is { } s ? await db.Suppliers.AsNoTracking().Where(x => x.Id == s).Select(x => x.AccountId).SingleOrDefaultAsync(cancel).ConfigureAwait(false) : null);
    }
}
