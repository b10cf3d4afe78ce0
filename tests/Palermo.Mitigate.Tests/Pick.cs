using CsCheck;

namespace Palermo.Mitigate.Tests;

internal static class Pick
{
    /// <summary>One of a few.</summary>
    public static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
