using System.Text.Json;

namespace Palermo.Procurement.Tables;

/// <summary>Writes rows of one process as a release of OCDS.</summary>
internal sealed class TableRelease(Utf8JsonWriter json, Dictionary<string, int> columns, TableView view, TableValues values, TableMapping mapping, Action<int, string, string> slip)
{
    private (int Row, string[] Cells) _row;

    public void Write(string ocid, List<(int Row, string[] Cells)> rows)
    {
        _row = rows[0];
        var date = FirstDate("date", "awards/date", "contracts/dateSigned");
        var suppliers = rows.Where(r => Cell(r, "suppliers/name").Length > 0).ToList();
        json.WriteStartObject();
        json.WriteString("ocid", ocid);
        json.WriteString("id", $"{ocid}-row-{_row.Row}");
        Optional("date", date ?? "");
        json.WriteStartArray("tag");
        json.WriteStringValue(suppliers.Count > 0 ? "award" : "tender");
        json.WriteEndArray();
        json.WriteString("initiationType", "tender");
        WriteParties(suppliers);
        WriteTender(rows, suppliers.Count > 0);
        WriteAwards(suppliers);
        json.WriteEndObject();
    }

    private static string BuyerId(string id, string name) => id.Length > 0 ? id : $"buyer-{ColumnNames.Fold(name)}";

    private string SupplierId((int, string[]) row) => Cell(row, "suppliers/id") is { Length: > 0 } id ? id : $"supplier-{ColumnNames.Fold(Cell(row, "suppliers/name"))}";

    private void WriteParties(List<(int Row, string[] Cells)> suppliers)
    {
        var buyer = Cell(_row, "buyer/name");
        var buyerId = BuyerId(Cell(_row, "buyer/id"), buyer);
        json.WriteStartArray("parties");
        if (buyer.Length > 0)
        {
            WriteParty(buyerId, buyer, Cell(_row, "buyer/id"), Cell(_row, "buyer/address/countryName"), "buyer");
        }

        foreach (var supplier in suppliers.DistinctBy(SupplierId))
        {
            WriteParty(SupplierId(supplier), Cell(supplier, "suppliers/name"), Cell(supplier, "suppliers/id"), Cell(supplier, "suppliers/address/countryName"), "supplier");
        }

        json.WriteEndArray();
        if (buyer.Length > 0)
        {
            json.WriteStartObject("buyer");
            json.WriteString("id", buyerId);
            json.WriteString("name", buyer);
            json.WriteEndObject();
        }
    }

    private void WriteParty(string id, string name, string number, string country, string role)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("name", name);
        if (number.Length > 0)
        {
            json.WriteStartObject("identifier");
            json.WriteString("id", number);
            json.WriteEndObject();
        }

        if (country.Length > 0)
        {
            json.WriteStartObject("address");
            json.WriteString("countryName", country);
            json.WriteEndObject();
        }

        json.WriteStartArray("roles");
        json.WriteStringValue(role);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteTender(List<(int Row, string[] Cells)> rows, bool awarded)
    {
        json.WriteStartObject("tender");
        Optional("id", Cell(_row, "tender/id"));
        Optional("title", Cell(_row, "tender/title"));
        Optional("description", Cell(_row, "tender/description"));
        Optional("mainProcurementCategory", Category(Cell(_row, "tender/mainProcurementCategory")));
        Optional("procurementMethodDetails", Cell(_row, "tender/procurementMethodDetails"));
        WriteAmount("value", _row, awarded || columns.ContainsKey("tender/value/amount") ? "tender/value/amount" : "value/amount");
        if (Date(_row, "tender/tenderPeriod/endDate") is { } end)
        {
            json.WriteStartObject("tenderPeriod");
            json.WriteString("endDate", end);
            json.WriteEndObject();
        }

        json.WriteStartArray("items");
        foreach (var row in rows)
        {
            WriteItem(row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteItem((int Row, string[] Cells) row)
    {
        json.WriteStartObject();
        json.WriteString("id", $"row-{row.Row}");
        Optional("description", Cell(row, "items/description"));
        WriteCodes(row);
        if (Cell(row, "items/quantity") is { Length: > 0 } quantity && Amount(row, "items/quantity", quantity) is { } count)
        {
            json.WriteNumber("quantity", count);
        }

        if (columns.ContainsKey("items/unit/name") || columns.ContainsKey("items/unit/value/amount"))
        {
            json.WriteStartObject("unit");
            Optional("name", Cell(row, "items/unit/name"));
            WriteAmount("value", row, "items/unit/value/amount");
            json.WriteEndObject();
        }

        Optional("countryOfOrigin", Cell(row, "items/countryOfOrigin"));
        if (Cell(row, "items/deliveryAddress/countryName") is { Length: > 0 } country)
        {
            json.WriteStartObject("deliveryAddress");
            json.WriteString("countryName", country);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // The first code is the classification, the rest additional; a cell may hold several.
    private void WriteCodes((int Row, string[] Cells) row)
    {
        var codes = new List<(string Scheme, string Code)>();
        foreach (var scheme in (ReadOnlySpan<string>)["CPV", "UNSPSC", "HS"])
        {
            codes.AddRange(Cell(row, $"items/classification/{scheme}").Split([';', ',', '|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(c => (scheme, Code(c))));
        }

        for (var i = 0; i < codes.Count; i++)
        {
            if (i == 0)
            {
                json.WriteStartObject("classification");
            }
            else
            {
                if (i == 1)
                {
                    json.WriteStartArray("additionalClassifications");
                }

                json.WriteStartObject();
            }

            json.WriteString("scheme", codes[i].Scheme);
            json.WriteString("id", codes[i].Code);
            json.WriteEndObject();
        }

        if (codes.Count > 1)
        {
            json.WriteEndArray();
        }
    }

    // "33141420-0 Surgical gloves": the code stands first. A sheet that takes codes for numbers drops zeros in front.
    private static string Code(string text)
    {
        var code = text.Split(' ', 2)[0];
        return code.Length == 7 && code.All(char.IsAsciiDigit) ? "0" + code : code;
    }

    private void WriteAwards(List<(int Row, string[] Cells)> suppliers)
    {
        if (suppliers.Count == 0)
        {
            return;
        }

        json.WriteStartArray("awards");
        // A table of items repeats the contract's total in each row: the same supplier, contract and amount are one award.
        foreach (var row in suppliers.DistinctBy(r => (SupplierId(r), Cell(r, "contracts/id"), Cell(r, "value/amount"))))
        {
            json.WriteStartObject();
            json.WriteString("id", $"award-row-{row.Row}");
            json.WriteString("status", "active");
            Optional("date", Date(row, "awards/date") ?? Date(row, "contracts/dateSigned") ?? "");
            WriteAmount("value", row, "value/amount");
            json.WriteStartArray("suppliers");
            json.WriteStartObject();
            json.WriteString("id", SupplierId(row));
            json.WriteString("name", Cell(row, "suppliers/name"));
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteAmount(string name, (int Row, string[] Cells) row, string field)
    {
        if (Cell(row, field) is not { Length: > 0 } text || Amount(row, field, text) is not { } amount)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("amount", amount);
        var header = view.Columns.First(c => c.Field == field).Currency;
        Optional("currency", Cell(row, "value/currency") is { Length: > 0 } stated ? stated.ToUpperInvariant() : header.Length > 0 ? header : CurrencyIn(text) is { Length: > 0 } within ? within : mapping.Currency);
        json.WriteEndObject();
    }

    private static string CurrencyIn(string amount) => amount.Contains('€') ? "EUR" : amount.Contains('£') ? "GBP" : amount.Contains("US$", StringComparison.Ordinal) ? "USD" : "";

    private decimal? Amount((int Row, string[] Cells) row, string field, string text)
    {
        var amount = values.Amount(text);
        if (amount is null)
        {
            slip(row.Row, $"Column \"{view.Columns.First(c => c.Field == field).Header}\" holds \"{Shown(text)}\"; a number with the decimal sign \"{values.Decimal}\" was expected. It was left out.", "Correct the cell, or say \"decimal\" in a mapping (--columns).");
        }

        return amount;
    }

    private string? Date((int Row, string[] Cells) row, string field)
    {
        if (Cell(row, field) is not { Length: > 0 } text)
        {
            return null;
        }

        var date = values.Date(text);
        if (date is null)
        {
            slip(row.Row, $"Column \"{view.Columns.First(c => c.Field == field).Header}\" holds \"{Shown(text)}\"; a date ({values.Dates}) was expected. It was left out.", "Correct the cell, or say \"dates\" in a mapping (--columns).");
        }

        return date;
    }

    private string? FirstDate(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (Cell(_row, field).Length > 0)
            {
                return Date(_row, field);
            }
        }

        return null;
    }

    private static string Shown(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private static string Category(string text) => ColumnNames.Fold(text) switch
    {
        var t when t.StartsWith("serv", StringComparison.Ordinal) || t.Contains("prestation", StringComparison.Ordinal) => "services",
        var t when t.StartsWith("work", StringComparison.Ordinal) || t.StartsWith("construction", StringComparison.Ordinal) || t.StartsWith("travaux", StringComparison.Ordinal) || t.StartsWith("obra", StringComparison.Ordinal) => "works",
        var t when t.StartsWith("good", StringComparison.Ordinal) || t.StartsWith("suppl", StringComparison.Ordinal) || t.StartsWith("fournitur", StringComparison.Ordinal) || t.StartsWith("suministro", StringComparison.Ordinal) || t.StartsWith("bien", StringComparison.Ordinal) => "goods",
        _ => "",
    };

    private string Cell((int Row, string[] Cells) row, string field) => columns.TryGetValue(field, out var at) && at < row.Cells.Length ? row.Cells[at] : "";

    private void Optional(string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }
}
