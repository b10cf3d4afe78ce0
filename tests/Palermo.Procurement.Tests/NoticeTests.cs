using System.Text;

namespace Palermo.Procurement.Tests;

/// <summary>Notices of the EU's electronic forms; all of them made up.</summary>
public sealed class NoticeTests : IDisposable
{
    private const string Procedure = "3fa0a5f0-1111-4c3e-9b1a-0a0a0a0a0a01";
    private readonly Reading _reading = new();

    [Fact]
    public void Notices_of_one_procedure_become_one_process()
    {
        var (processes, problems) = _reading.Read(new ReadOptions(), Describe, _reading.File("cn.xml", Competition()), _reading.File("can.xml", Result()));
        Assert.Empty(problems);
        Assert.Equal([$"eforms-{Procedure}: Nettoyage des écoles | services | Ville de Montclair | 72000 EUR | Propreté Exemple SARL (FR) Tenderer, Supplier; Ville de Montclair (FR) Buyer | Écoles du nord 90911200 FR | subcontracting"], processes);
    }

    [Fact]
    public void A_version_beyond_all_numbers_is_no_version() // found by fuzzing
    {
        var (processes, _) = _reading.Read(new ReadOptions(), p => p.Ocid.Value, _reading.File("cn.xml", Competition().Replace("eforms-sdk-1.13", "eforms-sdk-1.1399999999999999")));
        Assert.Equal([$"eforms-{Procedure}"], processes);
    }

    [Fact]
    public void A_planning_notice_stands_by_itself()
    {
        var xml = Competition().Replace("ContractNotice", "PriorInformationNotice").Replace($"<cbc:ContractFolderID>{Procedure}</cbc:ContractFolderID>", "").Replace(">16<", ">4<").Replace("schemeName=\"Lot\">LOT", "schemeName=\"Part\">PAR");
        var (processes, problems) = _reading.Read(new ReadOptions(), p => p.Ocid.Value, _reading.File("pin.xml", xml));
        Assert.Empty(problems);
        Assert.Equal(["eforms-3fa0a5f0-2222-4c3e-9b1a-0a0a0a0a0a01"], processes);
    }

    [Theory]
    [InlineData("1.10", "human-traffic", null)]
    [InlineData("1.13", "exg-crim-traffick", null)]
    [InlineData("1.13", "human-traffic", "BT-67: human-traffic is the code of SDK 1.2 to 1.11; the notice states 1.13")]
    [InlineData("1.11", "exg-crim-traffick", "BT-67: exg-crim-traffick is a code of SDK 1.12 and later; the notice states 1.11")]
    public void Codes_belong_to_the_version_the_notice_states_and_are_read_as_the_newest(string sdk, string code, string? fault)
    {
        var xml = Competition().Replace("eforms-sdk-1.13", "eforms-sdk-" + sdk).Replace("exg-crim-traffick", code);
        var (compiled, problems) = Reading.Compile(false, null, _reading.File("cn.xml", xml));
        Assert.Contains("\"exclusionGrounds\":{\"criteria\":[{\"type\":\"exg-crim-traffick\"", Assert.Single(compiled));
        Assert.Equal(fault is null ? "" : $"The notice is not valid: {fault}.", string.Join(' ', problems.Select(p => p.What)));
    }

    [Theory]
    [InlineData("<cbc:Name languageID=\"FRA\">Ville de Montclair</cbc:Name>", "", "BT-500 (organization name) of ORG-0001 is missing")]
    [InlineData(">ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>", ">ORG-0009</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>", "OPT-300-Procedure-Buyer refers to ORG-0009, which the notice does not describe")]
    [InlineData(">FRA</cbc:IdentificationCode>", ">FR</cbc:IdentificationCode>", "BT-514 of ORG-0001 is \"FR\", no country code of three letters")]
    [InlineData(">90911200<", ">9091<", "BT-262/BT-263: \"9091\" is no CPV code")]
    [InlineData("<cbc:EndDate>2025-05-02+02:00", "<cbc:EndDate>2025-03-02+02:00", "BT-131 (deadline for tenders) of LOT-0001 lies before the dispatch of the notice (BT-05)")]
    [InlineData("eforms-sdk-1.13", "eforms-sdk-1.99", "OPT-002 names version 1.99 of the SDK; 1.3 to 1.15 are known here")]
    [InlineData(">80000<", ">about 80000<", "EstimatedOverallContractAmount is \"about 80000\", no amount")]
    public void A_fault_is_named_with_its_business_term_and_the_rest_is_read(string is_, string becomes, string fault)
    {
        var xml = Competition();
        Assert.Contains(is_, xml);
        var (processes, problems) = _reading.Read(new ReadOptions(), p => p.Tender.Title.ToString(), _reading.File("cn.xml", xml.Replace(is_, becomes)));
        Assert.Equal(["Nettoyage des écoles"], processes);
        Assert.Contains(problems, p => p.Kind == ProblemKind.Mended && p.What == $"The notice is not valid: {fault}." && p.Line > 1 && p.Mend.Length > 0);
    }

    [Fact]
    public void A_result_that_refers_to_what_is_not_there_is_told()
    {
        var xml = Result().Replace("<cbc:ID schemeName=\"tendering-party\">TPA-0001</cbc:ID></efac:TenderingParty><efac:TenderLot>", "<cbc:ID schemeName=\"tendering-party\">TPA-0007</cbc:ID></efac:TenderingParty><efac:TenderLot>").Replace("selec-w", "won");
        var (_, problems) = _reading.Read(new ReadOptions(), p => p.Ocid.Value, _reading.File("can.xml", xml));
        Assert.Equal(["The notice is not valid: BT-142 is \"won\".", "The notice is not valid: OPT-310 (tendering party of the tender) refers to TPA-0007, which the notice does not describe."], problems.Select(p => p.What));
    }

    [Theory]
    [InlineData("no procedure", "The notice is not valid: BT-04 (procedure identifier) is missing, so it can't be told which procedure it belongs to.")]
    [InlineData("cut off", "The file can't be read: the XML is broken. ")]
    [InlineData("document type", "The file can't be read: the XML is broken. For security reasons DTD is prohibited")]
    [InlineData("deep", "The file can't be read: the XML is nested more than 64 elements deep")]
    [InlineData("no notice", "The XML is no notice of the EU's electronic forms: its root is feed.")]
    public void What_can_not_be_read_is_lost_with_its_reason(string how, string what)
    {
        var xml = how switch
        {
            "no procedure" => Competition().Replace(Procedure, ""),
            "cut off" => Competition()[..2000],
            "document type" => Competition().Replace("?>", "?><!DOCTYPE x [<!ENTITY a \"b\">]>"),
            "deep" => "<?xml version=\"1.0\"?>" + string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000)),
            _ => "<feed xmlns=\"http://www.w3.org/2005/Atom\"/>",
        };
        var (processes, problems) = _reading.Read(new ReadOptions(), p => p.Ocid.Value, _reading.File("a.xml", xml), _reading.File("b.xml", Result()));
        Assert.Single(processes);
        var problem = Assert.Single(problems);
        Assert.Equal(ProblemKind.Lost, problem.Kind);
        Assert.StartsWith(what, problem.What);
        Assert.EndsWith("a.xml", problem.File);
    }

    [Fact]
    public void A_registration_of_a_company_is_no_purchase()
    {
        var (processes, problems) = _reading.Read(new ReadOptions(), p => p.Ocid.Value, _reading.File("x.xml", "<BusinessRegistrationInformationNotice xmlns=\"http://data.europa.eu/p27/eforms-business-registration-information-notice/1\"/>"));
        Assert.Empty(processes);
        Assert.Equal(ProblemKind.Ignored, Assert.Single(problems).Kind);
    }

    [Fact]
    public void Any_encoding_that_XML_declares_is_read()
    {
        var xml = Competition().Replace("UTF-8", "UTF-16");
        var (processes, problems) = _reading.Read(new ReadOptions(), p => p.Tender.Title.ToString(), _reading.File("cn.xml", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(xml)]));
        Assert.Empty(problems);
        Assert.Equal(["Nettoyage des écoles"], processes);
    }

    public void Dispose() => _reading.Dispose();

    private static string Describe(ContractingProcess p) =>
        $"{p.Ocid}: {p.Tender.Title} | {p.Tender.MainProcurementCategory} | {p.BuyerName} | {p.Value?.Amount:0} {p.Value?.Currency} | {string.Join("; ", p.Parties.Select(x => $"{x.Name} ({x.Country}) {x.Roles}").Order())} | {string.Join("; ", p.Items.Select(i => $"{i.Description} {i.Classifications[0].Id} {i.DeliveryCountry}"))} | {(p.Tender.HasSubcontracting == true ? "subcontracting" : "")}";

    private static string Head(string kind) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <{kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2" xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2" xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1" xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1" xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1">
        <ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>

        """;

    private static string Organization(string id, string name, string number) => $"""
        <efac:Organization><efac:Company>
        <cac:PartyIdentification><cbc:ID schemeName="organization">{id}</cbc:ID></cac:PartyIdentification>
        <cac:PartyName><cbc:Name languageID="FRA">{name}</cbc:Name></cac:PartyName>
        <cac:PostalAddress><cbc:CityName>Montclair</cbc:CityName><cac:Country><cbc:IdentificationCode listName="country">FRA</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
        <cac:PartyLegalEntity><cbc:CompanyID>{number}</cbc:CompanyID></cac:PartyLegalEntity>
        </efac:Company></efac:Organization>

        """;

    private static string Body(string noticeId, string date, string type, string terms, string process) => $"""
        </efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
        <cbc:CustomizationID>eforms-sdk-1.13</cbc:CustomizationID>
        <cbc:ID schemeName="notice-id">{noticeId}</cbc:ID>
        <cbc:ContractFolderID>{Procedure}</cbc:ContractFolderID>
        <cbc:IssueDate>{date}+02:00</cbc:IssueDate><cbc:IssueTime>10:00:00+02:00</cbc:IssueTime>
        <cbc:VersionID>01</cbc:VersionID><cbc:RegulatoryDomain>32014L0024</cbc:RegulatoryDomain>
        <cbc:NoticeTypeCode listName="competition">{type}</cbc:NoticeTypeCode><cbc:NoticeLanguageCode>FRA</cbc:NoticeLanguageCode>
        <cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID schemeName="organization">ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
        {terms}
        <cac:TenderingProcess><cbc:ProcedureCode listName="procurement-procedure-type">open</cbc:ProcedureCode></cac:TenderingProcess>
        <cac:ProcurementProject>
        <cbc:Name languageID="ENG">Cleaning of schools</cbc:Name><cbc:Name languageID="FRA">Nettoyage des écoles</cbc:Name>
        <cbc:ProcurementTypeCode listName="contract-nature">services</cbc:ProcurementTypeCode>
        <cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="EUR">80000</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>
        <cac:MainCommodityClassification><cbc:ItemClassificationCode listName="cpv">90911200</cbc:ItemClassificationCode></cac:MainCommodityClassification>
        <cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode listName="nuts">FRD22</cbc:CountrySubentityCode></cac:Address></cac:RealizedLocation>
        </cac:ProcurementProject>
        <cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID>{process}
        <cac:ProcurementProject><cbc:Name languageID="FRA">Écoles du nord</cbc:Name></cac:ProcurementProject></cac:ProcurementProjectLot>

        """;

    private static string Competition() => Head("ContractNotice")
        + "<efac:NoticeSubType><cbc:SubTypeCode listName=\"notice-subtype\">16</cbc:SubTypeCode></efac:NoticeSubType><efac:Organizations>"
        + Organization("ORG-0001", "Ville de Montclair", "200 000 001") + "</efac:Organizations>\n"
        + Body("3fa0a5f0-2222-4c3e-9b1a-0a0a0a0a0a01", "2025-04-01", "cn-standard",
            "<cac:TenderingTerms><cac:TendererQualificationRequest><cac:SpecificTendererRequirement><cbc:TendererRequirementTypeCode listName=\"exclusion-ground\">exg-crim-traffick</cbc:TendererRequirementTypeCode></cac:SpecificTendererRequirement></cac:TendererQualificationRequest></cac:TenderingTerms>",
            "<cac:TenderingProcess><cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>2025-05-02+02:00</cbc:EndDate><cbc:EndTime>12:00:00+02:00</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod></cac:TenderingProcess>")
        + "</ContractNotice>";

    private static string Result() => Head("ContractAwardNotice")
        + """
        <efac:NoticeResult>
        <efac:LotResult><cbc:ID schemeName="result">RES-0001</cbc:ID><cbc:TenderResultCode listName="winner-selection-status">selec-w</cbc:TenderResultCode>
        <efac:LotTender><cbc:ID schemeName="tender">TEN-0001</cbc:ID></efac:LotTender>
        <efac:ReceivedSubmissionsStatistics><efbc:StatisticsCode listName="received-submission-type">tenders</efbc:StatisticsCode><efbc:StatisticsNumeric>4</efbc:StatisticsNumeric></efac:ReceivedSubmissionsStatistics>
        <efac:SettledContract><cbc:ID schemeName="contract">CON-0001</cbc:ID></efac:SettledContract><efac:TenderLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID></efac:TenderLot></efac:LotResult>
        <efac:LotTender><cbc:ID schemeName="tender">TEN-0001</cbc:ID><cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">72000</cbc:PayableAmount></cac:LegalMonetaryTotal>
        <efac:SubcontractingTerm><efbc:TermCode listName="applicability">yes</efbc:TermCode></efac:SubcontractingTerm>
        <efac:TenderingParty><cbc:ID schemeName="tendering-party">TPA-0001</cbc:ID></efac:TenderingParty><efac:TenderLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID></efac:TenderLot></efac:LotTender>
        <efac:SettledContract><cbc:ID schemeName="contract">CON-0001</cbc:ID><cbc:IssueDate>2025-06-10+02:00</cbc:IssueDate><efac:LotTender><cbc:ID schemeName="tender">TEN-0001</cbc:ID></efac:LotTender></efac:SettledContract>
        <efac:TenderingParty><cbc:ID schemeName="tendering-party">TPA-0001</cbc:ID><efac:Tenderer><cbc:ID schemeName="organization">ORG-0002</cbc:ID></efac:Tenderer></efac:TenderingParty>
        </efac:NoticeResult>
        <efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">29</cbc:SubTypeCode></efac:NoticeSubType><efac:Organizations>
        """
        + Organization("ORG-0001", "Ville de Montclair", "200 000 001") + Organization("ORG-0002", "Propreté Exemple SARL", "300 000 002") + "</efac:Organizations>\n"
        + Body("3fa0a5f0-3333-4c3e-9b1a-0a0a0a0a0a01", "2025-06-20", "can-standard", "", "")
        + "</ContractAwardNotice>";
}
