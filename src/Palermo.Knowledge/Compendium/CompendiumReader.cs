using Palermo.Knowledge.Json;
using Palermo.Knowledge.Rules;

namespace Palermo.Knowledge.Compendium;

/// <summary>Reads the files of <c>data/compendium</c>, one for each jurisdiction.</summary>
internal static class CompendiumReader
{
    public static readonly string[] Kinds = ["law", "regulation", "policy", "national-action-plan", "guideline", "contract-clause", "treaty", "tool", "code-of-conduct", "recommendation", "registry", "trade-measure"];
    public static readonly string[] Statuses = ["in-force", "current", "adopted-not-yet-applicable", "proposed", "expired", "superseded", "repealed"];
    private static readonly string[] s_risks = ["trafficking", "forced-labour", "child-labour"];

    /// <summary>Reads one file.</summary>
    /// <param name="document">The file.</param>
    /// <param name="name">Its name without extension: the code it must have; null if it may have any.</param>
    /// <param name="measures">The vocabulary.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static IReadOnlyList<Initiative> Read(Located document, string? name, MeasureList measures, Problems problems)
    {
        var file = new Shape(document, "file", problems);
        file.OneOf("schema", "palermo.compendium/1");
        var reviewed = file.Date("reviewed");
        if (reviewed is null)
        {
            problems.Add(document.Line, "\"reviewed\" is missing: nobody could tell as of when a status without a date holds.", "Add the day on which the entries were last gone through.");
        }

        var jurisdiction = new Jurisdiction(file.Text("jurisdiction"), file.Text("name"), file.OneOf("level", "state-or-territory", "subnational", "organization"), reviewed ?? default);
        if (name is not null && jurisdiction.Code != name)
        {
            problems.Add(document.Line, $"The jurisdiction is \"{jurisdiction.Code}\", its file {name}.json.", "Make the two agree.");
        }

        var all = file.List("initiatives").Select(e => Entry(new Shape(e, "initiative", problems), jurisdiction, measures, problems)).ToArray();
        file.Done();
        return all;
    }

    /// <summary>Checks what only the whole can tell: ids, what supersedes what, packs.</summary>
    public static void CheckTogether(IReadOnlyList<(Initiative Initiative, Problems Problems)> all, IReadOnlyCollection<string> packs)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (initiative, problems) in all)
        {
            if (!ids.Add(initiative.Id))
            {
                problems.Add(initiative.Line, $"The id \"{initiative.Id}\" is there already.", "Give it another id.");
            }
        }

        foreach (var (initiative, problems) in all)
        {
            foreach (var id in initiative.Supersedes.Where(i => !ids.Contains(i)))
            {
                problems.Add(initiative.Line, $"{initiative.Id} supersedes \"{id}\"; there is no such initiative.", "Correct the id or add the entry.");
            }

            foreach (var id in initiative.Packs.Where(p => !packs.Contains(p)))
            {
                problems.Add(initiative.Line, $"{initiative.Id} names the pack \"{id}\"; there is none.", "Correct the id or add data/packs/" + id + ".json.");
            }
        }
    }

    private static Initiative Entry(Shape shape, Jurisdiction jurisdiction, MeasureList measures, Problems problems)
    {
        var id = shape.Text("id");
        var initiative = new Initiative
        {
            Id = id,
            Jurisdiction = jurisdiction,
            Line = shape.Line,
            Title = shape.Text("title"),
            TitleLocal = shape.OptionalText("titleLocal"),
            Kind = shape.OneOf("kind", Kinds),
            Status = shape.OneOf("status", Statuses),
            Adopted = Date(shape, "adopted", id, problems),
            InForce = Date(shape, "inForce", id, problems),
            Ended = Date(shape, "ended", id, problems),
            Supersedes = shape.Texts("supersedes"),
            Issuer = shape.OptionalText("issuer"),
            Procurement = shape.Boolean("procurement") ?? false,
            CoveredBuyers = shape.OptionalText("coveredBuyers"),
            CoveredSuppliers = shape.OptionalText("coveredSuppliers"),
            Thresholds = [.. shape.List("thresholds").Select(t => Threshold(new Shape(t, $"{id}, threshold", problems)))],
            Sectors = shape.Texts("sectors"),
            Measures = shape.Texts("measures"),
            Steps = shape.Texts("steps"),
            Risks = shape.Texts("risks"),
            Summary = shape.Text("summary"),
            Citation = shape.OptionalText("citation"),
            Source = shape.OptionalText("source"),
            Evidence = shape.OptionalText("evidence"),
            Checked = shape.OneOf("checked", "source", "memory"),
            Packs = shape.Texts("packs"),
        };
        foreach (var measure in initiative.Measures.Where(m => measures.Find(m) is null))
        {
            problems.Add(shape.Line, $"{id}: there is no measure \"{measure}\".", "Use an id of data/measures.json; nothing else is allowed.");
        }

        if (initiative.Measures.Count == 0)
        {
            problems.Add(shape.Line, $"{id} names no measure.", "Name at least one of data/measures.json; policy-commitment if it commits to nothing more.");
        }

        if (initiative.Sectors.Count == 0)
        {
            problems.Add(shape.Line, $"{id} names no sector.", "Write [\"all\"] if it is not about some industry.");
        }

        Known(initiative.Steps, VocabularyReader.Steps, "step", shape.Line, id, problems);
        Known(initiative.Risks, s_risks, "risk", shape.Line, id, problems);
        if (initiative is { Adopted: { } adopted, InForce: { } inForce } && inForce.Last < adopted.First && initiative.Kind is not ("law" or "regulation"))
        {
            problems.Add(shape.Line, $"{id} entered into force ({inForce}) before it was adopted ({adopted}).", "Correct one of the days.");
        }

        if (initiative.Ended is { } ended && (initiative.InForce ?? initiative.Adopted) is { } start && ended.Last < start.First)
        {
            problems.Add(shape.Line, $"{id} ended ({ended}) before it began ({start}).", "Correct one of the days.");
        }

        shape.Done();
        return initiative;
    }

    private static void Known(IReadOnlyList<string> values, string[] known, string what, int line, string id, Problems problems)
    {
        foreach (var value in values.Where(v => !known.Contains(v)))
        {
            problems.Add(line, $"{id}: there is no {what} \"{value}\".", $"There are {string.Join(", ", known)}.");
        }
    }

    private static PartialDate? Date(Shape shape, string key, string id, Problems problems)
    {
        if (shape.OptionalText(key) is not { Length: > 0 } text)
        {
            return null;
        }

        if (PartialDate.TryParse(text, out var date))
        {
            return date;
        }

        problems.Add(shape.Line, $"{id}: \"{key}\" is \"{text}\".", "Write a year (2024), a month (2024-11) or a day (2024-11-27), or leave it out if it is not known.");
        return null;
    }

    private static ThresholdNote Threshold(Shape shape)
    {
        var note = new ThresholdNote(shape.Number("amount") ?? 0, shape.OptionalText("currency"), shape.Text("basis"), shape.OptionalText("note"));
        shape.Done();
        return note;
    }
}
