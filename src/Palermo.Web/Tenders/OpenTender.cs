using System.Text;
using Microsoft.EntityFrameworkCore;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Output;
using Palermo.Prevent.Rules;
using Palermo.Storage;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;
using Palermo.Web.Api;
using Palermo.Web.Hosting;
using Palermo.Web.Routing;

namespace Palermo.Web.Tenders;

/// <summary>An obligation that binds a tender, with what was decided on it.</summary>
/// <param name="Obligation">The obligation.</param>
/// <param name="Pack">Its regime.</param>
/// <param name="Why">Why it binds.</param>
/// <param name="Decision">The last decision; null if there is none.</param>
public sealed record BindingObligation(Obligation Obligation, Pack Pack, string Why, TenderReason? Decision)
{
    /// <summary>What a decision on it is about.</summary>
    public string Subject => SubjectOf(Pack, Obligation);

    /// <summary>What a decision on a provision is about.</summary>
    public static string SubjectOf(Pack pack, Provision provision) => $"obligation:{pack.Id}/{provision.Id}";
}

/// <summary>A tender of the store, judged as it stands.</summary>
public sealed class OpenTender
{
    /// <summary>Decisions that somebody may take, in the order of the form.</summary>
    public static IReadOnlyList<string> Choices { get; } = ["follow", "adapt", "leave-out"];

    private static readonly string[] s_phases = ["planning", "tender-design", "selection", "award", "performance", "post-contract"];

    private OpenTender(Tender row, TenderFacts facts, TenderPack pack)
    {
        Row = row;
        Facts = facts;
        Pack = pack;
    }

    /// <summary>What is kept.</summary>
    public Tender Row { get; }

    /// <summary>What is known.</summary>
    public TenderFacts Facts { get; }

    /// <summary>What follows from it today.</summary>
    public TenderPack Pack { get; }

    /// <summary>The last decision on each subject.</summary>
    public IReadOnlyDictionary<string, TenderReason> Decisions { get; private set; } = new Dictionary<string, TenderReason>();

    /// <summary>Records made, without their content, the newest first.</summary>
    public IReadOnlyList<AssessmentRecord> Records { get; private set; } = [];

    /// <summary>The last notice brought; null if none was.</summary>
    public TenderNotice? Notice { get; private set; }

    /// <summary>Who sees to it.</summary>
    public string Responsible { get; private set; } = "";

    /// <summary>Obligations that bind, by phase.</summary>
    public IReadOnlyList<BindingObligation> Obligations { get; private set; } = [];

    /// <summary>Obligations nobody decided on yet.</summary>
    public int Undecided => Obligations.Count(o => o.Decision is null);

    /// <summary>Questions whose answers would settle something near to this buyer.</summary>
    public int Questions => Relevance.Near(Pack.Input).Count();

    /// <summary>Reads a tender; null if there is none, or they may not see it.</summary>
    internal static async Task<OpenTender?> Load(Visit v, Permission need = Permission.ReadTenders)
    {
        await using var db = v.Open();
        var id = v.Id();
        var row = await db.Tenders.SingleOrDefaultAsync(t => t.Id == id, v.Cancel);
        return row is null || !v.Who.May(Permission.ReadTenders, row.OrganizationId) || !v.Who.May(need, row.OrganizationId) ? null : await Of(db, row, v.Service<KnowledgeBase>(), v.C.Language, v.Cancel);
    }

    /// <summary>Judges a tender.</summary>
    public static async Task<OpenTender> Of(WorkspaceDb db, Tender row, KnowledgeBase knowledge, string language, CancellationToken cancel)
    {
        var facts = FactsOf(row, knowledge);
        var tender = new OpenTender(row, facts, TenderPackApi.Of(facts, knowledge, language, null).Pack!)
        {
            Decisions = (await db.TenderReasons.Where(r => r.TenderId == row.Id).ToListAsync(cancel)).GroupBy(r => r.Subject).ToDictionary(g => g.Key, g => g.OrderBy(r => r.At).ThenBy(r => r.Id).Last(), StringComparer.Ordinal),
            Records = await db.AssessmentRecords.Where(r => r.TenderId == row.Id).OrderByDescending(r => r.Number).Select(r => new AssessmentRecord { Id = r.Id, TenderId = r.TenderId, Number = r.Number, Content = "", Sha256 = r.Sha256, ById = r.ById, ByName = r.ByName, At = r.At }).ToListAsync(cancel),
            Notice = await db.TenderNotices.Where(n => n.TenderId == row.Id).OrderByDescending(n => n.At).FirstOrDefaultAsync(cancel),
            Responsible = await db.Users.Where(p => p.Id == row.ResponsibleId).Select(p => p.Name).SingleAsync(cancel),
        };
        tender.Obligations =
        [
            .. tender.Pack.Input.Ruling.Packs.Where(p => p.Applies == Truth.True)
                .SelectMany(p => p.Provisions.Where(o => o.Result == Truth.True && o.Provision is Obligation).Select(o => new BindingObligation((Obligation)o.Provision, p.Pack, o.Reason, tender.Decisions.GetValueOrDefault(BindingObligation.SubjectOf(p.Pack, o.Provision)))))
                .OrderBy(o => Array.IndexOf(s_phases, o.Obligation.Phase)),
        ];
        return tender;
    }

    /// <summary>The facts of a tender as they are kept.</summary>
    /// <exception cref="InvalidDataException">They can't be read: they were not written by this program.</exception>
    public static TenderFacts FactsOf(Tender row, KnowledgeBase knowledge)
    {
        // A fact that a later edition of the rules dropped is passed over, not lost: it stays in what is kept.
        var (facts, problems, _) = knowledge.Rules.ReadFacts(Encoding.UTF8.GetBytes(row.Facts), "facts");
        return facts ?? throw new InvalidDataException($"The facts of tender {row.Id} can't be read: {problems[0].What}");
    }

    /// <summary>Facts as they are kept.</summary>
    public static string Text(TenderFacts facts)
    {
        using var stream = new MemoryStream();
        JsonOut.Write(stream, w => FactsFile.Write(facts, w));
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
