using Palermo.Knowledge.Rules;

namespace Palermo.Prevent.Harmonizing;

/// <summary>What one provision of one regime asks for.</summary>
/// <param name="Pack">The regime.</param>
/// <param name="Provision">The provision.</param>
/// <param name="Use">The measure and how strict it is there.</param>
/// <param name="Strength">How strongly; a mandatory exclusion counts as must, a discretionary one as may.</param>
public sealed record Demand(Pack Pack, Provision Provision, MeasureUse Use, Strength Strength)
{
    /// <summary>Names the demand: two of the same key are the same.</summary>
    public string Key => $"{Provision.Id}/{Use.Id}";

    /// <summary>The demands of a provision.</summary>
    public static IEnumerable<Demand> Of(Pack pack, Provision provision)
    {
        ArgumentNullException.ThrowIfNull(provision);
        var strength = provision switch
        {
            Obligation obligation => obligation.Strength,
            Determination { Kind: "mandatory-exclusion" } => Strength.Must,
            Determination { Kind: "soft-mandatory-exclusion" } => Strength.Should,
            _ => Strength.May,
        };
        return provision.Measures.Select(use => new Demand(pack, provision, use, strength));
    }
}
