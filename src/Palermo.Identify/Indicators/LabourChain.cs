using System.Runtime.InteropServices;
using Palermo.Procurement;

namespace Palermo.Identify.Indicators;

/// <summary>Who stands between the buyer and the workers: subcontractors, labour providers, bidders that are one and the same, suppliers without a history. See docs/indicators/labour-chain.md.</summary>
internal sealed class LabourChain : IIndicator
{
    /// <summary>As many subcontractors are a chain rather than a partner (own choice).</summary>
    private const int ManySubcontractors = 3;

    /// <summary>Younger suppliers have no history to ask for (own choice).</summary>
    private const int DaysOfHistory = 365;

    /// <summary>Parties beyond these are not compared with one another: a framework of hundreds is another matter.</summary>
    private const int MostCompared = 64;

    public static IndicatorInfo Info { get; } = new("labour-chain", "Subcontracting, labour providers, bidders that share an address or number, suppliers without history");

    private static readonly Unknown s_nobody = Unknown.Shared(Info.Id, partly: false, "Nobody who offers, delivers or subcontracts is named.", "parties/roles", "awards/suppliers", "bids/details");
    private static readonly Unknown s_unsaid = Unknown.Shared(Info.Id, partly: true, "Nothing says whether parts are subcontracted.", "bids/details/hasSubcontracting", "awards/hasSubcontracting");

    public IndicatorInfo About => Info;

    public void Judge(Judgement judgement)
    {
        var process = judgement.Process;
        var deliverers = 0;
        var subcontractors = 0;
        foreach (var party in CollectionsMarshal.AsSpan(process.Parties))
        {
            deliverers += (party.Roles & PartyRoles.Deliverer) != 0 ? 1 : 0;
            subcontractors += (party.Roles & PartyRoles.Subcontractor) != 0 ? 1 : 0;
        }

        if (deliverers == 0)
        {
            judgement.Unknowns.Add(s_nobody);
            return;
        }

        if (process.Tender.HasSubcontracting is null && subcontractors == 0)
        {
            judgement.Unknowns.Add(s_unsaid);
        }

        var labour = LabourSectors.Of(judgement.Reading);
        if (labour is not null && (subcontractors >= ManySubcontractors || process.Tender.HasSubcontracting == true))
        {
            var path = subcontractors > 0 ? process.Parties.Find(p => (p.Roles & PartyRoles.Subcontractor) != 0)!.Path : process.Tender.SubcontractingPath;
            judgement.AddPossible(Info.Id, "subcontracting", path, subcontractors > 0 ? subcontractors == 1 ? "1 subcontractor named" : $"{subcontractors} subcontractors named" : "true", (Severity)labour.Sector.Severity,
                $"Parts of labour-intensive work ({labour.Sector.Name}) are subcontracted{(subcontractors > 0 ? $", to {subcontractors} named" : "; to whom is not published")}: each tier takes a share of the price and adds distance to the workers.",
                "Ask for the register of subcontractors and labour providers down to the last tier, and who pays the workers.", ["csd-toolkit"], labour.Sector.Basis.Verified);
        }

        if (judgement.Reading.Sectors.Find(s => s.Sector.Id == "labour-supply") is { } agency)
        {
            judgement.AddPossible(Info.Id, "agency-labour", agency.Path, agency.Evidence, (Severity)agency.Sector.Severity,
                "Labour is bought from an agency or labour provider: the buyer pays a rate, and what the worker gets of it, and paid for the job, is out of sight.",
                "Ask for the split of the rate into wage, charges and margin, the licence of the agency, and proof that no worker paid for the job.", ["shift-redflag-18", "csd-toolkit"], agency.Sector.Basis.Verified);
        }

        ComparePairs(judgement);
        CheckHistory(judgement);
    }

    private static void ComparePairs(Judgement judgement)
    {
        var parties = judgement.Process.Parties;
        for (var i = 0; i < parties.Count && i < MostCompared; i++)
        {
            if ((parties[i].Roles & PartyRoles.Deliverer) == 0)
            {
                continue;
            }

            for (var j = i + 1; j < parties.Count && j < MostCompared; j++)
            {
                if ((parties[j].Roles & PartyRoles.Deliverer) == 0 || IsSame(parties[i], parties[j]))
                {
                    continue;
                }

                if (!parties[i].IdentifierId.IsEmpty && parties[i].IdentifierId.Is(parties[j].IdentifierId.Span) && parties[i].IdentifierScheme.Is(parties[j].IdentifierScheme.Span))
                {
                    Pair(judgement, "shared-identifier", parties[i], parties[j], $"the number {parties[i].IdentifierId}", "identifier.id");
                }
                else if (!parties[i].Street.IsEmpty && parties[i].Street.Is(parties[j].Street.Span) && !(parties[i].PostalCode.IsEmpty && parties[i].Locality.IsEmpty) && parties[i].PostalCode.Is(parties[j].PostalCode.Span) && parties[i].Locality.Is(parties[j].Locality.Span))
                {
                    Pair(judgement, "shared-address", parties[i], parties[j], $"the address {parties[i].Street}, {(parties[i].PostalCode.IsEmpty ? parties[i].Locality : parties[i].PostalCode)}", "address.streetAddress");
                }
            }
        }
    }

    // One organization listed twice, as tenderer and as supplier.
    private static bool IsSame(Party a, Party b) => (!a.Id.IsEmpty && a.Id.Is(b.Id.Span)) || a.Name.Is(b.Name.Span) || a.Name.IsEmpty || b.Name.IsEmpty;

    private static void Pair(Judgement judgement, string subject, Party a, Party b, string what, string field) =>
        judgement.AddPossible(Info.Id, subject, $"{b.Path}.{field}", $"\"{a.Name}\" and \"{b.Name}\": {what}", Severity.Circumstance,
            $"{a.Name} and {b.Name} share {what}: they may be one undertaking, and one of them may employ the workers of the other (a judgement of this project, without a source).",
            "Ask both who owns and who employs; a shared building or a clerk's slip explains it as well.", ["own"], verified: false);

    private static void CheckHistory(Judgement judgement)
    {
        var process = judgement.Process;
        var at = Dates.Day(process.Tender.TenderPeriod.Start.Span) ?? Dates.Day(process.Tender.DatePublished.Span) ?? Dates.Day(process.Date.Span);
        foreach (var party in CollectionsMarshal.AsSpan(process.Parties))
        {
            if (!party.Founded.IsEmpty && (party.Roles & PartyRoles.Supplier) != 0 && at?.DayNumber - Dates.Day(party.Founded.Span)?.DayNumber is { } days && days < DaysOfHistory)
            {
                judgement.AddPossible(Info.Id, "young-supplier", $"{party.Path}.details", party.Founded.ToString(), Severity.Circumstance,
                    $"{party.Name} was founded on {party.Founded.ToString()[..10]}, {(days < 0 ? "after the tender began" : days == 0 ? "on the day the tender began" : days == 1 ? "1 day before the tender" : $"{days} days before the tender")}: it has no history of employment to show (a judgement of this project, without a source).",
                    "Ask who stood behind it before, and where its workers come from.", ["own"], verified: false);
            }
        }
    }
}
