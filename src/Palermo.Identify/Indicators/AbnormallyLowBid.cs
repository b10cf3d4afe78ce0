using System.Globalization;
using Palermo.Knowledge;
using Palermo.Procurement;

namespace Palermo.Identify.Indicators;

/// <summary>A labour-intensive purchase won far under the other bids or the estimate. See docs/indicators/abnormally-low-bid.md.</summary>
internal sealed class AbnormallyLowBid : IIndicator
{
    private readonly List<decimal> _others = [];

    public static IndicatorInfo Info { get; } = new("abnormally-low-bid", "Labour-intensive work won far under the other bids or the estimate");

    private static readonly Unknown s_nothingBeside = Unknown.Shared(Info.Id, partly: false, "The work is labour-intensive, but no awarded value stands beside other bids or an estimate in its currency.", "awards/value", "bids/details/value", "tender/value");

    public IndicatorInfo About => Info;

    public void Judge(Judgement judgement)
    {
        var before = judgement.Unknowns.Count;
        judgement.NoteWhatCouldNotBeRead(Info.Id);
        if (judgement.Unknowns.Count > before && !judgement.Unknowns[^1].Partly)
        {
            return;
        }

        if (LabourSectors.Of(judgement.Reading) is not { } labour)
        {
            return; // a low price for goods is not a low price for labour
        }

        var compared = false;
        foreach (var award in judgement.Process.Awards)
        {
            if (award.Value is { Amount: > 0 } value && !award.Status.Is("unsuccessful"u8) && !award.Status.Is("cancelled"u8))
            {
                compared |= Compare(judgement, award, value, labour.Sector);
            }
        }

        if (!compared && judgement.Unknowns.Count == before)
        {
            judgement.Unknowns.Add(s_nothingBeside);
        }
    }

    private bool Compare(Judgement judgement, Award award, Money value, Sector sector)
    {
        _others.Clear();
        foreach (var bid in judgement.Process.Bids)
        {
            if (bid.Value is { Amount: > 0 } other && other.Currency == value.Currency && bid.RelatedLot.Is(award.RelatedLot.Span) && !IsOfWinner(bid, award) && !bid.Status.Is("withdrawn"u8))
            {
                _others.Add(other.Amount);
            }
        }

        if (_others.Count >= LowBidLimits.FewestOthers)
        {
            _others.Sort();
            var median = _others.Count % 2 == 1 ? _others[_others.Count / 2] : (_others[(_others.Count / 2) - 1] + _others[_others.Count / 2]) / 2;
            if (value.Amount < median * LowBidLimits.OfOthers)
            {
                Add(judgement, award, sector, $"{Text(value)}; the other {_others.Count} bids from {Text(_others[0])} to {Text(_others[^1])}, median {Text(median)} {value.Currency}".TrimEnd(),
                    $"The winning bid of {Text(value)} is {Below(value.Amount, median)} below the median of the {_others.Count} other bids ({Text(median)} {value.Currency}); in labour-intensive work such a gap may come from pay, hours or unpaid charges");
            }

            return true;
        }

        if (Estimate(judgement.Process, award) is not { Amount: > 0 } estimate || estimate.Currency != value.Currency)
        {
            return false;
        }

        if (value.Amount < estimate.Amount * LowBidLimits.OfEstimate)
        {
            Add(judgement, award, sector, $"{Text(value)}; the estimate is {Text(estimate)}",
                $"The awarded value of {Text(value)} is {Below(value.Amount, estimate.Amount)} below the estimate of {Text(estimate)}; in labour-intensive work such a gap may come from pay, hours or unpaid charges");
        }

        return true;
    }

    // The lot's own estimate; the tender's only if one award stands for all of it.
    private static Money? Estimate(ContractingProcess process, Award award)
    {
        if (!award.RelatedLot.IsEmpty)
        {
            foreach (var lot in process.Lots)
            {
                if (lot.Id.Is(award.RelatedLot.Span) && lot.Value is { } own)
                {
                    return own;
                }
            }
        }

        return process.Awards.Count == 1 && process.Lots.Count <= 1 ? process.Tender.Value : null;
    }

    private static bool IsOfWinner(Bid bid, Award award)
    {
        foreach (var bidder in bid.TendererNames)
        {
            foreach (var supplier in award.SupplierNames)
            {
                if (bidder.Is(supplier.Span))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static void Add(Judgement judgement, Award award, Sector sector, string evidence, string sentence) => judgement.Findings.Add(new Finding
    {
        Indicator = Info.Id,
        Level = sector.Basis.Verified ? Salience.Of((Severity)sector.Severity, Likelihood.Indicated) : Level.Hint,
        Severity = (Severity)sector.Severity,
        Likelihood = Likelihood.Indicated,
        Subject = "price",
        Path = $"$.awards[{award.Index}].value.amount",
        Evidence = evidence,
        Sentence = $"{sentence}{Phrases.Unverified(sector.Basis.Verified)}.",
        Question = "Ask the bidder to explain the price: hours, wages, social charges, leave and overhead, against the minimum or collective wage in force.",
        Sources = ["glaa-brief-87", "ocds-eu-profile"],
        Verified = sector.Basis.Verified,
    });

    private static string Below(decimal value, decimal reference) => string.Create(CultureInfo.InvariantCulture, $"{(1 - (value / reference)) * 100:0} %");

    private static string Text(Money money) => $"{Text(money.Amount)} {money.Currency}".TrimEnd();

    private static string Text(decimal amount) => amount.ToString("#,0.##", CultureInfo.InvariantCulture);
}
