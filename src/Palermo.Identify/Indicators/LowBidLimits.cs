namespace Palermo.Identify.Indicators;

/// <summary>From where on a bid is asked to explain itself: a choice of this project (docs/indicators/abnormally-low-bid.md), no threshold of law.</summary>
public static class LowBidLimits
{
    /// <summary>Below this share of the median of the other bids a bid is looked at.</summary>
    public const decimal OfOthers = 0.7m;

    /// <summary>Below this share of the estimate it is looked at.</summary>
    public const decimal OfEstimate = 0.6m;

    /// <summary>Fewer other bids say nothing of what is usual.</summary>
    public const int FewestOthers = 2;
}
