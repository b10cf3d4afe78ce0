namespace Palermo.Identify;

/// <summary>How much a finding, or a process with all its findings, deserves attention first.</summary>
public enum Level
{
    /// <summary>Nothing could be judged: no indicator found its fields. Not the same as no risk.</summary>
    Unknown,

    /// <summary>Judged, and nothing found.</summary>
    None,

    /// <summary>Rests on a statement that was not seen in its source; shown, never counted.</summary>
    Hint,

    /// <summary>Ask when there is occasion.</summary>
    Low,

    /// <summary>Ask before award.</summary>
    Medium,

    /// <summary>Look closely before going on.</summary>
    High,

    /// <summary>Look first.</summary>
    Critical,
}

/// <summary>How grave the harm is (scale, scope, whether it can be undone), before how likely it is: UN Guiding Principles 14 and 24.</summary>
public enum Severity
{
    /// <summary>A circumstance, not a harm by itself.</summary>
    Circumstance = 1,

    /// <summary>Child labour as listed; exploitation known of a sector.</summary>
    Serious = 2,

    /// <summary>Forced labour as listed; sectors in which the worker is bound to the employer.</summary>
    Grave = 3,

    /// <summary>Forced labour imposed by a State, forced child labour: hardly to be undone.</summary>
    Gravest = 4,
}

/// <summary>How directly the data points to the harm.</summary>
public enum Likelihood
{
    /// <summary>Possible: the good or sector is named, the origin is not.</summary>
    Possible = 1,

    /// <summary>Indicated: a party or place lies where the harm is reported, or conditions aggravate it.</summary>
    Indicated = 2,

    /// <summary>Stated: the data itself names the origin or the listed organization.</summary>
    Stated = 3,
}

/// <summary>The matrix of salience (docs/method.md): a step of severity never weighs less than a step of likelihood.</summary>
public static class Salience
{
    /// <summary>The level of a harm of this severity and likelihood.</summary>
    public static Level Of(Severity severity, Likelihood likelihood) => (severity, likelihood) switch
    {
        (Severity.Gravest, Likelihood.Stated) => Level.Critical,
        (Severity.Gravest, Likelihood.Indicated) or (Severity.Grave, Likelihood.Stated) => Level.High,
        (Severity.Gravest, _) or (Severity.Grave, Likelihood.Indicated) or (Severity.Serious, Likelihood.Stated) => Level.Medium,
        _ => Level.Low,
    };

    /// <summary>The word for a level in data and on the command line.</summary>
    public static string Name(this Level level) => level switch
    {
        Level.Unknown => "unknown",
        Level.None => "none",
        Level.Hint => "hint",
        Level.Low => "low",
        Level.Medium => "medium",
        Level.High => "high",
        _ => "critical",
    };
}
