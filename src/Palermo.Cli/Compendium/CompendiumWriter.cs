using System.Text;
using System.Text.Json;
using Palermo.Cli.Rules;
using Palermo.Identify.Output;
using Palermo.Knowledge.Compendium;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Output;

namespace Palermo.Cli.Compendium;

/// <summary>Writes entries of the compendium.</summary>
internal static class CompendiumWriter
{
    public static void Jurisdictions(CompendiumData data, bool json)
    {
        if (json)
        {
            using var output = Console.OpenStandardOutput();
            using var writer = new Utf8JsonWriter(output, JsonOut.Options);
            writer.WriteStartArray();
            foreach (var jurisdiction in data.Jurisdictions)
            {
                writer.WriteStartObject();
                writer.WriteString("code", jurisdiction.Code);
                writer.WriteString("name", jurisdiction.Name);
                writer.WriteString("level", jurisdiction.Level);
                writer.WriteNumber("entries", data.Initiatives.Count(i => i.Jurisdiction.Code == jurisdiction.Code));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.Flush();
            output.WriteByte((byte)'\n');
            return;
        }

        foreach (var level in data.Jurisdictions.GroupBy(j => j.Level))
        {
            Console.Out.WriteLine($"{level.Key}: {level.Count()}");
            foreach (var jurisdiction in level)
            {
                Console.Out.WriteLine($"  {jurisdiction.Code,-9} {jurisdiction.Name}: {data.Initiatives.Count(i => i.Jurisdiction.Code == jurisdiction.Code)}");
            }
        }

        Console.Out.WriteLine($"{data.Initiatives.Count} entries, {data.Initiatives.Count(i => i.IsVerified)} of them seen in their source.");
    }

    public static void Entries(IReadOnlyList<Initiative> entries, DateOnly asOf, bool json)
    {
        if (json)
        {
            using var output = Console.OpenStandardOutput();
            CompendiumJson.Json(output, entries, asOf);
            return;
        }

        foreach (var entry in entries)
        {
            Console.Out.WriteLine($"{entry.Id}: {entry.Title} ({entry.Jurisdiction.Name}, {entry.Kind}, {Wording.Of(entry.On(asOf))}{(entry.IsVerified ? "" : ", not yet verified")})");
            Console.Out.WriteLine($"  {entry.Summary}");
            Console.Out.WriteLine($"  {string.Join(", ", entry.Measures)}{(entry.Sectors is ["all"] ? "" : $"; sectors: {string.Join(", ", entry.Sectors)}")}");
        }

        Console.Out.WriteLine($"{entries.Count} entr{(entries.Count == 1 ? "y" : "ies")} as of {asOf:yyyy-MM-dd}.");
    }

    public static void Entry(Initiative entry, DateOnly asOf, RuleLibrary rules, bool json)
    {
        if (json)
        {
            using var output = Console.OpenStandardOutput();
            CompendiumJson.Json(output, [entry], asOf);
            return;
        }

        Console.Out.WriteLine($"# {entry.Title}");
        Console.Out.WriteLine();
        void Line(string name, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                Console.Out.WriteLine($"{name}: {text}");
            }
        }

        Line("Id", entry.Id);
        Line("Local title", entry.TitleLocal);
        Line("Jurisdiction", $"{entry.Jurisdiction.Name} ({entry.Jurisdiction.Code})");
        Line("Kind", entry.Kind);
        Line("Standing", $"{Wording.Of(entry.On(asOf))} as of {asOf:yyyy-MM-dd} (recorded {entry.Status} on {entry.Jurisdiction.Reviewed:yyyy-MM-dd})");
        Line("Adopted", entry.Adopted?.ToString());
        Line("In force", entry.InForce?.ToString());
        Line("Ended", entry.Ended?.ToString());
        Line("Supersedes", string.Join(", ", entry.Supersedes));
        Line("Issuer", entry.Issuer);
        Line("Covers buyers", entry.CoveredBuyers);
        Line("Covers suppliers", entry.CoveredSuppliers);
        Line("Thresholds", string.Join("; ", entry.Thresholds.Select(t => $"{t.Amount:#,##0.####} {t.Currency ?? ""} {t.Basis}{(t.Note is { } n ? $" ({n})" : "")}".Replace("  ", " ", StringComparison.Ordinal))));
        Line("Sectors", string.Join(", ", entry.Sectors));
        Line("Measures", string.Join("; ", entry.Measures.Select(m => $"{rules.Measures.Find(m)!.Title} ({m})")));
        Line("Due diligence", string.Join(", ", entry.Steps));
        Line("Risks", string.Join(", ", entry.Risks));
        Line("What it does", entry.Summary);
        Line("Citation", entry.Citation ?? "none found");
        Line("Official source", entry.Source ?? "none found");
        Line("Reported by", entry.Evidence);
        Line("Verified", entry.IsVerified ? "seen in its source" : "NOT YET VERIFIED: from memory; check the text before relying on it");
        Line("Runs as", string.Join(", ", entry.Packs.Select(p => rules.Packs.First(k => k.Id == p).Pin)));
    }
}
