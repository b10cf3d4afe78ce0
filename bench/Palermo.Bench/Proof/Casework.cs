using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using Palermo.Knowledge;
using Palermo.Mitigate.Plans;
using Palermo.Remedy.Cases;
using Palermo.Remedy.Ledgers;
using Palermo.Remedy.Receipts;
using Palermo.Remedy.Sealing;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Storage.Plans;

namespace Palermo.Bench.Proof;

/// <summary>Casework as it comes in a day, over and over: a report with a file, remedy posted to it, a plan that is opened and moved.</summary>
internal sealed class Casework
{
    private const string Worker = "W1", Component = "wages";
    private static readonly Conduct s_conduct = Conduct.Of(Catalogue.Default);
    private readonly Workspace _workspace;
    private readonly ReportChannel _channel;
    private readonly Guid _organization, _person, _contract;
    private readonly KeyPair _handler = KeyPair.Make();
    private readonly byte[] _salt = ReceiptKey.NewSalt();
    private readonly ReceiptKey _key;

    private Casework(Workspace workspace, (Guid Organization, Guid Person, Guid Contract) place)
    {
        (_workspace, _organization, _person, _contract) = (workspace, place.Organization, place.Person, place.Contract);
        _channel = new ReportChannel(workspace, s_conduct);
        // One receipt for all: deriving it takes 64 MB and is not what is tried here.
        _key = ReceiptKey.Of(Receipt.Make(), _salt);
    }

    /// <summary>Who takes the reports.</summary>
    public Guid Organization => _organization;

    /// <summary>Who handles them.</summary>
    public Guid Handler => _person;

    /// <summary>Begins, with an organization, a person and a contract made if there are none.</summary>
    public static async Task<Casework> Begin(Workspace workspace) => new(workspace, await Prepare(workspace));

    /// <summary>One case and one plan, in eight writes; each is said once it is committed, as a line that <see cref="CaseworkCheck"/> finds again.</summary>
    public async Task Once(Func<string, Task> say)
    {
        CaseReader[] readers = [new("handler", _person, _handler.Public)];
        var report = ReportChannel.Seal("{\"what\":\"x\"}", "", [new PlainFile("a", new byte[3000])], readers, _key.Keys.Public);
        var id = await _channel.Receive(_organization, report, await _channel.NewReceipt(), _salt, _key, "en", "worker", _contract);
        await say($"case {id}.");
        foreach (var (kind, minor) in new[] { (EntryKind.Owed, 500L), (EntryKind.Paid, 200L), (EntryKind.Paid, 300L) })
        {
            var posting = Guid.CreateVersion7();
            await _workspace.Write(new Actor(_person, "Ada"), async change =>
            {
                var row = await change.Db.Cases.SingleAsync(c => c.Id == id);
                await CaseRows.Post(change, row, new RemedyEntry(posting, kind, Worker, Component, "EUR", minor, EvidenceGrade.Documents, "bank", null, "", new LocalDate(2026, 11, 30), _person, "payer"), "Ada");
            });
            await say($"posting {posting}.");
        }

        var plan = await _workspace.Write(new Actor(_person, "Ada"), async change => (await PlanRows.Open(change, await change.Db.Contracts.SingleAsync(c => c.Id == _contract), new PlanEvent(PlanKinds.Opened, change.At.ToInstant(), new PlanActor(_person, "Ada", PlanSide.Buyer), Text: "x", Word: "other"), null)).Id);
        await say($"plan {plan} 1.");
        for (var n = 2; n < 5; n++)
        {
            await _workspace.Write(new Actor(_person, "Ada"), async change => await PlanRows.Add(change, await change.Db.Contracts.SingleAsync(c => c.Id == _contract), plan, s_conduct, at => new PlanEvent(PlanKinds.Said, at, new PlanActor(_person, "Ada", PlanSide.Buyer), Text: "x")));
            await say($"plan {plan} {n}.");
        }
    }

    private static Task<(Guid, Guid, Guid)> Prepare(Workspace workspace) => workspace.Write(Actor.Program, async change =>
    {
        if (await change.Db.Contracts.FirstOrDefaultAsync() is { } there)
        {
            return (there.OrganizationId, there.ResponsibleId, there.Id);
        }

        var (organization, person, contract) = (change.NewId(), change.NewId(), change.NewId());
        change.Db.Organizations.Add(new Organization { Id = organization, Name = "Office", Country = "NO", CreatedAt = change.At });
        change.Db.Users.Add(new Person { Id = person, Name = "Ada", UserName = "ada", CreatedAt = change.At });
        change.Db.Contracts.Add(new Contract { Id = contract, OrganizationId = organization, Title = "Gloves", StartOn = new DateOnly(2026, 1, 1), ResponsibleId = person, ChannelCode = "12345678", CreatedAt = change.At });
        change.Log("contract.made", contract, organization);
        return (organization, person, contract);
    });
}
