using System.Globalization;
using Palermo.Knowledge.Rules;

namespace Palermo.Knowledge;

/// <summary>A time that a rule sets where it binds: a provision's measure and how long it leaves. Kept with a contract and its plans, so that they stay bound by what bound them.</summary>
/// <param name="Measure">Id of the measure.</param>
/// <param name="Parameter">The parameter that says the time.</param>
/// <param name="Amount">How many of the parameter's unit.</param>
/// <param name="Pack">Id, version and hash of the pack.</param>
/// <param name="Provision">Id of the provision.</param>
/// <param name="Citation">Where it is written.</param>
/// <param name="Verified">Whether it was seen there.</param>
public sealed record BoundTime(string Measure, string Parameter, int Amount, string Pack, string Provision, string Citation, bool Verified)
{
    private const int Fields = 7;

    /// <summary>The times that a provision sets and that start a clock (data/clocks/measures.csv).</summary>
    public static IEnumerable<BoundTime> Of(Pack pack, Obligation obligation, Conduct conduct)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(obligation);
        ArgumentNullException.ThrowIfNull(conduct);
        return obligation.Strength != Strength.Must ? [] : obligation.Measures.SelectMany(m => m.Parameters.Where(p => p.Value.Type == FactType.Number && conduct.MeasureClocks.Any(c => c.Measure == m.Id && c.Parameter == p.Key))
            .Select(p => new BoundTime(m.Id, p.Key, (int)Math.Ceiling(p.Value.Number), pack.Pin, obligation.Id, obligation.Citation.ToString(), obligation.Checked.StartsWith("source", StringComparison.Ordinal))));
    }

    /// <summary>Times as a text: a line each, in ordinal order, so that equal times are equal texts.</summary>
    public static string Write(IEnumerable<BoundTime> times) => string.Join('\n', times.Select(t => string.Join('\t', t.Measure, t.Parameter, t.Amount.ToString(CultureInfo.InvariantCulture), t.Pack, t.Provision, t.Citation.ReplaceLineEndings(" ").Replace('\t', ' '), t.Verified ? "source" : "memory")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>Times of a text.</summary>
    /// <exception cref="FormatException">It was not written by <see cref="Write"/>.</exception>
    public static IReadOnlyList<BoundTime> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t') is { Length: Fields } f && int.TryParse(f[2], NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            ? new BoundTime(f[0], f[1], amount, f[3], f[4], f[5], f[6] == "source") : throw new FormatException($"\"{line}\" is no time that a rule sets."))];
    }
}
