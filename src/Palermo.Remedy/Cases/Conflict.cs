namespace Palermo.Remedy.Cases;

/// <summary>Who must not see or handle a case: a rule, not a choice. Checked when keys are handed out, so that who is kept out could not read it if they tried.</summary>
public static class Conflict
{
    /// <summary>Whether somebody is too near.</summary>
    /// <param name="person">The person.</param>
    /// <param name="organizations">Organizations they belong to, whatever they do there.</param>
    /// <param name="buyer">The buyer of the contract that the case is about; null if it is about none.</param>
    /// <param name="supplier">The supplier's organization; null if none is known.</param>
    /// <param name="recused">People named in the case, or near to who is.</param>
    /// <returns>A key of words; null if they may.</returns>
    public static string? Of(Guid person, IEnumerable<Guid> organizations, Guid? buyer, Guid? supplier, IEnumerable<Guid> recused)
    {
        var own = organizations.ToHashSet();
        return recused.Contains(person) ? "conflict.named"
            : buyer is { } b && own.Contains(b) ? "conflict.buyer"
            : supplier is { } s && own.Contains(s) ? "conflict.supplier"
            : null;
    }
}
