using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Palermo.Knowledge.Espd;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting;

namespace Palermo.Prevent.Espd;

/// <summary>
/// Writes an ESPD request (ESPD-EDM 4.1.0, UBL 2.3 QualificationApplicationRequest): all grounds for exclusion, and the
/// selection criteria that the pack asks for. The eight grounds of part III A and B are always there: a request without
/// one of them is invalid (Schematron BR-REQ-30).
/// </summary>
public sealed class EspdRequestWriter(TenderPack pack, EspdModel model, string procedure)
{
    private const string Authority = "http://publications.europa.eu/resource/authority/";
    private static readonly XNamespace s_request = "urn:oasis:names:specification:ubl:schema:xsd:QualificationApplicationRequest-2";
    internal static readonly XNamespace Cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    internal static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    // Sub-criteria of the pack and the ESPD criterion that carries them.
    private static readonly (string Text, string Criterion)[] s_selection = [("selection.supply-chain-management", "chain-manage"), ("selection.tier-map", "chain-manage"), ("contract.flow-down", "suncont-port")];

    private static readonly Dictionary<string, string> s_grounds = new(StringComparer.Ordinal) { ["exclude-on-conviction"] = "human-traffic", ["exclude-on-breach"] = "labour-law", ["exclude-on-fine"] = "prof-misconduct" };

    /// <summary>Codes of the procedure types of the authority table.</summary>
    public static IReadOnlyList<string> Procedures { get; } = ["open", "restricted", "neg-w-call", "neg-wo-call", "comp-dial", "innovation", "comp-tend", "oth-mult", "oth-single"];

    /// <summary>The request.</summary>
    /// <param name="time">When it is issued.</param>
    public XDocument Write(DateTimeOffset time)
    {
        var reference = pack.FillIns["tender.reference"].Value ?? "0000";
        var chosen = s_selection.Where(s => pack.Texts.Any(t => t.Block.Id == s.Text)).Select(s => s.Criterion).ToHashSet(StringComparer.Ordinal);
        var criteria = model.Criteria.Where(c => c.IsExclusion || chosen.Contains(c.Code)).ToArray();
        var uuid = Uuid(string.Join('\n', reference, pack.FillIns["buyer.name"].Value, pack.Questionnaire.Hash, time.ToString("O", CultureInfo.InvariantCulture)));
        return new XDocument(new XDeclaration("1.0", "UTF-8", null), new XElement(
            s_request + "QualificationApplicationRequest",
            new XAttribute(XNamespace.Xmlns + "cac", Cac),
            new XAttribute(XNamespace.Xmlns + "cbc", Cbc),
            new XElement(Cbc + "UBLVersionID", new XAttribute("schemeAgencyID", "OASIS-UBL-TC"), model.UblVersion),
            new XElement(Cbc + "ProfileExecutionID", new XAttribute("schemeAgencyID", "OP"), new XAttribute("schemeVersionID", model.Version), model.Profile),
            new XElement(Cbc + "ID", new XAttribute("schemeAgencyID", "Palermo"), $"ESPDREQ-{uuid}"),
            new XElement(Cbc + "CopyIndicator", "false"),
            new XElement(Cbc + "UUID", new XAttribute("schemeID", "ISO/IEC 9834-8:2008 - 4UUID"), new XAttribute("schemeAgencyID", "Palermo"), new XAttribute("schemeVersionID", model.Version), uuid),
            new XElement(Cbc + "ContractFolderID", new XAttribute("schemeAgencyID", "Palermo"), reference),
            new XElement(Cbc + "IssueDate", time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new XElement(Cbc + "IssueTime", time.ToString("HH:mm:sszzz", CultureInfo.InvariantCulture)),
            new XElement(Cbc + "VersionID", new XAttribute("schemeAgencyID", "OP"), new XAttribute("schemeVersionID", model.Version), model.Version),
            new XElement(Cbc + "ProcedureCode", List("procurement-procedure-type", "procedure"), procedure),
            Buyer(),
            new XElement(Cac + "ProcurementProject", new XElement(Cbc + "Name", pack.FillIns["tender.title"].Value ?? reference), Description()),
            new XElement(Cac + "ProcurementProjectLot", Id("LOT-0000")),
            criteria.Select(Criterion)));
    }

    private XElement Buyer()
    {
        string? Of(string name) => pack.FillIns[name].Value;
        var country = pack.Input.Facts.Facts.TryGetValue("buyer.country", out var code) && pack.Input.Catalogue.Countries.TryGetValue(code.Codes[0], out var place) ? place.Iso3 : null;
        return new XElement(Cac + "ContractingParty", new XElement(
            Cac + "Party",
            Of("buyer.website") is { } website ? new XElement(Cbc + "WebsiteURI", website) : null,
            Of("buyer.id") is { } id ? new XElement(Cac + "PartyIdentification", new XElement(Cbc + "ID", new XAttribute("schemeAgencyID", "OP"), id)) : null,
            new XElement(Cac + "PartyName", new XElement(Cbc + "Name", Of("buyer.name") ?? pack.Input.Clauses.Languages[pack.Input.Language].Words["open.buyer.name"])),
            country is null ? null : new XElement(
                Cac + "PostalAddress",
                Of("buyer.street") is { } street ? new XElement(Cbc + "StreetName", street) : null,
                Of("buyer.city") is { } city ? new XElement(Cbc + "CityName", city) : null,
                Of("buyer.postcode") is { } postcode ? new XElement(Cbc + "PostalZone", postcode) : null,
                new XElement(Cac + "Country", new XElement(Cbc + "IdentificationCode", List("country", "country"), country))),
            Of("buyer.contact") is null && Of("buyer.phone") is null && Of("buyer.email") is null ? null : new XElement(
                Cac + "Contact",
                Of("buyer.contact") is { } contact ? new XElement(Cbc + "Name", contact) : null,
                Of("buyer.phone") is { } phone ? new XElement(Cbc + "Telephone", phone) : null,
                Of("buyer.email") is { } mail ? new XElement(Cbc + "ElectronicMail", mail) : null)));
    }

    private XElement? Description() =>
        pack.FillIns["tender.description"].Value is { } text ? new XElement(Cbc + "Description", text) : null;

    private XElement Criterion(EspdCriterion criterion) => new(
        Cac + "TenderingCriterion",
        Id(criterion.Uuid),
        new XElement(Cbc + "CriterionTypeCode", List("criterion", "criterion"), criterion.Code),
        new XElement(Cbc + "Name", criterion.Name),
        new XElement(Cbc + "Description", criterion.Description),
        criterion.IsPerLot ? new XElement(Cac + "ProcurementProjectLotReference", Id("LOT-0000")) : null,
        Legislation(criterion),
        criterion.Groups.Select(g => Group(g, criterion, "TenderingCriterionPropertyGroup")));

    // The directive, and behind it what the rules that bind this tender say of the same ground.
    private IEnumerable<XElement> Legislation(EspdCriterion criterion)
    {
        var number = 1;
        yield return Law($"{criterion.Path}/L{number}", "Directive 2014/24/EU", "Directive 2014/24/EU of the European Parliament and of the Council of 26 February 2014 on public procurement", "EU", criterion.Article, "http://data.europa.eu/eli/dir/2014/24/oj");
        var national = pack.Demands.Where(d => d.Demand.Pack.Jurisdiction.Length == 2 && d.Demand.Pack.Jurisdiction != "EU" && s_grounds.GetValueOrDefault(d.Demand.Use.Id) == criterion.Code);
        foreach (var provision in national.Select(d => d.Demand).DistinctBy(d => d.Provision.Id))
        {
            yield return Law($"{criterion.Path}/L{++number}", provision.Provision.Citation.Instrument, provision.Pack.Title, "National", provision.Provision.Citation.Pinpoint, provision.Provision.Citation.Url);
        }
    }

    private XElement Law(string id, string title, string description, string level, string article, string? url) => new(
        Cac + "Legislation",
        Id(id),
        new XElement(Cbc + "Title", title),
        new XElement(Cbc + "Description", description),
        new XElement(Cbc + "JurisdictionLevel", level),
        article.Length > 0 ? new XElement(Cbc + "Article", article) : null,
        url is not null && !url.Contains("...", StringComparison.Ordinal) ? new XElement(Cbc + "URI", url) : null,
        new XElement(Cac + "Language", new XElement(Cbc + "LocaleCode", List("language", "language"), "ENG")));

    private XElement Group(EspdGroup group, EspdCriterion criterion, string name) => new(
        Cac + name,
        Id(group.Id),
        new XElement(Cbc + "PropertyGroupTypeCode", OwnList("property-group-type"), group.Type),
        group.Properties.Select(p => Property(p, criterion)),
        group.Groups.Select(g => Group(g, criterion, "SubsidiaryTenderingCriterionPropertyGroup")));

    private XElement Property(EspdProperty property, EspdCriterion criterion) => new(
        Cac + "TenderingCriterionProperty",
        Id(property.Id),
        new XElement(Cbc + "Name"),
        new XElement(Cbc + "Description", property.Type == "CAPTION" ? Caption(criterion) : property.Description),
        new XElement(Cbc + "TypeCode", OwnList("criterion-element-type"), property.Type),
        new XElement(Cbc + "ValueDataTypeCode", OwnList("response-data-type"), property.Value),
        property.Expects switch
        {
            "ExpectedID" => new XElement(Cbc + "ExpectedID", new XAttribute("schemeAgencyID", "OP"), "LOT-0000"),
            "ExpectedDescription" => new XElement(Cbc + "ExpectedDescription", Requirement(criterion)),
            "MinimumAmount" => new XElement(Cbc + "MinimumAmount", new XAttribute("currencyID", Currency()), "0"),
            _ => null,
        });

    private string Currency() => pack.Input.Facts.Facts.TryGetValue("tender.value", out var value) ? value.Currency : "EUR";

    // What national law adds as a ground of its own; and what the criterion requires, in the words of the pack.
    private string Caption(EspdCriterion criterion) => criterion.Code == "nati-ground"
        ? string.Join("; ", pack.Demands.Where(d => d.Demand.Use.Id is "exclude-on-fine" or "exclude-on-missing-due-diligence").Select(d => d.Demand.Provision.Citation.ToString()).Distinct(StringComparer.Ordinal)) is { Length: > 0 } grounds ? grounds : "As stated in the procurement documents."
        : "Evidence may be given by reference to a database or a document already held by the buyer.";

    private string Requirement(EspdCriterion criterion)
    {
        var texts = pack.Input.Clauses.Languages[pack.Input.Language].Texts;
        var parts = s_selection.Where(s => s.Criterion == criterion.Code && pack.Texts.Any(t => t.Block.Id == s.Text && s.Text.StartsWith("selection.", StringComparison.Ordinal)))
            .SelectMany(s => texts[s.Text].Main).Select(p => string.Concat(Knowledge.Clauses.ClauseText.Holes(p.Text).Select(h => h.IsHole ? pack.FillIns[h.Text].Value ?? "" : h.Text)));
        return string.Join(' ', parts) is { Length: > 0 } text ? text : criterion.Description;
    }

    private XElement Id(string id) => new(Cbc + "ID", new XAttribute("schemeID", "Criterion"), new XAttribute("schemeAgencyID", "OP"), new XAttribute("schemeVersionID", model.Version), id);

    private XAttribute[] List(string table, string version) => [new("listID", Authority + table), new("listAgencyID", "OP"), new("listVersionID", model.CodeLists[version])];

    private XAttribute[] OwnList(string list) => [new("listID", list), new("listAgencyID", "OP"), new("listVersionID", model.Version)];

    // Version 4, drawn from what the request says: the same request of the same moment keeps its number.
    private static string Uuid(string seed)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(seed))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
