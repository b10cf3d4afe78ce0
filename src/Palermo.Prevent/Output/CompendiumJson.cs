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
            Json(writer, entry, asOf);
        }

        writer.WriteEndArray();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    /// <summary>An entry as an object.</summary>
    public static void Json(Utf8JsonWriter writer, Initiative entry, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(entry);
        void Text(string name, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                writer.WriteString(name, text);
            }
        }

        writer.WriteStartObject();
        Text("id", entry.Id);
        Text("jurisdiction", entry.Jurisdiction.Code);
        Text("jurisdictionName", entry.Jurisdiction.Name);
        Text("title", entry.Title);
        Text("titleLocal", entry.TitleLocal);
        Text("kind", entry.Kind);
        Text("standing", Wording.Of(entry.On(asOf)));
        Text("asOf", asOf.ToString("yyyy-MM-dd", null));
        Text("status", entry.Status);
        Text("adopted", entry.Adopted?.Text);
        Text("inForce", entry.InForce?.Text);
        Text("ended", entry.Ended?.Text);
        Text("issuer", entry.Issuer);
        writer.WriteBoolean("procurement", entry.Procurement);
        Text("coveredBuyers", entry.CoveredBuyers);
        Text("coveredSuppliers", entry.CoveredSuppliers);
        JsonOut.Texts(writer, "sectors", entry.Sectors);
        JsonOut.Texts(writer, "measures", entry.Measures);
        JsonOut.Texts(writer, "steps", entry.Steps);
        JsonOut.Texts(writer, "risks", entry.Risks);
        Text("summary", entry.Summary);
        Text("citation", entry.Citation);
        Text("source", entry.Source);
        Text("evidence", entry.Evidence);
        Text("checked", entry.Checked);
        JsonOut.Texts(writer, "packs", entry.Packs);
        writer.WriteEndObject();
    }
}
