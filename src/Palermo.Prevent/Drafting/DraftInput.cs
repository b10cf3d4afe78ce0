using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Gaps;

namespace Palermo.Prevent.Drafting;

/// <summary>What a tender pack is drawn up from.</summary>
public sealed record DraftInput
{
    /// <summary>What is known of the tender.</summary>
    public required TenderFacts Facts { get; init; }

    /// <summary>Its screening; null if there was nothing to screen.</summary>
    public required Assessment? Assessment { get; init; }

    /// <summary>Which rules bind it.</summary>
    public required Ruling Ruling { get; init; }

    /// <summary>What a publication shows of the safeguards; null if nothing is published.</summary>
    public required IReadOnlyList<SafeguardGap>? Gaps { get; init; }

    /// <summary>Rules and vocabularies.</summary>
    public required RuleLibrary Rules { get; init; }

    /// <summary>Goods, sectors, places, sources.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>Texts.</summary>
    public required ClauseLibrary Clauses { get; init; }

    /// <summary>Day of the pack.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Language of the documents.</summary>
    public string Language { get; init; } = "en";

    /// <summary>True for the light form, false for the full one, null to let risk and value decide.</summary>
    public bool? Light { get; init; }

    /// <summary>Texts the buyer wants though neither rule nor risk asks for them.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Texts the buyer leaves out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];
}
