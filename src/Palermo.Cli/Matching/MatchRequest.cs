using Palermo.Matching;

namespace Palermo.Cli.Matching;

/// <summary>What <c>palermo match</c> was asked for.</summary>
internal sealed record MatchRequest
{
    public string? Input { get; init; }
    public string? Pairs { get; init; }
    public string? Changed { get; init; }
    public Party? Party { get; init; }
    public string? Output { get; init; }
    public required string Format { get; init; }
    public required string Map { get; init; }
    public int Most { get; init; }
    public MatchBand Least { get; init; }
    public MatchBand? FailOn { get; init; }
    public int Threads { get; init; }
    public bool Quiet { get; init; }
    public bool WithDecided { get; init; }
    public DateOnly? AsOf { get; init; }
    public IReadOnlyList<string> Lists { get; init; } = [];
    public string? Data { get; init; }
}
