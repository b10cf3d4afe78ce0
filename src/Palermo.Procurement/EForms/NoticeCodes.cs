namespace Palermo.Procurement.EForms;

/// <summary>Codes of eForms lists as OCDS and Palermo write them.</summary>
internal static class NoticeCodes
{
    /// <summary>Minor version of the SDK from which the list exclusion-ground replaces criterion_exclusion-ground (1.12.0).</summary>
    public const int NewExclusionGrounds = 12;

    /// <summary>BT-23 as <c>mainProcurementCategory</c>; blank if it is none.</summary>
    public static string Category(string nature) => nature switch { "supplies" => "goods", "services" => "services", "works" => "works", _ => "" };

    /// <summary>BT-105 as <c>procurementMethod</c>; blank if it does not tell.</summary>
    public static string Method(string procedure) => procedure switch
    {
        "open" => "open",
        "restricted" or "neg-w-call" or "comp-dial" or "innovation" or "comp-tend" => "selective",
        "neg-wo-call" => "limited",
        _ => "",
    };

    /// <summary>BT-142 as the status of an award.</summary>
    public static string AwardStatus(string chosen) => chosen switch { "selec-w" => "active", "clos-nw" => "unsuccessful", "open-nw" => "pending", _ => "" };

    /// <summary>BT-67 in the codes of the newest list.</summary>
    public static string ExclusionGround(string code) => code == "human-traffic" ? "exg-crim-traffick" : code;

    /// <summary>BT-775 as a goal of the OCDS sustainability extension.</summary>
    public static string Goal(string objective) => objective switch
    {
        "hum-right" => "social.humanRightsInSupplyChains",
        "work-cond" => "social.laborRightsPromotion",
        _ => "social",
    };

    /// <summary>BT-760 as a measure of the OCDS bid extension; blank for those it has no word for.</summary>
    public static string Measure(string type) => type switch
    {
        "tenders" => "bids",
        "t-sme" => "smeBids",
        "t-esubm" => "electronicBids",
        "t-no-eea" => "foreignBidsFromNonEU",
        "t-oth-eea" => "foreignBidsFromEU",
        "t-verif-inad" => "disqualifiedBids",
        "t-verif-inad-low" => "tendersAbnormallyLow",
        _ => "",
    };
}
