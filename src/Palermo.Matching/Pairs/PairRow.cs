using System.Text.Json;

namespace Palermo.Matching.Pairs;

/// <summary>A row of a pairs file: two parties, and what is said of them.</summary>
/// <param name="A">The first party.</param>
/// <param name="B">The second party.</param>
/// <param name="Label">1 the same, 0 different, null where nobody said.</param>
/// <param name="Source">The data set it comes from, or "".</param>
public sealed record PairRow(Party A, Party B, int? Label, string Source)
{
    /// <summary>
    /// Reads one line: an object with <c>a</c> and <c>b</c> (a name, or an array of names) and, where known, <c>schema</c>
    /// (FollowTheMoney: Person, Company, Organization, LegalEntity …), <c>label</c>, <c>source</c>, and for each side
    /// <c>_address</c>, <c>_country</c>, <c>_date</c> (or <c>_dob</c>), <c>_identifier</c>, <c>_phone</c>, each a text or an array,
    /// in singular or plural; <c>a_props</c> may hold more names in <c>name</c> and <c>alias</c>.
    /// </summary>
    /// <exception cref="FormatException">The line is not such an object; the message says what is wrong with it.</exception>
    public static PairRow Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var row = document.RootElement;
            if (row.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("it is not an object with \"a\" and \"b\"");
            }

            var kind = KindOf(Texts(row, "schema").FirstOrDefault());
            int? label = row.TryGetProperty("label", out var l) && l.ValueKind == JsonValueKind.Number && l.TryGetInt32(out var value) ? value : null;
            return new PairRow(Side(row, "a", kind), Side(row, "b", kind), label, Texts(row, "source").FirstOrDefault() ?? "");
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is not JSON ({e.Message})", e);
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair, written as an escape.
            throw new FormatException($"a text in it is no text ({e.Message})", e);
        }
    }

    /// <summary>The kind of a FollowTheMoney schema.</summary>
    public static PartyKind KindOf(string? schema) => schema?.ToUpperInvariant() switch
    {
        "PERSON" => PartyKind.Person,
        null or "" or "LEGALENTITY" or "THING" or "UNKNOWN" => PartyKind.Unknown,
        _ => PartyKind.Organization,
    };

    private static Party Side(JsonElement row, string side, PartyKind kind)
    {
        var names = Texts(row, side).Concat(row.TryGetProperty(side + "_props", out var props) && props.ValueKind == JsonValueKind.Object ? Texts(props, "name").Concat(Texts(props, "alias")) : [])
            .Concat(Texts(row, side + "_names")).Concat(Texts(row, side + "_aliases")).Where(n => !string.IsNullOrWhiteSpace(n)).Distinct().ToList();
        if (names.Count == 0)
        {
            throw new FormatException($"it has no name in \"{side}\"");
        }

        return new Party
        {
            Names = names,
            Kind = Texts(row, side + "_schema").FirstOrDefault() is { } own ? KindOf(own) : kind,
            Addresses = Either(row, side, "address", "addresses"),
            Countries = Either(row, side, "country", "countries"),
            Dates = [.. Either(row, side, "dob", "birthDate"), .. Either(row, side, "date", "dates")],
            Identifiers = Either(row, side, "identifier", "identifiers"),
            Phones = Either(row, side, "phone", "phones"),
        };
    }

    private static List<string> Either(JsonElement row, string side, string singular, string plural) =>
        [.. new[] { $"{side}_{singular}", $"{side}_{plural}" }.SelectMany(k => Texts(row, k)).Where(t => !string.IsNullOrWhiteSpace(t))];

    private static IEnumerable<string> Texts(JsonElement row, string key)
    {
        if (!row.TryGetProperty(key, out var value))
        {
            yield break;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                yield return value.GetString()!;
                break;
            case JsonValueKind.Number:
                yield return value.GetRawText();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (item.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    {
                        yield return item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText();
                    }
                }

                break;
        }
    }
}
