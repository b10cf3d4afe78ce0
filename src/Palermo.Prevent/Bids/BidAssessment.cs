using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting;

namespace Palermo.Prevent.Bids;

/// <summary>What became of an answer.</summary>
public enum AnswerState
{
    /// <summary>Answered, in a form that can be read.</summary>
    Answered,

    /// <summary>The bidder says that it does not know.</summary>
    NotKnown,

    /// <summary>Not answered.</summary>
    Missing,

    /// <summary>Answered in a form that can't be read: "maybe" to yes or no.</summary>
    Unreadable,

    /// <summary>Not to be answered, because another answer is as it is.</summary>
    NotAsked,
}

/// <summary>An answer as it was judged.</summary>
/// <param name="Question">The question.</param>
/// <param name="State">What became of it.</param>
/// <param name="Text">What was answered.</param>
/// <param name="LacksEvidence">True if documents were expected and none are named.</param>
/// <param name="Mark">The mark agreed on; null if there is none yet.</param>
/// <param name="Marks">All marks given.</param>
public sealed record JudgedAnswer(ChosenQuestion Question, AnswerState State, string Text, bool LacksEvidence, int? Mark, IReadOnlyList<Mark> Marks);

/// <summary>Where a ground for exclusion stands. None of these is a decision: the buyer takes it, after hearing the bidder.</summary>
public enum GroundState
{
    /// <summary>By the bidder's own word the ground applies and lies within the look-back: hear the bidder, look at its self-cleaning.</summary>
    ToBeHeard,

    /// <summary>Heard, and self-cleaning not accepted or not admitted: the buyer decides and gives reasons.</summary>
    ToBeDecided,

    /// <summary>The buyer accepted the self-cleaning.</summary>
    Cleaned,

    /// <summary>Something is missing that would settle it.</summary>
    Unknown,
}

/// <summary>A ground that may apply to a bidder.</summary>
/// <param name="Pack">The regime.</param>
/// <param name="Determination">The ground.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why, with the look-back computed.</param>
/// <param name="Needs">Facts that would settle it.</param>
public sealed record JudgedGround(Pack Pack, Determination Determination, GroundState State, string Reason, IReadOnlyList<string> Needs);

/// <summary>A yes to a question or an ESPD criterion on exclusion.</summary>
/// <param name="Subject">Id of the question, or <c>espd.</c> and the code of the criterion.</param>
/// <param name="Day">The day it gives; null if none that can be read.</param>
public sealed record Admission(string Subject, DateOnly? Day);

/// <summary>A price that asks for an explanation, with what the arithmetic is made of.</summary>
/// <param name="Kind"><c>others</c>: far below the other bids; <c>estimate</c>: far below the estimate; <c>labour</c>: below what the bidder itself says the labour costs.</param>
/// <param name="Price">The price.</param>
/// <param name="Reference">What it is compared with: the median of the other bids, the estimate, or the labour cost of the whole.</param>
/// <param name="Others">The other bids, the lowest first; none for the other kinds.</param>
/// <param name="Hours">Hours offered; 0 for the other kinds.</param>
/// <param name="HourlyCost">Labour cost of an hour; 0 for the other kinds.</param>
/// <param name="Limit">Share below which it is asked; 1 for labour.</param>
public sealed record LowPrice(string Kind, decimal Price, decimal Reference, IReadOnlyList<decimal> Others, decimal Hours, decimal HourlyCost, decimal Limit);

/// <summary>A bidder's answers as they were judged.</summary>
public sealed record BidAssessment
{
    /// <summary>What it returned.</summary>
    public required BidAnswers Bid { get; init; }

    /// <summary>True if it answered the questionnaire of this tender; false if another; null if its answers do not say.</summary>
    public required bool? SameQuestionnaire { get; init; }

    /// <summary>Answers, question by question.</summary>
    public required IReadOnlyList<JudgedAnswer> Answers { get; init; }

    /// <summary>Answers to questions that were not asked.</summary>
    public required IReadOnlyList<string> NotAsked { get; init; }

    /// <summary>Ids of texts that say what does not fit together.</summary>
    public required IReadOnlyList<ConsistencyRule> Inconsistent { get; init; }

    /// <summary>What the bidder says of itself that may be a ground, by a rule or by the buyer's own documents: question or ESPD criterion, with the day it gives.</summary>
    public required IReadOnlyList<Admission> Admitted { get; init; }

    /// <summary>Grounds for exclusion that may apply.</summary>
    public required IReadOnlyList<JudgedGround> Grounds { get; init; }

    /// <summary>Other grounds that the bidder itself answered with yes in the ESPD, by name.</summary>
    public required IReadOnlyList<string> OtherGrounds { get; init; }

    /// <summary>Score in percent of the whole; null as long as a mark is missing, or if nothing is scored.</summary>
    public required decimal? Score { get; init; }

    /// <summary>Reasons to ask how the price is possible.</summary>
    public required IReadOnlyList<LowPrice> LowPrices { get; init; }

    /// <summary>Required questions that have no answer that can be read.</summary>
    public IReadOnlyList<JudgedAnswer> Incomplete => [.. Answers.Where(a => a is { Question.Question.Kind: QuestionKind.Required or QuestionKind.Exclusion, State: AnswerState.Missing or AnswerState.Unreadable })];
}
