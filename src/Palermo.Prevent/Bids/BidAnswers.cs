using Palermo.Prevent.Espd;

namespace Palermo.Prevent.Bids;

/// <summary>An answer as it was given.</summary>
/// <param name="Text">The words; blank if none.</param>
/// <param name="Evidence">Documents named with it.</param>
public sealed record BidAnswer(string Text, IReadOnlyList<string> Evidence);

/// <summary>What a bidder returned.</summary>
public sealed record BidAnswers
{
    /// <summary>Name of the bidder, as it gave it.</summary>
    public required string Bidder { get; init; }

    /// <summary>Price of the bid; null if not given.</summary>
    public decimal? Price { get; init; }

    /// <summary>Currency of the price; blank if not given.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Number of the questionnaire that was answered; blank if the answers do not say.</summary>
    public string Questionnaire { get; init; } = "";

    /// <summary>Answers by the id of their question.</summary>
    public IReadOnlyDictionary<string, BidAnswer> Answers { get; init; } = new Dictionary<string, BidAnswer>(StringComparer.Ordinal);

    /// <summary>The ESPD response; null if there is none.</summary>
    public EspdResponse? Espd { get; init; }

    /// <summary>Files it was read from.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

/// <summary>A mark that a person gave.</summary>
/// <param name="Bidder">Name of the bidder.</param>
/// <param name="Question">Id of the question.</param>
/// <param name="Evaluator">Who gave it; <c>settled</c> for the one agreed on in the end.</param>
/// <param name="Value">0 to 4.</param>
/// <param name="Reason">Why.</param>
public sealed record Mark(string Bidder, string Question, string Evaluator, int Value, string Reason);

/// <summary>A decision that the buyer has taken on a bidder.</summary>
/// <param name="Bidder">Name of the bidder.</param>
/// <param name="Heard">True if it was heard.</param>
/// <param name="SelfCleaning">True if its self-cleaning was accepted, false if not; null if it is not decided.</param>
public sealed record BidDecision(string Bidder, bool Heard, bool? SelfCleaning);
