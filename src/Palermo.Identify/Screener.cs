using Palermo.Identify.Indicators;
using Palermo.Identify.Recognition;
using Palermo.Knowledge;
using Palermo.Matching.Lists;
using Palermo.Procurement;

namespace Palermo.Identify;

/// <summary>What to screen with.</summary>
/// <param name="AsOf">The date at which lists and measures count.</param>
/// <param name="Indicators">Ids of the indicators to use; null for all.</param>
/// <param name="Lists">Exclusion lists to compare parties with; without any, the indicator listed-party is not used.</param>
public sealed record ScreeningOptions(DateOnly AsOf, IReadOnlySet<string>? Indicators = null, IReadOnlyList<ListIndex>? Lists = null);

/// <summary>An indicator, for lists and tables.</summary>
/// <param name="Id">Id, the same everywhere.</param>
/// <param name="Title">Short title.</param>
public sealed record IndicatorInfo(string Id, string Title);

/// <summary>Judges processes. A pure function of process, knowledge and date; one instance per thread.</summary>
public sealed class Screener
{
    private const int LongestTitle = 2000;
    private readonly Recogniser _recogniser;
    private readonly IIndicator[] _indicators;
    private readonly string?[] _none;
    private readonly string?[,,] _headings = new string?[Enum.GetValues<Level>().Length, 8, 8];
    private readonly Judgement _judgement;
    private readonly Comparison<Finding> _compare;
    private readonly List<string> _countries = [];
    private readonly List<Utf8Text> _suppliers = [];

    /// <summary>Prepares a screener.</summary>
    /// <exception cref="ArgumentException">An indicator is not known.</exception>
    public Screener(Catalogue catalogue, ScreeningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _judgement = new Judgement(catalogue, options.AsOf);
        _compare = Compare;
        _recogniser = new Recogniser(catalogue);
        var all = Create(catalogue, options.AsOf, options.Lists ?? []);
        if (options.Indicators?.FirstOrDefault(id => !Array.Exists(all, i => i.About.Id == id)) is { } unknown)
        {
            throw new ArgumentException(unknown == Palermo.Identify.Indicators.ListedParty.Info.Id ? $"{unknown} needs an exclusion list; name one with --list." : $"There is no indicator \"{unknown}\"; there are {string.Join(", ", all.Select(i => i.About.Id))}.", nameof(options));
        }

        _none = new string?[1 << all.Length];
        _indicators = [.. all.Where(i => options.Indicators is null || options.Indicators.Contains(i.About.Id))];
    }

    /// <summary>All indicators, in the order of judging.</summary>
    public static IReadOnlyList<IndicatorInfo> AllIndicators { get; } =
        [ListedGood.Info, DownstreamGood.Info, ImportMeasures.Info, HighRiskSector.Info, PlaceRisk.Info, AbnormallyLowBid.Info, LabourChain.Info, Rush.Info];

    /// <summary>The indicator that is used where exclusion lists are given.</summary>
    public static IndicatorInfo ListIndicator => Palermo.Identify.Indicators.ListedParty.Info;

    /// <summary>The indicators of a run.</summary>
    /// <param name="withLists">Whether it has exclusion lists.</param>
    /// <param name="some">Only these; all if empty.</param>
    public static IReadOnlyList<IndicatorInfo> IndicatorsOf(bool withLists, IReadOnlyCollection<string> some) =>
        [.. AllIndicators.Concat(withLists ? [ListIndicator] : []).Where(i => some.Count == 0 || some.Contains(i.Id))];

    /// <summary>The indicators used.</summary>
    public IReadOnlyList<IndicatorInfo> Indicators => [.. _indicators.Select(i => i.About)];

    /// <summary>Judges a process.</summary>
    public Assessment Assess(ContractingProcess process, ProcessOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(process);
        var reading = _recogniser.Read(process);
        var judgement = _judgement;
        judgement.Begin(reading);
        foreach (var indicator in _indicators)
        {
            indicator.Judge(judgement);
        }

        if (judgement.Findings.Count > 1)
        {
            judgement.Findings.Sort(_compare);
        }

        var salience = SalienceOf(judgement);
        return new Assessment
        {
            Ocid = process.Ocid,
            Origin = origin,
            Title = Title(process.Tender.Title.IsEmpty && process.Passages.Count > 0 ? process.Passages[0].Text : process.Tender.Title),
            Date = process.Date,
            BuyerName = process.BuyerName,
            BuyerId = process.BuyerId,
            Suppliers = Suppliers(process),
            Value = process.Value,
            Countries = Countries(reading),
            Salience = salience,
            Explanation = Explain(salience, judgement),
            Findings = judgement.Findings,
            Unknowns = judgement.Unknowns,
        };
    }

    private static IIndicator[] Create(Catalogue catalogue, DateOnly asOf, IReadOnlyList<ListIndex> lists) =>
    [
        new ListedGood(catalogue, asOf),
        new DownstreamGood(catalogue, asOf),
        new ImportMeasures(catalogue, asOf),
        new HighRiskSector(),
        new PlaceRisk(),
        new AbnormallyLowBid(),
        new LabourChain(),
        new Rush(),
        .. lists.Count > 0 ? new IIndicator[] { new Palermo.Identify.Indicators.ListedParty(lists) } : [],
    ];

    private List<string> Countries(ProcessReading reading)
    {
        var countries = _countries;
        countries.Clear();
        foreach (var place in reading.Places)
        {
            AddCountry(countries, place);
        }

        AddCountry(countries, reading.BuyerPlace);
        return countries;
    }

    private static void AddCountry(List<string> countries, Place? place)
    {
        if (place is not null && !countries.Contains(place.Country.Id))
        {
            countries.Add(place.Country.Id);
        }
    }

    private static Utf8Text Title(Utf8Text text) => text.Span.Length > LongestTitle ? new Utf8Text(System.Text.Encoding.UTF8.GetBytes(Snippet.Of(text.Span, 0, LongestTitle))) : text;

    private List<Utf8Text> Suppliers(ContractingProcess process)
    {
        var names = _suppliers;
        names.Clear();
        foreach (var award in process.Awards)
        {
            foreach (var name in award.SupplierNames)
            {
                Add(names, name);
            }
        }

        foreach (var party in process.Parties)
        {
            if ((party.Roles & PartyRoles.Supplier) != 0 && !party.Name.IsEmpty)
            {
                Add(names, party.Name);
            }
        }

        return names;
    }

    private static void Add(List<Utf8Text> names, Utf8Text name)
    {
        foreach (var known in names)
        {
            if (known.Is(name.Span))
            {
                return;
            }
        }

        names.Add(name);
    }

    // Level, then severity before likelihood, then the order of the indicators, then the subject: the same for any run.
    private int Compare(Finding a, Finding b)
    {
        var order = b.Level.CompareTo(a.Level);
        order = order != 0 ? order : b.Severity.CompareTo(a.Severity);
        order = order != 0 ? order : b.Likelihood.CompareTo(a.Likelihood);
        order = order != 0 ? order : Place(a.Indicator).CompareTo(Place(b.Indicator));
        return order != 0 ? order : string.CompareOrdinal(a.Subject, b.Subject);
    }

    private int Place(string indicator)
    {
        for (var i = 0; i < _indicators.Length; i++)
        {
            if (_indicators[i].About.Id == indicator)
            {
                return i;
            }
        }

        return -1;
    }

    private Level SalienceOf(Judgement judgement)
    {
        if (judgement.Findings.Count > 0 && judgement.Findings[0].Level > Level.Hint)
        {
            return judgement.Findings[0].Level;
        }

        // Nothing found where nothing could be judged is not "nothing there".
        return Open(judgement, alsoPartly: false) == (1 << _indicators.Length) - 1 ? Level.Unknown : judgement.Findings.Count > 0 ? Level.Hint : Level.None;
    }

    // One bit for each indicator that could not be judged (in full).
    private int Open(Judgement judgement, bool alsoPartly)
    {
        var open = 0;
        foreach (var unknown in judgement.Unknowns)
        {
            if (alsoPartly || !unknown.Partly)
            {
                open |= 1 << Place(unknown.Indicator);
            }
        }

        return open;
    }

    private static string Heading(Level salience, Finding first) =>
        $"{char.ToUpperInvariant(salience.Name()[0])}{salience.Name()[1..]} ({first.Severity.ToString().ToLowerInvariant()} harm, {first.Likelihood.ToString().ToLowerInvariant()}): ";

    private string Explain(Level salience, Judgement judgement)
    {
        switch (salience)
        {
            case Level.Unknown:
                return $"Unknown: none of the {_indicators.Length} indicators found the fields it needs.";
            case Level.None:
                var open = Open(judgement, alsoPartly: true);
                return _none[open] ??= open == 0
                    ? "None: all indicators were judged and found nothing."
                    : $"None found, but {string.Join(", ", _indicators.Where((_, i) => (open >> i & 1) != 0).Select(i => i.About.Id))} could not be judged in full.";
            case Level.Hint:
                return $"Hint only: {judgement.Findings[0].Sentence} No level is raised on it.";
            default:
                var first = judgement.Findings[0];
                var counted = 0;
                foreach (var finding in judgement.Findings)
                {
                    counted += finding.Level > Level.Hint ? 1 : 0;
                }

                var more = counted > 2 ? $" {counted - 1} more findings." : counted == 2 ? " 1 more finding." : "";
                return string.Concat(_headings[(int)salience, (int)first.Severity, (int)first.Likelihood] ??= Heading(salience, first), first.Sentence, more);
        }
    }
}
