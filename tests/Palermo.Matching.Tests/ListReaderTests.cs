using Palermo.Matching.Lists;
using Palermo.Tests;

namespace Palermo.Matching.Tests;

/// <summary>Lists in the forms of their publishers; the parties are made up.</summary>
public sealed class ListReaderTests
{
    [Fact]
    public void Ofac_csv_with_alternate_names_and_addresses()
    {
        using var folder = new TempFolder();
        folder.Write("alt.csv", "9001,1,aka,\"ROMASHKA TRADE\",-0- \n9001,2,fka,\"ROMASHKA STROY\",-0- \n");
        folder.Write("add.csv", "9001,5,\"Leninsky 1\",\"Moscow\",\"Russia\",-0- \n");
        var path = folder.Write("sdn.csv", "9001,\"ROMASHKA OOO\",-0- ,\"RUSSIA-EO14024] [SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Tax ID No. 7701234567 (Russia); a.k.a. 'RMK'.\"\n9002,\"DOE, Jane\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 02 Jan 1970; POB Nowhere.\"\n\u001a");
        var parties = Read("ofac", path);
        Assert.Equal(2, parties.Count);
        Assert.Equal(["ROMASHKA OOO/main", "ROMASHKA TRADE/alias", "ROMASHKA STROY/former", "RMK/weak"], parties[0].Names.Select(n => $"{n.Text}/{n.Strength}"));
        Assert.Equal(["Leninsky 1, Moscow, Russia"], parties[0].Addresses);
        Assert.Equal(["Tax ID No.:7701234567"], parties[0].Identifiers);
        Assert.Equal(["RUSSIA-EO14024", "SDGT"], parties[0].Grounds);
        Assert.Equal(PartyKind.Person, parties[1].Kind);
        Assert.Equal(["1970-01-02"], parties[1].Dates);
    }

    [Fact]
    public void Ofac_csv_without_its_companions_says_what_is_missing()
    {
        using var folder = new TempFolder();
        var path = folder.Write("sdn.csv", "9001,\"ROMASHKA OOO\",-0- ,\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n");
        var warnings = new List<string>();
        Assert.Single(ListReader.Read(ListFormats.Find("ofac")!, path, "", warnings.Add).ToList());
        Assert.Contains(warnings, w => w.Contains("alt.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void Ofac_xml()
    {
        using var folder = new TempFolder();
        var path = folder.Write("sdn.xml", """
            <?xml version="1.0"?><sdnList xmlns="http://tempuri.org/sdnList.xsd"><sdnEntry><uid>7</uid><lastName>ROMASHKA</lastName><sdnType>Entity</sdnType><programList><program>SDGT</program></programList>
            <akaList><aka><uid>1</uid><type>a.k.a.</type><category>weak</category><lastName>RMK</lastName></aka><aka><uid>2</uid><type>f.k.a.</type><category>strong</category><lastName>STARAYA ROMASHKA</lastName></aka></akaList>
            <addressList><address><uid>3</uid><city>Moscow</city><country>Russia</country></address></addressList><idList><id><uid>4</uid><idType>Tax ID No.</idType><idNumber>7701</idNumber></id></idList></sdnEntry></sdnList>
            """);
        var party = Assert.Single(Read("ofac", path));
        Assert.Equal(["ROMASHKA/main", "RMK/weak", "STARAYA ROMASHKA/former"], party.Names.Select(n => $"{n.Text}/{n.Strength}"));
        Assert.Equal(["Russia"], party.Countries);
    }

    [Fact]
    public void Un_xml()
    {
        using var folder = new TempFolder();
        var path = folder.Write("un.xml", """
            <CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>JANE</FIRST_NAME><SECOND_NAME>DOE</SECOND_NAME><UN_LIST_TYPE>DRC</UN_LIST_TYPE><REFERENCE_NUMBER>CDi.999</REFERENCE_NUMBER><LISTED_ON>2012-12-31</LISTED_ON>
            <NATIONALITY><VALUE>Nowhere</VALUE></NATIONALITY><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Janie</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_DATE_OF_BIRTH><YEAR>1971</YEAR></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS>
            <ENTITIES><ENTITY><DATAID>2</DATAID><FIRST_NAME>ROMASHKA</FIRST_NAME><REFERENCE_NUMBER>CDe.999</REFERENCE_NUMBER><ENTITY_ALIAS><QUALITY>F.k.a.</QUALITY><ALIAS_NAME>OLD; OLDER</ALIAS_NAME></ENTITY_ALIAS></ENTITY></ENTITIES></CONSOLIDATED_LIST>
            """);
        var parties = Read("un", path);
        Assert.Equal(["JANE DOE/main", "Janie/weak"], parties[0].Names.Select(n => $"{n.Text}/{n.Strength}"));
        Assert.Equal(("CDi.999", "2012-12-31", PartyKind.Person), (parties[0].Id, parties[0].From, parties[0].Kind));
        Assert.Equal(["ROMASHKA/main", "OLD/former", "OLDER/former"], parties[1].Names.Select(n => $"{n.Text}/{n.Strength}"));
    }

    [Fact]
    public void Eu_xml_and_csv()
    {
        using var folder = new TempFolder();
        var xml = folder.Write("eu.xml", """
            <export xmlns="http://eu.europa.ec/fpi/fsd/export"><sanctionEntity euReferenceNumber="EU.1.2" logicalId="13"><regulation programme="BLR" entryIntoForceDate="2020-10-02"/><subjectType code="enterprise"/>
            <nameAlias wholeName="Romashka AO" strong="true"/><nameAlias wholeName="RMK" strong="false"/><address city="Minsk" countryIso2Code="BY" countryDescription="BELARUS"/><identification identificationTypeCode="regnumber" number="100200300"/></sanctionEntity></export>
            """);
        var party = Assert.Single(Read("eu", xml));
        Assert.Equal(["Romashka AO/main", "RMK/weak"], party.Names.Select(n => $"{n.Text}/{n.Strength}"));
        Assert.Equal(("EU.1.2", "2020-10-02"), (party.Id, party.From));
        Assert.Equal(["regnumber:100200300"], party.Identifiers);
        var csv = folder.Write("eu.csv", "fileGenerationDate;Entity_LogicalId;Entity_SubjectType;Entity_Regulation_Programme;NameAlias_WholeName;Address_CountryIso2Code\n2026-01-01;13;E;BLR;Romashka AO;\n2026-01-01;13;E;BLR;RMK;\n2026-01-01;13;E;BLR;;BY\n2026-01-01;14;P;BLR;Jane Doe;\n");
        var parties = Read("eu", csv);
        Assert.Equal(2, parties.Count);
        Assert.Equal(["Romashka AO", "RMK"], parties[0].Names.Select(n => n.Text));
        Assert.Equal("13", parties[0].Id);
    }

    [Fact]
    public void Uk_csv_with_a_line_above_its_header()
    {
        using var folder = new TempFolder();
        var path = folder.Write("ConList.csv", "Last Updated,18/11/2026\nName 6,Name 1,Name 2,Title,Alias Type,DOB,Address 1,Country,Group Type,Group ID,Regime,Listed On\nDOE,Jane,Mary,,Primary name,02/01/1970,1 High St,Nowhere,Individual,777,Global,31/12/2012\nDOW,Janet,,,AKA,,,,Individual,777,Global,31/12/2012\nROMASHKA LTD,,,,Primary name,,,Russia,Entity,778,Russia,01/02/2023\n");
        var parties = Read("uk", path);
        Assert.Equal(2, parties.Count);
        Assert.Equal(["Jane Mary DOE/main", "Janet DOW/alias"], parties[0].Names.Select(n => $"{n.Text}/{n.Strength}"));
        Assert.Equal(("777", PartyKind.Person), (parties[0].Id, parties[0].Kind));
        Assert.Equal("2023-02-01", parties[1].From);
    }

    [Fact]
    public void World_bank_workbook_with_headings_in_two_rows()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Root, "wb.xlsx");
        File.WriteAllBytes(path, Workbook.Write(("Sheet1", [["Downloaded on: 07/01/2025"], ["Firm Name", "Additional Firm Info", "Address", "Country", "Ineligibility Period", "", "Grounds"], ["", "", "", "", "From Date", "To Date", ""], ["ROMASHKA LLC", "*677", "Somewhere 4", "Azerbaijan", "2024-12-10", "2027-08-09", "Fraudulent Practices"]])));
        var party = Assert.Single(Read("world-bank", path));
        Assert.Equal(("ROMASHKA LLC", "2024-12-10", "2027-08-09"), (party.Names[0].Text, party.From, party.Until));
        Assert.Equal(["Fraudulent Practices"], party.Grounds);
    }

    [Fact]
    public void Regional_bank_with_stray_quotes()
    {
        using var folder = new TempFolder();
        var path = folder.Write("ebrd.csv", "Firm Name,Address,Nationality,Ineligible From, Ineligible Until,Notice Effective At EBRD,Originating Institution,Prohibited Practice\n\"\"Super Romashka\" LLC\",\"70 Main St\",\"Uzbekistan\",\"2022-01-01T07:29:59Z\",Ongoing,\"2022-09-25T07:29:59Z\",\"World Bank Group\",\"Fraudulent Practice\"\n\"Next Ltd\",\"x\",\"Nowhere\",,,,,\n");
        var parties = Read("development-bank", path);
        Assert.Equal(2, parties.Count);
        Assert.Contains("Romashka", parties[0].Names[0].Text);
        Assert.Equal("2022-01-01", parties[0].From);
    }

    [Fact]
    public void Sam_extract()
    {
        using var folder = new TempFolder();
        var path = folder.Write("sam.csv", "Classification,Name,Prefix,First,Middle,Last,Suffix,Address 1,City,State / Province,Country,Zip Code,Unique Entity ID,Exclusion Program,Exclusion Type,Additional Comments,Active Date,Termination Date,SAM Number,CAGE\nFirm,ROMASHKA INC,,,,,,1 Main St,Reston,VA,USA,20190,ABCDEFGH1234,Reciprocal,Ineligible,note,01/31/2024,02/28/2027,S4MR1,0A1B2\nIndividual,,,Jane,M,Doe,,,,,USA,,,Reciprocal,Prohibition,,01/31/2024,Indefinite,S4MR2,\n");
        var parties = Read("sam", path);
        Assert.Equal(("S4MR1", "ROMASHKA INC", "2024-01-31", "2027-02-28"), (parties[0].Id, parties[0].Names[0].Text, parties[0].From, parties[0].Until));
        Assert.Contains("UNIQUE ENTITY ID:ABCDEFGH1234", parties[0].Identifiers);
        Assert.Equal("Jane M Doe", parties[1].Names[0].Text);
        Assert.Equal(PartyKind.Person, parties[1].Kind);
    }

    [Fact]
    public void Brazils_register()
    {
        using var folder = new TempFolder();
        var path = folder.Write("cadastro.csv", "ID;Ano da ação fiscal;UF;Empregador;CNPJ/CPF;Estabelecimento;Trabalhadores envolvidos;CNAE;Inclusão no Cadastro de Empregadores\n1;2022;PA;Fazenda Romashka Ltda;12.345.678/0001-95;Rodovia km 3, zona rural;12;0115-6/00;05/04/2024\n2;2021;MG;João da Silva;123.456.789-09;Sítio;3;0134-2/00;05/10/2023\n");
        var parties = Read("brazil", path);
        Assert.Equal(["BR-CNPJ:12.345.678/0001-95"], parties[0].Identifiers);
        Assert.Equal(["BR-CPF:123.456.789-09"], parties[1].Identifiers);
        Assert.Equal("2024-04-05", parties[0].From);
    }

    [Fact]
    public void FollowTheMoney_with_owners()
    {
        using var folder = new TempFolder();
        var path = folder.Write("entities.ftm.json", """
            {"id":"A","schema":"Company","properties":{"name":["Romashka AO"],"alias":["RMK"],"previousName":["Vasilek"],"weakAlias":["R"],"country":["ru"],"innCode":["7701234567"],"topics":["sanction"]}}
            {"id":"B","schema":"Company","properties":{"name":["Dochka OOO"]}}
            {"id":"O","schema":"Ownership","properties":{"owner":["A"],"asset":["B"],"percentage":["75"]}}
            {"id":"X","schema":"Sanction","properties":{"entity":["A"]}}
            """);
        var parties = Read("ftm", path);
        Assert.Equal(["A", "B"], parties.Select(p => p.Id));
        Assert.Equal(["Romashka AO/main", "RMK/alias", "Vasilek/former", "R/weak"], parties[0].Names.Select(n => $"{n.Text}/{n.Strength}"));
        Assert.Equal([new ListedRelation("A", "owner", "75")], parties[1].Relations);
        Assert.Equal([new ListedRelation("B", "subsidiary", "75")], parties[0].Relations);
        Assert.Equal(["innCode:7701234567"], parties[0].Identifiers);
    }

    [Fact]
    public void An_entity_of_an_odd_shape_is_no_party()
    {
        using var folder = new TempFolder();
        var path = folder.Write("e.json", "{\"id\":\"A\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Romashka\"]}}\n{\"id\":\"B\",\"schema\":\"Company\",\"properties\":\"x\"}\n{\"id\":\"C\",\"schema\":\"Ownership\",\"properties\":7}\n");
        Assert.Equal("A", Assert.Single(Read("ftm", path)).Id);
    }

    [Fact]
    public void Simplified_targets_and_senzing()
    {
        using var folder = new TempFolder();
        var csv = folder.Write("targets.simple.csv", "\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\",\"addresses\",\"identifiers\",\"sanctions\",\"phones\",\"emails\",\"program_ids\",\"dataset\",\"first_seen\",\"last_seen\",\"last_change\"\n\"NK-1\",\"Company\",\"Romashka\",\"RMK;Vasilek\",\"\",\"ru;by\",\"\",\"IMO6495856\",\"\",\"\",\"\",\"\",\"x\",\"\",\"\",\"\"\n");
        var party = Assert.Single(Read("ftm-csv", csv));
        Assert.Equal(["Romashka", "RMK", "Vasilek"], party.Names.Select(n => n.Text));
        Assert.Equal(["ru", "by"], party.Countries);
        var senzing = folder.Write("senzing.json", "{\"DATA_SOURCE\":\"X\",\"RECORD_ID\":\"NK-2\",\"RECORD_TYPE\":\"PERSON\",\"NAMES\":[{\"NAME_TYPE\":\"ALIAS\",\"NAME_FULL\":\"Janie\"},{\"NAME_TYPE\":\"PRIMARY\",\"NAME_FULL\":\"Jane Doe\"}],\"DATES\":[{\"DATE_OF_BIRTH\":\"1972\"}],\"IDENTIFIERS\":[{\"OTHER_ID_TYPE\":\"T\",\"OTHER_ID_NUMBER\":\"5\"}]}\n");
        var person = Assert.Single(Read("senzing", senzing));
        Assert.Equal(["Jane Doe/main", "Janie/alias"], person.Names.Select(n => $"{n.Text}/{n.Strength}"));
        Assert.Equal((PartyKind.Person, "T:5", "1972"), (person.Kind, person.Identifiers[0], person.Dates[0]));
    }

    [Fact]
    public void Any_table_with_a_mapping()
    {
        using var folder = new TempFolder();
        var path = folder.Write("own.csv", "Bezeichnung;Land;Gesperrt bis\nRomashka GmbH;DE;31.12.2027\n");
        var party = Assert.Single(ListReader.Read(ListFormats.Find("table")!, path, "name=Bezeichnung;country=Land;until=Gesperrt bis", _ => { }));
        Assert.Equal(("Romashka GmbH", "DE", "2027-12-31"), (party.Names[0].Text, party.Countries[0], party.Until));
        Assert.Contains("no header", Error(() => Read("table", path)), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Land", Error(() => _ = ListReader.Read(ListFormats.Find("table")!, path, "name=Bezeichnung;country=Staat", _ => { }).Count()));
    }

    [Theory]
    [InlineData("un", "<html/>", "not the UN consolidated list")]
    [InlineData("un", "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL>", "XML is broken")]
    [InlineData("ftm", "id,name\n1,x", "not JSON")]
    [InlineData("ofac", "Name,Country\nx,y", "not one of an OFAC list")]
    [InlineData("uflpa", "%PDF-1.7", "It is a PDF")]
    [InlineData("senzing", "{", "not JSON")]
    [InlineData("ftm", "{\"id\":\"\\uDC00\"}", "not JSON")]
    [InlineData("ofac", ",x,-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-", "not one of an OFAC list")]
    public void A_wrong_file_says_what_it_is_not(string format, string text, string what)
    {
        using var folder = new TempFolder();
        var path = folder.Write("list", text);
        Assert.Contains(what, Error(() => Read(format, path)));
    }

    private static string Error(Action work) => Assert.Throws<InvalidDataException>(work).Message;

    internal static List<ListedParty> Read(string format, string path) => [.. ListReader.Read(ListFormats.Find(format)!, path, "", _ => { })];
}
