namespace Palermo.Procurement.Tests;

/// <summary>OCDS 1.0 and 1.1 brought to one shape.</summary>
public sealed class ReleaseReaderTests : IDisposable
{
    private readonly Reading _reading = new();

    [Fact]
    public void Parties_take_the_roles_of_those_who_refer_to_them()
    {
        var parties = Read("""{"ocid":"o","parties":[{"id":"1","name":"Buyer","address":{"countryName":"Kenya"}},{"id":"2","name":"Maker","roles":["payee"]}],"buyer":{"id":"1"},"awards":[{"suppliers":[{"id":"2","name":"Maker"}]}]}""",
            p => string.Join("; ", p.Parties.Select(x => $"{x.Path} {x.Name} {x.Roles} {x.Country}")));
        Assert.Equal("$.parties[0] Buyer Buyer Kenya; $.parties[1] Maker Supplier, Other ", parties);
    }

    [Fact]
    public void Organizations_of_ocds_1_0_are_written_out_in_place()
    {
        var parties = Read("""{"ocid":"o","buyer":{"name":"City","address":{"countryName":"Nepal"}},"awards":[{"suppliers":[{"name":"Kiln","identifier":{"id":"7"},"address":{"countryName":"India"}}]}]}""",
            p => string.Join("; ", p.Parties.Select(x => $"{x.Path} {x.Name} {x.Roles} {x.Country}")) + $" by {p.BuyerName}");
        Assert.Equal("$.buyer City Buyer Nepal; $.awards[0].suppliers[0] Kiln Supplier India by City", parties);
    }

    [Fact]
    public void Items_keep_codes_origin_and_delivery_with_their_places()
    {
        var items = Read("""{"ocid":"o","tender":{"items":[{"description":"Glov\u00e9s","classification":{"scheme":"CPV","id":33141420},"additionalClassifications":[{"scheme":"UNSPSC","id":"42132200"}],"countryOfOrigin":"MY","deliveryAddress":{"countryName":"Ghana"}}]},"contracts":[{"items":[{"description":"x","deliveryAddresses":[{"country":"GH"}]}]}]}""",
            p => string.Join("; ", p.Items.Select(i => $"{i.Path} {i.Description} {string.Join(",", i.Classifications.Select(c => $"{c.Field}={c.Scheme}:{c.Id}"))} {i.OriginField}={i.Origin} {i.DeliveryField}={i.DeliveryCountry}")));
        Assert.Equal("$.tender.items[0] Glovés classification=CPV:33141420,additionalClassifications[0]=UNSPSC:42132200 countryOfOrigin=MY deliveryAddress.countryName=Ghana; $.contracts[0].items[0] x  = deliveryAddresses[0].country=GH", items);
    }

    [Theory]
    [InlineData("""{"ocid":"o","tender":{"value":{"amount":100,"currency":"EUR"}},"awards":[{"value":{"amount":60.5,"currency":"EUR"}},{"value":{"amount":"20","currency":"EUR"}},{"value":{"amount":9,"currency":"USD"}}]}""", "80.5 EUR")]
    [InlineData("""{"ocid":"o","tender":{"value":{"amount":100,"currency":"EUR"}}}""", "100 EUR")]
    [InlineData("""{"ocid":"o","tender":{"value":{"amount":"a lot"}}}""", "")]
    [InlineData("""{"ocid":"o","awards":[{"value":{"amount":79228162514264337593543950335}},{"value":{"amount":79228162514264337593543950335}}]}""", "")]
    public void The_value_is_the_awarded_one_in_one_currency(string release, string value) =>
        Assert.Equal(value, Read(release, p => p.Value is { } v ? $"{v.Amount} {v.Currency}" : ""));

    [Fact]
    public void Unknown_fields_and_extensions_never_disturb() =>
        Assert.Equal("Gloves", Read("""{"ocid":"o","x_y":{"tender":{"title":"no"},"deep":[[[{"a":[1,2,{"b":null}]}]]]},"tender":{"lots":[{"id":1,"weird":[{}]}],"title":"Gloves","unknown":true}}""", p => p.Tender.Title.ToString()));

    public void Dispose() => _reading.Dispose();

    private T Read<T>(string release, Func<ContractingProcess, T> view) => Assert.Single(_reading.Read(new ReadOptions(), view, _reading.File("r.json", release)).Processes);
}
