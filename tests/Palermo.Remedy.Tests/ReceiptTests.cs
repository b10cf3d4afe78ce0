using System.Numerics;
using CsCheck;
using Palermo.Remedy.Receipts;

namespace Palermo.Remedy.Tests;

public sealed class ReceiptTests
{
    private static string Digits(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    [Fact]
    public void It_is_twenty_four_digits_in_groups_of_four_that_check()
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < 2000; i++)
        {
            var text = Receipt.Make().ToString();
            Assert.Matches("^([0-9]{4} ){5}[0-9]{4}$", text);
            // ISO/IEC 7064, MOD 97-10: the whole number is 1 modulo 97.
            Assert.Equal(1, (int)(BigInteger.Parse(Digits(text), null) % 97));
            Assert.Equal(text, Receipt.Read(text).Receipt!.ToString());
            Assert.True(seen.Add(text));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("1234 5678")]
    public void Too_few_digits_are_told_from_a_slip(string? typed) => Assert.Equal((null, "receipt.short"), Receipt.Read(typed));

    [Fact]
    public void However_it_is_typed_it_is_read()
    {
        var receipt = Receipt.Make();
        var digits = Digits(receipt.ToString());
        Assert.Equal(receipt.ToString(), Receipt.Read($"  {digits[..5]}-{digits[5..]}. ").Receipt!.ToString());
        foreach (var zero in new[] { '٠', '۰', '०', '০' })
        {
            Assert.Equal(receipt.ToString(), Receipt.Read(string.Concat(digits.Select(d => (char)(zero + (d - '0'))))).Receipt!.ToString());
        }

        Assert.Equal("receipt.long", Receipt.Read(digits + "1").Problem);
    }

    [Fact]
    public void One_wrong_digit_or_two_exchanged_are_always_noticed() =>
        Gen.Select(Gen.Int[0, 23], Gen.Int[1, 9], Gen.Int[0, 22]).Sample((at, by, swap) =>
        {
            var digits = Digits(Receipt.Make().ToString()).ToCharArray();
            var wrong = digits.ToArray();
            wrong[at] = (char)('0' + ((wrong[at] - '0' + by) % 10));
            Assert.Equal("receipt.slip", Receipt.Read(new string(wrong)).Problem);
            (digits[swap], digits[swap + 1]) = (digits[swap + 1], digits[swap]);
            Assert.True(digits[swap] == digits[swap + 1] || Receipt.Read(new string(digits)).Problem == "receipt.slip");
        }, iter: 3000);

    [Fact]
    public void It_opens_the_same_each_time_and_only_with_its_salt()
    {
        var (receipt, salt) = (Receipt.Make(), ReceiptKey.NewSalt());
        var key = ReceiptKey.Of(receipt, salt);
        var again = ReceiptKey.Of(Receipt.Read(receipt.ToString()).Receipt!, salt);
        Assert.Equal(key.Keys.Public, again.Keys.Public);
        Assert.Equal(key.Opening, again.Opening);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(key.Opening)), key.Commitment);
        Assert.NotEqual(key.Keys.Public, ReceiptKey.Of(receipt, ReceiptKey.NewSalt()).Keys.Public);
        Assert.NotEqual(key.Keys.Public, ReceiptKey.Of(Receipt.Make(), salt).Keys.Public);
    }

    [Fact]
    public void What_is_right_has_no_problem_and_nothing_is_short()
    {
        var receipt = Receipt.Make();
        Assert.Equal("", Receipt.Read(receipt.ToString()).Problem);
        Assert.Equal((null, "receipt.short"), Receipt.Read(null));
    }
}
