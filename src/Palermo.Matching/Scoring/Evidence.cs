namespace Palermo.Matching;

/// <summary>One thing that speaks for (positive bits) or against two parties being one.</summary>
/// <param name="Rule">Identifier of the rule, as in data/names/weights.csv; several weights may add up in one rule.</param>
/// <param name="Query">The part of the queried name (or the value) it rests on; empty where it rests on an absence.</param>
/// <param name="Listed">The part of the listed name (or the value).</param>
/// <param name="Bits">Logarithm to base 2 of how much more likely this is if the two are one than if they are not.</param>
public sealed record Evidence(string Rule, string Query, string Listed, double Bits);
