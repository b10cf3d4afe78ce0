using System.Text;
using System.Text.Json;
using Palermo.Identify.Output;
using Palermo.Knowledge.Compendium;

namespace Palermo.Prevent.Output;

/// <summary>Entries of the compendium for programs and spreadsheets.</summary>
public static class CompendiumJson
{
    private static readonly string[] s_columns = ["id", "jurisdiction", "jurisdictionName", "level", "title", "titleLocal", "kind", "standing", "asOf", "status", "adopted", "inForce", "ended", "issuer", "procurement", "coveredBuyers", "coveredSuppliers", "sectors", "measures", "steps", "risks", "summary", "citation", "source", "evidence", "checked", "packs"];

    /// <summary>Entries as CSV, with a byte order mark for spreadsheets.</summary>
    public static void Csv(Stream output, IReadOnlyList<Initiative> entries, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var text = new StringBuilder("\uFEFF" + string.Join(",", s_columns) + "\r\n");
        foreach (var e in entries)
        {
            string[] cells = [e.Id, e.Jurisdiction.Code, e.Jurisdiction.Name, e.Jurisdiction.Level, e.Title, e.TitleLocal ?? "", e.Kind, Wording.Of(e.On(asOf)), asOf.ToString("yyyy-MM-dd", null), e.Status, e.Adopted?.Text ?? "", e.InForce?.Text ?? "", e.Ended?.Text ?? "", e.Issuer ?? "", e.Procurement ? "yes" : "no", e.CoveredBuyers ?? "", e.CoveredSuppliers ?? "", string.Join("; ", e.Sectors), string.Join("; ", e.Measures), string.Join("; ", e.Steps), string.Join("; ", e.Risks), e.Summary, e.Citation ?? "", e.Source ?? "", e.Evidence ?? "", e.Checked, string.Join("; ", e.Packs)];
            text.AppendJoin(',', cells.Select(AssessmentCsv.Cell)).Append("\r\n");
        }

        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Entries as an array.</summary>
    public static void Json(Stream output, IReadOnlyList<Initiative> entries, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(entries);
        using var writer = new Utf8JsonWriter(output, JsonOut.Options);
        writer.WriteStartArray();
        foreach (var entry in entries)
        {
            JsonSerializer.Serialize(writer, EntryDocument.Of(entry, asOf), EntryJson.Default.EntryDocument);
        }

        writer.WriteEndArray();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }
}
