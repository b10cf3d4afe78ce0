using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Mitigate.Clocks;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Ledgers;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Cases;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Routing;

namespace Palermo.Web.Cases;

/// <summary>Something said in a case, opened.</summary>
/// <param name="From">Who: <c>reporter</c>, <c>handler</c>, <c>note</c>.</param>
/// <param name="ByName">Name of the handler.</param>
/// <param name="Text">Words; answers to questions for a first report.</param>
/// <param name="Answers">Answers by question; empty if it is plain words.</param>
/// <param name="At">When.</param>
public sealed record OpenMessage(string From, string ByName, string Text, IReadOnlyDictionary<string, string> Answers, DateTimeOffset At);

/// <summary>A case that its handler opened with their key.</summary>
public sealed record OpenCase
{
    /// <summary>What is kept in the clear.</summary>
    public required Case Row { get; init; }

    /// <summary>Keys of the case.</summary>
    public required KeyPair Keys { get; init; }

    /// <summary>How it stands.</summary>
    public required CaseState State { get; init; }

    /// <summary>Entries with their opened words, in order.</summary>
    public required IReadOnlyList<(CaseEntry Row, string Words)> Entries { get; init; }

    /// <summary>Messages, oldest first.</summary>
    public required IReadOnlyList<OpenMessage> Messages { get; init; }

    /// <summary>Files by id, with their opened names.</summary>
    public required IReadOnlyList<(Guid Id, string From, string Name, DateTimeOffset At)> Files { get; init; }

    /// <summary>What is owed and was paid.</summary>
    public required RemedyLedger Ledger { get; init; }

    /// <summary>Clocks.</summary>
    public required IReadOnlyList<Clock> Clocks { get; init; }

    /// <summary>Country of who runs the channel: whose days count.</summary>
    public required string Country { get; init; }

    /// <summary>Title of the contract; blank if none is known.</summary>
    public required string Contract { get; init; }

    /// <summary>Names of people.</summary>
    public required IReadOnlyDictionary<Guid, string> People { get; init; }

    /// <summary>Handlers of the channel who could be given a key, and why not if they can't.</summary>
    public required IReadOnlyList<CaseHandler> Others { get; init; }

    /// <summary>Whether the reporter said who they are.</summary>
    public required bool HasIdentity { get; init; }

    /// <summary>Requests to see it.</summary>
    public required IReadOnlyList<IdentityRequest> Requests { get; init; }

    /// <summary>Whether the row may be read at all: a copy of the key, and no reason against it.</summary>
    internal static async Task<(Case Row, CaseKeyCopy Copy)?> Find(Visit v, Storage.WorkspaceDb db)
    {
        var (id, me) = (v.Id(), v.Who.PersonId ?? Guid.Empty);
        var row = await db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, v.Cancel);
        return row is not null && v.Who.May(Permission.HandleCases, row.OrganizationId) && await db.CaseKeyCopies.AsNoTracking().SingleOrDefaultAsync(k => k.CaseId == id && k.Holder == "handler" && k.HolderId == me, v.Cancel) is { } copy ? (row, copy) : null;
    }

    internal static async Task<OpenCase?> Load(Visit v, KeyPair handler)
    {
        await using var db = v.Open();
        if (await Find(v, db) is not var (row, copy) || SealedBox.OpenKey(copy.Box, handler) is not { } opened || KeyPair.FromPrivate(opened) is not { } keys)
        {
            return null;
        }

        var conduct = v.Service<Conduct>();
        var entries = await db.CaseEntries.Where(e => e.CaseId == row.Id).OrderBy(e => e.Number).ToListAsync(v.Cancel);
        var state = CaseRows.StateOf(entries, conduct);
        var messages = await db.CaseMessages.Where(m => m.CaseId == row.Id).OrderBy(m => m.At).ThenBy(m => m.Id).ToListAsync(v.Cancel);
        string Text(byte[] box) => SealedBox.Open(box, keys) is { } text ? Encoding.UTF8.GetString(text) : "?";
        var words = messages.Where(m => m.From == "words").ToDictionary(m => m.Id, m => Text(m.Box));
        var files = await db.CaseFiles.Where(f => f.CaseId == row.Id).OrderBy(f => f.At).Select(f => new { f.Id, f.From, f.NameBox, f.At }).ToListAsync(v.Cancel);
        var channel = await db.Organizations.SingleAsync(o => o.Id == row.OrganizationId, v.Cancel);
        var team = await CaseReaders.Handlers(db, row.OrganizationId, row.ContractId, state.Recused, v.Cancel);
        var holders = await db.CaseKeyCopies.Where(k => k.CaseId == row.Id && k.Holder == "handler").Select(k => k.HolderId).ToListAsync(v.Cancel);
        var now = v.Store.Now.ToInstant();
        return new OpenCase
        {
            Row = row,
            Keys = keys,
            State = state,
            Entries = [.. entries.Select(e => (e, words.GetValueOrDefault(e.Id, "")))],
            Messages = [.. messages.Where(m => m.From != "words").Select(m => Message(m, Text(m.Box)))],
            Files = [.. files.Select(f => (f.Id, f.From, Text(f.NameBox), f.At))],
            Ledger = await CaseRows.Ledger(db, row.Id, v.Cancel),
            Clocks = state.Clocks(conduct, channel.Country, now),
            Country = channel.Country,
            Contract = row.ContractId is { } contract ? await db.Contracts.Where(c => c.Id == contract).Select(c => c.Title).SingleAsync(v.Cancel) : "",
            People = team.ToDictionary(t => t.Id, t => t.Name),
            Others = [.. team.Where(t => !holders.Contains(t.Id))],
            HasIdentity = await db.CaseIdentities.AnyAsync(i => i.CaseId == row.Id, v.Cancel),
            Requests = await db.IdentityRequests.Where(r => r.CaseId == row.Id).OrderBy(r => r.AskedAt).ToListAsync(v.Cancel),
        };
    }

    private static OpenMessage Message(CaseMessage m, string text)
    {
        if (m.From == "reporter" && text.StartsWith('{'))
        {
            try
            {
                return new OpenMessage(m.From, m.ByName, "", System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(text)!, m.At);
            }
            catch (System.Text.Json.JsonException)
            {
                // Words that begin with a brace.
            }
        }

        return new OpenMessage(m.From, m.ByName, text, new Dictionary<string, string>(), m.At);
    }
}
