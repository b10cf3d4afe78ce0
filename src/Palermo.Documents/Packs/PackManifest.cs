using System.Globalization;
using System.Text;
using System.Text.Json;
using Palermo.Knowledge.Clauses;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Output;

namespace Palermo.Documents.Packs;

/// <summary>What a pack was drawn up from and what was chosen, as JSON: beside the documents, and kept inside each DOCX.</summary>
public static class PackManifest
{
    public const string Schema = "palermo.tender-pack/1";

    public static string Write(TenderPack pack)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonOut.Options))
        {
            Write(pack, writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(TenderPack pack, Utf8JsonWriter writer)
    {
        var input = pack.Input;
        writer.WriteStartObject();
        writer.WriteString("schema", Schema);
        writer.WriteString("date", input.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("language", input.Language);
        writer.WriteString("dataEdition", input.Catalogue.Edition);
        writer.WriteStartObject("risk");
        writer.WriteString("level", pack.Risk.Level.ToString().ToLowerInvariant());
        writer.WriteString("how", pack.Risk.How);
        JsonOut.Texts(writer, "sectors", pack.Risk.Sectors);
        JsonOut.Texts(writer, "harms", pack.Risk.Harms);
        writer.WriteEndObject();
        writer.WriteBoolean("light", pack.IsLight);
        JsonOut.Texts(writer, "include", input.Include);
        JsonOut.Texts(writer, "exclude", input.Exclude);
        writer.WritePropertyName("tender");
        FactsFile.Write(input.Facts, writer);
        writer.WriteStartArray("packs");
        foreach (var bound in pack.Demands.Select(d => d.Demand.Pack).DistinctBy(p => p.Id))
        {
            writer.WriteStartObject();
            writer.WriteString("id", bound.Id);
            writer.WriteString("version", bound.Version);
            writer.WriteString("hash", bound.Hash);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("texts");
        foreach (var text in pack.Texts)
        {
            writer.WriteStartObject();
            writer.WriteString("id", text.Block.Id);
            writer.WriteNumber("version", text.Block.Version);
            writer.WriteString("wording", ClauseLibrary.Hash(input.Clauses.Languages[input.Language].Texts[text.Block.Id]));
            writer.WriteString("why", text.Why.ToString().ToLowerInvariant());
            writer.WriteBoolean("light", text.IsLight);
            Provisions(writer, text.Demands);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("questionnaire");
        writer.WriteString("hash", pack.Questionnaire.Hash);
        writer.WriteNumber("weight", pack.Questionnaire.Weight);
        JsonOut.Texts(writer, "questions", pack.Questionnaire.Questions.Select(q => q.Question.Id));
        writer.WriteEndObject();
        writer.WriteStartObject("fillIns");
        foreach (var fill in pack.FillIns.Values)
        {
            writer.WriteStartObject(fill.FillIn.Id);
            writer.WriteString("value", fill.Value);
            writer.WriteString("from", fill.From);
            if (fill.From == "rule")
            {
                JsonOut.Texts(writer, "provisions", fill.Demands.Select(d => d.Provision.Id).Distinct(StringComparer.Ordinal));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartArray("calendar");
        foreach (var item in pack.Calendar)
        {
            writer.WriteStartObject();
            writer.WriteString("id", item.Entry.Id);
            writer.WriteString("title", item.Title);
            if (item.Day is { } day)
            {
                writer.WriteString("date", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            }

            writer.WriteString("anchor", item.Entry.Anchor);
            writer.WriteNumber("after", item.After);
            writer.WriteString("unit", item.Entry.Unit);
            if (item.EveryMonths > 0)
            {
                writer.WriteNumber("everyMonths", item.EveryMonths);
            }

            Provisions(writer, item.Demands);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("warnings");
        foreach (var warning in pack.Warnings)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", warning.Kind);
            writer.WriteString("subject", warning.Subject);
            writer.WriteString("detail", warning.Detail);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        JsonOut.Texts(writer, "open", input.Ruling.Questions.Select(q => q.Need));
        writer.WriteEndObject();
    }

    private static void Provisions(Utf8JsonWriter writer, IReadOnlyList<BoundDemand> demands)
    {
        writer.WriteStartArray("obligations");
        foreach (var demand in demands.DistinctBy(d => (d.Demand.Pack.Id, d.Demand.Provision.Id)))
        {
            writer.WriteStartObject();
            writer.WriteString("id", demand.Demand.Provision.Id);
            writer.WriteString("strength", Wording.Of(demand.Demand.Strength));
            writer.WriteString("citation", demand.Demand.Provision.Citation.ToString());
            writer.WriteString("checked", demand.Demand.Provision.Checked);
            writer.WriteString("pack", demand.Demand.Pack.Pin);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
