using System.Xml.Linq;
using Palermo.Prevent.Drafting;

namespace Palermo.Prevent.Publishing;

/// <summary>
/// What a notice says of the pack, as pieces of eForms XML for a version of the SDK, each with its business term and its
/// place. Codes go by version: <c>human-traffic</c> of the list criterion_exclusion-ground up to 1.11, <c>exg-crim-traffick</c>
/// of exclusion-ground from 1.12 on.
/// </summary>
public static class EformsFragment
{
    private const int OldestMinor = 3, NewestMinor = 15, NewGrounds = 12, SelectionAsNow = 10;
    private static readonly XNamespace s_own = "urn:palermo:eforms-fragment:1";
    private static readonly XNamespace s_cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private static readonly XNamespace s_cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
    private static readonly XNamespace s_ext = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2";
    private static readonly XNamespace s_efac = "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1";
    private static readonly XNamespace s_efext = "http://data.europa.eu/p27/eforms-ubl-extensions/1";
    private static readonly Dictionary<string, string> s_languages = new(StringComparer.Ordinal) { ["en"] = "ENG", ["fr"] = "FRA", ["es"] = "SPA", ["de"] = "DEU", ["it"] = "ITA", ["pt"] = "POR", ["nl"] = "NLD", ["pl"] = "POL", ["sv"] = "SWE", ["fi"] = "FIN", ["da"] = "DAN", ["ro"] = "RON", ["cs"] = "CES", ["sk"] = "SLK", ["el"] = "ELL", ["hu"] = "HUN", ["hr"] = "HRV", ["bg"] = "BUL", ["sl"] = "SLV", ["et"] = "EST", ["lv"] = "LAV", ["lt"] = "LIT", ["mt"] = "MLT", ["ga"] = "GLE", ["no"] = "NOR" };

    private static readonly (string Text, string Old, string New)[] s_grounds =
    [
        ("exclusion.conviction", "human-traffic", "exg-crim-traffick"),
        ("exclusion.breach", "labour-law", "exg-mis-bre-lab-law"),
        ("exclusion.breach", "socsec-law", "exg-mis-bre-soc-law"),
        ("exclusion.fine", "prof-misconduct", "exg-mis-misconduct"),
        ("exclusion.missing-due-diligence", "nati-ground", "exg-natl-bre-nat-law"),
    ];

    /// <summary>Reads a version of the SDK: <c>1.12</c>, <c>1.12.0</c>, <c>eforms-sdk-1.12</c>.</summary>
    /// <returns>The minor version; null if it is none that is known.</returns>
    public static int? Minor(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        var parts = version.Replace("eforms-sdk-", "", StringComparison.Ordinal).Split('.');
        return parts.Length is 2 or 3 && parts[0] == "1" && int.TryParse(parts[1], out var minor) && minor is >= OldestMinor and <= NewestMinor ? minor : null;
    }

    /// <summary>Writes the fragments.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="minor">Minor version of the SDK, as <see cref="Minor"/> gives it.</param>
    public static XDocument Write(TenderPack pack, int minor)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var root = new XElement(
            s_own + "fragments",
            new XAttribute("sdk", $"eforms-sdk-1.{minor}"),
            new XAttribute(XNamespace.Xmlns + "cac", s_cac),
            new XAttribute(XNamespace.Xmlns + "cbc", s_cbc),
            new XAttribute(XNamespace.Xmlns + "ext", s_ext),
            new XAttribute(XNamespace.Xmlns + "efac", s_efac),
            new XAttribute(XNamespace.Xmlns + "efext", s_efext));
        var language = s_languages.GetValueOrDefault(pack.Input.Language, "ENG");
        Grounds(pack, minor, root, language);
        Lots(pack, minor, root, language);
        return new XDocument(new XDeclaration("1.0", "UTF-8", null), root);
    }

    private static void Grounds(TenderPack pack, int minor, XElement root, string language)
    {
        var grounds = s_grounds.Where(g => pack.Texts.Any(t => t.Block.Id == g.Text)).ToArray();
        if (grounds.Length == 0)
        {
            return;
        }

        const string place = "/*/cac:TenderingTerms";
        if (minor >= SelectionAsNow)
        {
            root.Add(Fragment("BT-806-Procedure", place, new XElement(s_cac + "TendererQualificationRequest", Requirement("exclusion-grounds-source", "epo-notice", null, language))));
        }
        else
        {
            root.Add(new XComment($" BT-806 (where the grounds stand): its place in SDK 1.{minor} was not seen; add it by the SDK's own documentation. "));
        }

        root.Add(new XComment(" With epo-notice, the notice lists all grounds of the procedure: add those that have nothing to do with labour beside these. "));
        root.Add(Fragment("BT-67(a)-Procedure, BT-67(b)-Procedure", place, new XElement(s_cac + "TendererQualificationRequest",
            grounds.Select(g => Requirement(minor >= NewGrounds ? "exclusion-ground" : "criterion_exclusion-ground", minor >= NewGrounds ? g.New : g.Old, Text(pack, g.Text), language)))));
    }

    private static void Lots(TenderPack pack, int minor, XElement root, string language)
    {
        const string project = "/*/cac:ProcurementProjectLot[cbc:ID/@schemeName='Lot']/cac:ProcurementProject", terms = "/*/cac:ProcurementProjectLot[cbc:ID/@schemeName='Lot']/cac:TenderingTerms";
        var words = pack.Input.Clauses.Languages[pack.Input.Language];
        root.Add(Fragment("BT-06-Lot, BT-777-Lot", project, new XElement(s_cac + "ProcurementAdditionalType",
            new XElement(s_cbc + "ProcurementTypeCode", new XAttribute("listName", "strategic-procurement"), "soc-obj"),
            new XElement(s_cbc + "ProcurementType", new XAttribute("languageID", language), words.Words["documents.title"]))));
        foreach (var objective in new[] { "hum-right", "work-cond" })
        {
            root.Add(Fragment("BT-775-Lot", project, new XElement(s_cac + "ProcurementAdditionalType", new XElement(s_cbc + "ProcurementTypeCode", new XAttribute("listName", "social-objective"), objective))));
        }

        var selection = new[] { ("selection.supply-chain-management", "slc-abil-mgmt-supply"), ("selection.tier-map", "slc-abil-mgmt-supply"), ("selection.recruiters", "slc-abil-subc") }.Where(s => pack.Texts.Any(t => t.Block.Id == s.Item1)).ToArray();
        if (selection.Length > 0 && minor >= SelectionAsNow)
        {
            root.Add(Fragment("BT-821-Lot", terms, new XElement(s_cac + "TendererQualificationRequest", Requirement("selection-criteria-source", "epo-notice", null, language))));
            root.Add(Fragment("BT-809-Lot, BT-750-Lot", terms, new XElement(s_ext + "UBLExtensions", new XElement(s_ext + "UBLExtension", new XElement(s_ext + "ExtensionContent", new XElement(s_efext + "EformsExtension",
                selection.Select(s => new XElement(s_efac + "SelectionCriteria",
                    new XElement(s_cbc + "TendererRequirementTypeCode", new XAttribute("listName", "selection-criterion"), s.Item2),
                    new XElement(s_cbc + "Description", new XAttribute("languageID", language), Text(pack, s.Item1))))))))));
        }
        else if (selection.Length > 0)
        {
            root.Add(new XComment($" Selection criteria: their codes in SDK 1.{minor} are others and were not seen; the text stands in the bidding documents. "));
        }

        var clauses = pack.Texts.Where(t => t.Block.Part == "contract").ToArray();
        if (clauses.Length > 0)
        {
            root.Add(Fragment("BT-70-Lot", terms, new XElement(s_cac + "ContractExecutionRequirement",
                new XElement(s_cbc + "ExecutionRequirementCode", new XAttribute("listName", "conditions"), "performance"),
                new XElement(s_cbc + "Description", new XAttribute("languageID", language), $"{words.Words["part.contract"]}: {string.Join("; ", clauses.Select(c => words.Texts[c.Block.Id].Title))}."))));
        }
    }

    private static XElement Fragment(string field, string place, XElement content) => new(s_own + "fragment", new XAttribute("field", field), new XAttribute("place", place), content);

    private static XElement Requirement(string list, string code, string? description, string language) => new(
        s_cac + "SpecificTendererRequirement",
        new XElement(s_cbc + "TendererRequirementTypeCode", new XAttribute("listName", list), code),
        description is null ? null : new XElement(s_cbc + "Description", new XAttribute("languageID", language), description));

    internal static string Text(TenderPack pack, string id)
    {
        var text = pack.Input.Clauses.Languages[pack.Input.Language].Texts[id];
        var chosen = pack.Texts.First(t => t.Block.Id == id);
        return string.Join(' ', (chosen.IsLight ? text.Light : text.Main).Select(p => string.Concat(Knowledge.Clauses.ClauseText.Holes(p.Text).Select(h => h.IsHole ? pack.FillIns[h.Text].Value ?? pack.Input.Clauses.Languages[pack.Input.Language].Words["open." + h.Text] : h.Text))));
    }
}
