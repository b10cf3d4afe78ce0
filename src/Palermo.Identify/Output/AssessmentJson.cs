using System.Text.Encodings.Web;
using System.Text.Json;
using Palermo.Procurement;

namespace Palermo.Identify.Output;

/// <summary>An assessment as one JSON object; <c>docs/schemas/assessment.schema.json</c> describes it.</summary>
public static class AssessmentJson
{
    /// <summary>How the writer is to be set up: letters of all scripts as they are.</summary>
    public static JsonWriterOptions WriterOptions => new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes an assessment.</summary>
    public static void Write(Utf8JsonWriter writer, Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(assessment);
        writer.WriteStartObject();
        writer.WriteString("ocid"u8, assessment.Ocid.Value);
        Optional(writer, "date"u8, assessment.Date);
        Optional(writer, "title"u8, assessment.Title);
        writer.WriteStartObject("buyer"u8);
        Optional(writer, "id"u8, assessment.BuyerId);
        Optional(writer, "name"u8, assessment.BuyerName);
        writer.WriteEndObject();
        writer.WriteStartArray("suppliers"u8);
        foreach (var supplier in assessment.Suppliers)
        {
            writer.WriteStringValue(supplier.Span);
        }

        writer.WriteEndArray();
        Strings(writer, "countries"u8, assessment.Countries);
        if (assessment.Value is { } value)
        {
            writer.WriteStartObject("value"u8);
            writer.WriteNumber("amount"u8, value.Amount);
            Optional(writer, "currency"u8, value.Currency);
            writer.WriteEndObject();
        }

        writer.WriteString("salience"u8, assessment.Salience.Name());
        writer.WriteString("explanation"u8, assessment.Explanation);
        writer.WriteStartArray("findings"u8);
        foreach (var finding in assessment.Findings)
        {
            Write(writer, finding);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("unknowns"u8);
        foreach (var unknown in assessment.Unknowns)
        {
            writer.WriteStartObject();
            writer.WriteString("indicator"u8, unknown.Indicator);
            writer.WriteBoolean("partly"u8, unknown.Partly);
            writer.WriteString("reason"u8, unknown.Reason);
            Strings(writer, "missing"u8, unknown.Missing);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("source"u8);
        writer.WriteString("file"u8, assessment.Origin.File);
        writer.WriteNumber("line"u8, assessment.Origin.Line);
        writer.WriteNumber("offset"u8, assessment.Origin.Offset);
        writer.WriteNumber("pieces"u8, assessment.Origin.Pieces);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("indicator"u8, finding.Indicator);
        writer.WriteString("level"u8, finding.Level.Name());
        writer.WriteString("severity"u8, Lower(finding.Severity));
        writer.WriteString("likelihood"u8, Lower(finding.Likelihood));
        writer.WriteString("subject"u8, finding.Subject);
        Optional(writer, "country"u8, finding.Country);
        writer.WriteString("path"u8, finding.Path);
        writer.WriteString("evidence"u8, finding.Evidence);
        writer.WriteString("sentence"u8, finding.Sentence);
        writer.WriteString("question"u8, finding.Question);
        Strings(writer, "sources"u8, finding.Sources);
        writer.WriteBoolean("verified"u8, finding.Verified);
        writer.WriteNumber("occurrences"u8, finding.Occurrences);
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Lower(Severity severity) => severity switch
    {
        Severity.Circumstance => "circumstance"u8,
        Severity.Serious => "serious"u8,
        Severity.Grave => "grave"u8,
        _ => "gravest"u8,
    };

    private static ReadOnlySpan<byte> Lower(Likelihood likelihood) => likelihood switch
    {
        Likelihood.Possible => "possible"u8,
        Likelihood.Indicated => "indicated"u8,
        _ => "stated"u8,
    };

    private static void Optional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string value)
    {
        if (value.Length > 0)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Optional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Utf8Text value)
    {
        if (!value.IsEmpty)
        {
            writer.WriteString(name, value.Span);
        }
    }

    private static void Strings(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
