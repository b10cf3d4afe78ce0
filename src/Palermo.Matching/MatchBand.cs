namespace Palermo.Matching;

/// <summary>What a reviewer does with a candidate.</summary>
public enum MatchBand : byte
{
    /// <summary>Nothing to see.</summary>
    Clear,

    /// <summary>A human should look: the evidence does not decide.</summary>
    Review,

    /// <summary>More likely than not the same; still for a human to confirm.</summary>
    Likely,

    /// <summary>So rare a name, or a name with corroboration, that a coincidence is improbable.</summary>
    Certain,
}
