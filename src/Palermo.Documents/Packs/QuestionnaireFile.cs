using System.Text;
using System.Text.Json;
using Palermo.Knowledge.Clauses;
using Palermo.Prevent.Drafting;

namespace Palermo.Documents.Packs;

/// <summary>The questionnaire as a form that bidders fill in: JSON for programs, CSV for a spreadsheet.</summary>
public static class QuestionnaireFile
{
    public const string Schema = "palermo.answers/1";

    public static void Write(TenderPack pack, Utf8JsonWriter writer)
    {
        var texts = pack.Input.Clauses.Languages[pack.Input.Language].Texts;
        writer.WriteStartObject();
        writer.WriteString("schema", Schema);
        writer.WriteString("questionnaire", pack.Questionnaire.Hash);
        writer.WriteString("bidder", "");
        writer.WriteNull("price");
        writer.WriteStartArray("questions");
        foreach (var question in pack.Questionnaire.Questions.Select(q => q.Question))
        {
            var text = texts[question.Id];
            writer.WriteStartObject();
            writer.WriteString("id", question.Id);
            writer.WriteString("title", text.Title);
            writer.WriteString("question", string.Join(' ', text.Main.Select(p => p.Text)));
            writer.WriteString("answer", Word(question.Answer));
            writer.WriteString("kind", question.Kind.ToString().ToLowerInvariant());
            if (question.Points > 0)
            {
                writer.WriteNumber("points", question.Points);
            }

            writer.WriteBoolean("evidence", question.Evidence);
            if (question.When is { } when)
            {
                writer.WriteString("when", $"{when.Left[0]} {when.Sign} {when.Right}");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("answers");
        foreach (var question in pack.Questionnaire.Questions)
        {
            writer.WriteStartObject(question.Question.Id);
            writer.WriteNull("answer");
            if (question.Question.Evidence)
            {
                writer.WriteStartArray("evidence");
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static string Csv(TenderPack pack)
    {
        var texts = pack.Input.Clauses.Languages[pack.Input.Language].Texts;
        var csv = new StringBuilder("\uFEFFid,question,kind,answer,evidence\n"); // the mark tells spreadsheets that this is UTF-8
        void Row(params ReadOnlySpan<string> cells)
        {
            var first = true;
            foreach (var cell in cells)
            {
                csv.Append(first ? "" : ",").Append(cell.AsSpan().ContainsAny(",\"\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell);
                first = false;
            }

            csv.Append('\n');
        }

        Row("questionnaire", pack.Questionnaire.Hash, "", pack.Questionnaire.Hash, "");
        Row("bidder", "", "", "", "");
        Row("price", "", "", "", "");
        foreach (var question in pack.Questionnaire.Questions.Select(q => q.Question))
        {
            Row(question.Id, string.Join(' ', texts[question.Id].Main.Select(p => p.Text)), $"{Word(question.Answer)}; {question.Kind.ToString().ToLowerInvariant()}", "", "");
        }

        return csv.ToString();
    }

    public static string Word(AnswerType type) => type == AnswerType.YesNo ? "yes-no" : type.ToString().ToLowerInvariant();
}
