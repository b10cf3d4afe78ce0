using System.Globalization;

namespace Palermo.Knowledge.Rules;

/// <summary>What a fact is made of.</summary>
public enum FactType
{
    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One code of a closed or open list.</summary>
    Code,

    /// <summary>Several codes.</summary>
    Codes,

    /// <summary>An amount in a currency.</summary>
    Money,

    /// <summary>A plain number.</summary>
    Number,

    /// <summary>A calendar day, local to the buyer.</summary>
    Date,
}

/// <summary>A value of a fact, or of a parameter. Immutable; two of the same content are equal.</summary>
public sealed class FactValue : IEquatable<FactValue>
{
    private FactValue(FactType type) => Type = type;

    /// <summary>What it is.</summary>
    public FactType Type { get; }

    /// <summary>The truth of a <see cref="FactType.Boolean"/>.</summary>
    public bool IsTrue { get; private init; }

    /// <summary>The number of a <see cref="FactType.Number"/>, or the amount of <see cref="FactType.Money"/> in units of its currency.</summary>
    public decimal Number { get; private init; }

    /// <summary>ISO 4217 code of <see cref="FactType.Money"/>; blank otherwise.</summary>
    public string Currency { get; private init; } = "";

    /// <summary>The day of a <see cref="FactType.Date"/>.</summary>
    public DateOnly Date { get; private init; }

    /// <summary>The code of a <see cref="FactType.Code"/> or those of <see cref="FactType.Codes"/>, in ordinal order, each once.</summary>
    public IReadOnlyList<string> Codes => CodeArray;

    /// <summary>The same, for those who ask millions of times.</summary>
    internal string[] CodeArray { get; private init; } = [];

    /// <summary>A truth.</summary>
    public static FactValue Of(bool value) => new(FactType.Boolean) { IsTrue = value };

    /// <summary>A number.</summary>
    public static FactValue Of(decimal value) => new(FactType.Number) { Number = value };

    /// <summary>An amount.</summary>
    public static FactValue Of(decimal amount, string currency) => new(FactType.Money) { Number = amount, Currency = currency };

    /// <summary>A day.</summary>
    public static FactValue Of(DateOnly value) => new(FactType.Date) { Date = value };

    /// <summary>A code.</summary>
    public static FactValue Of(string code) => new(FactType.Code) { CodeArray = [code] };

    /// <summary>Several codes.</summary>
    public static FactValue Of(IEnumerable<string> codes) => new(FactType.Codes) { CodeArray = [.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };

    /// <inheritdoc/>
    public bool Equals(FactValue? other) =>
        other is not null && Type == other.Type && IsTrue == other.IsTrue && Number == other.Number && Currency == other.Currency && Date == other.Date && Codes.SequenceEqual(other.Codes, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FactValue);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, IsTrue, Number, Currency, Date, Codes.Count);

    /// <summary>As people write it: <c>216,000 EUR</c>, <c>2026-01-01</c>, <c>goods</c>, <c>CN, VN</c>.</summary>
    public override string ToString() => Type switch
    {
        FactType.Boolean => IsTrue ? "true" : "false",
        FactType.Number => Number.ToString("#,##0.##########", CultureInfo.InvariantCulture),
        FactType.Money => $"{Number.ToString("#,##0.##########", CultureInfo.InvariantCulture)} {Currency}",
        FactType.Date => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Codes.Count == 0 ? "none" : string.Join(", ", Codes),
    };
}
