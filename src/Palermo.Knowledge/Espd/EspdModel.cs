using System.Text.Json;
using Palermo.Knowledge.Json;

namespace Palermo.Knowledge.Espd;

/// <summary>A requirement, question or caption of a criterion.</summary>
/// <param name="Id">Path; answers refer to it byte for byte.</param>
/// <param name="Description">What is asked or required.</param>
/// <param name="Type"><c>QUESTION</c>, <c>REQUIREMENT</c> or <c>CAPTION</c>.</param>
/// <param name="Value">Type of the value: <c>INDICATOR</c>, <c>DATE</c>, <c>DESCRIPTION</c> …</param>
/// <param name="Expects">Element in which the buyer states what is required: <c>ExpectedID</c>, <c>ExpectedDescription</c>, <c>MinimumAmount</c>; blank if none.</param>
public sealed record EspdProperty(string Id, string Description, string Type, string Value, string Expects);

/// <summary>A group of properties.</summary>
/// <param name="Id">Path.</param>
/// <param name="Type"><c>ON*</c>, <c>ONTRUE</c> or <c>ONFALSE</c>.</param>
/// <param name="Properties">Properties.</param>
/// <param name="Groups">Groups within.</param>
public sealed record EspdGroup(string Id, string Type, IReadOnlyList<EspdProperty> Properties, IReadOnlyList<EspdGroup> Groups)
{
    /// <summary>Its properties and those of the groups within.</summary>
    public IEnumerable<EspdProperty> All() => Properties.Concat(Groups.SelectMany(g => g.All()));
}

/// <summary>A criterion of the ESPD.</summary>
public sealed record EspdCriterion
{
    /// <summary>Code in this version of the data model.</summary>
    public required string Code { get; init; }

    /// <summary>UUID: the same in every version.</summary>
    public required string Uuid { get; init; }

    /// <summary>First part of all its paths.</summary>
    public required string Path { get; init; }

    /// <summary>True for a ground for exclusion.</summary>
    public required bool IsExclusion { get; init; }

    /// <summary>True if a valid request must have it.</summary>
    public required bool IsMandatory { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Description, as the standard form has it.</summary>
    public required string Description { get; init; }

    /// <summary>Article of Directive 2014/24/EU.</summary>
    public required string Article { get; init; }

    /// <summary>True if it names the lots it is asked for.</summary>
    public required bool IsPerLot { get; init; }

    /// <summary>Groups of properties.</summary>
    public required IReadOnlyList<EspdGroup> Groups { get; init; }
}

/// <summary>A version of the ESPD data model.</summary>
public sealed record EspdModel
{
    private static readonly Lazy<EspdModel> s_shipped = new(() => Parse(Embedded.Read("espd/4.1.0.json"), new Problems("espd/4.1.0.json"))!);

    /// <summary>The version shipped with this build: ESPD-EDM 4.1.0.</summary>
    public static EspdModel Shipped => s_shipped.Value;

    /// <summary>Version: <c>4.1.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Version of UBL.</summary>
    public required string UblVersion { get; init; }

    /// <summary>Profile: <c>ESPD-EDMv4.1.0</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>Versions of the code lists it uses, by name: criterion, country, procedure, language.</summary>
    public required IReadOnlyDictionary<string, string> CodeLists { get; init; }

    /// <summary>Criteria, in the order of the model.</summary>
    public required IReadOnlyList<EspdCriterion> Criteria { get; init; }

    /// <summary>The criterion of a code or a UUID; null if there is none.</summary>
    public EspdCriterion? Find(string codeOrUuid) => Criteria.FirstOrDefault(c => c.Code == codeOrUuid || c.Uuid == codeOrUuid);

    internal static EspdModel? Parse(ReadOnlySpan<byte> utf8, Problems problems)
    {
        Located document;
        try
        {
            document = Located.Parse(utf8);
        }
        catch (JsonException e)
        {
            problems.Add((int)(e.LineNumber ?? 0) + 1, $"The file is no JSON: {e.Message}", "Check commas, quotes and brackets at this line.");
            return null;
        }

        var shape = new Shape(document, "ESPD model", problems);
        shape.OneOf("schema", "palermo.espd/1");
        shape.Text("source");
        shape.Text("checked");
        var model = new EspdModel
        {
            Version = shape.Text("version"),
            UblVersion = shape.Text("ublVersion"),
            Profile = shape.Text("profile"),
            CodeLists = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["criterion"] = shape.Text("criterionList"),
                ["country"] = shape.Text("countryList"),
                ["procedure"] = shape.Text("procedureList"),
                ["language"] = shape.Text("languageList"),
            },
            Criteria = [.. shape.List("criteria").Select(c => Criterion(new Shape(c, "criterion", problems), problems))],
        };
        shape.Done();
        foreach (var criterion in model.Criteria)
        {
            if (!Guid.TryParse(criterion.Uuid, out _) || criterion.Groups.SelectMany(g => g.All()).Any(p => !p.Id.StartsWith(criterion.Path + "/", StringComparison.Ordinal)))
            {
                problems.Add(1, $"The criterion {criterion.Code} has no UUID, or a path that is not its own.", "Take it over from the data model again, byte for byte.");
            }
        }

        return problems.All.Count == 0 ? model : null;
    }

    private static EspdCriterion Criterion(Shape shape, Problems problems)
    {
        var criterion = new EspdCriterion
        {
            Code = shape.Text("code"),
            Uuid = shape.Text("uuid"),
            Path = shape.Text("path"),
            IsExclusion = shape.OneOf("kind", "exclusion", "selection") == "exclusion",
            IsMandatory = shape.Boolean("mandatory") == true,
            Name = shape.Text("name"),
            Description = shape.Text("description"),
            Article = shape.Text("article"),
            IsPerLot = shape.Boolean("perLot") == true,
            Groups = [.. shape.List("groups").Select(g => Group(new Shape(g, "group", problems), problems))],
        };
        shape.Done();
        return criterion;
    }

    private static EspdGroup Group(Shape shape, Problems problems)
    {
        var group = new EspdGroup(shape.Text("id"), shape.OneOf("type", "ON*", "ONTRUE", "ONFALSE"), [.. shape.List("properties").Select(p => Property(new Shape(p, "property", problems)))], [.. shape.List("groups").Select(g => Group(new Shape(g, "group", problems), problems))]);
        shape.Done();
        return group;
    }

    private static EspdProperty Property(Shape shape)
    {
        var property = new EspdProperty(shape.Text("id"), shape.OptionalText("description") ?? "", shape.OneOf("type", "QUESTION", "REQUIREMENT", "CAPTION"), shape.Text("value"), shape.OptionalText("expects") ?? "");
        shape.Done();
        return property;
    }
}
