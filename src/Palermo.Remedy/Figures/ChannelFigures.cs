using NodaTime;
using Palermo.Knowledge;
using Palermo.Remedy.Cases;

namespace Palermo.Remedy.Figures;

/// <summary>A share with what it is a share of.</summary>
/// <param name="Of">Cases counted; 0 if too few to be shown.</param>
/// <param name="Count">Cases for which it holds; null if too few to be shown.</param>
public readonly record struct Share(int Of, int? Count);

/// <summary>Public figures of a channel: counts, times, outcomes (ISO 37002, 9.1.2), made from the events of its cases alone.</summary>
/// <param name="Total">Cases received; null if too few to be shown.</param>
/// <param name="ByYear">Received by year.</param>
/// <param name="ByDecision">By decision, <c>open</c> where there is none.</param>
/// <param name="ByHarm">By kind of harm; a case may have several.</param>
/// <param name="ByEnd">Closed cases by whether people are better off.</param>
/// <param name="ByRating">Cases by how the reporter says that they were treated, of those who said it.</param>
/// <param name="Better">Of those closed whose end is known, those after which people are better off.</param>
/// <param name="TreatedWell">Of those who said it, reporters who were treated well.</param>
/// <param name="AcknowledgedInTime">Of those due, acknowledged in time.</param>
/// <param name="FeedbackInTime">Of those due, answered in time.</param>
/// <param name="MedianDaysToAcknowledge">Median days to acknowledge; null if too few.</param>
/// <param name="MedianDaysToDecide">Median days to decide; null if too few.</param>
public sealed record ChannelFigures(int? Total, IReadOnlyDictionary<string, int?> ByYear, IReadOnlyDictionary<string, int?> ByDecision, IReadOnlyDictionary<string, int?> ByHarm, IReadOnlyDictionary<string, int?> ByEnd, IReadOnlyDictionary<string, int?> ByRating, Share Better, Share TreatedWell, Share AcknowledgedInTime, Share FeedbackInTime, double? MedianDaysToAcknowledge, double? MedianDaysToDecide)
{
    /// <summary>Counts.</summary>
    public static ChannelFigures Of(IReadOnlyCollection<CaseState> cases, Conduct conduct, string country, Instant now)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(conduct);
        return new ChannelFigures(
            Shown(cases.Count),
            Group(cases.Select(c => c.Events[0].At.InUtc().Year.ToString("D4", null))),
            Group(cases.Select(c => c.Decision.Length > 0 ? c.Decision : "open")),
            Group(cases.SelectMany(c => c.HarmKinds)),
            Group(cases.Where(c => !c.IsOpen).Select(c => c.ClosedAs)),
            Group(cases.Where(c => c.Rating.Length > 0).Select(c => c.Rating)),
            ShareOf(cases.Count(c => c.ClosedAs is not ("" or "not-known")), cases.Count(c => c.ClosedAs == "better")),
            ShareOf(cases.Count(c => c.Rating.Length > 0), cases.Count(c => c.Rating == "well")),
            InTime(cases, conduct, country, now, "case-acknowledge"),
            InTime(cases, conduct, country, now, "case-feedback"),
            Median(cases, CaseKinds.Acknowledged),
            Median(cases, CaseKinds.Decided));
    }

    private static int? Shown(int count) => count is > 0 and < SmallNumbers.Smallest ? null : count;

    private static IReadOnlyDictionary<string, int?> Group(IEnumerable<string> values) => SmallNumbers.Hide(values.GroupBy(v => v, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal));

    // Of the clocks that ran out or were stopped; those that still run in time say nothing yet.
    private static Share InTime(IReadOnlyCollection<CaseState> cases, Conduct conduct, string country, Instant now, string clock)
    {
        var due = cases.SelectMany(c => c.Clocks(conduct, country, now).Where(k => k.Rule.Id == clock && (!k.IsOpen || k.IsLate))).ToArray();
        return ShareOf(due.Length, due.Count(k => !k.IsLate));
    }

    // Hidden where those for whom it holds, or those for whom it does not, are too few.
    private static Share ShareOf(int of, int count) => new(of is > 0 and < SmallNumbers.Smallest ? 0 : of, of < SmallNumbers.Smallest || of - count is > 0 and < SmallNumbers.Smallest || count is > 0 and < SmallNumbers.Smallest ? null : count);

    private static double? Median(IReadOnlyCollection<CaseState> cases, string kind)
    {
        var days = cases.Select(c => c.Events.FirstOrDefault(e => e.Kind == kind) is { } e ? (e.At - c.Events[0].At).TotalDays : (double?)null).OfType<double>().Order().ToArray();
        return days.Length < SmallNumbers.Smallest ? null : Math.Round(days.Length % 2 == 1 ? days[days.Length / 2] : (days[(days.Length / 2) - 1] + days[days.Length / 2]) / 2, 1);
    }
}
