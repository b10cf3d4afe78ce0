using System.Text.Json;
using Palermo.Prevent.Harmonizing;

namespace Palermo.Prevent.Output;

/// <summary>A harmonized set as JSON.</summary>
public static class HarmonizedJson
{
    /// <summary>Writes a set.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="set">The set.</param>
    /// <param name="said">What it is a set of, in words.</param>
    public static void Write(Stream output, HarmonizedSet set, string said)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(set);
        using var writer = new Utf8JsonWriter(output, JsonOut.Options);
        writer.WriteStartObject();
        writer.WriteString("schema", "palermo.harmonized/1");
        writer.WriteString("of", said);
        writer.WriteStartArray("regimes");
        foreach (var pack in set.Packs)
        {
            writer.WriteStringValue(pack.Pin);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("measures");
        foreach (var measure in set.Measures())
        {
            writer.WriteStartObject();
            writer.WriteString("id", measure.Measure.Id);
            writer.WriteString("title", measure.Measure.Title);
            writer.WriteString("phase", measure.Measure.Phase);
            writer.WriteString("actor", measure.Measure.Actor);
            writer.WriteString("strength", Wording.Of(measure.Strength));
            writer.WriteStartArray("parameters");
            foreach (var parameter in measure.Parameters)
            {
                writer.WriteStartObject();
                writer.WriteString("name", parameter.Parameter.Name);
                writer.WritePropertyName("value");
                FactWriter.Write(parameter.Value, writer);
                writer.WriteString("unit", parameter.Parameter.Unit);
                JsonOut.Texts(writer, "from", parameter.From.Select(d => d.Provision.Id));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("demands");
            foreach (var demand in measure.Demands)
            {
                writer.WriteStartObject();
                writer.WriteString("regime", demand.Pack.Id);
                writer.WriteString("id", demand.Provision.Id);
                writer.WriteString("strength", Wording.Of(demand.Strength));
                writer.WriteString("citation", demand.Provision.Citation.ToString());
                writer.WriteString("checked", demand.Provision.Checked);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            JsonOut.Texts(writer, "evidence", measure.Evidence);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("conflicts");
        foreach (var conflict in set.Conflicts())
        {
            writer.WriteStartObject();
            writer.WriteString("measure", conflict.Measure);
            writer.WriteString("what", conflict.What);
            JsonOut.Texts(writer, "between", [$"{conflict.One.Pack.Id} {conflict.One.Provision.Id}: {conflict.One.Provision.Citation}", $"{conflict.Other.Pack.Id} {conflict.Other.Provision.Id}: {conflict.Other.Provision.Citation}"]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("costs");
        foreach (var cost in set.Costs())
        {
            writer.WriteStartObject();
            writer.WriteString("regime", cost.Pack.Id);
            JsonOut.Texts(writer, "new", cost.New.Select(m => m.Measure.Id));
            JsonOut.Texts(writer, "stronger", cost.Stronger.Select(s => s.Measure.Measure.Id));
            JsonOut.Texts(writer, "stricter", cost.Stricter.Select(s => $"{s.Measure.Measure.Id}.{s.Parameter.Parameter.Name}"));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }
}
