using System.Text.Json;

namespace Palermo.Prevent.Gaps;

/// <summary>What rules say of one process of a run: reused from process to process.</summary>
/// <remarks>Names are few and come millions of times: they are kept as they are written in JSON.</remarks>
public sealed class RuleVerdict
{
    private static readonly JsonEncodedText s_rules = JsonEncodedText.Encode("rules"), s_year = JsonEncodedText.Encode("year"), s_sector = JsonEncodedText.Encode("sector"), s_binding = JsonEncodedText.Encode("binding"), s_open = JsonEncodedText.Encode("open"), s_missing = JsonEncodedText.Encode("missing"), s_safeguards = JsonEncodedText.Encode("safeguards"), s_measure = JsonEncodedText.Encode("measure"), s_status = JsonEncodedText.Encode("status");
    private static readonly JsonEncodedText[] s_words = [.. Enum.GetValues<Shown>().Select(s => JsonEncodedText.Encode(Word(s)))];

    /// <summary>Year in which the procedure was opened; 0 if not known.</summary>
    public int Year { get; set; }

    /// <summary>First two digits of the main CPV code; blank if not known.</summary>
    public string Sector { get; set; } = "";

    /// <summary>Ids of the packs that bind.</summary>
    public List<JsonEncodedText> Binding { get; } = [];

    /// <summary>Packs of which it is not settled whether they bind; a country's pack counts as long as the buyer's country is not known.</summary>
    public int Open { get; set; }

    /// <summary>Facts of <see cref="KeyFacts"/> that are not published, in their order: what would settle most of what is open.</summary>
    public List<JsonEncodedText> Missing { get; } = [];

    /// <summary>The facts that most regimes turn on; <c>asOf</c> stands for the day.</summary>
    public static IReadOnlyList<JsonEncodedText> KeyFacts { get; } = [.. new[] { "asOf", "buyer.country", "buyer.level", "buyer.codes", "procurement.category", "tender.value" }.Select(f => JsonEncodedText.Encode(f))];

    /// <summary>Measures that the buyer must take before award, with what the publication shows of each.</summary>
    public List<(JsonEncodedText Measure, Shown Status)> Safeguards { get; } = [];

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Year = 0;
        Sector = "";
        Binding.Clear();
        Open = 0;
        Missing.Clear();
        Safeguards.Clear();
    }

    /// <summary>Writes it as the member <c>rules</c> of an assessment.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject(s_rules);
        if (Year > 0)
        {
            writer.WriteNumber(s_year, Year);
        }

        if (Sector.Length > 0)
        {
            writer.WriteString(s_sector, Sector);
        }

        Strings(writer, s_binding, Binding);
        writer.WriteNumber(s_open, Open);
        Strings(writer, s_missing, Missing);
        writer.WriteStartArray(s_safeguards);
        foreach (var (measure, status) in Safeguards)
        {
            writer.WriteStartObject();
            writer.WriteString(s_measure, measure);
            writer.WriteString(s_status, s_words[(int)status]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote. False if the assessment was made without rules.</summary>
    public bool Read(JsonElement assessment)
    {
        Reset();
        if (!assessment.TryGetProperty("rules", out var rules))
        {
            return false;
        }

        Year = rules.TryGetProperty("year", out var year) ? year.GetInt32() : 0;
        Sector = rules.TryGetProperty("sector", out var sector) ? sector.GetString()! : "";
        Binding.AddRange(rules.GetProperty("binding").EnumerateArray().Select(e => JsonEncodedText.Encode(e.GetString()!)));
        Open = rules.GetProperty("open").GetInt32();
        Missing.AddRange(rules.GetProperty("missing").EnumerateArray().Select(e => JsonEncodedText.Encode(e.GetString()!)));
        foreach (var safeguard in rules.GetProperty("safeguards").EnumerateArray())
        {
            var word = safeguard.GetProperty("status").GetString();
            Safeguards.Add((JsonEncodedText.Encode(safeguard.GetProperty("measure").GetString()!), Enum.GetValues<Shown>().First(s => Word(s) == word)));
        }

        return true;
    }

    /// <summary>How a status is written.</summary>
    public static string Word(Shown status) => status switch { Shown.Shown => "shown", Shown.NotShown => "not-shown", _ => "cannot-be-seen" };

    private static void Strings(Utf8JsonWriter writer, JsonEncodedText name, List<JsonEncodedText> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
