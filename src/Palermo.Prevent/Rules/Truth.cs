namespace Palermo.Prevent.Rules;

/// <summary>Kleene's three values. The order is that of the logic: "all" is the least of its parts, "any" the greatest.</summary>
public enum Truth : byte
{
    /// <summary>False.</summary>
    False = 0,

    /// <summary>Not settled by the facts known.</summary>
    Unknown = 1,

    /// <summary>True.</summary>
    True = 2,
}

/// <summary>The logic of <see cref="Truth"/>.</summary>
internal static class Kleene
{
    public static Truth And(Truth a, Truth b) => a < b ? a : b;

    public static Truth Not(Truth a) => (Truth)(2 - (byte)a);

    public static Truth Of(bool value) => value ? Truth.True : Truth.False;
}
