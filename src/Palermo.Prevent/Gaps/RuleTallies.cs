using System.Runtime.InteropServices;

namespace Palermo.Prevent.Gaps;

/// <summary>How many processes had to carry a safeguard, and how many showed it.</summary>
/// <param name="Bound">Processes that had to.</param>
/// <param name="Shown">Those whose publication shows it.</param>
/// <param name="NotShown">Those whose publication has the place for it and does not show it.</param>
public readonly record struct SafeguardTally(long Bound, long Shown, long NotShown)
{
    /// <summary>Those in whose publication it can't be seen.</summary>
    public long CannotBeSeen => Bound - Shown - NotShown;

    /// <summary>Adds two tallies.</summary>
    public static SafeguardTally operator +(SafeguardTally a, SafeguardTally b) => new(a.Bound + b.Bound, a.Shown + b.Shown, a.NotShown + b.NotShown);
}

/// <summary>The sums of a run's verdicts. Runs can be split anywhere and joined in any order with the same result.</summary>
public sealed class RuleTallies
{
    /// <summary>Processes judged.</summary>
    public long Processes { get; private set; }

    /// <summary>Processes of which no day is published, so that no rule could be judged.</summary>
    public long Undated { get; private set; }

    /// <summary>Processes bound by each regime, by its id.</summary>
    public Dictionary<string, long> Binding { get; } = new(StringComparer.Ordinal);

    /// <summary>Processes of which it is not settled whether some regime binds.</summary>
    public long Open { get; private set; }

    /// <summary>Processes that do not publish a fact most regimes turn on, by its name.</summary>
    public Dictionary<string, long> Missing { get; } = new(StringComparer.Ordinal);

    /// <summary>By measure.</summary>
    public Dictionary<string, SafeguardTally> Measures { get; } = new(StringComparer.Ordinal);

    /// <summary>By measure and name of the buyer.</summary>
    public Dictionary<(string Measure, string Buyer), SafeguardTally> Buyers { get; } = [];

    /// <summary>By measure and sector: the first two digits of the main CPV code; blank if not known.</summary>
    public Dictionary<(string Measure, string Sector), SafeguardTally> Sectors { get; } = [];

    /// <summary>By measure and year; 0 if not known.</summary>
    public Dictionary<(string Measure, int Year), SafeguardTally> Years { get; } = [];

    /// <summary>Adds a process.</summary>
    /// <param name="verdict">What rules say of it.</param>
    /// <param name="buyer">Name of its buyer; blank if not known.</param>
    public void Add(RuleVerdict verdict, string buyer)
    {
        Add(verdict, 1);
        AddBuyer(verdict, buyer);
    }

    /// <summary>Adds processes, but for the sums by buyer.</summary>
    /// <param name="verdict">What rules say of each.</param>
    /// <param name="count">How many.</param>
    internal void Add(RuleVerdict verdict, long count)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        Processes += count;
        Undated += verdict.Year == 0 ? count : 0;
        Count(Binding, verdict.Binding, count);
        Open += verdict.Open > 0 ? count : 0;
        Count(Missing, verdict.Missing, count);
        foreach (var (measure, status) in verdict.Safeguards)
        {
            var tally = Tally(status, count);
            Add(Measures, measure, tally);
            Add(Sectors, (measure, verdict.Sector), tally);
            Add(Years, (measure, verdict.Year), tally);
        }
    }

    /// <summary>Adds a process to the sums by buyer.</summary>
    internal void AddBuyer(RuleVerdict verdict, string buyer)
    {
        foreach (var (measure, status) in verdict.Safeguards)
        {
            Add(Buyers, (measure, buyer), Tally(status, 1));
        }
    }

    /// <summary>Adds another run's sums.</summary>
    public void Merge(RuleTallies other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Processes += other.Processes;
        Undated += other.Undated;
        Merge(Binding, other.Binding);
        Open += other.Open;
        Merge(Missing, other.Missing);
        Merge(Measures, other.Measures);
        Merge(Buyers, other.Buyers);
        Merge(Sectors, other.Sectors);
        Merge(Years, other.Years);
    }

    private static SafeguardTally Tally(Shown status, long count) => new(count, status == Shown.Shown ? count : 0, status == Shown.NotShown ? count : 0);

    private static void Count(Dictionary<string, long> counts, IReadOnlyList<string> ids, long count)
    {
        foreach (var id in ids)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, id, out _) += count;
        }
    }

    private static void Add<T>(Dictionary<T, SafeguardTally> tallies, T key, SafeguardTally tally)
        where T : notnull => CollectionsMarshal.GetValueRefOrAddDefault(tallies, key, out _) += tally;

    private static void Merge(Dictionary<string, long> into, Dictionary<string, long> from)
    {
        foreach (var (key, count) in from)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(into, key, out _) += count;
        }
    }

    private static void Merge<T>(Dictionary<T, SafeguardTally> into, Dictionary<T, SafeguardTally> from)
        where T : notnull
    {
        foreach (var (key, tally) in from)
        {
            Add(into, key, tally);
        }
    }
}
