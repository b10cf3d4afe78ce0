namespace Palermo.Identify;

/// <summary>Why a process deserves a look: a reason to ask, never a verdict on anybody.</summary>
public sealed record Finding
{
    /// <summary>Id of the indicator.</summary>
    public required string Indicator { get; init; }

    /// <summary>Level; <see cref="Level.Hint"/> if it rests on an unverified statement alone.</summary>
    public required Level Level { get; init; }

    /// <summary>Severity of the harm.</summary>
    public required Severity Severity { get; init; }

    /// <summary>How directly the data points to it.</summary>
    public required Likelihood Likelihood { get; init; }

    /// <summary>What it is about: id of a good, sector or import measure, or a country code.</summary>
    public required string Subject { get; init; }

    /// <summary>JSON path (RFC 9535) of the first place in the compiled release that shows it.</summary>
    public required string Path { get; init; }

    /// <summary>What stands there, and how it was recognised.</summary>
    public required string Evidence { get; init; }

    /// <summary>The finding in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>What to ask next, and whom.</summary>
    public required string Question { get; init; }

    /// <summary>Ids of the sources.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>False if some statement it rests on was not seen in its source.</summary>
    public required bool Verified { get; init; }

    /// <summary>Places in the process that show the same.</summary>
    public int Occurrences { get; init; } = 1;

    /// <summary>Country the finding points to, or blank.</summary>
    public string Country { get; init; } = "";
}

/// <summary>An indicator that could not be judged for a process, or only in part.</summary>
/// <param name="Indicator">Id of the indicator.</param>
/// <param name="Missing">Fields whose presence would settle it.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Partly">True if something was judged all the same.</param>
public sealed record Unknown(string Indicator, IReadOnlyList<string> Missing, string Reason, bool Partly)
{
    // What is true of one instance is not of its copies: they may differ.
    private Unknown(Unknown original)
    {
        (Indicator, Missing, Reason, Partly) = (original.Indicator, original.Missing, original.Reason, original.Partly);
    }

    /// <summary>The same for process after process, written once: most processes of a register lack the same fields.</summary>
    internal byte[]? Encoded { get; private init; }

    /// <summary>An unknown that many processes share.</summary>
    internal static Unknown Shared(string indicator, bool partly, string reason, params IReadOnlyList<string> missing)
    {
        var unknown = new Unknown(indicator, missing, reason, partly);
        return new Unknown(indicator, missing, reason, partly) { Encoded = Output.AssessmentJson.Encode(unknown) };
    }
}
