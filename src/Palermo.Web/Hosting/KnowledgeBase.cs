using Palermo.Knowledge;
using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Compendium;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Rules;

namespace Palermo.Web.Hosting;

/// <summary>What the program knows, made ready once and shared by all requests: nothing in it changes while it runs.</summary>
public sealed class KnowledgeBase
{
    private readonly TimeProvider _clock;
    private readonly DateOnly? _asOf;

    /// <summary>Makes all ready, so that the first request need not wait.</summary>
    public KnowledgeBase(WorkspaceSettings settings, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _clock = clock;
        _asOf = settings.AsOf;
        Engine = new RuleEngine(Rules);
        Search = new CompendiumSearch(Compendium, Rules.Measures);
        _ = Clauses.Blocks.Count;
    }

    /// <summary>Facts and codes.</summary>
    public Catalogue Catalogue { get; } = Catalogue.Default;

    /// <summary>Measures, facts, packs.</summary>
    public RuleLibrary Rules { get; } = RuleLibrary.Shipped;

    /// <summary>The compendium.</summary>
    public CompendiumData Compendium { get; } = CompendiumData.Shipped;

    /// <summary>Texts of documents.</summary>
    public ClauseLibrary Clauses { get; } = ClauseLibrary.Shipped;

    /// <summary>The engine.</summary>
    public RuleEngine Engine { get; }

    /// <summary>Search in the compendium.</summary>
    public CompendiumSearch Search { get; }

    /// <summary>Today in UTC, or the day the workspace is held at.</summary>
    public DateOnly Today => _asOf ?? DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    /// <summary>Edition of everything that results rest on: data, rules, program.</summary>
    public string Edition { get; } = $"{Catalogue.Default.Edition}-{RuleLibrary.Shipped.Edition}-{ProgramVersion.Text}";
}
