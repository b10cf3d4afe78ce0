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

    private readonly Dictionary<string, (long Count, string Missing)> _reasons = new(StringComparer.Ordinal);
    // Reasons that many processes share are counted by instance, and by their words only when somebody asks.
    private readonly List<(Unknown Shared, long Count)> _shared = [];

    /// <summary>How often each reason kept it from being judged in full, with the fields that would settle it.</summary>
    public Dictionary<string, (long Count, string Missing)> Reasons
    {
        get
        {
            foreach (var (unknown, count) in _shared)
            {
                Add(unknown, count);
            }

            _shared.Clear();
            return _reasons;
        }
    }

    internal void Add(Unknown unknown)
    {
        if (unknown.Encoded is null)
        {
            Add(unknown, 1);
            return;
        }

        for (var i = 0; i < _shared.Count; i++)
        {
            if (ReferenceEquals(_shared[i].Shared, unknown))
            {
                _shared[i] = (unknown, _shared[i].Count + 1);
                return;
            }
        }

        _shared.Add((unknown, 1));
    }

    private void Add(Unknown unknown, long times)
    {
        ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_reasons, Palermo.Identify.Runs.Reasons.WithoutNumbers(unknown.Reason), out var known);
        count = (count.Count + times, known ? count.Missing : string.Join(", ", unknown.Missing));
    }
}
