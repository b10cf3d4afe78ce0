using System.IO.Hashing;
using System.Text;
using Palermo.Matching.Pairs;

namespace Palermo.Bench.Matching;

/// <summary>Labelled pairs, cut in two by a hash of the names: one half to fit on, the other to report on.</summary>
internal static class LabelledPairs
{
    public static List<(PairRow Row, bool HeldOut)> Read(string path) =>
        [.. File.ReadLines(path).Where(l => l.Length > 0).Select(l => PairRow.Parse(l)).Select(r => (r, IsHeldOut(r)))];

    /// <summary>Odd hash of the two names, in one order: held out of all fitting.</summary>
    public static bool IsHeldOut(PairRow row)
    {
        var (a, b) = (row.A.Names[0], row.B.Names[0]);
        var key = string.CompareOrdinal(a, b) <= 0 ? a + "\t" + b : b + "\t" + a;
        return (XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(key)) & 1) == 1;
    }
}
