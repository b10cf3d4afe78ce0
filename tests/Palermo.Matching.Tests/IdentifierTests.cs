using Palermo.Matching.Scoring;

namespace Palermo.Matching.Tests;

/// <summary>Check digits, on numbers that their registers publish as examples or that are made by the rule.</summary>
public sealed class IdentifierTests
{
    [Theory]
    [InlineData("LEI", "5493001KJTIIGC8Y1R12", true)]
    [InlineData("LEI", "5493001KJTIIGC8Y1R13", false)]
    [InlineData("BR-CNPJ", "11222333000181", true)]
    [InlineData("BR-CNPJ", "11222333000180", false)]
    [InlineData("BR-CNPJ", "12ABC34501DE35", true)] // with letters
    [InlineData("BR-CPF", "52998224725", true)]
    [InlineData("BR-CPF", "52998224724", false)]
    [InlineData("INNCODE", "7707083893", true)]
    [InlineData("INNCODE", "7707083894", false)]
    [InlineData("USCC", "91350100M000100Y43", true)]
    [InlineData("USCC", "91350100M000100Y44", false)]
    [InlineData("IMO", "IMO9074729", true)]
    [InlineData("IMO", "IMO9074728", false)]
    [InlineData("NIT", "800123456", null)]
    public void Check_digits(string scheme, string value, bool? valid) => Assert.Equal(valid, IdentifierCheck.IsValid(scheme, value));

    [Fact]
    public void A_filler_is_no_identifier()
    {
        var party = new Party { Names = ["Ali Hassan"], Kind = PartyKind.Person };
        var plain = new PartyComparer().Compare(party, party);
        Assert.Equal(plain.Bits, new PartyComparer().Compare(party with { Identifiers = ["x:0000000"] }, party with { Identifiers = ["x:0000000"] }).Bits, 3);
        Assert.Contains("check digits do not hold", Sentences.Of(new PartyComparer().Compare(party with { Identifiers = ["LEI:5493001KJTIIGC8Y1R13"] }, party with { Identifiers = ["LEI:5493001KJTIIGC8Y1R13"] })));
    }
}
