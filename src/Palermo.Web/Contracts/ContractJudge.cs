using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;
using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Mitigate.Clocks;
using Palermo.Mitigate.Watching;
using Palermo.Storage;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Storage.Plans;
using Palermo.Web.Api.Matching;
using Palermo.Web.Hosting;
using Palermo.Web.Portfolio;
using Palermo.Web.Suppliers;

namespace Palermo.Web.Contracts;

/// <summary>Judges a contract by what is known today: facts, what was published of it, lists, evidence, clocks, grievances found to be so. What is new becomes an alert, once for each cause.</summary>
internal sealed class ContractJudge(KnowledgeBase knowledge, ListShelf shelf, Conduct conduct, PortfolioStore portfolios)
{
    private const int MostListings = 5, FewestCases = 5, WarnDays = 30, MostRuns = 20;

    // From here on a listing is more likely than not the same party (docs/matching.md).
    private const double Probable = 0.8;

    /// <summary>What a judgement rests on: while it is the same, judging again says nothing new.</summary>
    public string Fingerprint => LedgerHash.Of($"{knowledge.Edition}|{string.Join('|', shelf.Editions.Select(e => $"{e.Source.Id} {e.Date:yyyy-MM-dd} {e.Parties}"))}|{knowledge.Today:yyyy-MM-dd}")[..16];

    /// <summary>All causes to look at a contract, and its level.</summary>
    public async Task<(IReadOnlyList<Cause> Causes, string Level)> Causes(WorkspaceDb db, Contract row, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(row);
        var supplier = row.SupplierId is { } id ? await db.Suppliers.SingleOrDefaultAsync(s => s.Id == id, cancel) : null;
        var chain = await db.ContractParties.Where(p => p.ContractId == row.Id && p.EndedAt == null).OrderBy(p => p.Id).ToListAsync(cancel);
        var members = chain.Select(p => new ChainMember(p.Kind, p.Name, p.Country, p.Address)).ToList();
        if (supplier is not null)
        {
            members.Insert(0, new ChainMember("supplier", supplier.Name, supplier.Country, supplier.Address));
        }

        var (found, level) = ContractScreening.Screen(new WatchedContract(row.Title, row.Items.Split('\n', StringSplitOptions.RemoveEmptyEntries), row.Country, members), knowledge.Today);
        var causes = found.ToList();
        causes.AddRange(await Published(db, row, cancel));
        causes.AddRange(Listings(supplier, chain));
        causes.AddRange(await Expiring(db, row, cancel));
        var events = await db.ContractEvents.Where(e => e.ContractId == row.Id).ToListAsync(cancel);
        var now = new DateTimeOffset(knowledge.Today, TimeOnly.MaxValue, TimeSpan.Zero).ToInstant();
        causes.AddRange(OpenContract.ClocksOf(row, events, conduct, now).Where(c => c.IsOpen && c.IsLate).Select(c => new Cause($"clock:{c.Rule.Id}:{c.Start.At.ToUnixTimeSeconds()}", "clock", "medium", $"{c.Rule.Title.English} was due on {Deadline.LastDayOf(c.Due, Place.Of(row.Country)):yyyy-MM-dd}.", SourceOf(c.Rule.Ground))));
        causes.AddRange(await Grievances(db, row, cancel));
        return (causes, level);
    }

    /// <summary>Writes what is new.</summary>
    /// <returns>Alerts made.</returns>
    public async Task<int> Write(Change change, Guid contractId, IReadOnlyList<Cause> causes, string level, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(change);
        var row = await change.Db.Contracts.SingleAsync(c => c.Id == contractId, cancel);
        await Bind(change, row, cancel);
        var known = await change.Db.Alerts.Where(a => a.ContractId == contractId).ToListAsync(cancel);
        var difference = Difference.Of(known.Select(a => a.CauseKey), causes);
        foreach (var cause in difference.Added)
        {
            change.Db.Alerts.Add(new Alert { Id = change.NewId(), ContractId = contractId, CauseKey = cause.Key, Kind = cause.Kind, Level = cause.Level, Sentence = cause.Sentence, Sources = cause.Sources, At = change.At });
            change.Log("contract.alert", contractId, row.OrganizationId, $"{cause.Kind}: {cause.Key}");
        }

        foreach (var alert in known)
        {
            var gone = difference.Gone.Contains(alert.CauseKey);
            if (gone != alert.GoneAt is not null)
            {
                alert.GoneAt = gone ? change.At : null;
            }

            // A sleeping alert wakes on its day; it is the same alert.
            if (alert is { State: AlertState.Snoozed, Until: { } until } && until <= knowledge.Today)
            {
                alert.State = AlertState.Open;
            }
        }

        if (row.Risk != level)
        {
            change.Log("contract.risk", contractId, row.OrganizationId, $"{(row.Risk.Length > 0 ? row.Risk : "unknown")} → {level}");
        }

        (row.Risk, row.JudgedAt) = (level, change.At);
        change.Db.ContractEvents.Add(new ContractEvent { Id = change.NewId(), ContractId = contractId, Kind = "judged", Text = Fingerprint, ByName = change.By.Name, At = change.At });
        return difference.Added.Count;
    }

    /// <summary>Writes down what times bind a contract, if that changed; clocks follow from what is written.</summary>
    public async Task Bind(Change change, Contract row, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(row);
        var text = BoundTime.Write(await OpenContract.BoundBy(change.Db, row, knowledge, conduct, cancel));
        if (text != await PlanRows.BoundOf(change.Db, row.Id, cancel))
        {
            var bound = new ContractEvent { Id = change.NewId(), ContractId = row.Id, Kind = PlanRows.BoundKind, Text = text, ByName = change.By.Name, At = change.At };
            change.Db.ContractEvents.Add(bound);
            change.Log("contract.bound", row.Id, row.OrganizationId, RowHash.Of(bound));
        }
    }

    /// <summary>What a clock rests on, in words.</summary>
    private string SourceOf(Ground ground) => string.Join("; ", ground.Basis.SourceIds.Select(s => knowledge.Catalogue.Sources[s].Title).Append(ground.Basis.SourceIds.Count == 0 ? ground.Locator : "").Where(t => t.Length > 0));

    // What the newest data set that holds the process says of it. A cause that the contract itself gives has the same key: it
    // is told once.
    private async Task<IEnumerable<Cause>> Published(WorkspaceDb db, Contract row, CancellationToken cancel)
    {
        if (row.Ocid.Length == 0)
        {
            return [];
        }

        var runs = await db.Runs.Where(r => r.OrganizationId == row.OrganizationId && r.ScreenedAt != null).OrderByDescending(r => r.ScreenedAt).Take(MostRuns).ToListAsync(cancel);
        foreach (var run in runs)
        {
            using var connection = portfolios.Open(run.Id);
            if (connection is not null && PortfolioQueries.Process(connection, row.Ocid) is { } process)
            {
                return process.Findings.Where(f => f.LevelRank >= (int)Level.Low).Select(f => new Cause($"finding:{f.Indicator}:{f.Subject}:{f.Country}", "release", PortfolioFilter.Ranks[f.LevelRank], f.Sentence, $"{f.Sources}; {row.Ocid} in {run.Title}, screened on {run.ScreenedAt:yyyy-MM-dd}"));
            }
        }

        return [];
    }

    private IEnumerable<Cause> Listings(Supplier? supplier, IReadOnlyList<ContractParty> chain)
    {
        if (shelf.Problem() is not null || shelf.Editions.Count == 0)
        {
            yield break;
        }

        var parties = chain.Select(p => (p.Name, Party: new Matching.Party { Names = [p.Name], Countries = p.Country.Length > 0 ? [p.Country] : [], Addresses = p.Address.Length > 0 ? [p.Address] : [] })).ToList();
        if (supplier is not null)
        {
            parties.Insert(0, (supplier.Name, Dossier.PartyOf(supplier)));
        }

        var found = shelf.FindAll(ListShelf.AllLists, [.. parties.Select(p => p.Party)], MostListings, Probable);
        for (var i = 0; i < parties.Count; i++)
        {
            foreach (var candidate in found[i])
            {
                yield return new Cause($"listing:{candidate.List}:{candidate.Party.Id}:{parties[i].Name}", "listing", candidate.Comparison.Band >= Matching.MatchBand.Likely ? "high" : "medium",
                    $"{parties[i].Name} may be {(candidate.Party.Names.Count > 0 ? candidate.Party.Names[0].Text : candidate.Party.Id)} of the list {candidate.List}.", $"{candidate.List}, edition {candidate.Edition:yyyy-MM-dd}");
            }
        }
    }

    private async Task<IEnumerable<Cause>> Expiring(WorkspaceDb db, Contract row, CancellationToken cancel)
    {
        var soon = knowledge.Today.AddDays(WarnDays);
        var evidence = await db.EvidenceReceived.Where(e => e.ContractId == row.Id && e.ExpiresOn != null && e.ExpiresOn <= soon).ToListAsync(cancel);
        return evidence.Select(e => e.ExpiresOn < knowledge.Today
            ? new Cause($"evidence-expired:{e.Id}", "evidence", "medium", $"{e.Title} expired on {e.ExpiresOn:yyyy-MM-dd}.", e.ByName)
            : new Cause($"evidence-expires:{e.Id}", "evidence", "low", $"{e.Title} expires on {e.ExpiresOn:yyyy-MM-dd}.", e.ByName));
    }

    // What the channel found to be so counts as identified; it is told only where the reporter allowed it, or where so many
    // cases concern a supplier that none can be told from the others.
    private async Task<IEnumerable<Cause>> Grievances(WorkspaceDb db, Contract row, CancellationToken cancel)
    {
        var cases = await db.Cases.Where(c => c.ContractId != null && (c.ContractId == row.Id || (row.SupplierId != null && db.Contracts.Any(o => o.Id == c.ContractId && o.SupplierId == row.SupplierId)))).ToListAsync(cancel);
        var ids = cases.Select(c => c.Id).ToArray();
        var states = (await db.CaseEntries.Where(e => ids.Contains(e.CaseId)).ToListAsync(cancel)).GroupBy(e => e.CaseId).Select(g => (Case: cases.First(c => c.Id == g.Key), State: CaseRows.StateOf(g.OrderBy(e => e.Number), conduct))).Where(c => c.State.IsFounded).ToArray();
        var today = NodaTime.LocalDate.FromDateOnly(knowledge.Today);
        var causes = states.Where(c => c.Case.ContractId == row.Id && c.State.Consents.Any(k => k.Purpose == "tell-buyer" && k.HoldsOn(today)))
            .SelectMany(c => c.State.HarmKinds.DefaultIfEmpty("other")).Distinct()
            .Select(harm => new Cause($"grievance:{harm}", "grievance", "high", $"A grievance about this contract was found to be so ({harm}). The harm counts as identified; the people who reported are not named here.", "grievance channel")).ToList();
        if (states.Length >= FewestCases)
        {
            causes.Add(new Cause("grievance:several", "grievance", "high", $"{FewestCases.ToString(CultureInfo.InvariantCulture)} or more grievances about this supplier were found to be so.", "grievance channel"));
        }

        return causes;
    }
}
