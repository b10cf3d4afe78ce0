using System.Security.Cryptography;
using System.Text.Json;
using Palermo.Knowledge.Json;

namespace Palermo.Knowledge.Rules;

/// <summary>Reads packs: a closed schema, so that a key at the wrong place is an error and never silently ignored.</summary>
internal sealed class PackReader(MeasureList measures, FactList facts)
{
    private static readonly string[] s_determinations = ["mandatory-exclusion", "soft-mandatory-exclusion", "discretionary-exclusion", "discretionary-remedy"];

    /// <summary>Reads a pack.</summary>
    /// <param name="document">The file.</param>
    /// <param name="name">Name of the file without its extension: the id the pack must have; null if it may have any.</param>
    /// <param name="problems">Takes what is wrong. A pack with problems must not be judged.</param>
    /// <param name="canonical">The pack in canonical form, where it is at hand.</param>
    public Pack Read(Located document, string? name, Problems problems, ReadOnlyMemory<byte>? canonical = null)
    {
        var shape = new Shape(document, "pack", problems);
        shape.OneOf("schema", "palermo.pack/1");
        var id = shape.Text("id");
        if (name is not null && id.Length > 0 && id != name)
        {
            problems.Add(document.Line, $"The pack is called \"{id}\", its file {name}.json.", "Make the two agree.");
        }

        var jurisdiction = Part(shape, "jurisdiction", problems);
        var instrument = Part(shape, "instrument", problems);
        var effective = Part(shape, "effective", problems);
        var checkedPart = Part(shape, "checked", problems);
        var from = effective.Date("from");
        var to = effective.Date("to");
        if (from is null)
        {
            problems.Add(effective.Line, "\"from\" is missing: a rule without a first day can't be judged as of a day.", "Add the day; if only a year is known, its first day, and say so under \"uncertain\".");
        }
        else if (!FactReading.IsUsable(from.Value) || (to is { } last && !FactReading.IsUsable(last)))
        {
            problems.Add(effective.Line, "The days of the pack lie before 1900 or after 2199.", "Correct them.");
        }
        else if (to < from)
        {
            problems.Add(effective.Line, "The pack ends before it begins.", "Correct \"from\" or \"to\".");
        }

        var temporalKey = shape.Text("temporalKey");
        if (temporalKey.Length > 0 && facts.Find(temporalKey) is not { Type: FactType.Date })
        {
            problems.Add(shape.Line, $"\"temporalKey\" is \"{temporalKey}\", which is no date among the facts.", "Use a date of data/facts.json, or add it there.");
        }

        var parameters = Parameters(shape, from ?? DateOnly.MinValue, to, problems);
        var conditions = new ConditionReader(facts, parameters, problems);
        var definitionLines = new Dictionary<string, int>(StringComparer.Ordinal);
        if (shape.Find("definitions") is { } definitions)
        {
            foreach (var (key, line, value) in definitions.Members)
            {
                conditions.Define(key, value);
                definitionLines.Add(key, line);
            }
        }

        var binding = canonical ?? CanonicalOf(document);
        var pack = new Pack
        {
            Id = id,
            Title = shape.Text("title"),
            Jurisdiction = jurisdiction.Text("code"),
            Issuer = jurisdiction.Text("issuer"),
            Instrument = instrument.Text("name"),
            InstrumentType = instrument.Text("type"),
            Binding = instrument.Text("binding"),
            Note = instrument.OptionalText("note"),
            Version = shape.Text("version"),
            Hash = Convert.ToHexStringLower(SHA256.HashData(binding.Span))[..12],
            Canonical = binding,
            Status = shape.OneOf("status", "in-force", "adopted-not-yet-applicable", "superseded", "repealed", "proposed"),
            From = from ?? DateOnly.MinValue,
            To = to,
            TemporalKey = temporalKey,
            Supersedes = shape.Texts("supersedes"),
            Initiatives = shape.Texts("initiatives"),
            Parameters = parameters,
            Definitions = conditions.Definitions,
            Applies = shape.Need("applies") is { } applies ? conditions.Read(applies, "applies") : new AllOf(1, []),
            Obligations = [.. shape.List("obligations").Select(o => ReadObligation(new Shape(o, "obligation", problems), conditions, problems))],
            Determinations = [.. shape.List("determinations").Select(d => ReadDetermination(new Shape(d, "determination", problems), conditions, problems))],
            Consequences = shape.Texts("consequences"),
            Uncertain = shape.Texts("uncertain"),
            Checked = Verified(checkedPart, "status", problems),
            Sources = checkedPart.Texts("sources"),
            Cases = [.. shape.List("cases").Select(c => ReadCase(new Shape(c, "case", problems), problems))],
        };
        jurisdiction.OptionalText("note");
        instrument.OptionalText("enabling");
        instrument.OptionalText("url");
        jurisdiction.Done();
        instrument.Done();
        effective.Done();
        checkedPart.Done();
        shape.Done();
        conditions.Finish(parameters, definitionLines);
        CheckIds(pack, problems);
        return pack;
    }

    private static Shape Part(Shape shape, string key, Problems problems) =>
        shape.Need(key) is { } value ? new Shape(value, key, problems) : new Shape(Located.Parse("{}"u8), key, new Problems(problems.File));

    private static string Verified(Shape shape, string key, Problems problems)
    {
        var text = shape.Text(key);
        if (text.Length > 0 && text.Split(':', 2)[0] is not ("source" or "mixed" or "memory"))
        {
            problems.Add(shape.Line, $"\"{key}\" is \"{text}\".", "Begin with source (seen in the text itself), mixed or memory; a remark may follow behind a colon.");
        }

        return text;
    }

    private static List<Parameter> Parameters(Shape shape, DateOnly from, DateOnly? to, Problems problems)
    {
        var all = new List<Parameter>();
        if (shape.Find("parameters") is not { } found)
        {
            return all;
        }

        foreach (var (name, line, element) in found.Members)
        {
            var part = new Shape(element, $"parameter {name}", problems);
            var unit = part.Text("unit");
            var type = unit == "codes" ? FactType.Codes : unit.Length == 3 && unit.All(char.IsAsciiLetterUpper) ? FactType.Money : FactType.Number;
            var values = new List<ParameterValue>();
            foreach (var entry in part.List("values"))
            {
                var value = new Shape(entry, $"parameter {name}, value", problems);
                var first = value.Date("from");
                if (first is { } begun && !FactReading.IsUsable(begun))
                {
                    problems.Add(entry.Line, $"parameter {name}: a value from {begun:yyyy-MM-dd}.", "Correct the day.");
                    first = null;
                }
                else if (first is null)
                {
                    problems.Add(entry.Line, $"parameter {name}: a value without \"from\".", "Add the first day of the value.");
                }

                if (first is { } day && value.Need("value") is { } given && Amount(given, type, unit, name, problems) is { } amount)
                {
                    values.Add(new(day, amount, value.Text("citation"), Verified(value, "checked", problems), entry.Line));
                }

                value.Find("value");
                value.Find("citation");
                value.Find("checked");
                value.Done();
            }

            var vat = part.OptionalText("vat");
            if (vat is not (null or "included" or "excluded"))
            {
                problems.Add(line, $"parameter {name}: \"vat\" is \"{vat}\".", "Write included or excluded, or leave it out.");
            }

            all.Add(new Parameter { Name = name, Unit = unit, Vat = vat, Description = part.Text("description"), Values = values, Line = line });
            part.Done();
            Reachable(all[^1], from, to, problems);
        }

        return all;
    }

    private static FactValue? Amount(Located given, FactType type, string unit, string name, Problems problems) =>
        type != FactType.Money ? FactReading.Read(given, type, $"parameter {name}: the value", problems)
        : FactReading.Read(given, FactType.Number, $"parameter {name}: the value", problems) is { } number ? FactValue.Of(number.Number, unit)
        : null;

    // A value that no day of the pack can reach would look as if it were tested and never be read.
    private static void Reachable(Parameter parameter, DateOnly from, DateOnly? to, Problems problems)
    {
        if (parameter.Values.Count == 0)
        {
            problems.Add(parameter.Line, $"parameter {parameter.Name} has no value.", "Add one with its date and citation.");
        }

        for (var i = 0; i < parameter.Values.Count; i++)
        {
            var value = parameter.Values[i];
            if (i > 0 && value.From <= parameter.Values[i - 1].From)
            {
                problems.Add(value.Line, $"parameter {parameter.Name}: the value from {value.From:yyyy-MM-dd} does not follow the one before.", "Order the values by their days, each day once.");
            }

            if (value.From > to || (i + 1 < parameter.Values.Count && parameter.Values[i + 1].From <= from))
            {
                problems.Add(value.Line, $"parameter {parameter.Name}: no day of the pack ({from:yyyy-MM-dd} to {to?.ToString("yyyy-MM-dd", null) ?? "open"}) can reach the value from {value.From:yyyy-MM-dd}.", "Remove it, or correct its day or the days of the pack.");
            }
        }
    }

    private Obligation ReadObligation(Shape shape, ConditionReader conditions, Problems problems)
    {
        var id = shape.Text("id");
        var obligation = new Obligation
        {
            Id = id,
            Line = shape.Line,
            Phase = shape.OneOf("phase", VocabularyReader.Phases),
            Actor = shape.OneOf("actor", VocabularyReader.Actors),
            Strength = shape.OneOf("strength", "must", "must-not", "should", "may") switch { "must-not" => Strength.MustNot, "should" => Strength.Should, "may" => Strength.May, _ => Strength.Must },
            Measures = ReadMeasures(shape, id, problems),
            Title = shape.Text("title"),
            Summary = shape.Text("summary"),
            When = shape.Find("when") is { } when ? conditions.Read(when, $"{id}, when") : null,
            Evidence = shape.Texts("evidence"),
            Clauses = [.. shape.List("clauses").Select(c => ReadClause(new Shape(c, $"{id}, clause", problems)))],
            Citation = ReadCitation(shape, id, problems),
            Checked = Verified(shape, "checked", problems),
        };
        shape.Done();
        return obligation;
    }

    private Determination ReadDetermination(Shape shape, ConditionReader conditions, Problems problems)
    {
        var id = shape.Text("id");
        var determination = new Determination
        {
            Id = id,
            Line = shape.Line,
            Kind = shape.OneOf("kind", s_determinations),
            Measures = ReadMeasures(shape, id, problems),
            When = shape.Find("when") is { } when ? conditions.Read(when, $"{id}, when") : null,
            Outcome = shape.Text("outcome"),
            LookBack = shape.OptionalText("lookBack"),
            SelfCleaning = shape.OptionalText("selfCleaning"),
            Process = shape.OptionalText("process"),
            Citation = ReadCitation(shape, id, problems),
            Checked = Verified(shape, "checked", problems),
        };
        if (determination.When is null)
        {
            problems.Add(shape.Line, $"{id}: a determination that always holds would exclude everybody.", "Say under \"when\" what must be shown.");
        }

        shape.Done();
        return determination;
    }

    private MeasureUse[] ReadMeasures(Shape shape, string id, Problems problems)
    {
        var uses = new List<MeasureUse>();
        foreach (var element in shape.List("measures"))
        {
            var part = new Shape(element, $"{id}, measure", problems);
            var name = part.Text("id");
            var set = new List<KeyValuePair<string, FactValue>>();
            if (measures.Find(name) is not { } measure)
            {
                problems.Add(element.Line, $"{id}: there is no measure \"{name}\".", "Use an id of data/measures.json; nothing else is allowed.");
                continue;
            }

            foreach (var (key, line, value) in part.Find("parameters")?.Members ?? [])
            {
                if (measure.Parameters.FirstOrDefault(p => p.Name == key) is not { } parameter)
                {
                    problems.Add(line, $"{id}: the measure {name} has no parameter \"{key}\".", measure.Parameters.Count > 0 ? $"It has {string.Join(", ", measure.Parameters.Select(p => p.Name))}." : "It has none.");
                }
                else if (FactReading.Read(value, parameter.Type, $"{id}: {name}.{key}", problems) is { } found)
                {
                    set.Add(new(key, found));
                }
            }

            part.Done();
            uses.Add(new(name, [.. set.OrderBy(s => s.Key, StringComparer.Ordinal)]));
        }

        if (uses.Count == 0)
        {
            problems.Add(shape.Line, $"{id} refers to no measure.", "Name at least one of data/measures.json under \"measures\".");
        }

        return [.. uses];
    }

    private static Citation ReadCitation(Shape shape, string id, Problems problems)
    {
        if (shape.Find("citation") is not { } found)
        {
            problems.Add(shape.Line, $"{id} has no citation.", "Add \"citation\": {\"instrument\": …, \"pinpoint\": …, \"url\": …}.");
            return new Citation("", "", null);
        }

        var part = new Shape(found, $"{id}, citation", problems);
        var citation = new Citation(part.Text("instrument"), part.OptionalText("pinpoint") ?? "", part.OptionalText("url"));
        part.Done();
        return citation;
    }

    private static Clause ReadClause(Shape shape)
    {
        var clause = new Clause(shape.Text("id"), shape.Text("title"), shape.OptionalText("edition"), shape.OneOf("kind", "contract-clause", "solicitation-provision"));
        shape.Done();
        return clause;
    }

    private GoldenCase ReadCase(Shape shape, Problems problems)
    {
        var name = shape.Text("name");
        var origin = shape.OneOf("origin", "law", "official-example", "own");
        var source = shape.OptionalText("source");
        if (origin is "law" or "official-example" && source is null)
        {
            problems.Add(shape.Line, $"case \"{name}\" says that it comes from the {(origin == "law" ? "law" : "issuer")} and not from where.", "Add \"source\".");
        }

        var expect = Part(shape, "expect", problems);
        var applies = expect.Find("applies");
        if (applies is not null && applies.Kind is not (JsonValueKind.True or JsonValueKind.False) && applies.Text != "unknown")
        {
            problems.Add(applies.Line, $"case \"{name}\": \"applies\" is {applies.Said}.", "Write true, false or \"unknown\".");
        }

        var result = new GoldenCase
        {
            Name = name,
            Origin = origin,
            Source = source,
            AsOf = shape.Date("asOf"),
            Facts = FactSheetReader.Facts(shape.Need("facts"), facts, problems, problems),
            Applies = applies?.Kind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null },
            Obligations = expect.Find("obligations") is null ? null : expect.Texts("obligations"),
            Absent = expect.Texts("absent"),
            Determinations = expect.Find("determinations") is null ? null : expect.Texts("determinations"),
            Needs = expect.Texts("needs"),
            Line = shape.Line,
        };
        expect.Done();
        shape.Done();
        return result;
    }

    private static void CheckIds(Pack pack, Problems problems)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var provision in pack.Obligations.Cast<Provision>().Concat(pack.Determinations))
        {
            if (!ids.Add(provision.Id))
            {
                problems.Add(provision.Line, $"The id \"{provision.Id}\" is there already.", "Give it another id.");
            }
        }

        foreach (var golden in pack.Cases)
        {
            foreach (var id in (golden.Obligations ?? []).Concat(golden.Absent).Where(o => !pack.Obligations.Any(p => p.Id == o)))
            {
                problems.Add(golden.Line, $"case \"{golden.Name}\" expects the obligation \"{id}\"; the pack has none of that id.", "Correct the id.");
            }

            foreach (var id in (golden.Determinations ?? []).Where(d => !pack.Determinations.Any(p => p.Id == d)))
            {
                problems.Add(golden.Line, $"case \"{golden.Name}\" expects the determination \"{id}\"; the pack has none of that id.", "Correct the id.");
            }
        }
    }

    // What binds and nothing else: keys in ordinal order, no blanks, golden cases left out.
    private static byte[] CanonicalOf(Located document)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            LocatedWriter.Write(document, writer, top: true, without: "cases", sorted: true);
        }

        return bytes.ToArray();
    }
}
