using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Gaps;
using Palermo.Procurement;

namespace Palermo.Prevent.Facts;

/// <summary>A tender as it is published: OCDS, an eForms notice, a row of a table.</summary>
/// <param name="Ocid">Its ocid.</param>
/// <param name="Facts">Facts taken from it, each with its place; title, description and what documents say of buyer and days.</param>
/// <param name="Safeguards">The publication, read for safeguards.</param>
/// <param name="Assessment">Its screening.</param>
public sealed record PublishedTender(string Ocid, TenderFacts Facts, SafeguardReader Safeguards, Assessment Assessment)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its ending says what it is.</param>
    /// <param name="ocid">The process wanted; null where there is only one.</param>
    /// <param name="rules">The vocabulary of facts.</param>
    /// <param name="today">The day it is screened as of.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The tender, null if there is none or nothing says which; the ocids of all that are there; what could not be read.</returns>
    public static (PublishedTender? Found, IReadOnlyList<string> Ocids, IReadOnlyList<ReadProblem> Problems) Read(string path, string? ocid, RuleLibrary rules, DateOnly today, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var catalogue = Catalogue.Default;
        using var source = new ProcessSource([path], new ReadOptions { Threads = 1 });
        source.Index(cancel);
        var screener = new Screener(catalogue, new ScreeningOptions(today));
        var reader = new BatchReader();
        var facts = new ProcessFacts(catalogue, rules.Facts);
        PublishedTender? found = null;
        var seen = new List<string>();
        var problems = new List<ReadProblem>();
        while (source.Next() is { } batch)
        {
            using (batch)
            {
                cancel.ThrowIfCancellationRequested();
                reader.Read(batch, (process, origin) =>
                {
                    seen.Add(process.Ocid.Value);
                    if (found is null && (ocid is null || process.Ocid.Value == ocid))
                    {
                        found = Take(process, screener.Assess(process, origin), facts, rules.Facts, catalogue);
                    }
                }, problems.Add);
            }
        }

        return (ocid is null && seen.Count > 1 ? null : found, seen, problems);
    }

    private static PublishedTender Take(ContractingProcess process, Assessment assessment, ProcessFacts reader, FactList vocabulary, Catalogue catalogue)
    {
        var facts = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        var origins = new Dictionary<string, string>(StringComparer.Ordinal);
        reader.Read(process, assessment, (place, value, origin) =>
        {
            facts[vocabulary.All[place].Name] = value;
            origins[vocabulary.All[place].Name] = origin;
        });
        var safeguards = new SafeguardReader(catalogue);
        safeguards.Read(process);
        return new PublishedTender(process.Ocid.Value, new TenderFacts { Facts = facts, Origins = origins, Title = assessment.Title.ToString(), Description = Description(process), FillIns = FillIns(process) }, safeguards, assessment.Kept());
    }

    private static string Description(ContractingProcess process)
    {
        const int longest = 600; // what a brief can hold
        var passage = process.Passages.Find(p => p.Path == "$.tender.description");
        var text = passage.Text.IsEmpty ? "" : string.Join(' ', passage.Text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= longest ? text : text[..text.LastIndexOf(' ', longest)] + " …";
    }

    // What a publication says of the buyer and of the days of the contract stands in documents.
    private static Dictionary<string, string> FillIns(ContractingProcess process)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal) { ["tender.reference"] = process.Ocid.Value };
        void Add(string name, Utf8Text text)
        {
            var words = string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (words.Length is > 0 and <= 2_000)
            {
                found[name] = words;
            }
        }

        Add("buyer.name", process.BuyerName);
        if (process.Parties.Find(p => (p.Roles & PartyRoles.Buyer) != 0 && (process.BuyerId.IsEmpty || p.Id.Is(process.BuyerId.Span))) is { } buyer)
        {
            Add("buyer.id", buyer.IdentifierId);
            Add("buyer.street", buyer.Street);
            Add("buyer.city", buyer.Locality);
            Add("buyer.postcode", buyer.PostalCode);
        }

        foreach (var (name, text) in new[] { ("contract.start", process.Tender.ContractPeriod.Start.ToString()), ("contract.end", process.Tender.ContractPeriod.End.ToString()) })
        {
            if (text.Length >= 10 && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", out _))
            {
                found[name] = text[..10];
            }
        }

        return found;
    }
}
