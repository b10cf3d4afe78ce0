namespace Palermo.Matching.Lists;

/// <summary>A format that lists are published in.</summary>
/// <param name="Id">Word on the command line.</param>
/// <param name="What">What it is, for people.</param>
/// <param name="Title">Title of the list where the format belongs to one list; else empty.</param>
/// <param name="Publisher">Its publisher.</param>
/// <param name="StaleAfterDays">How long an edition stays fresh.</param>
/// <param name="ForcedLabour">Whether it is about forced labour itself.</param>
public sealed record ListFormat(string Id, string What, string Title, string Publisher, int StaleAfterDays, bool ForcedLabour)
{
    /// <summary>Says what the file is, with all formats.</summary>
    public override string ToString() => $"{Id}: {What}";
}

/// <summary>The formats Palermo reads.</summary>
public static class ListFormats
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ListFormat> All { get; } =
    [
        new("uflpa", "UFLPA Entity List (CSV or XLSX; the names are prose)", "UFLPA Entity List", "U.S. Department of Homeland Security, Forced Labor Enforcement Task Force", 30, true),
        new("cbp-orders", "CBP withhold release orders and findings (CSV or XLSX)", "Withhold Release Orders and Findings", "U.S. Customs and Border Protection", 30, true),
        new("brazil", "Cadastro de Empregadores: register of employers who kept workers in conditions analogous to slavery (CSV or XLSX)", "Cadastro de Empregadores", "Ministério do Trabalho e Emprego, Brazil", 120, true),
        new("ftm", "FollowTheMoney entities or nested targets (JSON Lines)", "", "", 7, false),
        new("ftm-csv", "OpenSanctions simplified targets (CSV)", "", "", 7, false),
        new("ofac", "OFAC SDN or consolidated list: sdn.csv (with alt.csv and add.csv beside it) or sdn.xml", "Specially Designated Nationals and Blocked Persons", "U.S. Treasury, Office of Foreign Assets Control", 7, false),
        new("un", "UN Security Council consolidated list (XML)", "United Nations Security Council Consolidated List", "United Nations Security Council", 14, false),
        new("eu", "EU consolidated financial sanctions list (XML or CSV)", "Consolidated list of persons, groups and entities subject to EU financial sanctions", "European Commission", 14, false),
        new("uk", "UK sanctions list or consolidated list (CSV)", "UK Sanctions List", "HM Treasury, Office of Financial Sanctions Implementation", 14, false),
        new("world-bank", "World Bank listing of ineligible firms and individuals (XLSX or CSV)", "World Bank Listing of Ineligible Firms and Individuals", "World Bank Group", 30, false),
        new("development-bank", "Debarments of a regional bank: IADB, EBRD, AfDB, ADB (XLSX or CSV)", "", "", 30, false),
        new("sam", "SAM.gov exclusions public extract (CSV)", "SAM.gov Exclusions", "U.S. General Services Administration", 7, false),
        new("senzing", "Senzing records (JSON or JSON Lines)", "", "", 30, false),
        new("table", "Any CSV or XLSX; columns are recognized by their names or given with --map", "", "", 30, false),
    ];

    // Parties to look up come in tables too; their names are names, not prose.
    private static readonly ListFormat s_parties = new("parties", "Parties to look up (CSV or XLSX)", "", "", 0, false);

    /// <summary>The format with this id, or null.</summary>
    public static ListFormat? Find(string id) => id == s_parties.Id ? s_parties : All.FirstOrDefault(f => f.Id == id);
}
