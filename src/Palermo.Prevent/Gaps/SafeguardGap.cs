using Palermo.Knowledge.Rules;

namespace Palermo.Prevent.Gaps;

/// <summary>What a publication shows of a safeguard it had to carry.</summary>
public enum Shown
{
    /// <summary>The publication shows it.</summary>
    Shown,

    /// <summary>The publication has the place for it and does not show it.</summary>
    NotShown,

    /// <summary>A publication of this kind can't show it, or says that it stands elsewhere.</summary>
    CannotBeSeen,
}

/// <summary>A binding provision held against what is published. A reason to look into the documents, never a verdict on the buyer.</summary>
/// <param name="Provision">The provision.</param>
/// <param name="Measure">The measure looked for.</param>
/// <param name="Status">What the publication shows.</param>
/// <param name="Evidence">What was seen, or why nothing can be.</param>
public sealed record SafeguardGap(Provision Provision, string Measure, Shown Status, string Evidence);
