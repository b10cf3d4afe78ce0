using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using static Palermo.Procurement.EForms.Ubl;

namespace Palermo.Procurement.EForms;

/// <summary>Checks what a reader of a notice relies on: identifiers, references, dates, amounts and codes of its own SDK version. Not the whole of the eForms rules.</summary>
/// <remarks>Business terms and code lists: Commission Implementing Regulation (EU) 2019/1780 and the eForms SDK; which code belongs to which version was seen in the SDK's history (tags 1.2.0 to 1.15.1).</remarks>
internal sealed partial class NoticeCheck(Notice notice)
{
    /// <summary>SDK versions read.</summary>
    public static readonly (int First, int Last) Versions = (3, 15);

    private readonly List<NoticeFault> _faults = [];

    /// <summary>All faults, in the order of the checks.</summary>
    public List<NoticeFault> Run()
    {
        CheckHead();
        CheckOrganizations();
        CheckProcedure();
        CheckLots();
        CheckCodes();
        CheckResult();
        CheckAmountsAndDates();
        return _faults;
    }

    private void CheckHead()
    {
        var root = notice.Root;
        if (notice.Sdk is null)
        {
            var stated = root.Value(Cbc + "CustomizationID");
            Add(root.At(Cbc + "CustomizationID"), stated.Length == 0 ? "OPT-002 (CustomizationID) is missing" : $"OPT-002 (CustomizationID) is \"{stated}\"", "State the version of the SDK, such as eforms-sdk-1.13; codes were read by all versions known here.");
        }
        else if (notice.Sdk < Versions.First || notice.Sdk > Versions.Last)
        {
            Add(root.At(Cbc + "CustomizationID"), $"OPT-002 names version 1.{notice.Sdk} of the SDK; 1.{Versions.First} to 1.{Versions.Last} are known here", "Check the codes of newer lists by hand.");
        }

        Uuid(root.At(Cbc + "ID"), "BT-701 (notice identifier)", fatal: notice.ProcedureId.Length == 0);
        if (notice.NeedsProcedure)
        {
            Uuid(root.At(Cbc + "ContractFolderID"), "BT-04 (procedure identifier)", fatal: true);
        }

        if (notice.Date.Length == 0)
        {
            Missing(root.At(Cbc + "IssueDate"), "BT-05 (notice dispatch date)");
        }

        Needed(root.At(Cbc + "RegulatoryDomain"), "BT-01 (legal basis)");
        Needed(root.At(Cbc + "NoticeTypeCode"), "BT-02 (notice type)");
        Needed(root.At(Cbc + "NoticeLanguageCode"), "BT-702 (notice official language)");
        Needed(notice.Extension.At(Efac + "NoticeSubType", Cbc + "SubTypeCode"), "OPP-070 (notice subtype)");
    }

    private void CheckOrganizations()
    {
        if (notice.Organizations.Count == 0)
        {
            Add(notice.Extension, "No organization is described (efac:Organizations)", "Describe at least the buyer.");
        }

        foreach (var (id, organization) in notice.Organizations)
        {
            var company = organization.Element(Efac + "Company");
            var who = id.Length > 0 ? $" of {id}" : "";
            Needed(company.At(Cac + "PartyIdentification", Cbc + "ID") ?? company, "OPT-200 (technical identifier of the organization)", company.Value(Cac + "PartyIdentification", Cbc + "ID"));
            Needed(company.At(Cac + "PartyName", Cbc + "Name") ?? company, $"BT-500 (organization name){who}", company.Value(Cac + "PartyName", Cbc + "Name"));
            var country = company.At(Cac + "PostalAddress", Cac + "Country", Cbc + "IdentificationCode");
            Needed(country ?? company, $"BT-514 (organization country code){who}", country?.Value.Trim() ?? "");
            if (country?.Value.Trim() is { Length: > 0 } code && CountryCodes.Country(code) is null)
            {
                Add(country, $"BT-514{who} is \"{code}\", no country code of three letters", "Use the list \"country\", such as FRA.");
            }
        }

        foreach (var duplicate in notice.Organizations.Select(o => o.Id).GroupBy(i => i, StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Count() > 1))
        {
            Add(notice.Extension, $"OPT-200: {duplicate.Key} identifies {duplicate.Count()} organizations", "Give each its own identifier.");
        }

        var buyers = notice.Root.Elements(Cac + "ContractingParty").Select(p => p.At(Cac + "Party", Cac + "PartyIdentification", Cbc + "ID")).ToArray();
        if (buyers.Length == 0 || buyers.All(b => b is null || b.Value.Trim().Length == 0))
        {
            Missing(notice.Root.Element(Cac + "ContractingParty"), "OPT-300-Procedure-Buyer (the buyer)");
        }

        foreach (var buyer in buyers)
        {
            Refers(buyer, "OPT-300-Procedure-Buyer", notice.OrganizationIds);
        }
    }

    private void CheckProcedure()
    {
        if (!notice.HasProject)
        {
            return;
        }

        var project = notice.Root.Element(Cac + "ProcurementProject");
        Needed(project.At(Cbc + "Name") ?? project, "BT-21-Procedure (title)", project.Value(Cbc + "Name"));
        if (!notice.IsResult || notice.TellsResult)
        {
            Needed(project.At(Cbc + "ProcurementTypeCode") ?? project, "BT-23-Procedure (main nature)", project.Value(Cbc + "ProcurementTypeCode"));
        }

        Needed(project.At(Cac + "MainCommodityClassification", Cbc + "ItemClassificationCode") ?? project, "BT-262-Procedure (main classification code)", project.Value(Cac + "MainCommodityClassification", Cbc + "ItemClassificationCode"));
        foreach (var code in notice.Root.Descendants(Cbc + "ItemClassificationCode").Where(c => c.Value.Trim().Length > 0 && !CpvCode().IsMatch(c.Value.Trim())))
        {
            Add(code, $"BT-262/BT-263: \"{code.Value.Trim()}\" is no CPV code", "Give its eight digits.");
        }
    }

    private void CheckLots()
    {
        if (!notice.HasProject)
        {
            return;
        }

        var lots = notice.Lots;
        if (lots.Count == 0)
        {
            Add(notice.Root, "No lot or part is described (BT-137)", "A purchase without lots has one, LOT-0000 (LOT-0001 since SDK 1.0).");
        }

        foreach (var (id, lot) in lots)
        {
            if (id.Length == 0)
            {
                Missing(lot.At(Cbc + "ID") ?? lot, "BT-137 (purpose lot identifier)");
            }

            if (!notice.IsResult && lot.Value(Cac + "ProcurementProject", Cbc + "Name").Length == 0)
            {
                Missing(lot.At(Cac + "ProcurementProject") ?? lot, $"BT-21-Lot (title) of {(id.Length > 0 ? id : "a lot")}");
            }
        }

        foreach (var duplicate in lots.GroupBy(l => l.Id, StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Count() > 1))
        {
            Add(duplicate.Last().Element, $"BT-137: {duplicate.Key} identifies {duplicate.Count()} lots", "Give each its own identifier.");
        }
    }

    // The code for trafficking changed with version 1.12: it is known by the version the notice states, never by its date.
    private void CheckCodes()
    {
        foreach (var code in notice.ExclusionGrounds)
        {
            var value = code.Value.Trim();
            var list = (string?)code.Attribute("listName") ?? "";
            if (value == "human-traffic" && notice.Sdk >= NoticeCodes.NewExclusionGrounds)
            {
                Add(code, $"BT-67: human-traffic is the code of SDK 1.2 to 1.11; the notice states 1.{notice.Sdk}", "Use exg-crim-traffick of the list exclusion-ground; it was read as that.");
            }
            else if (value.StartsWith("exg-", StringComparison.Ordinal) && notice.Sdk < NoticeCodes.NewExclusionGrounds)
            {
                Add(code, $"BT-67: {value} is a code of SDK 1.12 and later; the notice states 1.{notice.Sdk}", "Use the list criterion_exclusion-ground, or state the version the notice was made with.");
            }
            else if (value.Length == 0)
            {
                Missing(code, $"BT-67 (exclusion ground; list {list})");
            }
        }
    }

    private void CheckResult()
    {
        if (notice.Result is not { } result)
        {
            if (notice.IsResult)
            {
                Missing(notice.Extension, "The result (efac:NoticeResult)");
            }

            return;
        }

        var lots = notice.Lots.Select(l => l.Id).ToHashSet(StringComparer.Ordinal);
        var tenders = Ids(result, "LotTender");
        var contracts = Ids(result, "SettledContract");
        var parties = Ids(result, "TenderingParty");
        foreach (var lotResult in result.Elements(Efac + "LotResult"))
        {
            var code = lotResult.Element(Cbc + "TenderResultCode");
            if (code is null || code.Value.Trim().Length == 0)
            {
                if (code is not null || notice.TellsResult)
                {
                    Missing(code ?? lotResult, "BT-142 (winner chosen)");
                }
            }
            else if (code.Value.Trim() is not ("selec-w" or "clos-nw" or "open-nw"))
            {
                Add(code, $"BT-142 is \"{code.Value.Trim()}\"", "Use selec-w, clos-nw or open-nw of the list winner-selection-status.");
            }

            Refers(lotResult.At(Efac + "TenderLot", Cbc + "ID"), "BT-13713 (result lot identifier)", lots);
            foreach (var reference in lotResult.Elements(Efac + "LotTender"))
            {
                Refers(reference.Element(Cbc + "ID"), "OPT-320 (tender of the result)", tenders);
            }

            foreach (var reference in lotResult.Elements(Efac + "SettledContract"))
            {
                Refers(reference.Element(Cbc + "ID"), "OPT-315 (contract of the result)", contracts);
            }
        }

        foreach (var tender in result.Elements(Efac + "LotTender"))
        {
            Refers(tender.At(Efac + "TenderingParty", Cbc + "ID"), "OPT-310 (tendering party of the tender)", parties);
            Refers(tender.At(Efac + "TenderLot", Cbc + "ID"), "BT-13714 (tender lot identifier)", lots);
        }

        foreach (var tenderer in result.Elements(Efac + "TenderingParty").SelectMany(p => p.Elements(Efac + "Tenderer").Concat(p.Elements(Efac + "SubContractor"))))
        {
            Refers(tenderer.Element(Cbc + "ID"), tenderer.Name.LocalName == "Tenderer" ? "OPT-300 (tenderer)" : "OPT-301 (subcontractor)", notice.OrganizationIds);
        }
    }

    private void CheckAmountsAndDates()
    {
        foreach (var amount in notice.Root.DescendantsAndSelf().Where(e => e.Attribute("currencyID") is not null))
        {
            if (!decimal.TryParse(amount.Value.Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out _))
            {
                Add(amount, $"{amount.Name.LocalName} is \"{amount.Value.Trim()}\", no amount", "Write digits and a point: 1250000.50.");
            }

            if (((string?)amount.Attribute("currencyID"))?.Length != 3)
            {
                Add(amount, $"{amount.Name.LocalName} has the currency \"{(string?)amount.Attribute("currencyID")}\"", "Use a code of three letters, such as EUR.");
            }
        }

        foreach (var (id, lot) in notice.Lots)
        {
            var end = lot.At(Cac + "TenderingProcess", Cac + "TenderSubmissionDeadlinePeriod", Cbc + "EndDate");
            if (end is not null && notice.Date.Length > 0 && string.CompareOrdinal(end.Value.Trim(), 0, notice.Date, 0, 10) < 0)
            {
                Add(end, $"BT-131 (deadline for tenders) of {id} lies before the dispatch of the notice (BT-05)", "Check both dates.");
            }
        }
    }

    private static HashSet<string> Ids(XElement result, string name) => result.Elements(Efac + name).Select(e => e.Value(Cbc + "ID")).ToHashSet(StringComparer.Ordinal);

    private void Uuid(XElement? element, string term, bool fatal)
    {
        var value = element?.Value.Trim() ?? "";
        if (value.Length == 0)
        {
            _faults.Add(new(LineOf(element), $"{term} is missing", "Get the notice again from its publisher.", fatal));
        }
        else if (!Guid.TryParseExact(value, "D", out _))
        {
            Add(element, $"{term} is \"{value}\", no UUID", "It was used as it stands.");
        }
    }

    private void Refers(XElement? reference, string term, IReadOnlySet<string> known)
    {
        var value = reference?.Value.Trim() ?? "";
        if (reference is not null && value.Length == 0)
        {
            Missing(reference, term);
        }
        else if (value.Length > 0 && !known.Contains(value))
        {
            Add(reference, $"{term} refers to {value}, which the notice does not describe", "Describe it, or correct the reference.");
        }
    }

    private void Needed(XElement? element, string term) => Needed(element, term, element?.Value.Trim() ?? "");

    private void Needed(XElement? at, string term, string value)
    {
        if (value.Length == 0)
        {
            Missing(at, term);
        }
    }

    private void Missing(XElement? at, string term) => Add(at, $"{term} is missing", "Get the notice again from its publisher, or complete it.");

    private void Add(XElement? at, string what, string mend) => _faults.Add(new(LineOf(at), what, mend));

    // What is missing altogether is told at the beginning of the notice.
    private int LineOf(XElement? at) => at.Line() is > 0 and var line ? line : notice.Root.Line();

    [GeneratedRegex(@"^\d{8}(-\d)?$")]
    private static partial Regex CpvCode();
}
