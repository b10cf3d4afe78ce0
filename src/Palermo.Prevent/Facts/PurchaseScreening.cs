using System.Text.Json;
using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Knowledge.Rules;
using Palermo.Procurement;

namespace Palermo.Prevent.Facts;

/// <summary>Screens what a facts file says of a purchase that nobody has published yet: title, description, codes and places are read as a notice would be.</summary>
public static class PurchaseScreening
{
    /// <summary>Screens a purchase and adds what the screening tells to what is known; what the buyer states is kept.</summary>
    /// <returns>The facts, and the screening; null if there is nothing to screen.</returns>
    public static (TenderFacts Facts, Assessment? Assessment) Screen(TenderFacts facts, RuleLibrary rules, DateOnly today)
    {
        facts = WithImplied(facts);
        var codes = facts.Facts.TryGetValue("items.cpv", out var cpv) ? cpv.Codes : [];
        if (facts.Title.Length == 0 && facts.Description.Length == 0 && codes.Count == 0)
        {
            return (facts, null);
        }

        var catalogue = Catalogue.Default;
        var release = Release(facts, codes);
        using var source = new ProcessSource(["-"], new ReadOptions { Threads = 1, StandardInputName = "facts", StandardInput = () => new MemoryStream(release, writable: false) });
        source.Index(CancellationToken.None);
        var screener = new Screener(catalogue, new ScreeningOptions(facts.AsOf ?? today));
        Assessment? assessment = null;
        var all = new Dictionary<string, FactValue>(facts.Facts, StringComparer.Ordinal);
        var origins = new Dictionary<string, string>(facts.Origins, StringComparer.Ordinal);
        while (source.Next() is { } batch)
        {
            using (batch)
            {
                new BatchReader().Read(batch, (process, origin) =>
                {
                    var found = screener.Assess(process, origin);
                    new ProcessFacts(catalogue, rules.Facts).Read(process, found, (place, value, from) =>
                    {
                        if (all.TryAdd(rules.Facts.All[place].Name, value))
                        {
                            origins[rules.Facts.All[place].Name] = from;
                        }
                    });
                    assessment = found.Kept();
                }, _ => { });
            }
        }

        return (facts with { Facts = all, Origins = origins }, assessment);
    }

    // An NHS body is a public body: who says the one need not know to say the other.
    private static TenderFacts WithImplied(TenderFacts facts)
    {
        if (!facts.Facts.TryGetValue("buyer.codes", out var given))
        {
            return facts;
        }

        var table = Catalogue.Default.Tables.First(t => t.Name == "tender-facts/implied-codes");
        var all = given.Codes.ToHashSet(StringComparer.Ordinal);
        for (var row = 0; row < table.Count; row++)
        {
            if (all.Contains(table[row, "code"]))
            {
                all.Add(table[row, "implies"]);
            }
        }

        return all.Count == given.Codes.Count ? facts : facts with { Facts = new Dictionary<string, FactValue>(facts.Facts, StringComparer.Ordinal) { ["buyer.codes"] = FactValue.Of(all) } };
    }

    private static byte[] Release(TenderFacts facts, IReadOnlyList<string> codes)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            string? Code(string name) => facts.Facts.TryGetValue(name, out var value) && value.Codes.Count > 0 ? value.Codes[0] : null;
            var category = Code("procurement.category");
            IReadOnlyList<string> places = facts.Facts.TryGetValue("performance.countries", out var countries) ? countries.Codes : [];
            json.WriteStartObject();
            json.WriteString("ocid", "facts");
            json.WriteString("id", "facts");
            json.WriteStartArray("tag");
            json.WriteStringValue("planning");
            json.WriteEndArray();
            if (Code("buyer.country") is { } country)
            {
                json.WriteStartArray("parties");
                json.WriteStartObject();
                json.WriteString("id", "buyer");
                json.WriteStartArray("roles");
                json.WriteStringValue("buyer");
                json.WriteEndArray();
                json.WriteStartObject("address");
                json.WriteString("countryName", country);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndArray();
            }

            json.WriteStartObject("tender");
            json.WriteString("title", facts.Title);
            if (facts.Description.Length > 0)
            {
                json.WriteString("description", facts.Description);
            }

            if (category is "goods" or "services" or "works")
            {
                json.WriteString("mainProcurementCategory", category);
            }

            if (facts.Facts.TryGetValue("tender.value", out var value))
            {
                json.WriteStartObject("value");
                json.WriteNumber("amount", value.Number);
                json.WriteString("currency", value.Currency);
                json.WriteEndObject();
            }

            json.WriteStartArray("items");
            var number = 0;
            foreach (var code in codes.DefaultIfEmpty(""))
            {
                // For goods the place is where they are made: one item for each origin.
                foreach (var place in category == "goods" && places.Count > 0 ? places : [""])
                {
                    json.WriteStartObject();
                    json.WriteString("id", (++number).ToString(System.Globalization.CultureInfo.InvariantCulture));
                    json.WriteString("description", facts.Title);
                    if (code.Length > 0)
                    {
                        json.WriteStartObject("classification");
                        json.WriteString("scheme", "CPV");
                        json.WriteString("id", code);
                        json.WriteEndObject();
                    }

                    if (place.Length > 0)
                    {
                        json.WriteString("countryOfOrigin", Catalogue.Default.FindCountry(place)?.Name ?? place);
                    }
                    else if (category != "goods" && places.Count > 0)
                    {
                        json.WriteStartObject("deliveryAddress");
                        json.WriteString("countryName", places[0]);
                        json.WriteEndObject();
                    }

                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
