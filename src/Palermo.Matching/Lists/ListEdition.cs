namespace Palermo.Matching.Lists;

/// <summary>Where a list comes from.</summary>
public sealed record ListSource
{
    /// <summary>Id of the list in this installation: lower-case letters, digits, hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>Format (see <see cref="ListFormats"/>).</summary>
    public required string Format { get; init; }

    /// <summary>What people call it.</summary>
    public string Title { get; init; } = "";

    /// <summary>Who publishes it.</summary>
    public string Publisher { get; init; } = "";

    /// <summary>Terms of use, as far as known; "not stated" otherwise.</summary>
    public string Licence { get; init; } = "not stated";

    /// <summary>Address or file it is fetched from.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Mapping of columns, for tables whose columns Palermo does not know: <c>field=column;…</c>.</summary>
    public string Mapping { get; init; } = "";

    /// <summary>After so many days without a new edition the list counts as stale.</summary>
    public int StaleAfterDays { get; init; } = 30;

    /// <summary>Whether the list is about forced or child labour itself; others exclude for other reasons.</summary>
    public bool ForcedLabour { get; init; }
}

/// <summary>One state of a list.</summary>
public sealed record ListEdition
{
    /// <summary>The list.</summary>
    public required ListSource Source { get; init; }

    /// <summary>Day from which the edition counts: as the file says, or the day it was added.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>When it was added here.</summary>
    public required DateTimeOffset Added { get; init; }

    /// <summary>SHA-256 of the file or files, hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Parties.</summary>
    public int Parties { get; init; }

    /// <summary>Names of them.</summary>
    public int Names { get; init; }

    /// <summary>What was not understood, with where it stood.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
