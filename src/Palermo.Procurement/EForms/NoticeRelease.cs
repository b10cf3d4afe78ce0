using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using static Palermo.Procurement.EForms.Ubl;

namespace Palermo.Procurement.EForms;

/// <summary>Writes a notice as a release of OCDS, so that all that is known of releases (merging, screening, compiling) holds for notices too.</summary>
/// <remarks>Fields by the OCDS profile for eForms. Identifiers that a notice gives only within itself (RES-0001, TEN-0001) get the notice's in front: two notices of a procedure may use the same.</remarks>
internal sealed partial class NoticeRelease(Notice notice, Utf8JsonWriter json)
{
    private readonly NoticeParties _parties = new(notice);

    public void Write()
    {
        json.WriteStartObject();
        json.WriteString("ocid", notice.Ocid);
        json.WriteString("id", $"{notice.Id}-{Or(notice.Root.Value(Cbc + "VersionID"), "01")}");
        Optional("date", notice.Date);
        json.WriteStartArray("tag");
        json.WriteStringValue(Tag());
        json.WriteEndArray();
        json.WriteString("initiationType", "tender");
        Optional("language", notice.Language.Length > 0 ? CountryCodes.Language(notice.Language) : "");
        _parties.Write(json);
        WriteBuyer();
        WriteTender();
        WriteBids();
        WriteAwards();
        WriteContracts();
        json.WriteEndObject();
    }

    private string Tag() => notice.Kind switch
    {
        "PriorInformationNotice" when !notice.NeedsProcedure => "planning",
        "ContractAwardNotice" when notice.Subtype is "38" or "39" or "40" or "E6" => "contractAmendment",
        "ContractAwardNotice" => "award",
        _ when notice.Extension.At(Efac + "Changes") is not null => "tenderUpdate",
        _ => "tender",
    };

    private void WriteBuyer()
    {
        var buyer = notice.Root.Elements(Cac + "ContractingParty").Select(p => p.Value(Cac + "Party", Cac + "PartyIdentification", Cbc + "ID")).FirstOrDefault(i => i.Length > 0);
        if (buyer is not null)
        {
            json.WriteStartObject("buyer");
            _parties.WriteReference(json, buyer);
            json.WriteEndObject();
        }
    }

    private void WriteTender()
    {
        var project = notice.Root.Element(Cac + "ProcurementProject");
        json.WriteStartObject("tender");
        json.WriteString("id", Or(notice.ProcedureId, notice.Id));
        json.WriteString("status", notice.IsResult ? "complete" : notice.NeedsProcedure ? "active" : "planning");
        Optional("title", notice.Text(project, Cbc + "Name"));
        Optional("description", notice.Text(project, Cbc + "Description"));
        Optional("mainProcurementCategory", NoticeCodes.Category(project.Value(Cbc + "ProcurementTypeCode")));
        Texts("additionalProcurementCategories", project?.Elements(Cac + "ProcurementAdditionalType").Elements(Cbc + "ProcurementTypeCode").Where(c => (string?)c.Attribute("listName") == "contract-nature").Select(c => NoticeCodes.Category(c.Value.Trim())));
        var procedure = notice.Root.Value(Cac + "TenderingProcess", Cbc + "ProcedureCode");
        Optional("procurementMethod", NoticeCodes.Method(procedure));
        Optional("procurementMethodDetails", procedure);
        Money("value", project.At(Cac + "RequestedTenderTotal", Cbc + "EstimatedOverallContractAmount"));
        WriteAwardCriteria();
        WriteExclusionGrounds();
        WriteSelectionCriteria();
        WriteTechniques();
        WriteDeadline();
        WriteItems(project);
        WriteLots();
        json.WriteEndObject();
    }

    // Price alone in every lot is price alone in the tender; anything else is told lot by lot.
    private void WriteAwardCriteria()
    {
        var types = notice.Lots.Select(l => AwardCriteria(l.Element).Select(c => c.Value(Cbc + "AwardingCriterionTypeCode")).ToArray()).ToArray();
        if (types.Length > 0 && types.All(t => t.Length > 0 && t.All(c => c == "price")))
        {
            json.WriteString("awardCriteria", "priceOnly");
        }
    }

    private static IEnumerable<XElement> AwardCriteria(XElement lot) =>
        lot.Elements(Cac + "TenderingTerms").Elements(Cac + "AwardingTerms").Elements(Cac + "AwardingCriterion").Elements(Cac + "SubordinateAwardingCriterion");

    private void WriteExclusionGrounds()
    {
        var grounds = notice.ExclusionGrounds.Where(g => g.Value.Trim().Length > 0).ToArray();
        var sources = notice.Root.Elements(Cac + "TenderingTerms").Elements(Cac + "TendererQualificationRequest").Elements(Cac + "SpecificTendererRequirement").Elements(Cbc + "TendererRequirementTypeCode")
            .Where(c => (string?)c.Attribute("listName") == "exclusion-grounds-source").Select(c => c.Value.Trim()).ToArray();
        if (grounds.Length == 0 && sources.Length == 0)
        {
            return;
        }

        json.WriteStartObject("exclusionGrounds");
        Texts("sources", sources);
        json.WriteStartArray("criteria");
        foreach (var ground in grounds)
        {
            json.WriteStartObject();
            json.WriteString("type", NoticeCodes.ExclusionGround(ground.Value.Trim()));
            Optional("description", notice.Text(ground.Parent, Cbc + "Description"));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // BT-809 and BT-750: what bidders must be able to do.
    private void WriteSelectionCriteria()
    {
        var criteria = notice.Lots.SelectMany(l => l.Element.Elements(Cac + "TenderingTerms").Elements(Cac + "TendererQualificationRequest").Elements(Cac + "SpecificTendererRequirement"))
            .Select(r => (Type: r.Elements(Cbc + "TendererRequirementTypeCode").Where(c => (string?)c.Attribute("listName") == "selection-criterion").Select(c => c.Value.Trim()).FirstOrDefault(v => v.Length > 0) ?? "", Text: notice.Text(r, Cbc + "Description")))
            .Where(c => c.Type.Length > 0).Distinct().ToArray();
        if (criteria.Length == 0)
        {
            return;
        }

        json.WriteStartObject("selectionCriteria");
        json.WriteStartArray("criteria");
        foreach (var (type, text) in criteria)
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            Optional("description", text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // BT-765: a framework in any lot.
    private void WriteTechniques()
    {
        var said = notice.Lots.SelectMany(l => l.Element.Elements(Cac + "TenderingProcess").Elements(Cac + "ContractingSystem").Elements(Cbc + "ContractingSystemTypeCode"))
            .Where(c => (string?)c.Attribute("listName") == "framework-agreement").Select(c => c.Value.Trim()).ToArray();
        if (said.Length > 0)
        {
            json.WriteStartObject("techniques");
            json.WriteBoolean("hasFrameworkAgreement", said.Any(s => s is not ("none" or "")));
            json.WriteEndObject();
        }
    }

    // The first deadline of all lots: nobody may come later for all of them.
    private void WriteDeadline()
    {
        var ends = notice.Lots.Select(l => l.Element.At(Cac + "TenderingProcess", Cac + "TenderSubmissionDeadlinePeriod")).Select(p => Instant(p.Value(Cbc + "EndDate"), p.Value(Cbc + "EndTime"))).Where(e => e.Length > 0).Order(StringComparer.Ordinal).ToArray();
        if (ends.Length > 0)
        {
            json.WriteStartObject("tenderPeriod");
            if (notice.Date.Length > 0 && notice.NeedsProcedure)
            {
                json.WriteString("startDate", notice.Date);
            }

            json.WriteString("endDate", ends[0]);
            json.WriteEndObject();
        }
    }

    // One item a lot: what it is, by code and by name, and where it goes. Without lots, the project is the item.
    private void WriteItems(XElement? project)
    {
        var projects = notice.Lots.Select(l => (l.Id, Project: l.Element.Element(Cac + "ProcurementProject"))).Where(p => p.Project is not null).ToList();
        if (projects.Count == 0 && project is not null)
        {
            projects.Add(("", project));
        }

        if (projects.Count == 0)
        {
            return;
        }

        json.WriteStartArray("items");
        var number = 0;
        foreach (var (lot, of) in projects)
        {
            var codes = Codes(of) is { Length: > 0 } own ? own : Codes(project);
            json.WriteStartObject();
            json.WriteString("id", lot.Length > 0 ? lot : (++number).ToString(CultureInfo.InvariantCulture));
            Optional("description", Or(notice.Text(of, Cbc + "Name"), notice.Text(project, Cbc + "Name")));
            if (codes.Length > 0)
            {
                json.WriteStartObject("classification");
                Cpv(codes[0]);
                json.WriteEndObject();
            }

            if (codes.Length > 1)
            {
                json.WriteStartArray("additionalClassifications");
                foreach (var code in codes.Skip(1))
                {
                    json.WriteStartObject();
                    Cpv(code);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            WritePlaces(of!.Elements(Cac + "RealizedLocation").Any() ? of : project);
            Optional("relatedLot", lot);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string[] Codes(XElement? project) => project is null ? [] :
        [.. project.Elements(Cac + "MainCommodityClassification").Concat(project.Elements(Cac + "AdditionalCommodityClassification")).Elements(Cbc + "ItemClassificationCode").Select(c => c.Value.Trim()).Where(c => c.Length > 0)];

    private void Cpv(string code)
    {
        json.WriteString("scheme", "CPV");
        json.WriteString("id", code);
    }

    private void WritePlaces(XElement? project)
    {
        var places = project?.Elements(Cac + "RealizedLocation").Elements(Cac + "Address").Where(a => NoticeParties.CountryOf(a) is not null).ToArray() ?? [];
        if (places.Length > 0)
        {
            json.WriteStartArray("deliveryAddresses");
            foreach (var address in places)
            {
                json.WriteStartObject();
                Optional("streetAddress", address.Value(Cbc + "StreetName"));
                Optional("locality", address.Value(Cbc + "CityName"));
                Optional("region", address.Value(Cbc + "CountrySubentityCode"));
                Optional("postalCode", address.Value(Cbc + "PostalZone"));
                Optional("country", NoticeParties.CountryOf(address) ?? "");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private void WriteLots()
    {
        if (notice.Lots.Count == 0)
        {
            return;
        }

        json.WriteStartArray("lots");
        foreach (var (id, lot) in notice.Lots)
        {
            WriteLot(id, lot);
        }

        json.WriteEndArray();
    }

    private void WriteLot(string id, XElement lot)
    {
        var project = lot.Element(Cac + "ProcurementProject");
        var terms = lot.Element(Cac + "TenderingTerms");
        json.WriteStartObject();
        Optional("id", id);
        Optional("title", notice.Text(project, Cbc + "Name"));
        Optional("description", notice.Text(project, Cbc + "Description"));
        Money("value", project.At(Cac + "RequestedTenderTotal", Cbc + "EstimatedOverallContractAmount"));
        WritePeriod(project.At(Cac + "PlannedPeriod"));
        var criteria = AwardCriteria(lot).ToArray();
        if (criteria.Length > 0)
        {
            json.WriteStartObject("awardCriteria");
            json.WriteStartArray("criteria");
            foreach (var criterion in criteria)
            {
                json.WriteStartObject();
                Optional("type", criterion.Value(Cbc + "AwardingCriterionTypeCode"));
                Optional("name", notice.Text(criterion, Cbc + "Name"));
                Optional("description", notice.Text(criterion, Cbc + "Description"));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        var conditions = string.Join("\n", terms?.Elements(Cac + "ContractExecutionRequirement").Where(r => (string?)r.Element(Cbc + "ExecutionRequirementCode")?.Attribute("listName") == "conditions").Select(r => notice.Text(r, Cbc + "Description")).Where(t => t.Length > 0) ?? []);
        if (conditions.Length > 0)
        {
            json.WriteStartObject("contractTerms");
            json.WriteString("performanceTerms", conditions);
            json.WriteEndObject();
        }

        WriteSustainability(project);
        json.WriteEndObject();
    }

    private void WriteSustainability(XElement? project)
    {
        var objectives = project?.Elements(Cac + "ProcurementAdditionalType").Elements(Cbc + "ProcurementTypeCode").Where(c => (string?)c.Attribute("listName") == "social-objective").Select(c => c.Value.Trim()).Where(c => c.Length > 0).ToArray() ?? [];
        if (objectives.Length > 0)
        {
            json.WriteBoolean("hasSustainability", true);
            json.WriteStartArray("sustainability");
            foreach (var objective in objectives)
            {
                json.WriteStartObject();
                json.WriteString("goal", NoticeCodes.Goal(objective));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private void WritePeriod(XElement? period)
    {
        var start = Instant(period.Value(Cbc + "StartDate"), "");
        var end = Instant(period.Value(Cbc + "EndDate"), "");
        var duration = period.At(Cbc + "DurationMeasure");
        var days = int.TryParse(duration?.Value.Trim(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) && count is > 0 and < 100_000
            ? (string?)duration!.Attribute("unitCode") switch { "DAY" => count, "WEEK" => count * 7, "MONTH" => count * 365 / 12, "YEAR" => count * 365, _ => 0 }
            : 0;
        if (start.Length + end.Length + days > 0)
        {
            json.WriteStartObject("contractPeriod");
            Optional("startDate", start);
            Optional("endDate", end);
            if (days > 0)
            {
                json.WriteNumber("durationInDays", days);
            }

            json.WriteEndObject();
        }
    }

    private void Optional(string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    private void Texts(string name, IEnumerable<string>? texts)
    {
        var all = texts?.Where(t => t.Length > 0).Distinct(StringComparer.Ordinal).ToArray() ?? [];
        if (all.Length > 0)
        {
            json.WriteStartArray(name);
            Array.ForEach(all, json.WriteStringValue);
            json.WriteEndArray();
        }
    }

    private void Money(string name, XElement? amount)
    {
        if (amount is not null && decimal.TryParse(amount.Value.Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out var value))
        {
            Money(name, value, (string?)amount.Attribute("currencyID") ?? "");
        }
    }

    private void Money(string name, decimal value, string currency)
    {
        json.WriteStartObject(name);
        json.WriteNumber("amount", value);
        Optional("currency", currency);
        json.WriteEndObject();
    }

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
