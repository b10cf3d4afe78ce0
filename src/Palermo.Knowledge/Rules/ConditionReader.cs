using System.Text.Json;
using Palermo.Knowledge.Json;

namespace Palermo.Knowledge.Rules;

/// <summary>Reads conditions and checks that each compares what can be compared.</summary>
internal sealed class ConditionReader(FactList facts, IReadOnlyList<Parameter> parameters, Problems problems)
{
    private static readonly (string Name, Operator Operator, FactType[] Types)[] s_operators =
    [
        ("isTrue", Operator.IsTrue, [FactType.Boolean]),
        ("isFalse", Operator.IsFalse, [FactType.Boolean]),
        ("eq", Operator.Eq, [FactType.Code]),
        ("ne", Operator.Ne, [FactType.Code]),
        ("in", Operator.In, [FactType.Code]),
        ("intersects", Operator.Intersects, [FactType.Codes]),
        ("gt", Operator.Gt, [FactType.Money, FactType.Number]),
        ("gte", Operator.Gte, [FactType.Money, FactType.Number]),
        ("lt", Operator.Lt, [FactType.Money, FactType.Number]),
        ("lte", Operator.Lte, [FactType.Money, FactType.Number]),
        ("withinYears", Operator.WithinYears, [FactType.Date]),
        ("onOrAfter", Operator.OnOrAfter, [FactType.Date]),
        ("exists", Operator.Exists, [FactType.Boolean, FactType.Code, FactType.Codes, FactType.Money, FactType.Number, FactType.Date]),
        ("cpvUnder", Operator.CpvUnder, [FactType.Codes]),
    ];

    private readonly Dictionary<string, Condition> _definitions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _usedParameters = new(StringComparer.Ordinal);
    private readonly HashSet<string> _usedDefinitions = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Condition> Definitions => _definitions;

    public static string NameOf(Operator op) => Array.Find(s_operators, o => o.Operator == op).Name;

    public void Define(string name, Located value) => _definitions[name] = Read(value, $"definition {name}");

    /// <summary>Reads a condition. A mistake is reported, and something harmless returned: nothing with a problem is ever judged.</summary>
    public Condition Read(Located value, string what)
    {
        var shape = new Shape(value, what, problems);
        var nodes = value.Members.Select(m => m.Key).Where(k => k is "all" or "any" or "not" or "use" or "pack" or "fact").ToArray();
        if (nodes.Length != 1)
        {
            problems.Add(value.Line, $"{what}: a condition is one of {{\"all\"}}, {{\"any\"}}, {{\"not\"}}, {{\"use\"}}, {{\"pack\"}} and {{\"fact\", \"op\"}}; {(nodes.Length == 0 ? "none" : string.Join(" and ", nodes))} was found.", "Write one of them.");
            return new AllOf(value.Line, []);
        }

        Condition condition = nodes[0] switch
        {
            "all" => new AllOf(value.Line, Parts(shape, "all", what)),
            "any" => new AnyOf(value.Line, Parts(shape, "any", what)),
            "not" => new NotThat(value.Line, shape.Need("not") is { } part ? Read(part, what) : new AllOf(value.Line, [])),
            "use" => Use(shape, what),
            "pack" => new WherePackApplies(value.Line, shape.Text("pack")),
            _ => Compare(shape, value.Line, what),
        };
        shape.Done();
        return condition;
    }

    public void Finish(IReadOnlyList<Parameter> all, IReadOnlyDictionary<string, int> definitionLines)
    {
        foreach (var parameter in all.Where(p => !_usedParameters.Contains(p.Name)))
        {
            problems.Add(parameter.Line, $"No condition reads the parameter \"{parameter.Name}\".", "Use it or remove it.");
        }

        foreach (var (name, line) in definitionLines.Where(d => !_usedDefinitions.Contains(d.Key)))
        {
            problems.Add(line, $"No condition uses the definition \"{name}\".", "Use it or remove it.");
        }
    }

    private Condition[] Parts(Shape shape, string key, string what)
    {
        var parts = shape.List(key);
        if (parts.Count == 0)
        {
            problems.Add(shape.Line, $"{what}: \"{key}\" has no parts.", "Add conditions, or leave the condition out if it always holds.");
        }

        return [.. parts.Select(p => Read(p, what))];
    }

    private Defined Use(Shape shape, string what)
    {
        var name = shape.Text("use");
        if (name.Length > 0 && !_definitions.ContainsKey(name))
        {
            problems.Add(shape.Line, $"{what}: there is no definition \"{name}\" before this place.", "Define it under \"definitions\", before any definition that uses it.");
        }

        _usedDefinitions.Add(name);
        return new Defined(shape.Line, name);
    }

    private Leaf Compare(Shape shape, int line, string what)
    {
        var name = shape.Text("fact");
        var op = shape.OneOf("op", Array.ConvertAll(s_operators, o => o.Name));
        var parameter = shape.OptionalText("param");
        var given = shape.Find("value");
        var inclusive = shape.Boolean("inclusive");
        var known = Array.Find(s_operators, o => o.Name == op);
        if (facts.Find(name) is not { } fact || known.Name is null)
        {
            if (name.Length > 0 && facts.Find(name) is null)
            {
                problems.Add(line, $"{what}: there is no fact \"{name}\".", "Use a name of data/facts.json, or add it there first.");
            }

            return new Leaf(line, name, Operator.Exists, null, null, true);
        }

        if (!known.Types.Contains(fact.Type))
        {
            problems.Add(line, $"{what}: \"{op}\" can't compare {name}, which is a {fact.Type}.", $"It compares {string.Join(", ", known.Types)}.");
            return new Leaf(line, name, Operator.Exists, null, null, true);
        }

        if (inclusive is not null && known.Operator != Operator.WithinYears)
        {
            problems.Add(line, $"{what}: \"inclusive\" belongs to withinYears only.", "Take it out; gt and gte, lt and lte say whether the boundary counts.");
        }

        if (parameter is not null)
        {
            Check(fact, known.Operator, parameter, line, what);
        }

        return new Leaf(line, name, known.Operator, ValueOf(fact, known.Operator, given, parameter, line, what), parameter, inclusive ?? true);
    }

    private void Check(FactDefinition fact, Operator op, string name, int line, string what)
    {
        _usedParameters.Add(name);
        if (parameters.FirstOrDefault(p => p.Name == name) is not { } parameter)
        {
            problems.Add(line, $"{what}: there is no parameter \"{name}\".", "Add it under \"parameters\".");
            return;
        }

        var expected = op switch { Operator.In or Operator.Intersects or Operator.CpvUnder => FactType.Codes, Operator.WithinYears => FactType.Number, _ => fact.Type };
        if (op is Operator.IsTrue or Operator.IsFalse or Operator.Exists or Operator.Eq or Operator.Ne)
        {
            problems.Add(line, $"{what}: \"{NameOf(op)}\" takes no parameter.", "Take \"param\" out.");
        }
        else if (parameter.Values.Any(v => v.Value.Type != expected))
        {
            problems.Add(line, $"{what}: {fact.Name} is compared with the parameter \"{name}\", whose values are no {expected}.", "Correct the unit or the values of the parameter.");
        }
    }

    private FactValue? ValueOf(FactDefinition fact, Operator op, Located? given, string? parameter, int line, string what)
    {
        if (op is Operator.IsTrue or Operator.IsFalse or Operator.Exists)
        {
            if (given is not null)
            {
                problems.Add(line, $"{what}: \"{NameOf(op)}\" takes no value.", "Take \"value\" out.");
            }

            return null;
        }

        if (given is null == parameter is null)
        {
            problems.Add(line, $"{what}: {fact.Name} {NameOf(op)} needs either a \"value\" or a \"param\".", "Write one of the two.");
            return null;
        }

        if (given is null)
        {
            return null;
        }

        if (fact.Type is FactType.Money or FactType.Number)
        {
            problems.Add(line, $"{what}: {fact.Name} is compared with a number that has neither date nor citation.", "Make it a parameter.");
        }

        var type = op switch { Operator.In or Operator.Intersects or Operator.CpvUnder => FactType.Codes, Operator.WithinYears => FactType.Number, _ => fact.Type };
        if (type == FactType.Codes && given.Kind != JsonValueKind.Array)
        {
            problems.Add(given.Line, $"{what}: \"{NameOf(op)}\" takes a list.", "Write [\"code\"].");
        }

        var value = FactReading.Read(given, type, $"{what}: the value of {fact.Name}", problems);
        if (op == Operator.WithinYears && value is not null && (value.Number is < 1 or > 100 || decimal.Truncate(value.Number) != value.Number))
        {
            problems.Add(given.Line, $"{what}: {fact.Name} within {value.Number} years.", "Write whole years from 1 to 100.");
            return null;
        }

        foreach (var code in fact.Codes.Count > 0 && value is { Type: FactType.Code or FactType.Codes } ? value.Codes : [])
        {
            if (!fact.Codes.Any(c => c.Key == code))
            {
                problems.Add(given.Line, $"{what}: {fact.Name} has no code \"{code}\".", "Use a code of data/facts.json, or add it there.");
            }
        }

        return value;
    }
}
