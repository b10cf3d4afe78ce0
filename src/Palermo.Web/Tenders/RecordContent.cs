using System.Text;
using System.Text.Json;
using Palermo.Identify.Output;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Gaps;
using Palermo.Prevent.Output;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Hosting;

namespace Palermo.Web.Tenders;

/// <summary>The assessment record: everything a decision rested on that day, in one document that is never changed. docs/schemas/assessment-record.schema.json describes it.</summary>
internal static class RecordContent
{
    /// <summary>Writes it.</summary>
    public static string Write(OpenTender tender, string organization, int number, Actor by, DateTimeOffset at, KnowledgeBase knowledge, IReadOnlyList<SafeguardGap>? gaps)
    {
        using var stream = new MemoryStream();
        JsonOut.Write(stream, w =>
        {
            w.WriteStartObject();
            w.WriteString("schema", "palermo.assessment-record/1");
            w.WriteNumber("number", number);
            w.WriteString("madeAt", LedgerHash.Text(at));
            w.WriteString("madeBy", by.Name);
            w.WriteString("asOf", tender.Pack.Input.Day.ToString("yyyy-MM-dd", null));
            w.WriteStartObject("tender");
            w.WriteString("id", tender.Row.Id);
            w.WriteString("reference", tender.Row.Reference);
            w.WriteString("title", tender.Row.Title);
            w.WriteString("organization", organization);
            w.WriteString("responsible", tender.Responsible);
            w.WriteEndObject();
            w.WriteStartObject("editions");
            w.WriteString("data", knowledge.Catalogue.Edition);
            w.WriteString("rules", knowledge.Rules.Edition);
            w.WriteString("program", ProgramVersion.Text);
            w.WriteEndObject();
            w.WritePropertyName("facts");
            FactsFile.Write(tender.Facts, w);
            w.WriteStartObject("risk");
            w.WriteString("level", tender.Pack.Risk.Level.ToString().ToLowerInvariant());
            w.WriteString("how", tender.Pack.Risk.How);
            w.WritePropertyName("screening");
            if (tender.Pack.Input.Assessment is { } assessment)
            {
                AssessmentJson.Write(w, assessment);
            }
            else
            {
                w.WriteNullValue();
            }

            w.WriteEndObject();
            w.WritePropertyName("rules");
            using (var rules = new MemoryStream())
            {
                RulesJson.Write(rules, tender.Row.Id.ToString(), tender.Pack.Input.Facts, tender.Pack.Input.Ruling, gaps, explain: false);
                w.WriteRawValue(rules.ToArray());
            }

            w.WriteStartArray("unknown");
            foreach (var question in Relevance.Near(tender.Pack.Input))
            {
                w.WriteStartObject();
                w.WriteString("fact", question.Need);
                w.WriteString("question", question.Text);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteStartArray("decisions");
            foreach (var decision in tender.Decisions.Values.OrderBy(d => d.Subject, StringComparer.Ordinal))
            {
                Write(w, decision);
            }

            w.WriteEndArray();
            w.WriteEndObject();
        });
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter w, TenderReason decision)
    {
        w.WriteStartObject();
        w.WriteString("subject", decision.Subject);
        w.WriteString("choice", decision.Choice);
        w.WriteString("reason", decision.Reason);
        w.WriteString("by", decision.ByName);
        w.WriteString("at", LedgerHash.Text(decision.At));
        w.WriteEndObject();
    }
}
