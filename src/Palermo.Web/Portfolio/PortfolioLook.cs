namespace Palermo.Web.Portfolio;

/// <summary>A group of processes, and how many of them are to be looked at first (salience medium or more).</summary>
/// <param name="Id">What the group is by: a code, a number.</param>
/// <param name="Name">Name; empty if the code says it.</param>
/// <param name="Processes">The denominator.</param>
/// <param name="Flagged">How many of them.</param>
public sealed record PortfolioGroup(string Id, string Name, long Processes, long Flagged);

/// <summary>How far an indicator reached.</summary>
/// <param name="Id">Indicator.</param>
/// <param name="Found">Processes with a finding.</param>
/// <param name="Judged">Processes that could be judged.</param>
/// <param name="Partly">Of these, judged in part.</param>
public sealed record IndicatorReach(string Id, long Found, long Judged, long Partly);

/// <summary>A selection of a run, summed up.</summary>
public sealed record PortfolioLook
{
    /// <summary>Processes.</summary>
    public required long Processes { get; init; }

    /// <summary>Processes of each salience, by rank.</summary>
    public required IReadOnlyList<long> Salience { get; init; }

    /// <summary>Indicators.</summary>
    public required IReadOnlyList<IndicatorReach> Indicators { get; init; }

    /// <summary>By year.</summary>
    public required IReadOnlyList<PortfolioGroup> Years { get; init; }

    /// <summary>By country of a party or of delivery.</summary>
    public required IReadOnlyList<PortfolioGroup> Countries { get; init; }

    /// <summary>By good that findings name.</summary>
    public required IReadOnlyList<PortfolioGroup> Goods { get; init; }

    /// <summary>By sector that findings name.</summary>
    public required IReadOnlyList<PortfolioGroup> Sectors { get; init; }

    /// <summary>By buyer.</summary>
    public required IReadOnlyList<PortfolioGroup> Buyers { get; init; }

    /// <summary>By supplier.</summary>
    public required IReadOnlyList<PortfolioGroup> Suppliers { get; init; }

    /// <summary>Processes to be looked at first.</summary>
    public long Flagged => Salience.Skip(PortfolioFilter.Medium).Sum();
}

/// <summary>A process in a list.</summary>
public sealed record ProcessLine(int Pid, string Ocid, DateTime? Date, string Title, string Buyer, double? Value, string Currency, int SalienceRank, string Explanation);

/// <summary>A finding as it was kept.</summary>
public sealed record FindingLine(string Indicator, int LevelRank, string Severity, string Likelihood, string Subject, string Country, string Path, string Evidence, string Sentence, string Question, string Sources, bool Verified, int Occurrences);

/// <summary>A supplier of a run.</summary>
/// <param name="Id">Its number in the run.</param>
/// <param name="Name">Its name as published.</param>
public sealed record NamedSupplier(int Id, string Name);

/// <summary>A process with all that is known of it.</summary>
public sealed record ProcessDetail(ProcessLine Line, int? BuyerId, IReadOnlyList<NamedSupplier> Suppliers, string Countries, string File, long Row, string NotJudged, IReadOnlyList<FindingLine> Findings);
