namespace Palermo.Matching;

/// <summary>How two parties compare.</summary>
/// <param name="Bits">Sum of the bits of the evidence.</param>
/// <param name="Probability">1 / (1 + 2^-bits): how likely the two are one, for pairs as in docs/accuracy-matching.md.</param>
/// <param name="Band">What to do with it.</param>
/// <param name="Query">The name of the first party that fits best.</param>
/// <param name="Listed">The name of the second party that it fits.</param>
/// <param name="Evidence">What it rests on; empty where no explanation was asked for.</param>
public sealed record Comparison(double Bits, double Probability, MatchBand Band, string Query, string Listed, IReadOnlyList<Evidence> Evidence);
