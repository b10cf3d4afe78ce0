using CsCheck;
using Palermo.Matching.Pairs;

namespace Palermo.Matching.Tests;

/// <summary>What holds for all names.</summary>
public sealed class PropertyTests
{
    private static readonly string[] s_words =
    [
        "hetian", "taida", "apparel", "Müller", "Söhne", "Иванов", "Алексеевич", "Company", "Ltd", "trading", "group", "Zhang", "Wei", "bin", "al", "Rahman", "Xinjiang", "No", "7", "12", "Güneş", "Gıda", "S.A.", "San", "Marie", "O'Neil",
        "Nguyễn", "Thị", "محمد", "حسن", "李", "明", "Kowalski", "Bank", "of", "the", "East", "GmbH", "Kft", "Petroleum", "Shipping", "Abdul", "Karim", "Jean", "Claude", "V", "W.", "Ταίνιες", "김", "정은",
    ];

    private static readonly Gen<string> s_name = Gen.Int[0, s_words.Length - 1].Select(i => s_words[i]).Array[1, 6].Select(w => string.Join(' ', w));
    private static readonly Gen<PartyKind> s_kind = Gen.Int[0, 2].Select(i => (PartyKind)i);

    [Fact]
    public void The_bits_of_the_evidence_sum_to_the_score() => Gen.Select(s_name, s_name, s_kind).Sample((a, b, kind) =>
    {
        var comparison = Compare(a, b, kind);
        return Math.Abs(comparison.Evidence.Sum(e => e.Bits) - comparison.Bits) < 1e-3 && Math.Abs(comparison.Probability - (1 / (1 + Math.Pow(2, -comparison.Bits)))) < 1e-9;
    });

    [Fact]
    public void The_order_of_the_two_does_not_matter() => Gen.Select(s_name, s_name, s_kind).Sample((a, b, kind) => Math.Abs(Compare(a, b, kind).Bits - Compare(b, a, kind).Bits) < 1e-3);

    // Words without meaning of their own in a sequence: legal forms and titles are known by where they stand.
    private static readonly string[] s_names = ["hetian", "taida", "kowalski", "zhuhai", "pantum", "ninestar", "petrova", "lindqvist", "okonkwo", "baxtiyarov", "quispe", "mwangi"];
    private static readonly Gen<string[]> s_plain = Gen.Int[0, 11].Select(i => s_names[i]).Array[2, 5].Where(w => w.Distinct().Count() == w.Length);

    [Fact]
    public void The_order_of_words_does_not_matter() => Gen.Select(s_plain, s_plain, s_kind, Gen.Int[0, 1000]).Sample((a, b, kind, seed) =>
    {
        var shuffled = a.OrderBy(w => HashCode.Combine(w, seed)).ToArray();
        return Math.Abs(Compare(string.Join(' ', a), string.Join(' ', b), kind).Bits - Compare(string.Join(' ', shuffled), string.Join(' ', b), kind).Bits) < 1e-3;
    });

    [Fact]
    public void Case_and_accents_do_not_matter() => Gen.Select(s_plain, s_plain, s_kind).Sample((a, b, kind) =>
    {
        var other = string.Join(' ', b);
        var plain = Compare(string.Join(' ', a), other, kind).Bits;
        var marked = string.Join(' ', a).Replace("a", "á", StringComparison.Ordinal).Replace("o", "ö", StringComparison.Ordinal);
        return Math.Abs(plain - Compare(string.Join(' ', a).ToUpperInvariant(), other, kind).Bits) < 1e-3 && Math.Abs(plain - Compare(marked, other, kind).Bits) < 1e-3;
    });

    [Fact]
    public void Nothing_is_more_like_a_name_than_itself() => Gen.Select(s_plain, s_plain, s_kind).Sample((a, b, kind) =>
        Compare(string.Join(' ', a), string.Join(' ', a), kind).Bits >= Compare(string.Join(' ', a), string.Join(' ', b), kind).Bits - 1e-3);

    [Fact]
    public void A_contradicting_word_never_raises_a_score() => Gen.Select(s_plain, s_plain, s_kind).Sample((a, b, kind) =>
    {
        var (x, y) = (string.Join(' ', a), string.Join(' ', b));
        return Compare(x + " fgrqwiz", y + " dlmnopub", kind).Bits <= Compare(x, y, kind).Bits + 1e-3;
    });

    [Fact]
    public void Any_text_is_read_without_failing() => Gen.Select(Gen.String[0, 80], Gen.String[0, 80], s_kind).Sample((a, b, kind) => double.IsFinite(Compare("x" + a, "y" + b, kind).Bits));

    [Fact]
    public void The_worst_names_are_compared_too()
    {
        // Explosions of combinations hang other matchers; how long these take is measured by bench match speed.
        string[] worst =
        [
            "Isa Bin Tarif Al Bin Ali", string.Join(' ', Enumerable.Repeat("bin al", 40)), string.Concat(Enumerable.Repeat("李", 300)), string.Join(' ', Enumerable.Range(0, 300).Select(i => $"{(char)('a' + (i % 26))}")),
            string.Join(' ', Enumerable.Repeat("Ministry of the Interior Department of Special Affairs", 8)), new string('a', 5000), string.Join(' ', Enumerable.Repeat("aaaa aaab aaba abaa", 10)),
        ];
        Assert.All(worst, a => Assert.All(worst, b => Assert.True(double.IsFinite(Compare(a, b, PartyKind.Unknown).Bits))));
    }

    [Fact]
    public void A_sentence_says_both_names_and_no_verdict()
    {
        var text = Sentences.Of(Compare("Hetian Taida Apparel", "Hetian Taida Apparel Co., Ltd.", PartyKind.Organization));
        Assert.Contains("“Hetian Taida Apparel”", text);
        Assert.Contains("both have taida", text);
        Assert.DoesNotContain("guilty", text);
    }

    [Theory]
    [InlineData("no json", "not JSON")]
    [InlineData("[1]", "not an object")]
    [InlineData("{\"a\": \"\\uD800\", \"b\": \"x\"}", "no text")]
    [InlineData("{\"a\": \"x\"}", "no name in \"b\"")]
    public void A_bad_row_says_what_is_wrong(string line, string what) => Assert.Contains(what, Assert.Throws<FormatException>(() => PairRow.Parse(line)).Message);

    private static Comparison Compare(string a, string b, PartyKind kind) => new PartyComparer().Compare(new Party { Names = [a], Kind = kind }, new Party { Names = [b], Kind = kind });
}
