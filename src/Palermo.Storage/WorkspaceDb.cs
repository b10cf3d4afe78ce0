using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Palermo.Storage.Model;

namespace Palermo.Storage;

/// <summary>All that the workspace keeps. One model; <see cref="SqliteWorkspaceDb"/> and <see cref="PostgresWorkspaceDb"/> only say how a value is written.</summary>
public abstract class WorkspaceDb(DbContextOptions options) : IdentityUserContext<Person, Guid>(options), IDataProtectionKeyContext
{
    private const int ShortText = 200, HashText = 64, LongestCredential = 1024;

    /// <summary>Organizations.</summary>
    public DbSet<Organization> Organizations => Set<Organization>();

    /// <summary>Roles of people in organizations.</summary>
    public DbSet<Membership> Memberships => Set<Membership>();

    /// <summary>Who may read whose.</summary>
    public DbSet<Oversight> Oversights => Set<Oversight>();

    /// <summary>Invitations.</summary>
    public DbSet<Invitation> Invitations => Set<Invitation>();

    /// <summary>Tenders.</summary>
    public DbSet<Tender> Tenders => Set<Tender>();

    /// <summary>Reasons of decisions.</summary>
    public DbSet<TenderReason> TenderReasons => Set<TenderReason>();

    /// <summary>Notices brought to tenders.</summary>
    public DbSet<TenderNotice> TenderNotices => Set<TenderNotice>();

    /// <summary>Assessments as they were.</summary>
    public DbSet<AssessmentRecord> AssessmentRecords => Set<AssessmentRecord>();

    /// <summary>What happened.</summary>
    public DbSet<LedgerEntry> Ledger => Set<LedgerEntry>();

    /// <summary>Work in the background.</summary>
    public DbSet<Job> Jobs => Set<Job>();

    /// <summary>Screened data sets.</summary>
    public DbSet<ScreeningRun> Runs => Set<ScreeningRun>();

    /// <summary>Saved views of runs.</summary>
    public DbSet<SavedView> SavedViews => Set<SavedView>();

    /// <summary>Suppliers.</summary>
    public DbSet<Supplier> Suppliers => Set<Supplier>();

    /// <summary>Decisions on listings.</summary>
    public DbSet<ListingDecision> ListingDecisions => Set<ListingDecision>();

    /// <summary>What was said of suppliers.</summary>
    public DbSet<SupplierNote> SupplierNotes => Set<SupplierNote>();

    /// <summary>Answers of suppliers.</summary>
    public DbSet<SupplierAnswers> Answers => Set<SupplierAnswers>();

    /// <summary>Keys of programs.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>Answers given again.</summary>
    public DbSet<IdempotentAnswer> IdempotentAnswers => Set<IdempotentAnswer>();

    /// <summary>Webhooks.</summary>
    public DbSet<Webhook> Webhooks => Set<Webhook>();

    /// <summary>What webhooks are to be told.</summary>
    public DbSet<Delivery> Deliveries => Set<Delivery>();

    /// <summary>Keys of cookies and forms, shared by all nodes.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Contracts under watch.</summary>
    public DbSet<Contract> Contracts => Set<Contract>();

    /// <summary>Chains of contracts.</summary>
    public DbSet<ContractParty> ContractParties => Set<ContractParty>();

    /// <summary>Evidence received on contracts.</summary>
    public DbSet<ContractEvidence> EvidenceReceived => Set<ContractEvidence>();

    /// <summary>What happened to contracts.</summary>
    public DbSet<ContractEvent> ContractEvents => Set<ContractEvent>();

    /// <summary>Reasons to look at contracts.</summary>
    public DbSet<Alert> Alerts => Set<Alert>();

    /// <summary>Corrective action plans.</summary>
    public DbSet<Plan> Plans => Set<Plan>();

    /// <summary>What happened to plans.</summary>
    public DbSet<PlanEntry> PlanEntries => Set<PlanEntry>();

    /// <summary>Files that organizations brought.</summary>
    public DbSet<KeptFile> KeptFiles => Set<KeptFile>();

    /// <summary>Keys of people who handle cases.</summary>
    public DbSet<HandlerKey> HandlerKeys => Set<HandlerKey>();

    /// <summary>Keys in use.</summary>
    public DbSet<UnlockedKey> UnlockedKeys => Set<UnlockedKey>();

    /// <summary>Keys that several people use together.</summary>
    public DbSet<RecoveryKey> RecoveryKeys => Set<RecoveryKey>();

    /// <summary>Recoveries under way.</summary>
    public DbSet<Recovery> Recoveries => Set<Recovery>();

    /// <summary>Grievance cases.</summary>
    public DbSet<Case> Cases => Set<Case>();

    /// <summary>Keys of cases, sealed.</summary>
    public DbSet<CaseKeyCopy> CaseKeyCopies => Set<CaseKeyCopy>();

    /// <summary>What was said in cases, sealed.</summary>
    public DbSet<CaseMessage> CaseMessages => Set<CaseMessage>();

    /// <summary>Files of cases, sealed.</summary>
    public DbSet<CaseFile> CaseFiles => Set<CaseFile>();

    /// <summary>Who reported, sealed.</summary>
    public DbSet<CaseIdentity> CaseIdentities => Set<CaseIdentity>();

    /// <summary>Requests to see who reported.</summary>
    public DbSet<IdentityRequest> IdentityRequests => Set<IdentityRequest>();

    /// <summary>What happened to cases.</summary>
    public DbSet<CaseEntry> CaseEntries => Set<CaseEntry>();

    /// <summary>What is owed to workers and was paid.</summary>
    public DbSet<RemedyPosting> RemedyPostings => Set<RemedyPosting>();

    /// <summary>The tree over the ledger.</summary>
    public DbSet<LogNode> LogNodes => Set<LogNode>();

    /// <summary>Signed checkpoints.</summary>
    public DbSet<LogCheckpoint> LogCheckpoints => Set<LogCheckpoint>();

    /// <summary>Saves rows as they were read elsewhere: versions stay.</summary>
    internal Task<int> SaveAsTheyAre(CancellationToken cancel) => base.SaveChangesAsync(true, cancel);

    /// <inheritdoc/>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry is { Entity: IAppendOnly, State: EntityState.Modified or EntityState.Deleted })
            {
                throw new InvalidOperationException($"{entry.Metadata.ClrType.Name} is never changed or removed.");
            }

            if (entry is { Entity: IVersioned versioned, State: EntityState.Added or EntityState.Modified })
            {
                versioned.Version++;
            }
        }

        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Role>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<TenderState>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<AlertState>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<JobState>().HaveConversion<string>().HaveMaxLength(32);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);
        builder.Entity<Person>(e =>
        {
            e.ToTable("People");
            e.Property(p => p.Name).HasMaxLength(ShortText);
            e.HasMany(p => p.Memberships).WithOne().HasForeignKey(m => m.PersonId);
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("PersonClaims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("PersonLogins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("PersonTokens");
        // Identity's model has passkeys only where its options say so; the model of a store must not hang on who opens it.
        builder.Entity<IdentityUserPasskey<Guid>>(e =>
        {
            e.ToTable("PersonPasskeys");
            e.HasKey(p => p.CredentialId);
            e.Property(p => p.CredentialId).HasMaxLength(LongestCredential);
            e.OwnsOne(p => p.Data).ToJson();
            e.HasOne<Person>().WithMany().HasForeignKey(p => p.UserId);
        });
        builder.Entity<Organization>().Property(o => o.Name).HasMaxLength(ShortText);
        builder.Entity<Membership>(e =>
        {
            e.HasKey(m => new { m.PersonId, m.OrganizationId, m.Role });
            Belongs<Membership, Organization>(builder, nameof(Membership.OrganizationId));
        });
        builder.Entity<Oversight>().HasKey(o => new { o.OverseerId, o.OverseenId });
        Belongs<Oversight, Organization>(builder, nameof(Oversight.OverseerId));
        Belongs<Oversight, Organization>(builder, nameof(Oversight.OverseenId));
        builder.Entity<Invitation>().HasIndex(i => i.CodeHash).IsUnique();
        Belongs<Invitation, Organization>(builder, nameof(Invitation.OrganizationId));

        Belongs<Tender, Organization>(builder, nameof(Tender.OrganizationId));
        Belongs<Tender, Person>(builder, nameof(Tender.ResponsibleId));
        builder.Entity<Tender>().HasIndex(t => new { t.OrganizationId, t.State, t.PublishOn });
        Belongs<TenderReason, Tender>(builder, nameof(TenderReason.TenderId));
        Belongs<TenderNotice, Tender>(builder, nameof(TenderNotice.TenderId));
        Belongs<AssessmentRecord, Tender>(builder, nameof(AssessmentRecord.TenderId));
        builder.Entity<AssessmentRecord>().HasIndex(r => new { r.TenderId, r.Number }).IsUnique();

        builder.Entity<LedgerEntry>(e =>
        {
            e.HasKey(l => l.Number);
            e.Property(l => l.Number).ValueGeneratedNever();
            e.Property(l => l.Hash).HasMaxLength(HashText);
            e.Property(l => l.Previous).HasMaxLength(HashText);
            e.HasIndex(l => l.Previous).IsUnique();
            e.HasIndex(l => l.Subject);
            e.HasIndex(l => new { l.OrganizationId, l.Number });
        });
        builder.Entity<Job>().HasIndex(j => new { j.State, j.RunAfter });
        builder.Entity<Job>().HasIndex(j => j.Subject);
        Belongs<ScreeningRun, Organization>(builder, nameof(ScreeningRun.OrganizationId));
        Belongs<SavedView, ScreeningRun>(builder, nameof(SavedView.RunId));

        Belongs<Supplier, Organization>(builder, nameof(Supplier.OrganizationId));
        builder.Entity<Supplier>().HasIndex(s => new { s.OrganizationId, s.Name });
        Belongs<ListingDecision, Supplier>(builder, nameof(ListingDecision.SupplierId));
        Belongs<SupplierNote, Supplier>(builder, nameof(SupplierNote.SupplierId));
        Belongs<SupplierAnswers, Supplier>(builder, nameof(SupplierAnswers.SupplierId));

        builder.Entity<ApiKey>().Property(k => k.Id).HasMaxLength(32);
        Belongs<ApiKey, Organization>(builder, nameof(ApiKey.OrganizationId));
        builder.Entity<IdempotentAnswer>().HasKey(a => new { a.ApiKeyId, a.Key });
        Belongs<IdempotentAnswer, ApiKey>(builder, nameof(IdempotentAnswer.ApiKeyId));
        Belongs<Webhook, Organization>(builder, nameof(Webhook.OrganizationId));
        Belongs<Delivery, Webhook>(builder, nameof(Delivery.WebhookId));
        builder.Entity<Delivery>().HasIndex(d => d.NextAt);

        ContractModel(builder);
        CaseModel(builder);
        foreach (var type in builder.Model.GetEntityTypes())
        {
            if (typeof(IVersioned).IsAssignableFrom(type.ClrType))
            {
                type.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
            }

            // Ids are made by the program, in the order of time.
            if (type.FindProperty("Id") is { } id && id.ClrType == typeof(Guid))
            {
                id.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
            }
        }
    }

    private static void ContractModel(ModelBuilder builder)
    {
        Belongs<Contract, Organization>(builder, nameof(Contract.OrganizationId));
        Belongs<Contract, Supplier>(builder, nameof(Contract.SupplierId));
        Belongs<Contract, Tender>(builder, nameof(Contract.TenderId));
        Belongs<Contract, Person>(builder, nameof(Contract.ResponsibleId));
        builder.Entity<Contract>().HasIndex(c => c.ChannelCode).IsUnique();
        Belongs<ContractParty, Contract>(builder, nameof(ContractParty.ContractId));
        Belongs<ContractEvidence, Contract>(builder, nameof(ContractEvidence.ContractId));
        Belongs<ContractEvidence, KeptFile>(builder, nameof(ContractEvidence.FileId));
        Belongs<ContractEvent, Contract>(builder, nameof(ContractEvent.ContractId));
        Belongs<Alert, Contract>(builder, nameof(Alert.ContractId));
        builder.Entity<Alert>().HasIndex(a => new { a.ContractId, a.CauseKey }).IsUnique();
        Belongs<Plan, Contract>(builder, nameof(Plan.ContractId));
        Belongs<PlanEntry, Plan>(builder, nameof(PlanEntry.PlanId));
        builder.Entity<PlanEntry>().HasIndex(e => new { e.PlanId, e.Number }).IsUnique();
        Belongs<KeptFile, Organization>(builder, nameof(KeptFile.OrganizationId));
    }

    private static void CaseModel(ModelBuilder builder)
    {
        builder.Entity<HandlerKey>().HasKey(k => k.PersonId);
        Belongs<HandlerKey, Person>(builder, nameof(HandlerKey.PersonId));
        builder.Entity<UnlockedKey>().Property(k => k.Id).HasMaxLength(HashText);
        Belongs<UnlockedKey, Person>(builder, nameof(UnlockedKey.PersonId));
        Belongs<RecoveryKey, Organization>(builder, nameof(RecoveryKey.OrganizationId));
        Belongs<Recovery, RecoveryKey>(builder, nameof(Recovery.RecoveryKeyId));
        Belongs<Case, Organization>(builder, nameof(Case.OrganizationId));
        Belongs<Case, Contract>(builder, nameof(Case.ContractId));
        builder.Entity<Case>().HasIndex(c => c.Locator).IsUnique();
        builder.Entity<CaseKeyCopy>().HasKey(k => new { k.CaseId, k.Holder, k.HolderId });
        Belongs<CaseKeyCopy, Case>(builder, nameof(CaseKeyCopy.CaseId));
        Belongs<CaseMessage, Case>(builder, nameof(CaseMessage.CaseId));
        Belongs<CaseFile, Case>(builder, nameof(CaseFile.CaseId));
        builder.Entity<CaseIdentity>().HasKey(i => i.CaseId);
        Belongs<CaseIdentity, Case>(builder, nameof(CaseIdentity.CaseId));
        Belongs<IdentityRequest, Case>(builder, nameof(IdentityRequest.CaseId));
        Belongs<CaseEntry, Case>(builder, nameof(CaseEntry.CaseId));
        builder.Entity<CaseEntry>().HasIndex(e => new { e.CaseId, e.Number }).IsUnique();
        Belongs<RemedyPosting, Case>(builder, nameof(RemedyPosting.CaseId));
        builder.Entity<RemedyPosting>().HasIndex(p => new { p.CaseId, p.Number }).IsUnique();
        builder.Entity<LogNode>().HasKey(n => n.Position);
        builder.Entity<LogNode>().Property(n => n.Position).ValueGeneratedNever();
        builder.Entity<LogCheckpoint>().HasKey(c => c.Size);
        builder.Entity<LogCheckpoint>().Property(c => c.Size).ValueGeneratedNever();
    }

    // Nothing that others rest on goes away with it: what is to go is removed first.
    private static void Belongs<TPart, TWhole>(ModelBuilder builder, string key) where TPart : class where TWhole : class =>
        builder.Entity<TPart>().HasOne(typeof(TWhole)).WithMany().HasForeignKey(key).OnDelete(DeleteBehavior.Restrict);
}
