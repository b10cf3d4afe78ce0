namespace Palermo.Identify.Runs;

/// <summary>The sums of a run. Runs can be split anywhere and joined in any order with the same result.</summary>
public sealed class RunSummary(IReadOnlyList<IndicatorInfo> indicators, int mostSalient = 100)
{
    private readonly long[] _levels = new long[Enum.GetValues<Level>().Length];
    private readonly IndicatorTally[] _indicatorTallies = [.. indicators.Select(_ => new IndicatorTally())];
    private Dictionary<string, IndicatorTally>? _byIndicator;
    private readonly List<RankedAssessment> _top = [];
    // Nothing behind it can be among the most salient any more.
    private RankedAssessment? _bar;

    /// <summary>The indicators used.</summary>
    public IReadOnlyList<IndicatorInfo> Indicators { get; } = indicators;

    /// <summary>Processes screened.</summary>
    public long Processes { get; private set; }

    /// <summary>Processes left out by a filter.</summary>
    public long FilteredOut { get; set; }

    /// <summary>What became of each indicator, by id.</summary>
    public IReadOnlyDictionary<string, IndicatorTally> ByIndicator => _byIndicator ??= Indicators.Select((indicator, i) => (indicator.Id, i)).ToDictionary(p => p.Id, p => _indicatorTallies[p.i], StringComparer.Ordinal);

    /// <summary>Processes by id of the good found.</summary>
    public Dictionary<string, Tally> Goods { get; } = new(StringComparer.Ordinal);

    /// <summary>Processes by id of the sector found.</summary>
    public Dictionary<string, Tally> Sectors { get; } = new(StringComparer.Ordinal);

    /// <summary>Processes by country of deliverer, delivery or buyer.</summary>
    public Dictionary<string, Tally> Countries { get; } = new(StringComparer.Ordinal);

    /// <summary>Processes by name of the buyer.</summary>
    public NameTallies Buyers { get; } = new();

    /// <summary>Processes by name of the supplier.</summary>
    public NameTallies Suppliers { get; } = new();

    /// <summary>The most salient processes, first first.</summary>
    public IReadOnlyList<RankedAssessment> Top
    {
        get
        {
            Trim();
            return _top;
        }
    }

    /// <summary>Processes of a level.</summary>
    public long Count(Level level) => _levels[(int)level];

    /// <summary>Processes of a level or a higher one.</summary>
    public long CountFrom(Level level) => _levels[(int)level..].Sum();

    /// <summary>Adds a process.</summary>
    /// <param name="assessment">Its assessment.</param>
    /// <param name="place">Its place in the input, to settle ties the same way in every run.</param>
    public void Add(Assessment assessment, long place)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        Processes++;
        _levels[(int)assessment.Salience]++;
        var tally = new Tally(1, assessment.Salience >= Level.Medium ? 1 : 0);
        AddIndicators(assessment);
        for (var i = 0; i < assessment.Countries.Count; i++)
        {
            Add(Countries, assessment.Countries[i], tally);
        }

        if (!assessment.BuyerName.IsEmpty)
        {
            Buyers.Add(assessment.BuyerName.Span, tally);
        }

        for (var i = 0; i < assessment.Suppliers.Count; i++)
        {
            Suppliers.Add(assessment.Suppliers[i].Span, tally);
        }

        AddSubjects(assessment);
        if (assessment.Salience > Level.None)
        {
            var ranked = new RankedAssessment(assessment, place);
            if (_bar is null || RankedAssessment.Compare(ranked, _bar) < 0)
            {
                AddTop(ranked with { Assessment = assessment.Kept() });
            }
        }
    }

    /// <summary>Adds another run's sums.</summary>
    public void Merge(RunSummary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Processes += other.Processes;
        FilteredOut += other.FilteredOut;
        for (var i = 0; i < _levels.Length; i++)
        {
            _levels[i] += other._levels[i];
        }

        foreach (var (id, tally) in other.ByIndicator)
        {
            var mine = ByIndicator[id];
            mine.Judged += tally.Judged;
            mine.Partly += tally.Partly;
            mine.NotJudged += tally.NotJudged;
            mine.Found += tally.Found;
            foreach (var (reason, (count, missing)) in tally.Reasons)
            {
                mine.Reasons[reason] = ((mine.Reasons.TryGetValue(reason, out var known) ? known.Count : 0) + count, missing);
            }
        }

        Merge(Goods, other.Goods);
        Merge(Sectors, other.Sectors);
        Merge(Countries, other.Countries);
        Buyers.Add(other.Buyers);
        Suppliers.Add(other.Suppliers);
        foreach (var ranked in other._top)
        {
            AddTop(ranked);
        }
    }

    private void AddIndicators(Assessment assessment)
    {
        for (var i = 0; i < Indicators.Count; i++)
        {
            var id = Indicators[i].Id;
            var tally = _indicatorTallies[i];
            var partly = false;
            var not = false;
            for (var u = 0; u < assessment.Unknowns.Count; u++)
            {
                var unknown = assessment.Unknowns[u];
                if (unknown.Indicator == id)
                {
                    partly |= unknown.Partly;
                    not |= !unknown.Partly;
                    tally.Add(unknown);
                }
            }

            tally.NotJudged += not ? 1 : 0;
            tally.Partly += partly && !not ? 1 : 0;
            tally.Judged += partly || not ? 0 : 1;
            tally.Found += Has(assessment.Findings, id) ? 1 : 0;
        }
    }

    private static bool Has(IReadOnlyList<Finding> findings, string indicator)
    {
        for (var i = 0; i < findings.Count; i++)
        {
            if (findings[i].Indicator == indicator)
            {
                return true;
            }
        }

        return false;
    }

    // A process counts once for a good, however many indicators speak of it; its attention is that of its findings on the good.
    private void AddSubjects(Assessment assessment)
    {
        if (assessment.Findings.Count == 0)
        {
            return;
        }

        for (var i = 0; i < assessment.Findings.Count; i++)
        {
            var finding = assessment.Findings[i];
            if (finding.Indicator == "high-risk-sector")
            {
                Add(Sectors, finding.Subject, new Tally(1, finding.Level >= Level.Medium ? 1 : 0));
            }
            else if (IsOfGood(finding) && !IsNamedBefore(assessment.Findings, i))
            {
                // Findings stand in the order of their levels: the first on a good is the highest.
                Add(Goods, finding.Subject, new Tally(1, finding.Level >= Level.Medium ? 1 : 0));
            }
        }
    }

    private static bool IsOfGood(Finding finding) => finding.Indicator is "listed-good" or "downstream-good";

    private static bool IsNamedBefore(IReadOnlyList<Finding> findings, int at)
    {
        for (var i = 0; i < at; i++)
        {
            if (IsOfGood(findings[i]) && findings[i].Subject == findings[at].Subject)
            {
                return true;
            }
        }

        return false;
    }

    private void AddTop(RankedAssessment ranked)
    {
        _top.Add(ranked);
        if (_top.Count >= mostSalient * 4)
        {
            Trim();
        }
    }

    private void Trim()
    {
        _top.Sort(RankedAssessment.Compare);
        if (_top.Count >= mostSalient)
        {
            _top.RemoveRange(mostSalient, _top.Count - mostSalient);
            _bar = _top[^1];
        }
    }

    private static void Add(Dictionary<string, Tally> tallies, string key, Tally tally) =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(tallies, key, out _) += tally;

    private static void Merge(Dictionary<string, Tally> into, Dictionary<string, Tally> from)
    {
        foreach (var (key, tally) in from)
        {
            Add(into, key, tally);
        }
    }
}
