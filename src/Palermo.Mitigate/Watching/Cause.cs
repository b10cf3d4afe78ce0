namespace Palermo.Mitigate.Watching;

/// <summary>A reason to look at a contract: the same cause has the same key whenever it is judged.</summary>
/// <param name="Key">What it is: <c>finding:listed-good:cotton-cn</c>, <c>listing:uflpa:17</c>, <c>evidence-expired:ID</c>.</param>
/// <param name="Kind">Kind of source: <c>finding</c>, <c>listing</c>, <c>grievance</c>, <c>evidence</c>, <c>clock</c>.</param>
/// <param name="Level">How grave: <c>high</c>, <c>medium</c>, <c>low</c>.</param>
/// <param name="Sentence">What it says, worded as a reason to look.</param>
/// <param name="Sources">What it rests on, with date or edition.</param>
public sealed record Cause(string Key, string Kind, string Level, string Sentence, string Sources);

/// <summary>What is new between two judgements.</summary>
/// <param name="Added">Causes that were not there.</param>
/// <param name="Gone">Keys that no longer hold.</param>
public sealed record Difference(IReadOnlyList<Cause> Added, IReadOnlyList<string> Gone)
{
    /// <summary>Compares: a cause known by its key is not new, however it is worded now.</summary>
    public static Difference Of(IEnumerable<string> known, IEnumerable<Cause> now)
    {
        var before = known.ToHashSet(StringComparer.Ordinal);
        var causes = now.DistinctBy(c => c.Key).OrderBy(c => c.Key, StringComparer.Ordinal).ToArray();
        return new Difference([.. causes.Where(c => !before.Contains(c.Key))], [.. before.Except(causes.Select(c => c.Key)).Order(StringComparer.Ordinal)]);
    }
}
