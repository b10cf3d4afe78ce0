using Palermo.Knowledge.Rules;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Harmonizing;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Drafting;

/// <summary>A demand of a regime that binds the tender.</summary>
/// <param name="Demand">The demand.</param>
/// <param name="Asks">False if the provision only permits: it is cited, and alone it calls for no text.</param>
public sealed record BoundDemand(Demand Demand, bool Asks)
{
    /// <summary>All demands on a tender, in ordinal order of pack and provision. Grounds for exclusion count although no bidder is known yet.</summary>
    internal static IReadOnlyList<BoundDemand> Of(Ruling ruling)
    {
        var found = new List<BoundDemand>();
        foreach (var pack in ruling.Packs.Where(p => p.Applies == Truth.True))
        {
            foreach (var judged in pack.Provisions)
            {
                if (judged.Provision is Determination { Kind: not "discretionary-remedy" } || judged is { Provision: Obligation, Result: Truth.True })
                {
                    found.AddRange(Demand.Of(pack.Pack, judged.Provision).Select(d => new BoundDemand(d, judged.Provision is Determination || d.Strength != Strength.May)));
                }
            }
        }

        return found;
    }
}
