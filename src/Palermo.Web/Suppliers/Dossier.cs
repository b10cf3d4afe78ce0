using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Palermo.Knowledge;
using Palermo.Matching;
using Palermo.Matching.Lists;
using Palermo.Mitigate.Plans;
using Palermo.Storage;
using Palermo.Storage.Model;
using Palermo.Storage.Plans;
using Palermo.Web.Accounts;
using Palermo.Web.Api.Matching;
using Palermo.Web.Portfolio;

namespace Palermo.Web.Suppliers;

/// <summary>A party of a list that may be the supplier, with what was decided on it.</summary>
/// <param name="Candidate">The party, and how it compares.</param>
/// <param name="Title">Title of the list.</param>
/// <param name="Decision">The last decision; null if there is none.</param>
public sealed record Listing(ListCandidate Candidate, string Title, ListingDecision? Decision)
{
    /// <summary>What would change it: facts that are not known of one of the two, in keys of words.</summary>
    public IReadOnlyList<string> WouldChange { get; init; } = [];
}

/// <summary>A question whose answer changed from one year to the next.</summary>
/// <param name="Question">The question.</param>
/// <param name="Before">Answer before; empty if there was none.</param>
/// <param name="After">Answer after; empty if there is none.</param>
public sealed record AnswerChange(string Question, string Before, string After);

/// <summary>All that is known of a supplier, as far as who asks may see it.</summary>
public sealed record Dossier
{
    /// <summary>What is kept.</summary>
    public required Supplier Row { get; init; }

    /// <summary>All names, the main one first.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Listings that it may be, the most probable first.</summary>
    public required IReadOnlyList<Listing> Listings { get; init; }

    /// <summary>Decisions on parties that are no longer found, or no longer listed.</summary>
    public required IReadOnlyList<ListingDecision> Past { get; init; }

    /// <summary>Processes that name it, by run.</summary>
    public required IReadOnlyList<(ScreeningRun Run, IReadOnlyList<ProcessLine> Processes)> Contracts { get; init; }

    /// <summary>What was said.</summary>
    public required IReadOnlyList<SupplierNote> Notes { get; init; }

    /// <summary>Answers, the newest year first.</summary>
    public required IReadOnlyList<(SupplierAnswers Row, IReadOnlyDictionary<string, string> Answers)> Answers { get; init; }

    /// <summary>Corrective action plans on contracts that who asks may see, with the title of the contract.</summary>
    public IReadOnlyList<(Plan Row, string Contract, CorrectivePlan Plan)> Plans { get; init; } = [];

    /// <summary>Lists it was compared with; empty if there are none, so that nothing found is not taken for nothing there.</summary>
    public required IReadOnlyList<ListEdition> Lists { get; init; }

    private const int MostListings = 10, MostProcesses = 50, MostRuns = 20;
    private const double Least = 0.1;

    /// <summary>Reads a dossier.</summary>
    public static async Task<Dossier> Of(WorkspaceDb db, Supplier row, Access who, ListShelf shelf, Conduct conduct, Func<Guid, DuckDB.NET.Data.DuckDBConnection?> open, CancellationToken cancel)
    {
        var names = NamesOf(row);
        var party = PartyOf(row);
        var decisions = (await db.ListingDecisions.Where(d => d.SupplierId == row.Id).ToListAsync(cancel)).GroupBy(d => (d.ListId, d.PartyId)).ToDictionary(g => g.Key, g => g.OrderBy(d => d.At).ThenBy(d => d.Id).Last());
        var editions = shelf.Editions;
        var found = editions.Count == 0 ? [] : shelf.Find(ListShelf.AllLists, party, MostListings, Least);
        var listings = found.Select(c => new Listing(c, editions.First(e => e.Source.Id == c.List).Source.Title, decisions.GetValueOrDefault((c.List, c.Party.Id))) { WouldChange = [.. Open(party, c.Party)] }).ToArray();
        var readable = who.Where(Permission.ReadRuns);
        var runs = await db.Runs.Where(r => readable.Contains(r.OrganizationId) && r.ScreenedAt != null).OrderByDescending(r => r.ScreenedAt).Take(MostRuns).ToListAsync(cancel);
        var contracts = new List<(ScreeningRun, IReadOnlyList<ProcessLine>)>();
        foreach (var run in runs)
        {
            using var table = open(run.Id);
            if (table is not null && PortfolioQueries.OfSupplier(table, names, MostProcesses) is { Count: > 0 } processes)
            {
                contracts.Add((run, processes));
            }
        }

        var watched = who.Where(Permission.ReadContracts);
        var plans = await db.Plans.Join(db.Contracts.Where(c => c.SupplierId == row.Id && watched.Contains(c.OrganizationId)), p => p.ContractId, c => c.Id, (p, c) => new { Plan = p, c.Title }).ToListAsync(cancel);
        var planIds = plans.Select(p => p.Plan.Id).ToArray();
        var states = PlanRows.StatesOf(await db.PlanEntries.Where(e => planIds.Contains(e.PlanId)).ToListAsync(cancel), conduct);
        return new Dossier
        {
            Plans = [.. plans.Select(p => (p.Plan, p.Title, states[p.Plan.Id]))],
            Row = row,
            Names = names,
            Listings = listings,
            Past = [.. decisions.Where(d => found.All(c => (c.List, c.Party.Id) != d.Key)).Select(d => d.Value)],
            Contracts = contracts,
            Notes = await db.SupplierNotes.Where(n => n.SupplierId == row.Id).OrderBy(n => n.At).ToListAsync(cancel),
            Answers = [.. (await db.Answers.Where(a => a.SupplierId == row.Id).ToListAsync(cancel)).GroupBy(a => a.Year).Select(g => g.OrderBy(a => a.At).Last()).OrderByDescending(a => a.Year).Select(a => (a, (IReadOnlyDictionary<string, string>)JsonSerializer.Deserialize<Dictionary<string, string>>(a.Answers)!))],
            Lists = editions,
        };
    }

    /// <summary>Names of a supplier, the main one first.</summary>
    public static IReadOnlyList<string> NamesOf(Supplier row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return [row.Name, .. Lines(row.OtherNames)];
    }

    /// <summary>What is compared with lists.</summary>
    public static Party PartyOf(Supplier row) => new()
    {
        Names = NamesOf(row),
        Countries = row.Country.Length > 0 ? [row.Country] : [],
        Addresses = row.Address.Length > 0 ? [row.Address] : [],
        Identifiers = [.. Lines(row.Identifiers).Select(l => l.Split(' ', 2) is [var scheme, var id] ? $"{scheme}:{id.Trim()}" : l)],
    };

    /// <summary>What changed between the answers of two years.</summary>
    public static IReadOnlyList<AnswerChange> Changes(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Select(q => new AnswerChange(q, before.GetValueOrDefault(q, ""), after.GetValueOrDefault(q, ""))).Where(c => c.Before != c.After)];
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // A comparison rests on what both sides say; what one of them lacks could still turn it.
    private static IEnumerable<string> Open(Party supplier, ListedParty listed)
    {
        if (supplier.Identifiers.Count == 0 || listed.Identifiers.Count == 0)
        {
            yield return supplier.Identifiers.Count == 0 ? "change.identifier-ours" : "change.identifier-theirs";
        }

        if (supplier.Countries.Count == 0 || listed.Countries.Count == 0)
        {
            yield return supplier.Countries.Count == 0 ? "change.country-ours" : "change.country-theirs";
        }

        if (supplier.Addresses.Count == 0 || listed.Addresses.Count == 0)
        {
            yield return supplier.Addresses.Count == 0 ? "change.address-ours" : "change.address-theirs";
        }

        yield return listed.Until.Length > 0 ? "change.until" : "change.removal";
    }
}
