using NodaTime;
using Palermo.Evidence;
using Palermo.Knowledge;
using Palermo.Remedy.Cases;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Evidence;
using Palermo.Storage.Model;

namespace Palermo.Storage.Tests;

/// <summary>Figures are made from what the evidence log proves.</summary>
public sealed class LoggedCasesTests(Stores stores)
{
    private static readonly Conduct s_conduct = Conduct.Of(Catalogue.Default);

    [Theory]
    [MemberData(nameof(Stores.Kinds), MemberType = typeof(Stores))]
    public async Task A_case_counts_only_as_the_log_has_it(StoreKind kind)
    {
        var workspace = await stores.New(kind);
        var organization = await Stores.AddOrganization(workspace);
        var ada = Guid.NewGuid();
        Task<Case> Report() => workspace.Write(new Actor(null, "channel"), async change =>
        {
            var row = new Case { Id = change.NewId(), OrganizationId = organization.Id, Locator = $"{Random.Shared.Next(100000, 999999)}", Salt = [1], ReporterKey = [2], PublicKey = [3], Commitment = "c", Language = "en", SealedAt = "server", At = change.At };
            change.Db.Cases.Add(row);
            change.Log("case.commitment", row.Id, organization.Id, "sha256:of-the-receipt");
            await CaseRows.Add(change, row, s_conduct, at => new CaseEvent(CaseKinds.Received, at, null, "worker"), "");
            await CaseRows.Add(change, row, s_conduct, at => new CaseEvent(CaseKinds.Assigned, at, null, "by-rule", ada), "");
            return row;
        });
        Task<Guid> Write(Case row, Func<Change, Task> write) => workspace.Write(new Actor(ada, "Ada"), async change =>
        {
            await write(change);
            return row.Id;
        });
        async Task<LoggedCases> Logged(Guid of)
        {
            await using var db = workspace.Open();
            return await LoggedCases.Of(db, of, s_conduct, TestContext.Current.CancellationToken);
        }

        Assert.Equal((0, 0, 0L, 0), Short(await Logged(organization.Id)));
        var (one, two) = (await Report(), await Report());
        await Write(one, change => CaseRows.Add(change, one, s_conduct, at => new CaseEvent(CaseKinds.Triaged, at, ada, "possible", Until: null), "Ada"));
        await Write(two, change => CaseRows.Add(change, two, s_conduct, at => new CaseEvent(CaseKinds.Consent, at, null, "publish", Until: new LocalDate(2027, 1, 31)), "", [1, 2, 3]));
        // Nothing is said before a checkpoint is signed, and of what comes after it.
        Assert.Equal((0, 0, 0L, 0), Short(await Logged(organization.Id)));
        var key = LogKey.Make("test");
        var checkpoint = (await new EvidenceLog(workspace).Publish(key, TestContext.Current.CancellationToken))!.Size;
        var good = await Logged(organization.Id);
        Assert.Equal((2, 6, checkpoint, 0), Short(good));
        await Write(two, change => CaseRows.Add(change, two, s_conduct, at => new CaseEvent(CaseKinds.Triaged, at, ada, "immediate"), "Ada"));
        Assert.Equal((2, 6, checkpoint, 0), Short(await Logged(organization.Id)));
        Assert.Equal("possible", good.Cases.Single(c => c.Danger.Length > 0).Danger);
        Assert.Equal((0, 0, checkpoint, 0), Short(await Logged(Guid.NewGuid())));

        // An entry that the log does not have, or has otherwise: then nothing is said at all.
        await Write(one, change =>
        {
            change.Db.CaseEntries.Add(new CaseEntry { Id = change.NewId(), CaseId = one.Id, Number = 4, Kind = CaseKinds.RetaliationAssessed, Word = "low", ById = ada, ByName = "Ada", At = change.At });
            return Task.CompletedTask;
        });
        Assert.Equal((0, 6, checkpoint, 1), Short(await Logged(organization.Id)));
        // One that only the log has.
        await Write(two, change =>
        {
            change.Log("case.decided", two.Id, organization.Id, "sha256:" + new string('0', 64));
            return Task.CompletedTask;
        });
        checkpoint = (await new EvidenceLog(workspace).Publish(key, TestContext.Current.CancellationToken))!.Size;
        Assert.Equal((0, 7, checkpoint, 2), Short(await Logged(organization.Id)));

        static (int, int, long, int) Short(LoggedCases l) => (l.Cases.Count, l.Entries, l.Size, l.Differing);
    }
}
