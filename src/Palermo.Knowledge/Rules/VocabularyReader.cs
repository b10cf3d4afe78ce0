using Palermo.Knowledge.Json;

namespace Palermo.Knowledge.Rules;

/// <summary>Reads <c>data/measures.json</c> and <c>data/facts.json</c>.</summary>
internal static class VocabularyReader
{
    public static readonly string[] Phases = ["planning", "tender-design", "selection", "award", "performance", "post-contract"];
    public static readonly string[] Actors = ["buyer", "bidder", "supplier", "subcontractor"];
    public static readonly string[] Steps = ["identify", "prevent", "mitigate", "remedy"];

    public static MeasureList Measures(Located document, Problems problems)
    {
        var file = new Shape(document, "measures", problems);
        file.OneOf("schema", "palermo.measures/1");
        file.OptionalText("note");
        var all = new List<Measure>();
        foreach (var element in file.List("measures"))
        {
            var shape = new Shape(element, "measure", problems);
            var id = shape.Text("id");
            var appearance = shape.Need("appearance") is { } a ? ReadAppearance(new Shape(a, $"measure {id}, appearance", problems)) : new Appearance(null, null, null, []);
            var measure = new Measure
            {
                Id = id,
                Title = shape.Text("title"),
                Phase = shape.OneOf("phase", Phases),
                Actor = shape.OneOf("actor", Actors),
                Step = shape.OneOf("step", Steps),
                Definition = shape.Text("definition"),
                Standard = shape.Text("standard"),
                Parameters = [.. shape.List("parameters").Select(p => ReadParameter(new Shape(p, $"measure {id}, parameter", problems))).OrderBy(p => p.Name, StringComparer.Ordinal)],
                Appearance = appearance,
                Contrary = shape.OptionalText("contrary"),
            };
            shape.Done();
            if (all.Exists(m => m.Id == id))
            {
                problems.Add(element.Line, $"The measure \"{id}\" is there already.", "Give it another id.");
                continue;
            }

            all.Add(measure);
        }

        file.Done();
        foreach (var measure in all)
        {
            if (measure.Contrary is { } contrary && !all.Exists(m => m.Id == contrary))
            {
                problems.Add(1, $"The measure \"{measure.Id}\" names \"{contrary}\" as its contrary; there is no such measure.", "Correct the id.");
            }

            foreach (var parameter in measure.Parameters.Where(p => p.Limits is { } l && !measure.Parameters.Any(q => q.Name == l)))
            {
                problems.Add(1, $"The parameter \"{parameter.Name}\" of \"{measure.Id}\" limits \"{parameter.Limits}\"; the measure has no such parameter.", "Correct the name.");
            }
        }

        return new MeasureList(all);
    }

    public static FactList Facts(Located document, Problems problems)
    {
        var file = new Shape(document, "facts", problems);
        file.OneOf("schema", "palermo.facts/1");
        file.OptionalText("note");
        var all = new List<FactDefinition>();
        foreach (var element in file.List("facts"))
        {
            var shape = new Shape(element, "fact", problems);
            var name = shape.Text("name");
            var codes = new List<KeyValuePair<string, string>>();
            if (shape.Find("codes") is { } listed)
            {
                var code = new Shape(listed, $"fact {name}, codes", problems);
                foreach (var (key, _, _) in listed.Members)
                {
                    codes.Add(new(key, code.Text(key)));
                }
            }

            var fact = new FactDefinition
            {
                Name = name,
                Type = shape.OneOf("type", "boolean", "code", "codes", "money", "number", "date") switch { "boolean" => FactType.Boolean, "code" => FactType.Code, "codes" => FactType.Codes, "money" => FactType.Money, "number" => FactType.Number, _ => FactType.Date },
                Question = shape.Text("question"),
                Known = shape.OneOf("known", "buyer", "bidder", "notice", "palermo"),
                Codes = codes,
                Ocds = shape.OptionalText("ocds"),
                Eforms = shape.OptionalText("eforms"),
            };
            shape.Done();
            if (all.Exists(f => f.Name == name))
            {
                problems.Add(element.Line, $"The fact \"{name}\" is there already.", "Remove one of the two.");
                continue;
            }

            all.Add(fact);
        }

        file.Done();
        return new FactList([.. all.OrderBy(f => f.Name, StringComparer.Ordinal)]);
    }

    private static MeasureParameter ReadParameter(Shape shape)
    {
        var parameter = new MeasureParameter(
            shape.Text("name"),
            shape.OneOf("type", "number", "money", "codes", "boolean") switch { "number" => FactType.Number, "money" => FactType.Money, "codes" => FactType.Codes, _ => FactType.Boolean },
            shape.OptionalText("unit") ?? "",
            shape.OneOf("stricter", "higher", "lower", "union", "true") switch { "higher" => Direction.Higher, "lower" => Direction.Lower, "union" => Direction.Union, _ => Direction.True },
            shape.OptionalText("limits"),
            shape.Text("description"));
        shape.Done();
        return parameter;
    }

    private static Appearance ReadAppearance(Shape shape)
    {
        var appearance = new Appearance(shape.OptionalText("eforms"), shape.OptionalText("espd"), shape.OptionalText("ocds"), shape.Texts("signals"));
        shape.Done();
        return appearance;
    }
}
