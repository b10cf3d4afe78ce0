using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Palermo.Knowledge;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Receipts;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;

namespace Palermo.Storage.Cases;

/// <summary>A file somebody brought, before it is sealed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">Its content.</param>
public sealed record PlainFile(string Name, byte[] Content);

/// <summary>A report, sealed: by a browser, or by <see cref="ReportChannel.Seal"/>.</summary>
/// <param name="PublicKey">Public key of the case.</param>
/// <param name="Copies">The private key, sealed to each reader: holder, id, box.</param>
/// <param name="ReporterCopy">The private key, sealed to the receipt.</param>
/// <param name="Content">What was said.</param>
/// <param name="Identity">Who reported; null if they did not say.</param>
/// <param name="Files">Files.</param>
/// <param name="SealedAt"><c>browser</c> or <c>server</c>.</param>
public sealed record SealedReport(byte[] PublicKey, IReadOnlyList<(string Holder, Guid Id, byte[] Box)> Copies, byte[] ReporterCopy, byte[] Content, SealedIdentity? Identity, IReadOnlyList<SealedReportFile> Files, string SealedAt);

/// <summary>Who reported, sealed to a key of its own, and that key in layers: for each two handlers, who agrees outside, who asks inside.</summary>
/// <param name="Box">The content.</param>
/// <param name="Layers">Layers, by who agrees and who asks.</param>
public sealed record SealedIdentity(byte[] Box, IReadOnlyList<IdentityLayer> Layers);

/// <summary>One of them.</summary>
/// <param name="Agrees">Who must agree.</param>
/// <param name="Asks">Who then sees it.</param>
/// <param name="Box">The key.</param>
public sealed record IdentityLayer(Guid Agrees, Guid Asks, byte[] Box);

/// <summary>A file, sealed. Without a key of its own it is sealed as a message is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its key; empty if it has none.</param>
/// <param name="Content">Its content.</param>
public sealed record SealedReportFile(byte[] Name, byte[] Key, byte[] Content);

/// <summary>A case that its reporter opened with the receipt.</summary>
/// <param name="Row">The case.</param>
/// <param name="Receipt">What the receipt opens.</param>
/// <param name="Keys">Keys of the case; null once they were destroyed.</param>
public sealed record ReporterCase(Case Row, ReceiptKey Receipt, KeyPair? Keys);

/// <summary>The worker's side of the store: reports come in sealed, and whoever has a receipt comes back.</summary>
public sealed class ReportChannel(Workspace workspace, Conduct conduct)
{
    /// <summary>How many handlers must be able to read a report for a name to be taken with it: nobody sees it alone.</summary>
    public const int FewestForIdentity = 2;

    private static readonly byte[] s_decoy = RandomNumberGenerator.GetBytes(32);

    /// <summary>Seals a report as soon as it is there, for who has no script. What was said is not kept anywhere else.</summary>
    public static SealedReport Seal(string content, string identity, IReadOnlyList<PlainFile> files, IReadOnlyList<CaseReader> readers, byte[] reporterKey)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(readers);
        var keys = KeyPair.Make();
        var copies = readers.Select(r => (r.Holder, r.Id, SealedBox.SealKey(keys.Private, r.PublicKey))).ToArray();
        var report = new SealedReport(keys.Public, copies, SealedBox.SealKey(keys.Private, reporterKey), SealedBox.Seal(Encoding.UTF8.GetBytes(content), keys.Public), identity.Length > 0 ? SealIdentity(identity, readers) : null, [.. files.Select(f => SealFile(f, keys.Public))], "server");
        CryptographicOperations.ZeroMemory(keys.Private);
        return report;
    }

    /// <summary>Seals a file to a case.</summary>
    public static SealedReportFile SealFile(PlainFile file, byte[] casePublicKey)
    {
        ArgumentNullException.ThrowIfNull(file);
        var (content, key) = SealedFile.Seal(file.Content, casePublicKey);
        return new SealedReportFile(SealedBox.Seal(Encoding.UTF8.GetBytes(file.Name), casePublicKey), key, content);
    }

    /// <summary>Opens a file of a case; null if it can't be.</summary>
    public static PlainFile? OpenFile(CaseFile file, KeyPair keys)
    {
        ArgumentNullException.ThrowIfNull(file);
        var content = file.Key.Length == 0 ? SealedBox.Open(file.Content, keys) : SealedFile.Open(file.Content, file.Key, keys);
        return content is not null && SealedBox.Open(file.NameBox, keys) is { } name ? new PlainFile(Encoding.UTF8.GetString(name), content) : null;
    }

    /// <summary>The contract of the digits on a notice; null if there is none.</summary>
    public async Task<Guid?> ContractOf(string code, CancellationToken cancel = default)
    {
        var digits = string.Concat((code ?? "").Where(char.IsAsciiDigit));
        await using var db = workspace.Open();
        return digits.Length == 0 ? null : await db.Contracts.Where(c => c.ChannelCode == digits).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Whom a new report is sealed to.</summary>
    public async Task<IReadOnlyList<CaseReader>> Readers(Guid channel, Guid? contractId, CancellationToken cancel = default)
    {
        await using var db = workspace.Open();
        return await CaseReaders.Of(db, channel, contractId, [], cancel).ConfigureAwait(false);
    }

    /// <summary>A receipt that no case has yet.</summary>
    public async Task<Receipt> NewReceipt(CancellationToken cancel = default)
    {
        await using var db = workspace.Open();
        while (true)
        {
            var receipt = Receipt.Make();
            if (!await db.Cases.AnyAsync(c => c.Locator == receipt.Locator, cancel).ConfigureAwait(false))
            {
                return receipt;
            }
        }
    }

    /// <summary>Takes a report: the case, who may read it, the entry in the log and the acknowledgement, all or nothing.</summary>
    /// <param name="channel">Who runs the channel.</param>
    /// <param name="report">The report.</param>
    /// <param name="receipt">The receipt that was made for it.</param>
    /// <param name="salt">Its salt.</param>
    /// <param name="key">What it opens.</param>
    /// <param name="language">Language of the reporter.</param>
    /// <param name="way"><c>worker</c>, <c>on-behalf</c> or <c>paper</c>.</param>
    /// <param name="contractId">The contract; null if none is known.</param>
    /// <param name="by">Who writes it down for the reporter; null for the reporter.</param>
    /// <param name="cancel">Stops.</param>
    public Task<Guid> Receive(Guid channel, SealedReport report, Receipt receipt, byte[] salt, ReceiptKey key, string language, string way, Guid? contractId, Actor? by = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(key);
        var actor = by ?? new Actor(null, "channel");
        return workspace.Write(actor, async change =>
        {
            var row = new Case { Id = change.NewId(), OrganizationId = channel, Locator = receipt.Locator, Salt = salt, ReporterKey = key.Keys.Public, PublicKey = report.PublicKey, Commitment = key.Commitment, Language = language, ContractId = contractId, SealedAt = report.SealedAt, At = change.At };
            change.Db.Cases.Add(row);
            foreach (var (holder, id, box) in report.Copies)
            {
                change.Db.CaseKeyCopies.Add(new CaseKeyCopy { CaseId = row.Id, Holder = holder, HolderId = id, Box = box });
            }

            change.Db.CaseKeyCopies.Add(new CaseKeyCopy { CaseId = row.Id, Holder = "reporter", HolderId = row.Id, Box = report.ReporterCopy });
            change.Db.CaseMessages.Add(new CaseMessage { Id = change.NewId(), CaseId = row.Id, From = "reporter", Box = report.Content, At = change.At });
            if (report.Identity is { } identity)
            {
                change.Db.CaseIdentities.Add(new CaseIdentity { CaseId = row.Id, Box = identity.Box, Layers = JsonSerializer.Serialize(identity.Layers) });
            }

            AddFiles(change, row.Id, "reporter", report.Files);
            // First in the log, and bound to the receipt: whoever has it can show that the report was received, and when.
            change.Log("case.commitment", row.Id, channel, $"receipt:{key.Commitment} report:{LedgerHash.Of(report.Content)}");
            await CaseRows.Add(change, row, conduct, at => new CaseEvent(CaseKinds.Received, at, null, way), actor.Id is null ? "" : actor.Name, null, cancel).ConfigureAwait(false);
            foreach (var (holder, id, _) in report.Copies.Where(c => c.Holder == "handler"))
            {
                await CaseRows.Add(change, row, conduct, at => new CaseEvent(CaseKinds.Assigned, at, null, "by-rule", id), "channel", null, cancel).ConfigureAwait(false);
            }

            // The page with the receipt is the acknowledgement.
            await CaseRows.Add(change, row, conduct, at => new CaseEvent(CaseKinds.Acknowledged, at, null), "channel", null, cancel).ConfigureAwait(false);
            return row.Id;
        }, cancel);
    }

    /// <summary>Opens a case with its receipt. A wrong receipt and one of no case take the same work and give the same answer.</summary>
    public async Task<ReporterCase?> Open(Receipt receipt, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        await using var db = workspace.Open();
        var locator = receipt.Locator;
        var row = await db.Cases.SingleOrDefaultAsync(c => c.Locator == locator, cancel).ConfigureAwait(false);
        // Without a case it is looked for all the same, under an id that none has: how long the answer takes tells nothing.
        var id = row?.Id ?? Guid.Empty;
        var copy = await db.CaseKeyCopies.SingleOrDefaultAsync(k => k.CaseId == id && k.Holder == "reporter", cancel).ConfigureAwait(false);
        var key = ReceiptKey.Of(receipt, row?.Salt ?? HMACSHA256.HashData(s_decoy, Encoding.ASCII.GetBytes(locator)).AsSpan(0, ReceiptKey.SaltSize));
        var right = CryptographicOperations.FixedTimeEquals(key.Keys.Public, row?.ReporterKey ?? s_decoy);
        return row is null || !right ? null : new ReporterCase(row, key, copy is not null && SealedBox.OpenKey(copy.Box, key.Keys) is { } opened ? KeyPair.FromPrivate(opened) : null);
    }

    /// <summary>Adds what the reporter says.</summary>
    public Task Say(ReporterCase opened, string text, IReadOnlyList<PlainFile> files, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(opened);
        ArgumentNullException.ThrowIfNull(text);
        var key = opened.Row.PublicKey;
        return SaySealed(opened, text.Length > 0 ? SealedBox.Seal(Encoding.UTF8.GetBytes(text), key) : null, [.. files.Select(f => SealFile(f, key))], cancel);
    }

    /// <summary>Adds what the reporter says, sealed to the case already.</summary>
    public Task SaySealed(ReporterCase opened, byte[]? box, IReadOnlyList<SealedReportFile> files, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(opened);
        ArgumentNullException.ThrowIfNull(files);
        return Change(opened, (change, row) =>
        {
            if (box is not null)
            {
                change.Db.CaseMessages.Add(new CaseMessage { Id = change.NewId(), CaseId = row.Id, From = "reporter", Box = box, At = change.At });
                change.Log("case.message", row.Id, row.OrganizationId, "sha256:" + LedgerHash.Of(box));
            }

            foreach (var file in files)
            {
                change.Log("case.file", row.Id, row.OrganizationId, "sha256:" + LedgerHash.Of(file.Content));
            }

            AddFiles(change, row.Id, "reporter", files);
            return Task.CompletedTask;
        }, cancel);
    }

    /// <summary>Adds an event that is the reporter's own: a consent, a request to look again.</summary>
    /// <exception cref="Mitigate.RefusedException">It may not happen as things stand.</exception>
    public Task Tell(ReporterCase opened, Func<Instant, CaseEvent> make, string words, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(opened);
        ArgumentNullException.ThrowIfNull(words);
        return Change(opened, (change, row) => CaseRows.Add(change, row, conduct, make, "", words.Length > 0 ? SealedBox.Seal(Encoding.UTF8.GetBytes(words), row.PublicKey) : null, cancel), cancel);
    }

    /// <summary>What the reporter sees: messages that are meant for them, oldest first.</summary>
    public async Task<IReadOnlyList<(string From, string Text, DateTimeOffset At)>> Messages(ReporterCase opened, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(opened);
        await using var db = workspace.Open();
        var id = opened.Row.Id;
        var rows = await db.CaseMessages.Where(m => m.CaseId == id && (m.From == "reporter" || m.From == "handler")).OrderBy(m => m.At).ThenBy(m => m.Id).ToListAsync(cancel).ConfigureAwait(false);
        return [.. rows.Select(m => (m.From, opened.Keys is { } keys && SealedBox.Open(m.Box, keys) is { } text ? Encoding.UTF8.GetString(text) : "", m.At))];
    }

    internal static void AddFiles(Change change, Guid caseId, string from, IReadOnlyList<SealedReportFile> files)
    {
        foreach (var file in files)
        {
            change.Db.CaseFiles.Add(new CaseFile { Id = change.NewId(), CaseId = caseId, From = from, NameBox = file.Name, Key = file.Key, Content = file.Content, At = change.At });
        }
    }

    private static SealedIdentity? SealIdentity(string identity, IReadOnlyList<CaseReader> readers)
    {
        var handlers = readers.Where(r => r.Holder == "handler").ToArray();
        if (handlers.Length < FewestForIdentity)
        {
            // Nobody alone may see it, so it is not taken at all; whoever shows the receipt says so.
            return null;
        }

        var keys = KeyPair.Make();
        var layers = handlers.SelectMany(agrees => handlers.Where(asks => asks.Id != agrees.Id).Select(asks => new IdentityLayer(agrees.Id, asks.Id, SealedBox.SealKey(SealedBox.SealKey(keys.Private, asks.PublicKey), agrees.PublicKey)))).ToArray();
        var box = SealedBox.Seal(Encoding.UTF8.GetBytes(identity), keys.Public);
        CryptographicOperations.ZeroMemory(keys.Private);
        return new SealedIdentity(box, layers);
    }

    private Task Change(ReporterCase opened, Func<Change, Case, Task> make, CancellationToken cancel) => workspace.Write(new Actor(null, "channel"), async change =>
    {
        var id = opened.Row.Id;
        var row = await change.Db.Cases.SingleAsync(c => c.Id == id, cancel).ConfigureAwait(false);
        if (row.PurgedAt is not null)
        {
            throw new Mitigate.RefusedException("case.purged");
        }

        await make(change, row).ConfigureAwait(false);
    }, cancel);
}
