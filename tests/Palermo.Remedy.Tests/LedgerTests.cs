using CsCheck;
using NodaTime;
using Palermo.Mitigate;
using Palermo.Remedy.Ledgers;

namespace Palermo.Remedy.Tests;

/// <summary>Owed is paid plus outstanding, whatever is written.</summary>
public sealed class LedgerTests
{
    private static readonly Guid s_payer = Guid.NewGuid(), s_verifier = Guid.NewGuid();
    private static readonly LocalDate s_day = new(2026, 3, 2);

    private static RemedyEntry E(EntryKind kind, long minor = 100, string worker = "W1", Guid? to = null, Guid? by = null, string side = "payer", string method = "bank transfer", string reason = "why", string currency = "EUR", string component = "recruitment-fee") =>
        new(Guid.NewGuid(), kind, worker, component, currency, minor, EvidenceGrade.Documents, method, to, reason, s_day, by ?? s_payer, side);

    private static void Refused(string key, RemedyLedger ledger, RemedyEntry entry)
    {
        var before = ledger.Balances.ToArray();
        Assert.Equal(key, Assert.Throws<RefusedException>(() => ledger.Take(entry)).Message);
        Assert.Equal(before, ledger.Balances.ToArray());
    }

    [Fact]
    public void What_is_owed_is_paid_and_verified()
    {
        var paid = E(EntryKind.Paid, 60);
        var ledger = new RemedyLedger([E(EntryKind.Owed), paid]);
        Assert.Equal(40, ledger.Totals["EUR"].Outstanding);
        Assert.False(ledger.IsSettled);
        Refused("ledger.verify-own", ledger, E(EntryKind.Verified, 60, to: paid.Id));
        Refused("ledger.verify-own", ledger, E(EntryKind.Verified, 60, to: paid.Id, side: "independent"));
        Refused("ledger.verify-own", ledger, E(EntryKind.Verified, 60, to: paid.Id, by: s_verifier));
        Refused("ledger.payment-missing", ledger, E(EntryKind.Verified, 50, to: paid.Id, by: s_verifier, side: "independent"));
        Refused("ledger.payment-missing", ledger, E(EntryKind.Verified, 60, by: s_verifier, side: "independent"));
        ledger.Take(E(EntryKind.Verified, 60, to: paid.Id, by: s_verifier, side: "independent"));
        Refused("ledger.verified-already", ledger, E(EntryKind.Verified, 60, to: paid.Id, by: s_verifier, side: "independent"));
        Assert.Empty(ledger.Unverified);
        ledger.Take(E(EntryKind.Reduced, 40));
        Assert.True(ledger.IsSettled);
        // It did not arrive after all: it is owed again, and no longer verified.
        ledger.Take(E(EntryKind.Reversed, 60, to: paid.Id));
        Assert.Equal(new Balance(60, 0, 0), ledger.Totals["EUR"]);
        Refused("ledger.reversed-already", ledger, E(EntryKind.Reversed, 60, to: paid.Id));
        Refused("ledger.reversed-already", ledger, E(EntryKind.Verified, 60, to: paid.Id, by: s_verifier, side: "independent"));
    }

    [Fact]
    public void Entries_that_do_not_fit_are_refused()
    {
        var ledger = new RemedyLedger([E(EntryKind.Owed)]);
        Refused("ledger.too-much", ledger, E(EntryKind.Paid, 101));
        Refused("ledger.too-much", ledger, E(EntryKind.Reduced, 101));
        Refused("ledger.too-much", ledger, E(EntryKind.Paid, worker: "W2"));
        Refused("ledger.too-much", ledger, E(EntryKind.Paid, currency: "USD"));
        Refused("ledger.amount", ledger, E(EntryKind.Owed, 0));
        Refused("ledger.amount", ledger, E(EntryKind.Owed, -5));
        Refused("ledger.currency", ledger, E(EntryKind.Owed, currency: "euro"));
        Refused("ledger.pseudonym", ledger, E(EntryKind.Owed, worker: "Maria"));
        Refused("ledger.pseudonym", ledger, E(EntryKind.Owed, worker: "W"));
        Refused("ledger.component", ledger, E(EntryKind.Owed, component: ""));
        Refused("ledger.method", ledger, E(EntryKind.Paid, 10, method: " "));
        Refused("ledger.reason", ledger, E(EntryKind.Reduced, 10, reason: ""));
        var same = E(EntryKind.Owed);
        ledger.Take(same);
        Refused("ledger.twice", ledger, same);
        Refused("ledger.reason", ledger, E(EntryKind.Reversed, 10, reason: ""));
    }

    [Fact]
    public void All_is_settled_where_each_is()
    {
        var (one, two) = (E(EntryKind.Paid, 100), E(EntryKind.Paid, 100, "W2"));
        var ledger = new RemedyLedger([E(EntryKind.Owed), E(EntryKind.Owed, worker: "W2"), one]);
        ledger.Take(E(EntryKind.Verified, 100, to: one.Id, by: s_verifier, side: "independent"));
        Assert.False(ledger.IsSettled);
        ledger.Take(two);
        // Paid is not yet verified.
        Assert.False(ledger.IsSettled);
        Assert.Equal([two], ledger.Unverified);
        Refused("ledger.method", ledger, E(EntryKind.Verified, 100, "W2", two.Id, s_verifier, "independent", method: " "));
        ledger.Take(E(EntryKind.Verified, 100, "W2", two.Id, s_verifier, "independent"));
        Assert.True(ledger.IsSettled);
        Assert.Equal(new Balance(200, 200, 200), ledger.Totals["EUR"]);
        var third = E(EntryKind.Paid, 30);
        ledger.Take(E(EntryKind.Owed, 30));
        ledger.Take(third);
        ledger.Take(E(EntryKind.Reversed, 30, to: third.Id));
        // A payment that never arrived waits for nobody's look.
        Assert.Empty(ledger.Unverified);
        // Less is owed by exactly what is left.
        ledger.Take(E(EntryKind.Reduced, 30));
        Assert.True(ledger.IsSettled);
    }

    [Fact]
    public void No_sum_can_pass_what_a_number_holds()
    {
        var ledger = new RemedyLedger([E(EntryKind.Owed, RemedyLedger.MostMinor - 5)]);
        Refused("ledger.amount", ledger, E(EntryKind.Owed, 6, worker: "W2"));
        Refused("ledger.amount", ledger, E(EntryKind.Owed, long.MaxValue, worker: "W2"));
        ledger.Take(E(EntryKind.Owed, 5, worker: "W2"));
        Refused("ledger.amount", ledger, E(EntryKind.Owed, 1));
        ledger.Take(E(EntryKind.Owed, RemedyLedger.MostMinor, currency: "USD"));
        Assert.Equal(RemedyLedger.MostMinor, ledger.Totals["EUR"].Owed);
        Assert.Equal("entries", Assert.Throws<ArgumentNullException>(() => new RemedyLedger(null!)).ParamName);
        Assert.Equal("entry", Assert.Throws<ArgumentNullException>(() => ledger.Take(null!)).ParamName);
    }

    [Theory]
    [InlineData("W1", true)]
    [InlineData("W12345", true)]
    [InlineData("W123456", false)]
    [InlineData("W1a", false)]
    [InlineData("Wa1", false)]
    [InlineData("w1", false)]
    [InlineData("11", false)]
    public void A_pseudonym_is_a_letter_and_a_number(string worker, bool fits)
    {
        var ledger = new RemedyLedger([]);
        if (fits)
        {
            ledger.Take(E(EntryKind.Owed, worker: worker));
        }
        else
        {
            Refused("ledger.pseudonym", ledger, E(EntryKind.Owed, worker: worker));
        }
    }

    /// <summary>Minor units as ISO 4217 lists them.</summary>
    [Theory]
    [InlineData(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")]
    [InlineData(3, "BHD IQD JOD KWD LYD OMR TND")]
    [InlineData(2, "EUR USD NOK MYR CNY XXX")]
    public void Currencies_have_the_digits_of_the_standard(int digits, string currencies) => Assert.All(currencies.Split(' '), c => Assert.Equal(digits, Currency.Digits(c)));

    [Fact]
    public void A_code_has_three_capitals()
    {
        Assert.True(Currency.IsCode("EUR"));
        Assert.All(new[] { "EU", "EURO", "eUR", "E1R", "" }, c => Assert.False(Currency.IsCode(c)));
        // The largest number that is one.
        Assert.Equal(long.MaxValue, Currency.Read("9223372036854775807", "JPY"));
        Assert.Null(Currency.Read("9223372036854775808", "JPY"));
    }

    [Theory]
    [InlineData("1250.50", "EUR", 125050L, "1250.50 EUR")]
    [InlineData("1250", "JPY", 1250L, "1250 JPY")]
    [InlineData("1.234", "KWD", 1234L, "1.234 KWD")]
    [InlineData("0.01", "USD", 1L, "0.01 USD")]
    public void Amounts_keep_every_unit(string text, string currency, long minor, string shown)
    {
        Assert.Equal(minor, Currency.Read(text, currency));
        Assert.Equal(shown, Currency.Text(minor, currency));
    }

    [Theory]
    [InlineData("1.5", "JPY")]
    [InlineData("1.234", "EUR")]
    [InlineData("1,50", "EUR")]
    [InlineData("-1", "EUR")]
    [InlineData("99999999999999999999", "EUR")]
    [InlineData("", "EUR")]
    public void What_is_no_amount_is_refused(string text, string currency) => Assert.Null(Currency.Read(text, currency));

    private static readonly Gen<(int Kind, long Minor, int Worker, int To, int By)[]> s_any = Gen.Select(Gen.Int[0, 4], Gen.Long[1, 50], Gen.Int[1, 3], Gen.Int[0, 20], Gen.Int[0, 1]).Array[0, 60];

    [Fact]
    public void It_always_balances() => s_any.Sample(tries =>
    {
        var ledger = new RemedyLedger([]);
        var taken = new List<RemedyEntry>();
        foreach (var (kind, minor, worker, to, by) in tries)
        {
            var about = kind >= 3 && taken.Count > 0 ? taken[to % taken.Count] : null;
            var entry = E((EntryKind)kind, about?.Minor ?? minor, about?.Worker ?? $"W{worker}", about?.Id, by == 0 ? s_payer : s_verifier, by == 0 ? "payer" : "independent");
            try
            {
                ledger.Take(entry);
                taken.Add(entry);
            }
            catch (RefusedException)
            {
                continue;
            }
        }

        long Sum(EntryKind kind) => taken.Where(e => e.Kind == kind).Sum(e => e.Minor);
        var total = ledger.Totals.GetValueOrDefault("EUR");
        Assert.Equal(Sum(EntryKind.Owed) - Sum(EntryKind.Reduced), total.Owed);
        Assert.Equal(Sum(EntryKind.Paid) - Sum(EntryKind.Reversed), total.Paid);
        foreach (var balance in ledger.Balances.Values)
        {
            Assert.Equal(balance.Owed, balance.Paid + balance.Outstanding);
            Assert.InRange(balance.Verified, 0, balance.Paid);
            Assert.InRange(balance.Paid, 0, balance.Owed);
        }

        // Read again, entry by entry, it says the same.
        Assert.Equal(ledger.Balances.OrderBy(b => b.Key.Worker), new RemedyLedger(taken).Balances.OrderBy(b => b.Key.Worker));
    }, iter: 3000);
}
