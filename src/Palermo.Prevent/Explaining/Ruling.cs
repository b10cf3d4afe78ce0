using Palermo.Knowledge.Rules;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Explaining;

/// <summary>A provision as it was judged.</summary>
/// <param name="Provision">The provision.</param>
/// <param name="Result">Whether it binds.</param>
/// <param name="Reason">Why, in one sentence; blank if it binds whenever the pack does.</param>
/// <param name="Trace">Its condition as judged; null if it has none.</param>
/// <param name="Needs">What would settle it.</param>
/// <param name="Flips">What would change it.</param>
public sealed record ProvisionRuling(Provision Provision, Truth Result, string Reason, TraceNode? Trace, IReadOnlyList<string> Needs, IReadOnlyList<Flip> Flips);

/// <summary>A pack as it was judged.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="AsOf">The day it was judged at; null if not known.</param>
/// <param name="Applies">Whether it applies.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="Trace">Its condition as judged.</param>
/// <param name="Provisions">Its provisions, obligations first.</param>
/// <param name="Flips">What would change whether it applies.</param>
public sealed record PackRuling(Pack Pack, DateOnly? AsOf, Truth Applies, string Reason, TraceNode Trace, IReadOnlyList<ProvisionRuling> Provisions, IReadOnlyList<Flip> Flips)
{
    /// <summary>What would settle whether it applies; if it does, what would settle its provisions.</summary>
    public IReadOnlyList<string> Needs { get; } = [.. (Applies == Truth.Unknown ? Trace.Needs() : Applies == Truth.True ? Provisions.SelectMany(p => p.Needs) : []).Distinct(StringComparer.Ordinal)];
}

/// <summary>A question whose answer would settle something.</summary>
/// <param name="Need">Name of the fact; <c>tender.value in EUR</c> for an amount in another currency; <c>asOf</c> for the day.</param>
/// <param name="Text">The question in plain words.</param>
/// <param name="Known">Who knows: buyer, bidder, notice or palermo.</param>
/// <param name="Settles">Open results that one answer settles on average, rounded to a tenth: the most decisive question has the most.</param>
/// <param name="Packs">Ids of the packs that ask.</param>
/// <param name="Answers">Codes to choose from, with their meaning; empty if it is no choice.</param>
public sealed record Question(string Need, string Text, string Known, decimal Settles, IReadOnlyList<string> Packs, IReadOnlyList<KeyValuePair<string, string>> Answers);

/// <summary>All packs judged for one tender.</summary>
/// <param name="Packs">Packs, in ordinal order of their ids.</param>
/// <param name="Questions">Open questions, the most decisive first.</param>
public sealed record Ruling(IReadOnlyList<PackRuling> Packs, IReadOnlyList<Question> Questions);
