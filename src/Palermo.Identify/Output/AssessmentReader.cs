using System.Text;
using System.Text.Json;
using Palermo.Procurement;

namespace Palermo.Identify.Output;

/// <summary>Reads an assessment that <see cref="AssessmentJson"/> wrote, so that runs can be joined and resumed.</summary>
public static class AssessmentReader
{
    private static readonly Level[] s_levels = Enum.GetValues<Level>();

    /// <summary>Reads one line.</summary>
    /// <exception cref="InvalidDataException">The line is no assessment.</exception>
    public static Assessment Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var source = root.GetProperty("source");
            var buyer = root.GetProperty("buyer");
            return new Assessment
            {
                Ocid = Ocid.TryParse(root.GetProperty("ocid").GetString(), out var ocid) ? ocid : throw new InvalidDataException("The ocid is blank."),
                Origin = new ProcessOrigin(Text(source, "file"), source.GetProperty("line").GetInt64(), source.GetProperty("offset").GetInt64(), source.GetProperty("pieces").GetInt32()),
                Title = Utf8(root, "title"),
                Date = Utf8(root, "date"),
                BuyerName = Utf8(buyer, "name"),
                BuyerId = Utf8(buyer, "id"),
                Suppliers = [.. root.GetProperty("suppliers").EnumerateArray().Select(s => new Utf8Text(Encoding.UTF8.GetBytes(s.GetString() ?? "")))],
                Value = root.TryGetProperty("value", out var value) ? new Money(value.GetProperty("amount").GetDecimal(), Text(value, "currency")) : null,
                Countries = Strings(root, "countries"),
                Salience = LevelOf(Text(root, "salience")),
                Explanation = Text(root, "explanation"),
                Findings = [.. root.GetProperty("findings").EnumerateArray().Select(ReadFinding)],
                Unknowns = [.. root.GetProperty("unknowns").EnumerateArray().Select(u => new Unknown(Text(u, "indicator"), Strings(u, "missing"), Text(u, "reason"), u.GetProperty("partly").GetBoolean()))],
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"The line is no assessment of this version: {e.Message}");
        }
    }

    private static Finding ReadFinding(JsonElement f) => new()
    {
        Indicator = Text(f, "indicator"),
        Level = LevelOf(Text(f, "level")),
        Severity = Enum.Parse<Severity>(Text(f, "severity"), ignoreCase: true),
        Likelihood = Enum.Parse<Likelihood>(Text(f, "likelihood"), ignoreCase: true),
        Subject = Text(f, "subject"),
        Country = Text(f, "country"),
        Path = Text(f, "path"),
        Evidence = Text(f, "evidence"),
        Sentence = Text(f, "sentence"),
        Question = Text(f, "question"),
        Sources = Strings(f, "sources"),
        Verified = f.GetProperty("verified").GetBoolean(),
        Occurrences = f.GetProperty("occurrences").GetInt32(),
    };

    private static Level LevelOf(string name)
    {
        foreach (var level in s_levels)
        {
            if (level.Name() == name)
            {
                return level;
            }
        }

        throw new FormatException($"\"{name}\" is no level.");
    }

    private static Utf8Text Utf8(JsonElement element, string name) => Text(element, name) is { Length: > 0 } text ? new Utf8Text(Encoding.UTF8.GetBytes(text)) : default;

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static string[] Strings(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(s => s.GetString() ?? "")];
}
