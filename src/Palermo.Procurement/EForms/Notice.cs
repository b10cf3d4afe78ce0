using System.Text.RegularExpressions;
using System.Xml.Linq;
using static Palermo.Procurement.EForms.Ubl;

namespace Palermo.Procurement.EForms;

/// <summary>A notice of the EU's electronic forms, with what its readers look up time and again.</summary>
internal sealed partial class Notice
{
    private const string Namespace = "urn:oasis:names:specification:ubl:schema:xsd:";

    public Notice(XElement root)
    {
        Root = root;
        Extension = root.Extension();
        Kind = root.Name.LocalName;
        var version = SdkVersion().Match(root.Value(Cbc + "CustomizationID"));
        Sdk = version.Success && int.TryParse(version.Groups[1].Value, out var minor) ? minor : null; // a number beyond all versions is none
        Subtype = Extension.Value(Efac + "NoticeSubType", Cbc + "SubTypeCode");
        Id = root.Value(Cbc + "ID");
        ProcedureId = root.Value(Cbc + "ContractFolderID");
        Language = root.Value(Cbc + "NoticeLanguageCode");
        Date = Instant(root.Value(Cbc + "IssueDate"), root.Value(Cbc + "IssueTime"));
        Organizations = [.. Extension.At(Efac + "Organizations")?.Elements(Efac + "Organization").Select(o => (o.Value(Efac + "Company", Cac + "PartyIdentification", Cbc + "ID"), o)) ?? []];
        OrganizationIds = [.. Extension.At(Efac + "Organizations")?.Descendants(Cac + "PartyIdentification").Select(p => p.Value(Cbc + "ID")) ?? []];
        Lots = [.. root.Elements(Cac + "ProcurementProjectLot").Where(l => (string?)l.Element(Cbc + "ID")?.Attribute("schemeName") is not "LotsGroup").Select(l => (l.Value(Cbc + "ID"), l))];
        Result = Extension?.Element(Efac + "NoticeResult");
    }

    public XElement Root { get; }

    public XElement? Extension { get; }

    /// <summary>PriorInformationNotice, ContractNotice or ContractAwardNotice.</summary>
    public string Kind { get; }

    /// <summary>Minor version of SDK 1, or null if the notice states none.</summary>
    public int? Sdk { get; }

    /// <summary>Subtype: 1 to 40, CEI, T01, T02, E1 to E6, X01, X02.</summary>
    public string Subtype { get; }

    public string Id { get; }

    public string ProcedureId { get; }

    public string Language { get; }

    /// <summary>Date and time of dispatch as RFC 3339; blank if there is none.</summary>
    public string Date { get; }

    public IReadOnlyList<(string Id, XElement Element)> Organizations { get; }

    public HashSet<string> OrganizationIds { get; }

    /// <summary>Lots, or the parts of a planning notice.</summary>
    public IReadOnlyList<(string Id, XElement Element)> Lots { get; }

    public XElement? Result { get; }

    public bool IsResult => Kind == "ContractAwardNotice";

    /// <summary>Award notices proper (subtypes 29 to 37, E4): neither announced direct awards nor changes of contracts.</summary>
    public bool TellsResult => IsResult && Subtype is "29" or "30" or "31" or "32" or "33" or "34" or "35" or "36" or "37" or "E4";

    /// <summary>Notices that only point to a buyer's profile (subtypes 1 to 3) describe no purchase.</summary>
    public bool HasProject => Subtype is not ("1" or "2" or "3");

    /// <summary>Planning notices that are no call for competition (subtypes 1 to 9, E1) belong to no procedure yet.</summary>
    public bool NeedsProcedure => Kind != "PriorInformationNotice" || (Subtype.Length == 2 && Subtype[0] == '1');

    /// <summary>Codes of exclusion grounds, of either list.</summary>
    public IEnumerable<XElement> ExclusionGrounds => Root.Elements(Cac + "TenderingTerms").Elements(Cac + "TendererQualificationRequest").Elements(Cac + "SpecificTendererRequirement")
        .Elements(Cbc + "TendererRequirementTypeCode").Where(c => (string?)c.Attribute("listName") is "exclusion-ground" or "criterion_exclusion-ground" or "exclusion-grounds");

    /// <summary>The process: the procedure, or the notice itself as long as there is no procedure.</summary>
    public string Ocid => (ProcedureId.Length > 0 ? ProcedureId : Id) is { Length: > 0 } id ? $"eforms-{id.ToLowerInvariant()}" : "";

    /// <summary>True if the root element is that of a notice.</summary>
    public static bool IsNotice(XElement root) => root.Name.NamespaceName.StartsWith(Namespace, StringComparison.Ordinal) && root.Name.LocalName is "PriorInformationNotice" or "ContractNotice" or "ContractAwardNotice";

    /// <summary>The text in the language of the notice, else the first one.</summary>
    public string Text(XElement? parent, XName name)
    {
        var all = parent?.Elements(name).ToArray() ?? [];
        return (Array.Find(all, t => (string?)t.Attribute("languageID") == Language) ?? all.FirstOrDefault())?.Value.Trim() ?? "";
    }

    [GeneratedRegex(@"^eforms-sdk-1\.(\d+)")]
    private static partial Regex SdkVersion();
}
