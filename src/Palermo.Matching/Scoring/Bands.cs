namespace Palermo.Matching.Scoring;

/// <summary>From probability to band. A common name alone is never certain.</summary>
internal static class Bands
{
    public const double Review = 0.5;
    public const double Likely = 0.8;
    public const double Certain = 0.95;

    /// <summary>So much rarity (bits) of shared words, or a corroborating fact, before a coincidence is out of the question.</summary>
    public const float CertainRarity = 26;

    public static MatchBand Of(double probability, ReadOnlySpan<float> features)
    {
        if (probability < Review)
        {
            return MatchBand.Clear;
        }

        if (probability < Likely)
        {
            return MatchBand.Review;
        }

        return probability >= Certain && IsRare(features) ? MatchBand.Certain : MatchBand.Likely;
    }

    private static bool IsRare(ReadOnlySpan<float> features) =>
        features[(int)Feature.SameIdentifier] > 0 || features[(int)Feature.SameDate] > 0 || features[(int)Feature.SameAddress] > 0.5f
        || features[(int)Feature.SameWordRarity] + features[(int)Feature.SpellingRarity] + features[(int)Feature.JoinedRarity] + features[(int)Feature.SameDescriptor] + features[(int)Feature.SameNumber] >= CertainRarity;
}
