using System.Text.Json;

namespace Palermo.Prevent.Gaps;

/// <summary>What rules say of one process of a run. Immutable: the processes of a register get one of few, so each is made and written once.</summary>
public sealed class RuleVerdict
{
    private byte[]? _json;

    /// <summary>The facts that most regimes turn on; <c>asOf</c> stands for the day.</summary>
    public static IReadOnlyList<string> KeyFacts { get; } = ["asOf", "buyer.country", "buyer.level", "buyer.codes", "procurement.category", "tender.value"];

    /// <summary>Year in which the procedure was opened; 0 if not known.</summary>
    public required int Year { get; init; }

    /// <summary>First two digits of the main CPV code; blank if not known.</summary>
    public required string Sector { get; init; }

    /// <summary>Ids of the packs that bind.</summary>
    public required IReadOnlyList<string> Binding { get; init; }

    /// <summary>Packs of which it is not settled whether they bind; a country's pack counts as long as the buyer's country is not known.</summary>
    public required int Open { get; init; }

    /// <summary>Facts of <see cref="KeyFacts"/> that are not published, in their order: what would settle most of what is open.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>Measures that the buyer must take before award, with what the publication shows of each.</summary>
    public required IReadOnlyList<(string Measure, Shown Status)> Safeguards { get; init; }

    /// <summary>Writes it as the member <c>rules</c> of an assessment.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName("rules"u8);
        writer.WriteRawValue(_json ??= Written(), skipInputValidation: true); // it was written by a writer
    }

    /// <summary>Reads what <see cref="Write"/> wrote. Null if the assessment was made without rules.</summary>
    public static RuleVerdict? Read(JsonElement assessment) => !assessment.TryGetProperty("rules", out var rules) ? null : new()
    {
        Year = rules.TryGetProperty("year", out var year) ? year.GetInt32() : 0,
        Sector = rules.TryGetProperty("sector", out var sector) ? sector.GetString()! : "",
        Binding = [.. rules.GetProperty("binding").EnumerateArray().Select(e => e.GetString()!)],
        Open = rules.GetProperty("open").GetInt32(),
        Missing = [.. rules.GetProperty("missing").EnumerateArray().Select(e => e.GetString()!)],
        Safeguards = [.. rules.GetProperty("safeguards").EnumerateArray().Select(s => (s.GetProperty("measure").GetString()!, StatusOf(s.GetProperty("status").GetString())))],
    };

    /// <summary>How a status is written.</summary>
    public static string Word(Shown status) => status switch { Shown.Shown => "shown", Shown.NotShown => "not-shown", _ => "cannot-be-seen" };

    private static Shown StatusOf(string? word) => Enum.GetValues<Shown>().First(s => Word(s) == word);

    private byte[] Written()
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
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

        return bytes.ToArray();
    }

    private static void Strings(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
