using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Storage.Operating;

namespace Palermo.Storage.Tests;

/// <summary>A store with something in every table.</summary>
internal static class Filled
{
    public static Task Fill(Workspace workspace) => workspace.Write(new Actor(null, "Ærø ☂"), change =>
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
