namespace Palermo.Procurement;

/// <summary>What a tender publishes of its exclusion grounds, criteria and terms: what safeguard gaps are read from.</summary>
public sealed class Safeguards
{
    /// <summary><c>exclusionGrounds/criteria/type</c>: codes of the eForms list exclusion-ground, or those of the publisher.</summary>
    public List<Utf8Text> ExclusionGrounds { get; } = [];

    /// <summary><c>exclusionGrounds/sources</c>: where else the grounds are stated (BT-806).</summary>
    public List<Utf8Text> ExclusionGroundSources { get; } = [];

    /// <summary><c>selectionCriteria/criteria/type</c>.</summary>
    public List<Utf8Text> SelectionCriteria { get; } = [];

    /// <summary><c>sustainability/goal</c> of tender and lots.</summary>
    public List<Utf8Text> Goals { get; } = [];

    /// <summary>Texts of grounds, criteria, eligibility and terms, each with its JSON path.</summary>
    public List<Passage> Texts { get; } = [];

    /// <summary><c>techniques/hasFrameworkAgreement</c>; null if it does not say.</summary>
    public bool? HasFramework { get; internal set; }

    /// <summary>True if some lot or the tender has terms of performance.</summary>
    public bool HasPerformanceTerms { get; internal set; }

    internal void Reset()
    {
        ExclusionGrounds.Clear();
        ExclusionGroundSources.Clear();
        SelectionCriteria.Clear();
        Goals.Clear();
        Texts.Clear();
        HasFramework = null;
        HasPerformanceTerms = false;
    }
}
