namespace Palermo.Procurement.EForms;

/// <summary>Codes that eForms writes in three letters and OCDS in two.</summary>
internal static class CountryCodes
{
    // ISO 3166-1: alpha-3 and alpha-2.
    private static readonly Dictionary<string, string> s_countries = """
        ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI
        BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT
        BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU
        CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET
        FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR
        GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR
        IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB
        LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH
        MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE
        NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL
        PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ
        SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC
        TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY
        USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS XKXXK YEMYE ZAFZA ZMBZM ZWEZW
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToDictionary(p => p[..3], p => p[3..], StringComparer.Ordinal);

    // ISO 639-3 and 639-1 of the languages a notice may be written in.
    private static readonly Dictionary<string, string> s_languages =
        "BULbg CEScs DANda DEUde ELLel ENGen ESTet FINfi FRAfr GLEga HRVhr HUNhu ITAit LAVlv LITlt MLTmt NLDnl POLpl PORpt RONro SLKsk SLVsl SPAes SWEsv NORno ISLis"
            .Split(' ').ToDictionary(p => p[..3], p => p[3..], StringComparer.Ordinal);

    /// <summary>The two-letter code of a country, or null.</summary>
    public static string? Country(string alpha3) => s_countries.GetValueOrDefault(alpha3);

    /// <summary>The country of a NUTS code, or null: NUTS writes EL for Greece and UK for the United Kingdom.</summary>
    public static string? OfNuts(string nuts) => nuts.Length < 2 ? null : nuts[..2] switch { "EL" => "GR", "UK" => "GB", var code => s_countries.ContainsValue(code) ? code : null };

    /// <summary>The two-letter code of a language; the code itself in lower case if it is not known here.</summary>
    public static string Language(string alpha3) => s_languages.GetValueOrDefault(alpha3) ?? alpha3.ToLowerInvariant();
}
