using System.Globalization;

namespace Palermo.Bench.Proof;

/// <summary>What was given on the command line of a proof: names with values.</summary>
internal sealed class ProofOptions(string[] args)
{
    public string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    public int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
