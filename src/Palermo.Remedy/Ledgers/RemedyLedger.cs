using NodaTime;
using Palermo.Mitigate;

namespace Palermo.Remedy.Ledgers;

/// <summary>Kinds of entries.</summary>
public enum EntryKind
{
    /// <summary>Something is owed to a worker.</summary>
    Owed,

    /// <summary>Less is owed than an entry said, with the reason.</summary>
    Reduced,

    /// <summary>It was paid.</summary>
    Paid,

    /// <summary>A payment proved not to have arrived.</summary>
    Reversed,

    /// <summary>Somebody else than the payer verified a payment.</summary>
    Verified,
}

/// <summary>How well an amount is known, weakest first.</summary>
public enum EvidenceGrade
{
    /// <summary>Estimated: the median of the corridor, what others paid.</summary>
    Estimated,

    /// <summary>Said in interviews that agree.</summary>
    Interviews,

    /// <summary>Documents: receipts, transfers.</summary>
    Documents,
}

/// <summary>An entry; never changed or removed.</summary>
/// <param name="Id">Id.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Worker">The worker by a pseudonym that only the case knows: <c>W1</c>.</param>
/// <param name="Component">What for: <c>recruitment-fee</c>, <c>wages</c>, <c>stipend</c>.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Minor">Amount in minor units, above zero; for verification and reversal that of the payment.</param>
/// <param name="Grade">How well it is known.</param>
/// <param name="Method">How it was paid or verified; blank otherwise.</param>
/// <param name="To">The entry it is about; null if it stands alone.</param>
/// <param name="Reason">Why, where that must be said.</param>
/// <param name="On">Day on which it happened.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="BySide">For whom: <c>payer</c> or <c>independent</c>.</param>
public sealed record RemedyEntry(Guid Id, EntryKind Kind, string Worker, string Component, string Currency, long Minor, EvidenceGrade Grade, string Method, Guid? To, string Reason, LocalDate On, Guid By, string BySide);

/// <summary>What stands for a worker, or for all, in a currency. Owed is always paid plus outstanding.</summary>
/// <param name="Owed">Owed.</param>
/// <param name="Paid">Paid and not reversed.</param>
/// <param name="Verified">Of that, verified by somebody else than the payer.</param>
public readonly record struct Balance(long Owed, long Paid, long Verified)
{
    /// <summary>What is still to be paid.</summary>
    public long Outstanding => Owed - Paid;

    /// <summary>Sum.</summary>
    public Balance Add(Balance other) => new(Owed + other.Owed, Paid + other.Paid, Verified + other.Verified);
}

/// <summary>What is owed to workers and what was paid. Every entry is checked before it is taken, so that the sums can't fail to balance.</summary>
public sealed class RemedyLedger
{
    private readonly Dictionary<(string Worker, string Component, string Currency), Balance> _balances = [];
    private readonly Dictionary<Guid, RemedyEntry> _entries = [];
    private readonly HashSet<Guid> _reversed = [], _verified = [];

    /// <summary>Most minor units that may be owed in one currency, all together: no sum can pass what a number holds.</summary>
    public const long MostMinor = 1_000_000_000_000_000;

    /// <summary>A ledger of entries, in the order in which they were taken.</summary>
    /// <exception cref="RefusedException">They can't have been.</exception>
    public RemedyLedger(IEnumerable<RemedyEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
        {
            Take(entry);
        }
    }

    /// <summary>Balances by worker, component and currency.</summary>
    public IReadOnlyDictionary<(string Worker, string Component, string Currency), Balance> Balances => _balances;

    /// <summary>Entries, in order.</summary>
    public IReadOnlyCollection<RemedyEntry> Entries => _entries.Values;

    /// <summary>Totals by currency.</summary>
    public IReadOnlyDictionary<string, Balance> Totals => _balances.GroupBy(b => b.Key.Currency).ToDictionary(g => g.Key, g => g.Aggregate(default(Balance), (sum, b) => sum.Add(b.Value)), StringComparer.Ordinal);

    /// <summary>Whether everything owed was paid and verified.</summary>
    public bool IsSettled => _balances.Values.All(b => b.Outstanding == 0 && b.Verified == b.Paid);

    /// <summary>Payments nobody verified yet.</summary>
    public IEnumerable<RemedyEntry> Unverified => _entries.Values.Where(e => e.Kind == EntryKind.Paid && !_reversed.Contains(e.Id) && !_verified.Contains(e.Id));

    /// <summary>Takes an entry.</summary>
    /// <exception cref="RefusedException">It does not fit what is there.</exception>
    public void Take(RemedyEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Refuse(_entries.ContainsKey(entry.Id), "ledger.twice");
        Refuse(!Currency.IsCode(entry.Currency), "ledger.currency");
        Refuse(entry.Minor <= 0, "ledger.amount");
        Refuse(!IsPseudonym(entry.Worker), "ledger.pseudonym");
        Refuse(entry.Component.Length == 0, "ledger.component");
        var key = (entry.Worker, entry.Component, entry.Currency);
        var balance = _balances.GetValueOrDefault(key);
        switch (entry.Kind)
        {
            case EntryKind.Owed:
                Refuse(entry.Minor > MostMinor - _balances.Where(b => b.Key.Currency == entry.Currency).Sum(b => b.Value.Owed), "ledger.amount");
                balance = balance with { Owed = balance.Owed + entry.Minor };
                break;
            case EntryKind.Reduced:
                Refuse(entry.Reason.Trim().Length == 0, "ledger.reason");
                // Less than was paid can't be owed: that would hide a payment.
                Refuse(entry.Minor > balance.Outstanding, "ledger.too-much");
                balance = balance with { Owed = balance.Owed - entry.Minor };
                break;
            case EntryKind.Paid:
                Refuse(entry.Method.Trim().Length == 0, "ledger.method");
                Refuse(entry.Minor > balance.Outstanding, "ledger.too-much");
                balance = balance with { Paid = balance.Paid + entry.Minor };
                break;
            case EntryKind.Reversed:
                Refuse(entry.Reason.Trim().Length == 0, "ledger.reason");
                var gone = Payment(entry);
                Refuse(!_reversed.Add(gone.Id), "ledger.reversed-already");
                balance = balance with { Paid = balance.Paid - gone.Minor, Verified = balance.Verified - (_verified.Contains(gone.Id) ? gone.Minor : 0) };
                break;
            default:
                Refuse(entry.Method.Trim().Length == 0, "ledger.method");
                var payment = Payment(entry);
                Refuse(entry.By == payment.By || entry.BySide == "payer", "ledger.verify-own");
                Refuse(_reversed.Contains(payment.Id), "ledger.reversed-already");
                Refuse(!_verified.Add(payment.Id), "ledger.verified-already");
                balance = balance with { Verified = balance.Verified + payment.Minor };
                break;
        }

        _balances[key] = balance;
        _entries[entry.Id] = entry;
    }

    // A name is no pseudonym: one letter and a number.
    private static bool IsPseudonym(string worker) => worker.Length is >= 2 and <= 6 && char.IsAsciiLetterUpper(worker[0]) && worker[1..].All(char.IsAsciiDigit);

    private RemedyEntry Payment(RemedyEntry entry) => entry.To is { } to && _entries.TryGetValue(to, out var payment) && payment.Kind == EntryKind.Paid && (payment.Worker, payment.Component, payment.Currency, payment.Minor) == (entry.Worker, entry.Component, entry.Currency, entry.Minor)
        ? payment : throw new RefusedException("ledger.payment-missing");

    private static void Refuse(bool refuse, string key)
    {
        if (refuse)
        {
            throw new RefusedException(key);
        }
    }
}
