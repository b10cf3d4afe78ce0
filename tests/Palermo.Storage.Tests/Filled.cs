using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Palermo.Evidence;
using Palermo.Storage.Changes;
using Palermo.Storage.Evidence;
using Palermo.Storage.Model;
using Palermo.Storage.Operating;

namespace Palermo.Storage.Tests;

/// <summary>A store with something in every table.</summary>
internal static class Filled
{
    public static async Task Fill(Workspace workspace)
    {
        await Rows(workspace);
        await new EvidenceLog(workspace).Publish(LogKey.Make("test"));
    }

    private static Task Rows(Workspace workspace) => workspace.Write(new Actor(null, "Ærø ☂"), change =>
    {
        var (db, at) = (change.Db, change.At);
        var (person, organization, tender, run, supplier, hook) = (change.NewId(), change.NewId(), change.NewId(), change.NewId(), change.NewId(), change.NewId());
        db.Add(new Organization { Id = organization, Name = "Tribunal de Cuentas", Country = "ES", CreatedAt = at });
        db.Add(new Person { Id = person, Name = "Ana", UserName = "ana@example.org", Email = "ana@example.org", CreatedAt = at, Memberships = [new Membership { PersonId = person, OrganizationId = organization, Role = Role.Auditor }] });
        db.Add(new IdentityUserClaim<Guid> { UserId = person, ClaimType = "t", ClaimValue = "v" });
        db.Add(new IdentityUserLogin<Guid> { UserId = person, LoginProvider = "oidc", ProviderKey = "k" });
        db.Add(new IdentityUserToken<Guid> { UserId = person, LoginProvider = "l", Name = "n", Value = "v" });
        db.Add(new IdentityUserPasskey<Guid> { UserId = person, CredentialId = [1, 2, 3], Data = new IdentityPasskeyData { PublicKey = [4], ClientDataJson = [5], AttestationObject = [6], Transports = ["internal"], CreatedAt = at, Name = "key", SignCount = 7 } });
        db.Add(new Oversight { OverseerId = organization, OverseenId = organization });
        db.Add(new Invitation { Id = change.NewId(), CodeHash = "c", Email = "b@example.org", OrganizationId = organization, Roles = "Officer", ExpiresAt = at.AddDays(7) });
        db.Add(new Tender { Id = tender, OrganizationId = organization, Title = "Guantes", Facts = "{\"title\":\"Guantes\"}", ResponsibleId = person, PublishOn = new DateOnly(2026, 10, 1), CreatedAt = at, ChangedAt = at });
        db.Add(new TenderReason { Id = change.NewId(), TenderId = tender, Subject = "risk", Choice = "note", Reason = "…", ById = person, ByName = "Ana", At = at });
        db.Add(new TenderNotice { Id = change.NewId(), TenderId = tender, Ocid = "ocds-1", Content = [0, 255, 10], Sha256 = "s", At = at });
        var record = new AssessmentRecord { Id = change.NewId(), TenderId = tender, Number = 1, Content = "{\"ñ\": 1}", Sha256 = LedgerHash.Of("{\"ñ\": 1}"), ById = person, ByName = "Ana", At = at };
        db.Add(record);
        db.Add(new Job { Id = change.NewId(), Kind = "screen", Subject = run.ToString(), RunAfter = at, CreatedAt = at, Progress = 0.25 });
        db.Add(new ScreeningRun { Id = run, OrganizationId = organization, Title = "2026", Source = "x.jsonl", Bytes = 5_000_000_000, ById = person, CreatedAt = at });
        db.Add(new SavedView { Id = change.NewId(), RunId = run, Name = "v", Query = "?a=b", ById = person, At = at });
        db.Add(new Supplier { Id = supplier, OrganizationId = organization, Name = "Guantes SA", OtherNames = "手套\nقفازات", CreatedAt = at, ChangedAt = at });
        db.Add(new ListingDecision { Id = change.NewId(), SupplierId = supplier, ListId = "l", PartyId = "p", Edition = new DateOnly(2026, 5, 1), Choice = "not-a-match", Reason = "r", ById = person, ByName = "Ana", At = at });
        db.Add(new SupplierNote { Id = change.NewId(), SupplierId = supplier, Kind = "contest", Text = "t", ById = person, ByName = "Ana", At = at });
        db.Add(new SupplierAnswers { Id = change.NewId(), SupplierId = supplier, Year = 2026, Answers = "{}", ById = person, ByName = "Ana", At = at });
        db.Add(new ApiKey { Id = "k1", OrganizationId = organization, Name = "n", SecretHash = "h", Scopes = "tenders", DailyQuota = 10, ExpiresOn = new DateOnly(2027, 1, 1), ById = person, CreatedAt = at });
        db.Add(new IdempotentAnswer { ApiKeyId = "k1", Key = "a", RequestHash = "r", Status = 201, At = at });
        db.Add(new Webhook { Id = hook, OrganizationId = organization, Url = "https://example.org/", Secret = "s", Kinds = "*", CreatedAt = at });
        db.Add(new Microsoft.AspNetCore.DataProtection.EntityFrameworkCore.DataProtectionKey { FriendlyName = "f", Xml = "<key/>" });
        var (contract, plan, file, @case, key) = (change.NewId(), change.NewId(), change.NewId(), change.NewId(), change.NewId());
        db.Add(new KeptFile { Id = file, OrganizationId = organization, Title = "t", FileName = "a.pdf", Content = [1, 0, 2], Sha256 = "s", ByName = "Ana", At = at });
        db.Add(new Contract { Id = contract, OrganizationId = organization, Title = "Guantes", SupplierId = supplier, TenderId = tender, StartOn = new DateOnly(2026, 11, 1), ResponsibleId = person, ChannelCode = "12345678", CreatedAt = at });
        db.Add(new ContractParty { Id = change.NewId(), ContractId = contract, Kind = "site", Tier = 2, Name = "工厂", Country = "CN", ByName = "Ana", At = at });
        db.Add(new ContractEvidence { Id = change.NewId(), ContractId = contract, Kind = "audit", Level = "Site", Title = "t", IssuedOn = new DateOnly(2026, 8, 1), FileId = file, ById = person, ByName = "Ana", At = at });
        db.Add(new ContractEvent { Id = change.NewId(), ContractId = contract, Kind = "started", ByName = "Ana", At = at });
        db.Add(new Alert { Id = change.NewId(), ContractId = contract, CauseKey = "k", Kind = "finding", Level = "high", Sentence = "s", At = at });
        db.Add(new Plan { Id = plan, ContractId = contract, CreatedAt = at });
        db.Add(new PlanEntry { Id = change.NewId(), PlanId = plan, Number = 1, Kind = "opened", Side = "Buyer", ById = person, ByName = "Ana", At = at });
        db.Add(new HandlerKey { PersonId = person, PublicKey = [1], Salt = [2], Box = [3], CreatedAt = at });
        db.Add(new UnlockedKey { Id = "u", PersonId = person, Box = [4], ExpiresAt = at });
        db.Add(new RecoveryKey { Id = key, OrganizationId = organization, PublicKey = [5], Needed = 2, People = "p", Layers = "[]", CreatedAt = at });
        db.Add(new Recovery { Id = change.NewId(), RecoveryKeyId = key, ForId = person, Reason = "r", Left = "", Box = [], At = at });
        db.Add(new Case { Id = @case, OrganizationId = organization, Locator = "123456", Salt = [6], ReporterKey = [7], PublicKey = [8], Commitment = "c", Language = "ne", ContractId = contract, SealedAt = "server", At = at });
        db.Add(new CaseKeyCopy { CaseId = @case, Holder = "handler", HolderId = person, Box = [9] });
        db.Add(new CaseMessage { Id = change.NewId(), CaseId = @case, From = "reporter", Box = [10], At = at });
        db.Add(new CaseFile { Id = change.NewId(), CaseId = @case, From = "reporter", NameBox = [11], Key = [12], Content = [13], At = at });
        db.Add(new CaseIdentity { CaseId = @case, Box = [14], Layers = "[]" });
        db.Add(new IdentityRequest { Id = change.NewId(), CaseId = @case, AskedById = person, AskedAt = at });
        db.Add(new CaseEntry { Id = change.NewId(), CaseId = @case, Number = 1, Kind = "received", At = at });
        db.Add(new RemedyPosting { Id = change.NewId(), CaseId = @case, Number = 1, Kind = "Owed", Worker = "W1", Component = "wages", Currency = "EUR", Minor = 125000, Grade = "Documents", OnDay = new DateOnly(2026, 9, 1), Side = "independent", ById = person, ByName = "Ana", At = at });
        // Entries after the webhook, so that a delivery waits.
        change.Log("organization.made", organization, organization, "Tribunal de Cuentas");
        change.Log("record.made", record.Id, organization, record.Sha256);
        change.Log("test.ended", tender, null);
        return Task.CompletedTask;
    });

    /// <summary>Every row of every table as text.</summary>
    public static async Task<IReadOnlyList<string>> Dump(StoreAddress address)
    {
        await using var db = address.Open();
        var lines = new List<string>();
        foreach (var type in StoreCopy.InOrder(db.Model))
        {
            var rows = ((IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type.ClrType).Invoke(db, null)!).AsNoTracking().ToList();
            Assert.True(rows.Count > 0, $"{type.GetTableName()} is empty: Filled should put something into it.");
            lines.AddRange(rows.Select(r => $"{type.GetTableName()}: {JsonSerializer.Serialize(r)}").Order(StringComparer.Ordinal));
        }

        return lines;
    }
}
