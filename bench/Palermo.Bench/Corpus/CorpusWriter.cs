using System.Text.Encodings.Web;
using System.Text.Json;

namespace Palermo.Bench.Corpus;

/// <summary>Writes made-up compiled releases that look like published ones: twelve markets, eight languages, parties, items, awards, contracts, documents.</summary>
internal sealed class CorpusWriter(ulong seed, bool lean)
{
    private readonly Seeded _random = new(seed);
    private int _number;

    /// <summary>Writes one compiled release.</summary>
    public void WriteRelease(Utf8JsonWriter writer)
    {
        var market = _random.Of(Places.Markets);
        // Seven of ten purchases of a register are ordinary; the sample shows more of the others.
        var purchase = _random.Of(_random.Chance(lean ? 25 : 70) ? Purchases.Ordinary : Purchases.All);
        var language = market.Language;
        var number = ++_number;
        var date = new DateOnly(2025, 1, 1).AddDays(_random.Below(640));
        var abroad = purchase.Origins.Length > 0 && _random.Chance(25) ? System.Array.FindIndex(Places.Abroad, a => a.Country == purchase.Origins[_random.Below(purchase.Origins.Length)]) : -1;
        var hasAward = _random.Chance(70);
        var supplier = Supplier(market, abroad);
        var amount = (_random.Below(900) + 20) * 1000;
        var buyer = _random.Of(market.Buyers);
        var opaque = _random.Chance(5); // says nothing of what is bought: must come out as unknown
        var text = _random.Of(purchase.Texts[language]);

        writer.WriteStartObject();
        writer.WriteString("ocid", $"{market.Prefix}-{number:D7}");
        writer.WriteString("id", $"{market.Prefix}-{number:D7}-{date:yyyy-MM-dd}T10:00:00Z");
        writer.WriteString("date", $"{date:yyyy-MM-dd}T10:00:00Z");
        Array(writer, "tag", "compiled");
        writer.WriteString("initiationType", "tender");
        writer.WriteString("language", language);
        WriteParties(writer, market, buyer, supplier, abroad, number, hasAward);
        writer.WriteStartObject("buyer");
        writer.WriteString("id", $"B-{number % 97}");
        writer.WriteString("name", buyer);
        writer.WriteEndObject();
        WriteTender(writer, market, purchase, text, date, amount, number, opaque, abroad);
        if (hasAward)
        {
            WriteAward(writer, market, supplier, date, amount, number);
        }

        writer.WriteEndObject();
    }

    /// <summary>Options of the JSON writer: letters as they are, as most publishers write them.</summary>
    public static JsonWriterOptions Options => new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private string Supplier(Market market, int abroad)
    {
        if (abroad >= 0)
        {
            return _random.Of(Places.Abroad[abroad].Suppliers);
        }

        var word = _random.Of(Places.SupplierWords[market.Language]);
        var form = _random.Of(Places.Forms[market.Language]);
        return market.Language is "uk" or "ru" ? $"{form} «{word}-{_random.Below(90) + 10}»" : $"{word} {form}";
    }

    private void WriteParties(Utf8JsonWriter writer, Market market, string buyer, string supplier, int abroad, int number, bool hasAward)
    {
        writer.WriteStartArray("parties");
        WriteParty(writer, $"B-{number % 97}", buyer, market.Country, market.CountryName, "buyer", "procuringEntity");
        if (hasAward)
        {
            var (country, name) = abroad >= 0 ? (Places.Abroad[abroad].Country, Places.Abroad[abroad].Name) : (market.Country, market.CountryName);
            WriteParty(writer, $"S-{number}", supplier, country, name, "supplier", "tenderer");
        }

        for (var i = lean ? 3 : _random.Below(4); i < 3; i++)
        {
            WriteParty(writer, $"T-{number}-{i}", Supplier(market, -1), market.Country, market.CountryName, "tenderer");
        }

        writer.WriteEndArray();
    }

    private void WriteParty(Utf8JsonWriter writer, string id, string name, string country, string countryName, params string[] roles)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("name", name);
        writer.WriteStartObject("identifier");
        writer.WriteString("scheme", $"{country}-REG");
        writer.WriteString("id", $"{_random.Below(90000000) + 10000000}");
        writer.WriteString("legalName", name);
        writer.WriteEndObject();
        writer.WriteStartObject("address");
        writer.WriteString("streetAddress", $"{_random.Below(200) + 1} Example Street");
        writer.WriteString("postalCode", $"{_random.Below(89999) + 10000}");
        if (!_random.Chance(15))
        {
            writer.WriteString("countryName", countryName);
        }

        writer.WriteEndObject();
        if (!lean)
        {
            writer.WriteStartObject("contactPoint");
            writer.WriteString("name", "Procurement office");
            writer.WriteString("email", "tenders@buyer.example");
            writer.WriteString("telephone", "+000 000 000");
            writer.WriteString("url", "https://buyer.example/tenders");
            writer.WriteEndObject();
        }

        Array(writer, "roles", roles);
        writer.WriteEndObject();
    }

    private void WriteTender(Utf8JsonWriter writer, Market market, Purchase purchase, string text, DateOnly date, int amount, int number, bool opaque, int abroad)
    {
        var prose = Purchases.Prose[market.Language];
        writer.WriteStartObject("tender");
        writer.WriteString("id", $"T-{number}");
        // Titles hardly ever repeat in a register; item descriptions do, about half of them.
        text = lean ? text : $"{text}, {number:D7}/{_random.Below(9000) + 1000}";
        writer.WriteString("title", opaque ? $"{number:D6}/{date.Year}" : text);
        writer.WriteString("description", opaque ? _random.Of(prose) : $"{text}. {_random.Of(prose)} {_random.Of(prose)}");
        writer.WriteString("status", "complete");
        WriteValue(writer, "value", amount, market.Currency);
        writer.WriteString("procurementMethod", _random.Chance(80) ? "open" : "direct");
        if (!_random.Chance(20))
        {
            writer.WriteString("mainProcurementCategory", purchase.Category);
        }

        if (_random.Chance(purchase.Category == "goods" ? 30 : 45))
        {
            writer.WriteString("awardCriteria", _random.Chance(60) ? "priceOnly" : "ratedCriteria");
        }

        Period(writer, "tenderPeriod", date.AddDays(-60), date.AddDays(-30));
        if (!opaque)
        {
            WriteItems(writer, market, purchase, text, abroad);
        }

        if (!lean)
        {
            WriteDocuments(writer, number, market.Language, 4 + _random.Below(10));
        }

        writer.WriteEndObject();
    }

    private void WriteItems(Utf8JsonWriter writer, Market market, Purchase purchase, string text, int abroad)
    {
        writer.WriteStartArray("items");
        var count = lean ? 1 + _random.Below(2) : 1 + _random.Below(14);
        for (var i = 0; i < count; i++)
        {
            var item = i == 0 ? text : _random.Of(purchase.Texts[market.Language]);
            item = lean || i == 0 || _random.Chance(50) ? item : $"{item}, ref. {_random.Below(900000) + 100000}";
            writer.WriteStartObject();
            writer.WriteString("id", $"{i + 1}");
            writer.WriteString("description", abroad >= 0 && _random.Chance(25) ? $"{item} ({OriginPhrase(market.Language)} {Places.Abroad[abroad].Name})" : item);
            if (!_random.Chance(12))
            {
                writer.WriteStartObject("classification");
                writer.WriteString("scheme", market.Scheme);
                writer.WriteString("id", market.Scheme == "CPV" ? purchase.Cpv : purchase.Unspsc);
                writer.WriteString("description", item);
                writer.WriteEndObject();
            }

            writer.WriteNumber("quantity", 1 + _random.Below(500));
            writer.WriteStartObject("unit");
            writer.WriteString("name", "unit");
            WriteValue(writer, "value", 5 + _random.Below(900), market.Currency);
            writer.WriteEndObject();
            writer.WriteStartObject("deliveryAddress");
            writer.WriteString("countryName", market.CountryName);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string OriginPhrase(string language) => language switch
    {
        "fr" => "pays d'origine:",
        "es" => "país de origen:",
        "pt" => "país de origem:",
        "de" => "Herkunftsland:",
        "ro" => "țara de origine:",
        "uk" => "країна походження:",
        "ru" => "страна происхождения:",
        _ => "made in",
    };

    private void WriteAward(Utf8JsonWriter writer, Market market, string supplier, DateOnly date, int amount, int number)
    {
        writer.WriteStartArray("awards");
        writer.WriteStartObject();
        writer.WriteString("id", $"A-{number}");
        writer.WriteString("status", "active");
        writer.WriteString("date", $"{date:yyyy-MM-dd}T10:00:00Z");
        var won = amount - (amount / 100 * _random.Below(15));
        WriteValue(writer, "value", won, market.Currency);
        writer.WriteStartArray("suppliers");
        writer.WriteStartObject();
        writer.WriteString("id", $"S-{number}");
        writer.WriteString("name", supplier);
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (_random.Chance(12))
        {
            writer.WriteBoolean("hasSubcontracting", true);
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartArray("contracts");
        writer.WriteStartObject();
        writer.WriteString("id", $"C-{number}");
        writer.WriteString("awardID", $"A-{number}");
        writer.WriteString("status", "active");
        // Signed some weeks before it starts; now and then hardly any time is left, and a third publishes no date.
        if (number % 3 != 0)
        {
            writer.WriteString("dateSigned", $"{date.AddDays(number % 13 == 0 ? -2 : -8 - (number % 20)):yyyy-MM-dd}T10:00:00Z");
        }

        Period(writer, "period", date, date.AddDays(365));
        if (!lean)
        {
            WriteDocuments(writer, number, market.Language, 2 + _random.Below(5));
            WriteMilestones(writer, date);
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
        WriteBids(writer, market, supplier, won, number);
    }

    // A third publishes its bids; once in a while the winner stands far under the others.
    private static void WriteBids(Utf8JsonWriter writer, Market market, string supplier, int won, int number)
    {
        if (number % 3 != 1)
        {
            return;
        }

        writer.WriteStartObject("bids");
        writer.WriteStartArray("details");
        for (var i = 0; i < 4; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("id", $"B-{number}-{i}");
            writer.WriteString("status", "valid");
            WriteValue(writer, "value", i == 0 ? won : won / 100 * ((number % 7 == 3 ? 150 : 101) + (i * 4)), market.Currency);
            writer.WriteStartArray("tenderers");
            writer.WriteStartObject();
            writer.WriteString("id", i == 0 ? $"S-{number}" : $"T-{number}-{i}");
            writer.WriteString("name", i == 0 ? supplier : $"Bidder {number}/{i}");
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteDocuments(Utf8JsonWriter writer, int number, string language, int count)
    {
        writer.WriteStartArray("documents");
        for (var i = 0; i < count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("id", $"D-{number}-{i}");
            writer.WriteString("documentType", "biddingDocuments");
            writer.WriteString("title", _random.Of(Purchases.Prose[language]));
            writer.WriteString("url", $"https://buyer.example/tenders/{number}/documents/{i}.pdf");
            writer.WriteString("datePublished", "2025-06-01T00:00:00Z");
            writer.WriteString("format", "application/pdf");
            writer.WriteString("language", language);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteMilestones(Utf8JsonWriter writer, DateOnly date)
    {
        writer.WriteStartArray("milestones");
        for (var i = 0; i < 2 + _random.Below(4); i++)
        {
            writer.WriteStartObject();
            writer.WriteString("id", $"M{i}");
            writer.WriteString("title", "Delivery");
            writer.WriteString("type", "delivery");
            writer.WriteString("dueDate", $"{date.AddDays(30 * i):yyyy-MM-dd}T00:00:00Z");
            writer.WriteString("status", "scheduled");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, int amount, string currency)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("amount", amount);
        writer.WriteString("currency", currency);
        writer.WriteEndObject();
    }

    private static void Period(Utf8JsonWriter writer, string name, DateOnly from, DateOnly to)
    {
        writer.WriteStartObject(name);
        writer.WriteString("startDate", $"{from:yyyy-MM-dd}T00:00:00Z");
        writer.WriteString("endDate", $"{to:yyyy-MM-dd}T00:00:00Z");
        writer.WriteEndObject();
    }

    private static void Array(Utf8JsonWriter writer, string name, params string[] values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
