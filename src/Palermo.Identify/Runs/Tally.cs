namespace Palermo.Identify.Runs;

/// <summary>A count and how much of it deserves attention. Adding two is the same in any order.</summary>
/// <param name="Processes">Processes counted.</param>
/// <param name="Attention">Of these, those of medium salience or more.</param>
public readonly record struct Tally(long Processes, long Attention)
{
    /// <summary>The sum of two tallies.</summary>
    public static Tally operator +(Tally a, Tally b) => Add(a, b);

    /// <summary>The sum of two tallies.</summary>
    public static Tally Add(Tally a, Tally b) => new(a.Processes + b.Processes, a.Attention + b.Attention);
}

/// <summary>What became of an indicator over a run.</summary>
public sealed class IndicatorTally
{
    /// <summary>Processes in which it was judged in full.</summary>
    public long Judged { get; internal set; }

    /// <summary>Processes in which it was judged in part.</summary>
    public long Partly { get; internal set; }

    /// <summary>Processes in which it could not be judged.</summary>
    public long NotJudged { get; internal set; }

    /// <summary>Processes in which it found something.</summary>
    public long Found { get; internal set; }

    /// <summary>How often each reason kept it from being judged in full, with the fields that would settle it.</summary>
    public Dictionary<string, (long Count, string Missing)> Reasons { get; } = new(StringComparer.Ordinal);
}
