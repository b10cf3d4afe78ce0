using System.Globalization;
using System.Text.Json;
using Palermo.Knowledge.Rules;

namespace Palermo.Prevent.Output;

/// <summary>Writes what is known of a tender as a facts file that can be edited and read again.</summary>
public static class FactsFile
{
    public static void Write(TenderFacts facts, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (facts.AsOf is { } day)
        {
            writer.WriteString("asOf", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        if (facts.Title.Length > 0)
        {
            writer.WriteString("title", facts.Title);
        }

        if (facts.Description.Length > 0)
        {
            writer.WriteString("description", facts.Description);
        }

        if (facts.FillIns.Count > 0)
        {
            writer.WriteStartObject("fillIns");
            foreach (var (name, value) in facts.FillIns.OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        FactWriter.WriteAll(facts.Facts, writer);
        if (facts.Rates.Count > 0)
        {
            writer.WriteStartArray("rates");
            foreach (var rate in facts.Rates)
            {
                writer.WriteStartObject();
                writer.WriteString("from", rate.From);
                writer.WriteString("to", rate.To);
                writer.WriteNumber("rate", rate.Rate);
                writer.WriteString("date", rate.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                writer.WriteString("source", rate.Source);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
