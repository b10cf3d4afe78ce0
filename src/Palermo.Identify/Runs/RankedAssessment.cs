namespace Palermo.Identify.Runs;

/// <summary>An assessment and its place in the input.</summary>
public sealed record RankedAssessment(Assessment Assessment, long Place)
{
    /// <summary>The more salient first: level, then severity before likelihood, then the number of findings, then the place in the input.</summary>
    public static int Compare(RankedAssessment a, RankedAssessment b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var order = b.Assessment.Salience.CompareTo(a.Assessment.Salience);
        order = order != 0 ? order : First(b, f => (int)f.Severity).CompareTo(First(a, f => (int)f.Severity));
        order = order != 0 ? order : First(b, f => (int)f.Likelihood).CompareTo(First(a, f => (int)f.Likelihood));
        order = order != 0 ? order : b.Assessment.Findings.Count.CompareTo(a.Assessment.Findings.Count);
        return order != 0 ? order : a.Place.CompareTo(b.Place);
    }

    private static int First(RankedAssessment ranked, Func<Finding, int> value) => ranked.Assessment.Findings.Count > 0 ? value(ranked.Assessment.Findings[0]) : 0;
}
