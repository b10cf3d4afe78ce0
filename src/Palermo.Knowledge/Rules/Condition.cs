namespace Palermo.Knowledge.Rules;

/// <summary>How a leaf compares. A closed list: each can be printed as words and none can run code.</summary>
public enum Operator
{
    /// <summary>The fact is true.</summary>
    IsTrue,

    /// <summary>The fact is false.</summary>
    IsFalse,

    /// <summary>The code is this one.</summary>
    Eq,

    /// <summary>The code is another one.</summary>
    Ne,

    /// <summary>The code is one of these.</summary>
    In,

    /// <summary>At least one of the codes is one of these.</summary>
    Intersects,

    /// <summary>More than.</summary>
    Gt,

    /// <summary>At least.</summary>
    Gte,

    /// <summary>Less than.</summary>
    Lt,

    /// <summary>At most.</summary>
    Lte,

    /// <summary>Not longer ago than so many years before the day judged at; a day in February that a year lacks falls to the 28th.</summary>
    WithinYears,

    /// <summary>On this day or later.</summary>
    OnOrAfter,

    /// <summary>The fact is known.</summary>
    Exists,

    /// <summary>At least one of the CPV codes lies under one of these.</summary>
    CpvUnder,
}

/// <summary>A condition over facts: true, false or unknown (Kleene).</summary>
public abstract class Condition
{
    private protected Condition(int line) => Line = line;

    /// <summary>Line in the pack's file.</summary>
    public int Line { get; }
}

/// <summary>True if all parts are; false if one is.</summary>
public sealed class AllOf(int line, IReadOnlyList<Condition> parts) : Condition(line)
{
    /// <summary>The parts, in the order of the pack.</summary>
    public IReadOnlyList<Condition> Parts { get; } = parts;
}

/// <summary>True if one part is; false if all are.</summary>
public sealed class AnyOf(int line, IReadOnlyList<Condition> parts) : Condition(line)
{
    /// <summary>The parts, in the order of the pack.</summary>
    public IReadOnlyList<Condition> Parts { get; } = parts;
}

/// <summary>The contrary.</summary>
public sealed class NotThat(int line, Condition part) : Condition(line)
{
    /// <summary>What is denied.</summary>
    public Condition Part { get; } = part;
}

/// <summary>A condition that the pack states once and uses by name.</summary>
public sealed class Defined(int line, string name) : Condition(line)
{
    /// <summary>Its name among the definitions of the pack.</summary>
    public string Name { get; } = name;
}

/// <summary>Another pack applies: a national law that binds where the directive does.</summary>
public sealed class WherePackApplies(int line, string pack) : Condition(line)
{
    /// <summary>Id of the other pack.</summary>
    public string Pack { get; } = pack;
}

/// <summary>A comparison of one fact.</summary>
public sealed class Leaf(int line, string fact, Operator op, FactValue? value, string? parameter, bool inclusive) : Condition(line)
{
    /// <summary>Name of the fact.</summary>
    public string Fact { get; } = fact;

    /// <summary>How it compares.</summary>
    public Operator Operator { get; } = op;

    /// <summary>What it is compared with; null if a parameter says so, or nothing is compared.</summary>
    public FactValue? Value { get; } = value;

    /// <summary>The parameter whose value on the day judged at is compared with; null if there is none.</summary>
    public string? Parameter { get; } = parameter;

    /// <summary>For <see cref="Operator.WithinYears"/>: whether an event exactly so many years ago counts.</summary>
    public bool Inclusive { get; } = inclusive;
}
