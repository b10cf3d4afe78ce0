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
    /// <param name="writer">Where to.</param>
    /// <param name="assessment">The assessment.</param>
    /// <param name="more">Writes members of another wing at its end; null for none.</param>
    public static void Write(Utf8JsonWriter writer, Assessment assessment, Action<Utf8JsonWriter>? more = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(assessment);
        writer.WriteStartObject();
        writer.WriteString(Names.Ocid, assessment.Ocid.Value);
        Optional(writer, Names.Date, assessment.Date);
        Optional(writer, Names.Title, assessment.Title);
        writer.WriteStartObject(Names.Buyer);
        Optional(writer, Names.Id, assessment.BuyerId);
        Optional(writer, Names.Name, assessment.BuyerName);
        writer.WriteEndObject();
        writer.WriteStartArray(Names.Suppliers);
        for (var i = 0; i < assessment.Suppliers.Count; i++)
        {
            writer.WriteStringValue(assessment.Suppliers[i].Span);
        }

        writer.WriteEndArray();
        Strings(writer, Names.Countries, assessment.Countries);
        if (assessment.Value is { } value)
        {
            writer.WriteStartObject(Names.Value);
            writer.WriteNumber(Names.Amount, value.Amount);
            Optional(writer, Names.Currency, value.Currency);
            writer.WriteEndObject();
        }

        writer.WriteString(Names.Salience, assessment.Salience.Name());
        writer.WriteString(Names.Explanation, assessment.Explanation);
        writer.WriteStartArray(Names.Findings);
        for (var i = 0; i < assessment.Findings.Count; i++)
        {
            Write(writer, assessment.Findings[i]);
        }

        writer.WriteEndArray();
        writer.WriteStartArray(Names.Unknowns);
        for (var i = 0; i < assessment.Unknowns.Count; i++)
        {
            var unknown = assessment.Unknowns[i];
            if (unknown.Encoded is { } encoded)
            {
                writer.WriteRawValue(encoded, skipInputValidation: true);
            }
            else
            {
                Write(writer, unknown);
            }
        }

        writer.WriteEndArray();
        writer.WriteStartObject(Names.Source);
        writer.WriteString(Names.File, assessment.Origin.File);
        writer.WriteNumber(Names.Line, assessment.Origin.Line);
        writer.WriteNumber(Names.Offset, assessment.Origin.Offset);
        writer.WriteNumber(Names.Pieces, assessment.Origin.Pieces);
        writer.WriteEndObject();
        more?.Invoke(writer);
        writer.WriteEndObject();
    }

    internal static byte[] Encode(Unknown unknown)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, WriterOptions))
        {
            Write(writer, unknown);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Unknown unknown)
    {
        writer.WriteStartObject();
        writer.WriteString(Names.Indicator, unknown.Indicator);
        writer.WriteBoolean(Names.Partly, unknown.Partly);
        writer.WriteString(Names.Reason, unknown.Reason);
        Strings(writer, Names.Missing, unknown.Missing);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString(Names.Indicator, finding.Indicator);
        writer.WriteString(Names.Level, finding.Level.Name());
        writer.WriteString(Names.Severity, Lower(finding.Severity));
        writer.WriteString(Names.Likelihood, Lower(finding.Likelihood));
        writer.WriteString(Names.Subject, finding.Subject);
        Optional(writer, Names.Country, finding.Country);
        writer.WriteString(Names.Path, finding.Path);
        writer.WriteString(Names.Evidence, finding.Evidence);
        writer.WriteString(Names.Sentence, finding.Sentence);
        writer.WriteString(Names.Question, finding.Question);
        Strings(writer, Names.Sources, finding.Sources);
        writer.WriteBoolean(Names.Verified, finding.Verified);
        writer.WriteNumber(Names.Occurrences, finding.Occurrences);
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

    private static void Optional(Utf8JsonWriter writer, JsonEncodedText name, string value)
    {
        if (value.Length > 0)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Optional(Utf8JsonWriter writer, JsonEncodedText name, Utf8Text value)
    {
        if (!value.IsEmpty)
        {
            writer.WriteString(name, value.Span);
        }
    }

    private static void Strings(Utf8JsonWriter writer, JsonEncodedText name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        for (var i = 0; i < values.Count; i++)
        {
            writer.WriteStringValue(values[i]);
        }

        writer.WriteEndArray();
    }

    // Encoded once, not for every line.
    private static class Names
    {
        public static readonly JsonEncodedText Amount = JsonEncodedText.Encode("amount");
        public static readonly JsonEncodedText Buyer = JsonEncodedText.Encode("buyer");
        public static readonly JsonEncodedText Circumstance = JsonEncodedText.Encode("circumstance");
        public static readonly JsonEncodedText Countries = JsonEncodedText.Encode("countries");
        public static readonly JsonEncodedText Country = JsonEncodedText.Encode("country");
        public static readonly JsonEncodedText Currency = JsonEncodedText.Encode("currency");
        public static readonly JsonEncodedText Date = JsonEncodedText.Encode("date");
        public static readonly JsonEncodedText Evidence = JsonEncodedText.Encode("evidence");
        public static readonly JsonEncodedText Explanation = JsonEncodedText.Encode("explanation");
        public static readonly JsonEncodedText File = JsonEncodedText.Encode("file");
        public static readonly JsonEncodedText Findings = JsonEncodedText.Encode("findings");
        public static readonly JsonEncodedText Grave = JsonEncodedText.Encode("grave");
        public static readonly JsonEncodedText Gravest = JsonEncodedText.Encode("gravest");
        public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
        public static readonly JsonEncodedText Indicated = JsonEncodedText.Encode("indicated");
        public static readonly JsonEncodedText Indicator = JsonEncodedText.Encode("indicator");
        public static readonly JsonEncodedText Level = JsonEncodedText.Encode("level");
        public static readonly JsonEncodedText Likelihood = JsonEncodedText.Encode("likelihood");
        public static readonly JsonEncodedText Line = JsonEncodedText.Encode("line");
        public static readonly JsonEncodedText Missing = JsonEncodedText.Encode("missing");
        public static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
        public static readonly JsonEncodedText Occurrences = JsonEncodedText.Encode("occurrences");
        public static readonly JsonEncodedText Ocid = JsonEncodedText.Encode("ocid");
        public static readonly JsonEncodedText Offset = JsonEncodedText.Encode("offset");
        public static readonly JsonEncodedText Partly = JsonEncodedText.Encode("partly");
        public static readonly JsonEncodedText Path = JsonEncodedText.Encode("path");
        public static readonly JsonEncodedText Pieces = JsonEncodedText.Encode("pieces");
        public static readonly JsonEncodedText Possible = JsonEncodedText.Encode("possible");
        public static readonly JsonEncodedText Question = JsonEncodedText.Encode("question");
        public static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");
        public static readonly JsonEncodedText Salience = JsonEncodedText.Encode("salience");
        public static readonly JsonEncodedText Sentence = JsonEncodedText.Encode("sentence");
        public static readonly JsonEncodedText Serious = JsonEncodedText.Encode("serious");
        public static readonly JsonEncodedText Severity = JsonEncodedText.Encode("severity");
        public static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
        public static readonly JsonEncodedText Sources = JsonEncodedText.Encode("sources");
        public static readonly JsonEncodedText Stated = JsonEncodedText.Encode("stated");
        public static readonly JsonEncodedText Subject = JsonEncodedText.Encode("subject");
        public static readonly JsonEncodedText Suppliers = JsonEncodedText.Encode("suppliers");
        public static readonly JsonEncodedText Title = JsonEncodedText.Encode("title");
        public static readonly JsonEncodedText Unknowns = JsonEncodedText.Encode("unknowns");
        public static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
        public static readonly JsonEncodedText Verified = JsonEncodedText.Encode("verified");
    }
}
