using NodaTime;

namespace Palermo.Mitigate.Watching;

/// <summary>How deep somebody looked, least first.</summary>
public enum AuditLevel
{
    /// <summary>Answers of the supplier.</summary>
    Questionnaire,

    /// <summary>Documents, at a desk.</summary>
    Desk,

    /// <summary>The supplier's office.</summary>
    Office,

    /// <summary>Where it is made, with interviews of workers.</summary>
    Site,
}

/// <summary>Whether the audit of another buyer can stand for one's own: if it looked as deep, not too long ago, and has not expired.</summary>
public static class SharedAudit
{
    /// <summary>After so many months an audit says too little about today (a figure of our own).</summary>
    public const int FreshMonths = 18;

    /// <summary>Why it can't be used; null if it can.</summary>
    /// <returns>A key of words: <c>audit.shallow</c>, <c>audit.old</c>, <c>audit.expired</c>.</returns>
    public static string? Objection(AuditLevel level, LocalDate on, LocalDate? expires, AuditLevel needed, LocalDate today) =>
        level < needed ? "audit.shallow" : expires is { } until && until < today ? "audit.expired" : on.PlusMonths(FreshMonths) < today ? "audit.old" : null;
}
