using System.Text;
using System.Text.Json;
using Palermo.Documents.Reading;
using Palermo.Tables;

namespace Palermo.Web.Suppliers;

/// <summary>Reads a questionnaire as a supplier returned it: the JSON, CSV or DOCX of a tender pack, filled in.</summary>
internal static class AnswersFile
{
    private const int LongestAnswer = 10_000;

    /// <summary>Answers by question; null if the file holds none.</summary>
    public static IReadOnlyDictionary<string, string>? Read(string name, byte[] content)
    {
        var all = Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".json" => Json(content),
            ".docx" => Docx(name, content),
            ".csv" => Csv(content),
            _ => null,
        };
        var questions = all?.Where(a => a.Key.StartsWith("question.", StringComparison.Ordinal) && a.Value.Trim().Length > 0).ToDictionary(a => a.Key, a => a.Value.Trim() is var text && text.Length > LongestAnswer ? text[..LongestAnswer] : text, StringComparer.Ordinal);
        return questions is { Count: > 0 } ? questions : null;
    }

    private static Dictionary<string, string>? Json(byte[] content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("answers", out var answers) || answers.ValueKind != JsonValueKind.Object ? null
                : answers.EnumerateObject().ToDictionary(a => a.Name, a => a.Value.ValueKind == JsonValueKind.Object && a.Value.TryGetProperty("answer", out var answer) ? answer.ToString() : a.Value.ToString(), StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, string>? Docx(string name, byte[] content)
    {
        try
        {
            return DraftReader.Answers(content, name).ToDictionary(StringComparer.Ordinal);
        }
        catch (UnreadableDraftException)
        {
            return null;
        }
    }

    private static Dictionary<string, string>? Csv(byte[] content)
    {
        try
        {
            using var rows = new TextRows(new MemoryStream(content), () => throw new InvalidDataException());
            var head = rows.Next();
            var (id, answer) = head is null ? (-1, -1) : (Array.IndexOf(head, "id"), Array.IndexOf(head, "answer"));
            if (id < 0 || answer < 0)
            {
                return null;
            }

            var answers = new Dictionary<string, string>(StringComparer.Ordinal);
            while (rows.Next() is { } row)
            {
                if (row.Length > Math.Max(id, answer))
                {
                    answers[row[id]] = row[answer];
                }
            }

            return answers;
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Answers as they are kept.</summary>
    public static string Text(IReadOnlyDictionary<string, string> answers)
    {
        using var stream = new MemoryStream();
        using (var w = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            w.WriteStartObject();
            foreach (var (question, answer) in answers.OrderBy(a => a.Key, StringComparer.Ordinal))
            {
                w.WriteString(question, answer);
            }

            w.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
