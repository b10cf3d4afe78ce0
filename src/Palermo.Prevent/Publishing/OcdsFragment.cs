using System.Globalization;
using System.Text.Json;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Publishing;

/// <summary>
/// What a release says of the pack: exclusionGrounds, selectionCriteria, contractTerms and sustainability as their
/// extensions have it, milestones of the calendar, and <c>dueDiligence</c> for what no extension carries.
/// </summary>
public static class OcdsFragment
{
    private const string Registry = "https://raw.githubusercontent.com/open-contracting-extensions/";
    private static readonly string[] s_extensions = [$"{Registry}ocds_exclusionGrounds_extension/master/extension.json", $"{Registry}ocds_selectionCriteria_extension/master/extension.json", $"{Registry}ocds_contractTerms_extension/master/extension.json", $"{Registry}ocds_sustainability_extension/master/extension.json"];
    private static readonly (string Text, string Code)[] s_grounds = [("exclusion.conviction", "exg-crim-traffick"), ("exclusion.breach", "exg-mis-bre-lab-law"), ("exclusion.fine", "exg-mis-misconduct"), ("exclusion.missing-due-diligence", "exg-natl-bre-nat-law")];

    /// <summary>Writes the fragment: an object to be merged into the release of the tender.</summary>
    public static void Write(TenderPack pack, Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(json);
        var words = pack.Input.Clauses.Languages[pack.Input.Language];
        bool Has(string id) => pack.Texts.Any(t => t.Block.Id == id);
        json.WriteStartObject();
        json.WriteStartArray("extensions");
        foreach (var extension in s_extensions)
        {
            json.WriteStringValue(extension);
        }

        json.WriteEndArray();
        json.WriteString("language", pack.Input.Language);
        json.WriteStartObject("tender");
        json.WriteStartObject("exclusionGrounds");
        json.WriteStartArray("criteria");
        foreach (var (text, code) in s_grounds.Where(g => Has(g.Text)))
        {
            Criterion(json, code, EformsFragment.Text(pack, text));
        }

        if (Has("exclusion.own-policy"))
        {
            json.WriteStartObject();
            json.WriteString("description", EformsFragment.Text(pack, "exclusion.own-policy"));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("selectionCriteria");
        json.WriteStartArray("criteria");
        foreach (var text in pack.Texts.Where(t => t.Block.Part == "selection"))
        {
            // "technical" is the category of the extension's code list for what a bidder is able to do.
            json.WriteStartObject();
            json.WriteString("type", "technical");
            if (text.Block.Id is "selection.supply-chain-management" or "selection.tier-map")
            {
                json.WriteString("subType", "slc-abil-mgmt-supply");
            }

            json.WriteString("description", EformsFragment.Text(pack, text.Block.Id));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("contractTerms");
        json.WriteString("performanceTerms", string.Join("\n\n", pack.Texts.Where(t => t.Block.Part == "contract").Select(t => $"{words.Texts[t.Block.Id].Title}. {EformsFragment.Text(pack, t.Block.Id)}")));
        json.WriteEndObject();
        json.WriteBoolean("hasSustainability", true);
        json.WriteStartArray("sustainability");
        Goal(json, "social.humanRightsInSupplyChains", pack);
        Goal(json, "social.laborRightsPromotion", pack);
        json.WriteEndArray();
        Milestones(pack, json);
        DueDiligence(pack, json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Criterion(Utf8JsonWriter json, string type, string description)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("description", description);
        json.WriteEndObject();
    }

    private static void Goal(Utf8JsonWriter json, string goal, TenderPack pack)
    {
        json.WriteStartObject();
        json.WriteString("goal", goal);
        json.WriteStartArray("strategies");
        foreach (var (part, strategy) in new[] { ("award", "awardCriteria"), ("contract", "contractPerformanceConditions"), ("selection", "selectionCriteria") })
        {
            if (pack.Texts.Any(t => t.Block.Part == part && t.Block.Id != "award.reject-low"))
            {
                json.WriteStringValue(strategy);
            }
        }

        if (pack.Texts.Any(t => t.Block.Id == "selection.specification"))
        {
            json.WriteStringValue("technicalSpecifications");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Milestones(TenderPack pack, Utf8JsonWriter json)
    {
        json.WriteStartArray("milestones");
        foreach (var item in pack.Calendar)
        {
            var number = 0;
            foreach (var day in item.Days().DefaultIfEmpty(DateOnly.MinValue))
            {
                json.WriteStartObject();
                json.WriteString("id", ++number == 1 ? item.Entry.Id : $"{item.Entry.Id}.{number.ToString(CultureInfo.InvariantCulture)}");
                json.WriteString("title", item.Title);
                json.WriteString("type", item.Entry.Anchor == "notice" ? "preProcurement" : "delivery");
                json.WriteString("description", item.Description);
                if (day != DateOnly.MinValue)
                {
                    json.WriteString("dueDate", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T23:59:59Z");
                }

                json.WriteString("status", "scheduled");
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void DueDiligence(TenderPack pack, Utf8JsonWriter json)
    {
        json.WriteStartObject("dueDiligence");
        json.WriteString("riskLevel", pack.Risk.Level.ToString().ToLowerInvariant());
        json.WriteStartArray("packs");
        foreach (var binding in pack.Input.Ruling.Packs.Where(p => p.Applies == Truth.True).Select(p => p.Pack))
        {
            json.WriteStartObject();
            json.WriteString("id", binding.Id);
            json.WriteString("version", binding.Version);
            json.WriteString("hash", binding.Hash);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("obligations");
        foreach (var demand in pack.Demands.Select(d => d.Demand).DistinctBy(d => d.Provision.Id))
        {
            json.WriteStartObject();
            json.WriteString("id", demand.Provision.Id);
            json.WriteString("phase", demand.Provision is Knowledge.Rules.Obligation obligation ? obligation.Phase : "selection");
            json.WriteString("strength", demand.Strength switch { Knowledge.Rules.Strength.MustNot => "must not", var s => s.ToString().ToLowerInvariant() });
            json.WriteString("citation", demand.Provision.Citation.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
