using Palermo.Identify;
using Palermo.Knowledge.Rules;
using Palermo.Procurement;

namespace Palermo.Cli.Running;

/// <summary>A screening as asked for on the command line.</summary>
internal sealed record ScreenRequest(
    IReadOnlyList<string> Inputs,
    ResultFormat Format,
    string? Output,
    string? Report,
    string? RunRecord,
    DateOnly AsOf,
    bool AsOfGiven,
    int Threads,
    Level? FailOn,
    string Buyer,
    IReadOnlyList<string> Countries,
    DateOnly? From,
    DateOnly? To,
    IReadOnlyList<string> Indicators,
    ReadOptions Reading,
    string? Problems,
    string DataFolder,
    IReadOnlyList<string> Lists,
    string? ListFolder,
    bool Resume,
    bool Rules,
    IReadOnlyList<string> Facts,
    bool Quiet)
{
    /// <summary>The options that decide what comes out, for the record of the run. Threads and files do not.</summary>
    public IReadOnlyDictionary<string, string> Options
    {
        get
        {
            var options = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["as-of"] = AsOf.ToString("yyyy-MM-dd"), ["encoding"] = Reading.Latin1 ? "latin1" : "auto" };
            Add(options, "buyer", Buyer);
            Add(options, "country", string.Join(' ', Countries));
            Add(options, "from", From?.ToString("yyyy-MM-dd") ?? "");
            Add(options, "to", To?.ToString("yyyy-MM-dd") ?? "");
            Add(options, "list", string.Join(' ', Lists));
            Add(options, "indicator", string.Join(' ', Indicators));
            Add(options, "rules", Rules ? RuleLibrary.Shipped.Edition : "");
            Add(options, "fact", string.Join(' ', Facts));
            return options;
        }
    }

    private static void Add(SortedDictionary<string, string> options, string name, string value)
    {
        if (value.Length > 0)
        {
            options.Add(name, value);
        }
    }
}
