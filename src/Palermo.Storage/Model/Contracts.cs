namespace Palermo.Storage.Model;

/// <summary>A contract under watch.</summary>
public sealed class Contract : IVersioned
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The buyer.</summary>
    public Guid OrganizationId { get; set; }

    /// <summary>What is bought, in a few words.</summary>
    public required string Title { get; set; }

    /// <summary>The buyer's own reference; may be empty.</summary>
    public string Reference { get; set; } = "";

    /// <summary>The contracting process, if it was published.</summary>
    public string Ocid { get; set; } = "";

    /// <summary>What is bought, as words and codes of classifications (CPV), one a line: it is screened.</summary>
    public string Items { get; set; } = "";

    /// <summary>Where it is carried out (ISO 3166-1 alpha-2), or empty.</summary>
    public string Country { get; set; } = "";

    /// <summary>The dossier of the supplier; null if there is none.</summary>
    public Guid? SupplierId { get; set; }

    /// <summary>The tender it came from; null if it is not kept here.</summary>
    public Guid? TenderId { get; set; }

    /// <summary>First day.</summary>
    public DateOnly StartOn { get; set; }

    /// <summary>Last day; null if open.</summary>
    public DateOnly? EndOn { get; set; }

    /// <summary>Who sees to it.</summary>
    public Guid ResponsibleId { get; set; }

    /// <summary>How deep audits must look here: <c>Questionnaire</c>, <c>Desk</c>, <c>Office</c>, <c>Site</c>.</summary>
    public string AuditLevel { get; set; } = "Office";

    /// <summary>Highest level of risk when it was last judged; empty until then.</summary>
    public string Risk { get; set; } = "";

    /// <summary>Digits on notices to workers that tell the channel which contract a report is about. Not secret.</summary>
    public required string ChannelCode { get; set; }

    /// <summary>When it was judged last; null if it was not.</summary>
    public DateTimeOffset? JudgedAt { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}

/// <summary>Somebody or some place in the chain of a contract, as disclosed.</summary>
public sealed class ContractParty : IVersioned
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The contract.</summary>
    public Guid ContractId { get; set; }

    /// <summary><c>subcontractor</c>, <c>labour-provider</c>, <c>recruiter</c>, <c>manufacturer</c>, <c>raw-material</c>, <c>site</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Tier, 1 next to the supplier.</summary>
    public int Tier { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Country (ISO 3166-1 alpha-2), or empty.</summary>
    public string Country { get; set; } = "";

    /// <summary>Address or coordinates in one line, or empty.</summary>
    public string Address { get; set; } = "";

    /// <summary>Where it is known from.</summary>
    public string Source { get; set; } = "";

    /// <summary>Who wrote it down.</summary>
    public required string ByName { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When it was no longer part of the chain; null if it is.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}

/// <summary>Evidence received on a contract: an audit, a certificate, a statement; what another buyer's audit showed.</summary>
public sealed class ContractEvidence : IAppendOnly
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The contract.</summary>
    public Guid ContractId { get; set; }

    /// <summary><c>audit</c>, <c>certificate</c>, <c>questionnaire</c>, <c>statement</c>, <c>other</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>How deep it looked.</summary>
    public required string Level { get; set; }

    /// <summary>What it is.</summary>
    public required string Title { get; set; }

    /// <summary>Day it was made.</summary>
    public DateOnly IssuedOn { get; set; }

    /// <summary>Last day it holds; null if it names none.</summary>
    public DateOnly? ExpiresOn { get; set; }

    /// <summary>The file; null if none.</summary>
    public Guid? FileId { get; set; }

    /// <summary>The evidence of another contract that stands for it; null if it is one's own.</summary>
    public Guid? ReusedId { get; set; }

    /// <summary>Whether other buyers of the same supplier may use it.</summary>
    public bool Shared { get; set; }

    /// <summary>Who brought it.</summary>
    public Guid ById { get; set; }

    /// <summary>Their name at that time.</summary>
    public required string ByName { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>What happened to a contract: it started, was handed over, somebody noted something.</summary>
public sealed class ContractEvent : IAppendOnly
{
    /// <summary>Id; ids of later ones are greater.</summary>
    public Guid Id { get; set; }

    /// <summary>The contract.</summary>
    public Guid ContractId { get; set; }

    /// <summary><c>started</c>, <c>questionnaire</c>, <c>audit</c>, <c>handed-over</c>, <c>judged</c>, <c>note</c>, <c>ended</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Words.</summary>
    public string Text { get; set; } = "";

    /// <summary>Whom it was handed to; null otherwise.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>Who; null for the program.</summary>
    public Guid? ById { get; set; }

    /// <summary>Their name at that time.</summary>
    public required string ByName { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>Where an alert stands.</summary>
public enum AlertState
{
    /// <summary>Nobody did anything yet.</summary>
    Open,

    /// <summary>Asked to come back on a day, with a reason.</summary>
    Snoozed,

    /// <summary>Put aside, with a reason.</summary>
    Dismissed,

    /// <summary>A plan was made of it.</summary>
    Acted,
}

/// <summary>A reason to look at a contract. One for each cause, ever: what was judged again and is the same makes none.</summary>
public sealed class Alert : IVersioned
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The contract.</summary>
    public Guid ContractId { get; set; }

    /// <summary>What the cause is: the same whenever it is judged.</summary>
    public required string CauseKey { get; set; }

    /// <summary>Kind of cause.</summary>
    public required string Kind { get; set; }

    /// <summary>How grave.</summary>
    public required string Level { get; set; }

    /// <summary>What it says.</summary>
    public required string Sentence { get; set; }

    /// <summary>What it rests on, with its date or edition.</summary>
    public string Sources { get; set; } = "";

    /// <summary>When it came.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Where it stands.</summary>
    public AlertState State { get; set; }

    /// <summary>Until when it sleeps.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>Why it was put aside or to sleep.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Who said so.</summary>
    public string ByName { get; set; } = "";

    /// <summary>When the cause was gone; null if it holds.</summary>
    public DateTimeOffset? GoneAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }
}

/// <summary>A corrective action plan: what happened to it stands in <see cref="PlanEntry"/>, and all else follows.</summary>
public sealed class Plan
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The contract.</summary>
    public Guid ContractId { get; set; }

    /// <summary>The alert it was made of; null if none.</summary>
    public Guid? AlertId { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>What happened to a plan.</summary>
public sealed class PlanEntry : IAppendOnly
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The plan.</summary>
    public Guid PlanId { get; set; }

    /// <summary>Counts the entries of the plan, from 1: two can't follow on the same one.</summary>
    public int Number { get; set; }

    /// <summary>What.</summary>
    public required string Kind { get; set; }

    /// <summary>The action it is about; blank for the plan.</summary>
    public string Action { get; set; } = "";

    /// <summary>Words.</summary>
    public string Text { get; set; } = "";

    /// <summary>A word that the kind defines.</summary>
    public string Word { get; set; } = "";

    /// <summary>A day that the kind defines.</summary>
    public DateOnly? Day { get; set; }

    /// <summary>Effect on workers.</summary>
    public string Effect { get; set; } = "";

    /// <summary>Files shown, ids separated by blanks.</summary>
    public string Files { get; set; } = "";

    /// <summary>For whom they acted.</summary>
    public required string Side { get; set; }

    /// <summary>Who.</summary>
    public Guid ById { get; set; }

    /// <summary>Their name at that time.</summary>
    public required string ByName { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>A file that an organization brought: a supplier brings evidence once and shows it to many buyers.</summary>
public sealed class KeptFile : IAppendOnly
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Who brought it.</summary>
    public Guid OrganizationId { get; set; }

    /// <summary>What it is.</summary>
    public required string Title { get; set; }

    /// <summary>Name of the file, only letters, digits, dots and dashes.</summary>
    public required string FileName { get; set; }

    /// <summary>The file.</summary>
    public required byte[] Content { get; set; }

    /// <summary>SHA-256, hex.</summary>
    public required string Sha256 { get; set; }

    /// <summary>Who.</summary>
    public required string ByName { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}
