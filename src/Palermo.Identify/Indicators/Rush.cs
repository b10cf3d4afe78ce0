using Palermo.Identify.Recognition;

namespace Palermo.Identify.Indicators;

/// <summary>Time for bidding, or between signature and start, so short that it invites forced overtime or hidden subcontracting. See docs/indicators/rush.md.</summary>
internal sealed class Rush : IIndicator
{
    /// <summary>Fewer days than these for bidding are short (own choice; see the page).</summary>
    private const int DaysToBid = 10;

    /// <summary>Fewer days than these from signature or award to the start are short (own choice).</summary>
    private const int DaysToStart = 7;

    private static readonly string[] s_sources = ["shift-redflag-20"];

    public static IndicatorInfo Info { get; } = new("rush", "Time for bidding or for starting that is very short");

    private static readonly Unknown s_neither = Unknown.Shared(Info.Id, partly: false, "Neither the time for bidding nor the time from signature to start is published.", "tender/tenderPeriod", "contracts/dateSigned", "contracts/period/startDate");
    private static readonly Unknown s_noBidding = Unknown.Shared(Info.Id, partly: true, "The time for bidding is not published.", "tender/tenderPeriod/startDate", "tender/tenderPeriod/endDate");
    private static readonly Unknown s_noStart = Unknown.Shared(Info.Id, partly: true, "The time from award or signature to start is not published.", "contracts/dateSigned", "contracts/period/startDate");

    public IndicatorInfo About => Info;

    public void Judge(Judgement judgement)
    {
        var bidding = Bidding(judgement, out var bidPath);
        var starting = Starting(judgement, out var startPath, out var from);
        if (bidding is null && starting is null)
        {
            judgement.Unknowns.Add(s_neither);
            return;
        }

        if (bidding is null || starting is null)
        {
            judgement.Unknowns.Add(bidding is null ? s_noBidding : s_noStart);
        }

        // Haste harms people where much labour is bought, or a good that is listed.
        if (judgement.Reading.Sectors.Count == 0 && judgement.Reading.Goods.Count == 0)
        {
            return;
        }

        if (bidding is { } days && days < DaysToBid)
        {
            judgement.AddPossible(Info.Id, "bidding", bidPath, Days(days), Severity.Circumstance, $"Bidders had {Days(days)} from the opening of the tender to its deadline: too few to plan staff and subcontractors, which invites overtime and hidden subcontracting.",
                "Ask why the time is so short, and give bidders time to plan labour; ask how the work will be staffed.", s_sources, verified: true);
        }

        if (starting is { } lead && lead < DaysToStart)
        {
            judgement.AddPossible(Info.Id, "start", startPath, $"{Days(lead)} after {from}", Severity.Circumstance, $"The contract starts {(lead == 0 ? "on the day" : $"{Days(lead)} after the day")} of {from}: little time to hire and train, which invites overtime and hidden subcontracting.",
                "Ask who does the work from the first day, through which agencies, and with which hours.", s_sources, verified: true);
        }
    }

    private static string Days(int days) => days == 1 ? "1 day" : $"{days} days";

    // Only where anyone may bid: a direct award has no time for bidding to speak of.
    private static int? Bidding(Judgement judgement, out string path)
    {
        path = "$.tender.tenderPeriod.endDate";
        var tender = judgement.Process.Tender;
        if (tender.ProcurementMethod.Is("direct"u8) || tender.ProcurementMethod.Is("limited"u8))
        {
            return null;
        }

        var start = Dates.Day(tender.TenderPeriod.Start.Span) ?? Dates.Day(tender.DatePublished.Span);
        var days = Dates.Day(tender.TenderPeriod.End.Span)?.DayNumber - start?.DayNumber;
        return days is >= 0 ? days : null; // an end before its start is a slip of the publisher
    }

    private static int? Starting(Judgement judgement, out string path, out string from)
    {
        path = from = "";
        int? shortest = null;
        foreach (var contract in judgement.Process.Contracts)
        {
            var signed = Dates.Day(contract.DateSigned.Span);
            var start = Dates.Day(contract.Period.Start.Span);
            if (start?.DayNumber - signed?.DayNumber is { } days and >= 0 && (shortest is null || days < shortest))
            {
                (shortest, path, from) = (days, $"$.contracts[{contract.Index}].period.startDate", "signature");
            }
        }

        if (shortest is not null)
        {
            return shortest;
        }

        var planned = Dates.Day(judgement.Process.Tender.ContractPeriod.Start.Span);
        foreach (var award in judgement.Process.Awards)
        {
            if (planned?.DayNumber - Dates.Day(award.Date.Span)?.DayNumber is { } days and >= 0 && (shortest is null || days < shortest))
            {
                (shortest, path, from) = (days, "$.tender.contractPeriod.startDate", "award");
            }
        }

        return shortest;
    }
}
