using Microsoft.EntityFrameworkCore;
using Palermo.Remedy.Cases;
using Palermo.Storage.Model;

namespace Palermo.Storage.Cases;

/// <summary>Somebody, or something, that a case is sealed to.</summary>
/// <param name="Holder"><c>handler</c> or <c>recovery</c>.</param>
/// <param name="Id">Person or recovery key.</param>
/// <param name="PublicKey">Key.</param>
public sealed record CaseReader(string Holder, Guid Id, byte[] PublicKey);

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
        var (buyer, supplier) = await Parties(db, contractId, cancel).ConfigureAwait(false);
        var handlers = await db.Memberships.AsNoTracking().Where(m => m.OrganizationId == channel && m.Role == Role.CaseHandler)
            .Join(db.Users.Where(p => p.ClosedAt == null), m => m.PersonId, p => p.Id, (m, p) => p.Id)
            .Join(db.HandlerKeys, id => id, k => k.PersonId, (id, k) => new { id, k.PublicKey }).OrderBy(h => h.id).ToListAsync(cancel).ConfigureAwait(false);
        var ids = handlers.Select(h => h.id).ToArray();
        var memberships = (await db.Memberships.AsNoTracking().Where(m => ids.Contains(m.PersonId)).ToListAsync(cancel).ConfigureAwait(false)).ToLookup(m => m.PersonId, m => m.OrganizationId);
        var readers = handlers.Where(h => Conflict.Of(h.id, memberships[h.id], buyer, supplier, recused) is null).Select(h => new CaseReader("handler", h.id, h.PublicKey)).ToList();
        if (await db.RecoveryKeys.AsNoTracking().Where(k => k.OrganizationId == channel && k.RetiredAt == null).OrderByDescending(k => k.CreatedAt).FirstOrDefaultAsync(cancel).ConfigureAwait(false) is { } recovery)
        {
            readers.Add(new CaseReader("recovery", recovery.Id, recovery.PublicKey));
        }

        return readers;
    }

    /// <summary>Buyer and supplier of a contract.</summary>
    public static async Task<(Guid? Buyer, Guid? Supplier)> Parties(WorkspaceDb db, Guid? contractId, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var contract = contractId is { } id ? await db.Contracts.AsNoTracking().Where(c => c.Id == id).Select(c => new { c.OrganizationId, c.SupplierId }).SingleOrDefaultAsync(cancel).ConfigureAwait(false) : null;
        return (contract?.OrganizationId, contract?.SupplierId is { } s ? await db.Suppliers.AsNoTracking().Where(x => x.Id == s).Select(x => x.AccountId).SingleOrDefaultAsync(cancel).ConfigureAwait(false) : null);
    }
}
