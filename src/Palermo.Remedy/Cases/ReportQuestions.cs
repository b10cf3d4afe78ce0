namespace Palermo.Remedy.Cases;

/// <summary>What the channel asks who reports. All may stay unanswered.</summary>
public static class ReportQuestions
{
    /// <summary>The questions, in their order.</summary>
    public static IReadOnlyList<string> All { get; } = ["what", "where", "when", "who", "danger", "want", "secret"];
}
