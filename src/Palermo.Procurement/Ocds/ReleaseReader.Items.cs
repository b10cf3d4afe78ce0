using System.Text.Json;

namespace Palermo.Procurement.Ocds;

/// <content>Items, their classifications, origin and delivery.</content>
internal sealed partial class ReleaseReader
{
    private void ReadItems(ref JsonCursor reader, string path)
    {
        if (!EnterArray(ref reader, path, out var single))
        {
            return;
        }

        for (var i = 0; NextElement(ref reader, single, i); i++)
        {
            if (!InObject(ref reader, path))
            {
                continue;
            }

            var item = _items.Take();
            item.Reset(new ElementPath(path, i));
            _process.Items.Add(item);
            while (NextProperty(ref reader))
            {
                ReadItemField(ref reader, item);
            }
        }
    }

    private void ReadItemField(ref JsonCursor reader, Item item)
    {
        switch (reader.ValueSpan.Length)
        {
            case 11 when reader.ValueTextEquals("description"u8): item.Description = Text(ref reader, "items[*].description"); break;
            case 14 when reader.ValueTextEquals("classification"u8):
                reader.Read();
                ReadClassification(ref reader, item, "classification");
                break;
            case 25 when reader.ValueTextEquals("additionalClassifications"u8):
                if (EnterArray(ref reader, "items[*].additionalClassifications", out var single))
                {
                    for (var i = 0; NextElement(ref reader, single, i); i++)
                    {
                        ReadClassification(ref reader, item, i < s_additional.Length ? s_additional[i] : $"additionalClassifications[{i}]");
                    }
                }

                break;
            // No core field states the origin; these are the names that extensions and publishers use.
            case 15 when reader.ValueTextEquals("countryOfOrigin"u8): ReadOrigin(ref reader, item, "countryOfOrigin"); break;
            case 13 when reader.ValueTextEquals("originCountry"u8): ReadOrigin(ref reader, item, "originCountry"); break;
            case 6 when reader.ValueTextEquals("origin"u8): ReadOrigin(ref reader, item, "origin"); break;
            case 15 when reader.ValueTextEquals("deliveryAddress"u8): ReadDelivery(ref reader, item, "deliveryAddress"); break;
            case 17 when reader.ValueTextEquals("deliveryAddresses"u8): ReadDelivery(ref reader, item, "deliveryAddresses[0]"); break;
            default: SkipValue(ref reader); break;
        }
    }

    private void ReadOrigin(ref JsonCursor reader, Item item, string field)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            item.Origin = JsonText.Read(ref reader, _array, _texts);
            item.OriginField = field;
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadCountry(ref reader, out var country, out var name);
            item.Origin = country;
            item.OriginField = $"{field}.{name}";
        }
        else
        {
            WrongType(ref reader, $"{item.Path}.{field}", "a country");
        }
    }

    private void ReadDelivery(ref JsonCursor reader, Item item, string field)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (NextElement(ref reader))
            {
                if (item.DeliveryCountry.IsEmpty && reader.TokenType == JsonTokenType.StartObject)
                {
                    TakeDelivery(ref reader, item, field);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            TakeDelivery(ref reader, item, field);
        }
        else
        {
            WrongType(ref reader, $"{item.Path}.{field}", "an address");
        }
    }

    private void TakeDelivery(ref JsonCursor reader, Item item, string field)
    {
        ReadCountry(ref reader, out var country, out var name);
        if (!country.IsEmpty)
        {
            item.DeliveryCountry = country;
            item.SetDelivery(field, name);
        }
    }

    // Inside an address or a country object: the code where there is one, else the name.
    private void ReadCountry(ref JsonCursor reader, out Utf8Text country, out string field)
    {
        country = default;
        field = "";
        while (NextProperty(ref reader))
        {
            var code = reader.ValueTextEquals("country"u8) ? "country" : reader.ValueTextEquals("countryCode"u8) ? "countryCode" : reader.ValueTextEquals("code"u8) ? "code" : null;
            var named = code is null && reader.ValueTextEquals("countryName"u8);
            if (code is null && !named)
            {
                SkipValue(ref reader);
                continue;
            }

            var text = Text(ref reader, "country");
            if (!text.IsEmpty && (code is not null || country.IsEmpty))
            {
                country = text;
                field = code ?? "countryName";
            }
        }
    }

    private void ReadClassification(ref JsonCursor reader, Item item, string field)
    {
        if (!InObject(ref reader, field))
        {
            return;
        }

        Utf8Text scheme = default, id = default, description = default;
        while (NextProperty(ref reader))
        {
            switch (reader.ValueSpan.Length)
            {
                case 2 when reader.ValueTextEquals("id"u8): id = Text(ref reader, "classification.id"); break;
                case 6 when reader.ValueTextEquals("scheme"u8): scheme = Text(ref reader, "classification.scheme"); break;
                case 11 when reader.ValueTextEquals("description"u8): description = Text(ref reader, "classification.description"); break;
                default: SkipValue(ref reader); break;
            }
        }

        item.Classifications.Add(new Classification(field, scheme, id, description));
    }
}
