using System.Text.Json;

namespace Palermo.Prevent.Gaps;

/// <summary>What rules say of one process of a run: reused from process to process.</summary>
public sealed class RuleVerdict
{
    /// <summary>Year in which the procedure was opened; 0 if not known.</summary>
    public int Year { get; set; }

    /// <summary>First two digits of the main CPV code; blank if not known.</summary>
    public string Sector { get; set; } = "";

    /// <summary>Ids of the packs that bind.</summary>
    public List<string> Binding { get; } = [];

    /// <summary>Packs of which it is not settled whether they bind; a country's pack counts as long as the buyer's country is not known.</summary>
    public int Open { get; set; }

    /// <summary>Facts of <see cref="KeyFacts"/> that are not published, in their order: what would settle most of what is open.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>The facts that most regimes turn on; <c>asOf</c> stands for the day.</summary>
    public static IReadOnlyList<string> KeyFacts { get; } = ["asOf", "buyer.country", "buyer.level", "buyer.codes", "procurement.category", "tender.value"];

    /// <summary>Measures that the buyer must take before award, with what the publication shows of each.</summary>
    public List<(string Measure, Shown Status)> Safeguards { get; } = [];

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
        writer.WriteStartObject("rules"u8);
        if (Year > 0)
        {
            writer.WriteNumber("year"u8, Year);
        }

        if (Sector.Length > 0)
        {
            writer.WriteString("sector"u8, Sector);
        }

        Strings(writer, "binding"u8, Binding);
        writer.WriteNumber("open"u8, Open);
        Strings(writer, "missing"u8, Missing);
        writer.WriteStartArray("safeguards"u8);
        foreach (var (measure, status) in Safeguards)
        {
            writer.WriteStartObject();
            writer.WriteString("measure"u8, measure);
            writer.WriteString("status"u8, Word(status));
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
        Binding.AddRange(rules.GetProperty("binding").EnumerateArray().Select(e => e.GetString()!));
        Open = rules.GetProperty("open").GetInt32();
        Missing.AddRange(rules.GetProperty("missing").EnumerateArray().Select(e => e.GetString()!));
        foreach (var safeguard in rules.GetProperty("safeguards").EnumerateArray())
        {
            var word = safeguard.GetProperty("status").GetString();
            Safeguards.Add((safeguard.GetProperty("measure").GetString()!, Enum.GetValues<Shown>().First(s => Word(s) == word)));
        }

        return true;
    }

    /// <summary>How a status is written.</summary>
    public static string Word(Shown status) => status switch { Shown.Shown => "shown", Shown.NotShown => "not-shown", _ => "cannot-be-seen" };

    private static void Strings(Utf8JsonWriter writer, ReadOnlySpan<byte> name, List<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
