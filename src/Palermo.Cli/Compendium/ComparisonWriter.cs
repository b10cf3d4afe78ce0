using System.Text.Json;
using Palermo.Cli.Rules;
using Palermo.Knowledge.Compendium;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Output;

namespace Palermo.Cli.Compendium;

/// <summary>Writes comparisons, gaps and counts.</summary>
internal static class ComparisonWriter
{
    private const int ShownWhoHave = 8;
    private const string Remark = "As far as the compendium knows: an empty cell means that no entry is known, not that there is none.";

    public static void Compare(CompendiumData data, MeasureList measures, Jurisdiction[] who, IReadOnlyList<string> only, DateOnly day, bool procurementOnly, string format)
    {
        var rows = measures.All.Where(m => only.Count == 0 || only.Contains(m.Id))
            .Select(m => (Measure: m, Cells: who.Select(j => Comparison.Of(data, j.Code, m.Id, day, procurementOnly)).ToArray()))
            .Where(r => only.Count > 0 || r.Cells.Any(c => c.Entries.Count > 0)).ToArray();
        if (format == "json")
        {
            ConsoleJson.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("asOf", Day(day));
                writer.WriteStartArray("measures");
                foreach (var (measure, cells) in rows)
                {
                    writer.WriteStartObject();
                    writer.WriteString("id", measure.Id);
                    foreach (var (jurisdiction, cell) in who.Zip(cells))
                    {
                        writer.WriteStartObject(jurisdiction.Code);
                        Has(writer, cell.Has);
                        JsonOut.Texts(writer, "entries", cell.Entries.Select(e => e.Id));
                        writer.WriteEndObject();
                    }

                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }

        Console.Out.WriteLine($"As of {Day(day)}{(procurementOnly ? ", public purchasing only" : "")}. {Remark}");
        Console.Out.WriteLine();
        Console.Out.WriteLine($"| measure | {string.Join(" | ", who.Select(j => j.Name))} |");
        Console.Out.WriteLine($"|---|{string.Concat(who.Select(_ => "---|"))}");
        foreach (var (measure, cells) in rows)
        {
            Console.Out.WriteLine($"| {measure.Title} ({measure.Id}) | {string.Join(" | ", cells.Select(Cell))} |");
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine("Entries:");
        foreach (var entry in rows.SelectMany(r => r.Cells).SelectMany(c => c.Entries).DistinctBy(e => e.Id).OrderBy(e => e.Id, StringComparer.Ordinal))
        {
            Console.Out.WriteLine($"- {entry.Id}: {entry.Title}{(entry.Citation is { } c ? $". {c}" : "")}{(entry.Source is { } s ? $" <{s}>" : "")}{(entry.IsVerified ? "" : " [not yet verified]")}");
        }
    }

    public static void Gaps(CompendiumData data, MeasureList measures, Jurisdiction who, IReadOnlyList<string> set, string said, DateOnly day, bool procurementOnly, string format)
    {
        var rows = set.Select(id => (Measure: measures.Find(id)!, Own: Comparison.Of(data, who.Code, id, day, procurementOnly), Others: Comparison.Count(data, id, day, "state-or-territory", procurementOnly).Had.Where(j => j.Code != who.Code).ToArray())).ToArray();
        if (format == "json")
        {
            ConsoleJson.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("jurisdiction", who.Code);
                writer.WriteString("against", said);
                writer.WriteString("asOf", Day(day));
                writer.WriteStartArray("measures");
                foreach (var (measure, own, others) in rows)
                {
                    writer.WriteStartObject();
                    writer.WriteString("id", measure.Id);
                    Has(writer, own.Has);
                    JsonOut.Texts(writer, "entries", own.Entries.Select(e => e.Id));
                    JsonOut.Texts(writer, "statesThatHaveIt", others.Select(j => j.Code));
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }

        Console.Out.WriteLine($"# {who.Name} against {said}");
        Console.Out.WriteLine();
        Console.Out.WriteLine($"As of {Day(day)}{(procurementOnly ? ", public purchasing only" : "")}. {rows.Count(r => r.Own.Has == true)} of {rows.Length} measures are there. {Remark}");
        foreach (var (has, title) in new (bool?, string)[] { (false, "Missing"), (null, "Not settled by the dates collected"), (true, "There") })
        {
            var some = rows.Where(r => r.Own.Has == has).ToArray();
            if (some.Length == 0)
            {
                continue;
            }

            Console.Out.WriteLine();
            Console.Out.WriteLine($"## {title}");
            Console.Out.WriteLine();
            foreach (var (measure, own, others) in some)
            {
                Console.Out.WriteLine($"- **{measure.Title}** ({measure.Id}): {measure.Definition}");
                if (own.Entries.Count > 0)
                {
                    Console.Out.WriteLine($"  {string.Join("; ", own.Entries.Select(Cited))}");
                }

                if (has != true)
                {
                    Console.Out.WriteLine(others.Length == 0 ? "  No State of the compendium has it." : $"  {others.Length} State{(others.Length > 1 ? "s have" : " has")} it: {string.Join(", ", others.Select(j => j.Name).Take(20))}{(others.Length > 20 ? " …" : "")}. Such as {string.Join("; ", others.SelectMany(j => Comparison.Of(data, j.Code, measure.Id, day, procurementOnly).Entries.Where(e => e.On(day) == Standing.InForce).Take(1)).OrderByDescending(e => e.IsVerified).ThenBy(e => e.Id, StringComparer.Ordinal).Take(3).Select(Cited))}.");
                }
            }
        }
    }

    public static void Count(CompendiumData data, MeasureList measures, IReadOnlyList<string> ids, int from, int to, DateOnly today, string level, bool procurementOnly, bool names, string format)
    {
        var all = data.Jurisdictions.Count(j => j.Level == level);
        DateOnly End(int year) => year == today.Year ? today : new DateOnly(year, 12, 31);
        var years = Enumerable.Range(from, to - from + 1).Select(y => (Year: y, Counts: ids.Select(id => Comparison.Count(data, id, End(y), level, procurementOnly)).ToArray())).ToArray();
        if (format == "json")
        {
            ConsoleJson.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("level", level);
                writer.WriteNumber("of", all);
                writer.WriteStartArray("years");
                foreach (var (year, counts) in years)
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("year", year);
                    writer.WriteString("asOf", Day(End(year)));
                    foreach (var (id, (had, open)) in ids.Zip(counts))
                    {
                        writer.WriteStartObject(id);
                        writer.WriteNumber("had", had.Count);
                        writer.WriteNumber("notSettled", open.Count);
                        JsonOut.Texts(writer, "jurisdictions", had.Select(j => j.Code));
                        writer.WriteEndObject();
                    }

                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }

        Console.Out.WriteLine($"How many of the {all} jurisdictions of the compendium at the level {level} had the measure in force at the end of the year{(procurementOnly ? " (entries on public purchasing)" : "")}; behind the plus, those whose dates do not settle it. Laws of the European Union count for the Union, not for its members.");
        Console.Out.WriteLine();
        Console.Out.WriteLine($"| year | {string.Join(" | ", ids.Select(i => measures.Find(i)!.Title + " (" + i + ")"))} |");
        Console.Out.WriteLine($"|---|{string.Concat(ids.Select(_ => "---:|"))}");
        foreach (var (year, counts) in years)
        {
            Console.Out.WriteLine($"| {(year == today.Year ? Day(today) : year)} | {string.Join(" | ", counts.Select(c => c.Open.Count == 0 ? $"{c.Had.Count}" : $"{c.Had.Count} + {c.Open.Count}"))} |");
        }

        foreach (var (id, (had, _)) in names ? ids.Zip(years[^1].Counts) : [])
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine($"{id}: {string.Join(", ", had.Select(j => j.Name))}.");
        }
    }

    private static string Cell(Coverage coverage) => coverage.Has switch
    {
        true => string.Join(", ", coverage.Entries.Select(e => e.Id + (e.IsVerified ? "" : "*")).Take(ShownWhoHave)),
        null => $"not settled: {string.Join(", ", coverage.Entries.Select(e => e.Id).Take(3))}",
        _ => "",
    };

    private static string Cited(Initiative entry) => $"{entry.Title} ({entry.Jurisdiction.Code}{(entry.Citation is { } c ? $", {c}" : "")}{(entry.IsVerified ? "" : ", not yet verified")})";

    private static void Has(Utf8JsonWriter writer, bool? has)
    {
        if (has is { } known)
        {
            writer.WriteBoolean("has", known);
        }
        else
        {
            writer.WriteString("has", "unknown");
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", null);
}
