namespace Palermo.Bench.Corpus;

/// <summary>A made-up market: real countries and languages, invented buyers.</summary>
internal sealed record Market(string Country, string CountryName, string Language, string Currency, string Prefix, string[] Buyers, string Scheme);

/// <summary>Places that buy and deliver. All organizations are invented.</summary>
internal static class Places
{
    public static readonly Market[] Markets =
    [
        new("GB", "United Kingdom", "en", "GBP", "ocds-palermo1", ["Northford City Council", "Ashmoor Hospital Trust", "Brackenshire County Council", "Wexbridge University", "Harrow Vale Fire Authority"], "CPV"),
        new("FR", "France", "fr", "EUR", "ocds-palermo2", ["Ville de Montclair-sur-Orbe", "Hôpital Saint-Aubrac", "Département du Val-Noir", "Université de Rocheval"], "CPV"),
        new("PY", "Paraguay", "es", "PYG", "ocds-palermo3", ["Municipalidad de Villa Arroyo", "Hospital Regional de Puerto Lindo", "Ministerio de Obras (ejemplo)", "Instituto de Bienestar Estudiantil"], "UNSPSC"),
        new("CO", "Colombia", "es", "COP", "ocds-palermo4", ["Alcaldía de San Telmo", "Gobernación del Río Claro", "Hospital Departamental Santa Elvira"], "UNSPSC"),
        new("BR", "Brasil", "pt", "BRL", "ocds-palermo5", ["Prefeitura de Serra Clara", "Hospital Municipal Boa Esperança", "Secretaria de Educação de Campo Belo do Leste"], "UNSPSC"),
        new("DE", "Deutschland", "de", "EUR", "ocds-palermo6", ["Stadt Lindenau am See", "Klinikum Hohenwald", "Landkreis Erlenberg"], "CPV"),
        new("RO", "România", "ro", "RON", "ocds-palermo7", ["Primăria Municipiului Valea Albă", "Spitalul Județean Dealu Frumos", "Inspectoratul Școlar Codrii Verzi"], "CPV"),
        new("MD", "Moldova", "ro", "MDL", "ocds-palermo8", ["Primăria orașului Izvoreni", "Spitalul Raional Stejăreni"], "CPV"),
        new("UA", "Україна", "uk", "UAH", "ocds-palermo9", ["Виконавчий комітет Яворинської міської ради", "Обласна лікарня Зеленогаївська", "Відділ освіти Калинівської громади"], "CPV"),
        new("KZ", "Казахстан", "ru", "KZT", "ocds-palermo10", ["Акимат города Аксайлы", "Областная больница Тарлан"], "CPV"),
        new("NG", "Nigeria", "en", "NGN", "ocds-palermo11", ["Ministry of Works, Oruba State", "Federal Teaching Hospital Ilemo"], "UNSPSC"),
        new("CA", "Canada", "en", "CAD", "ocds-palermo12", ["Department of Fisheries and Harbours (example)", "City of Maplecrest"], "UNSPSC"),
    ];

    public static readonly (string Country, string Name, string[] Suppliers)[] Abroad =
    [
        ("MY", "Malaysia", ["Sri Bayu Medical Sdn. Bhd.", "Perak Latex Works Sdn. Bhd."]),
        ("CN", "China", ["Jiangnan Bright Solar Co., Ltd.", "Haidong Textile Trading Co., Ltd.", "Ningbo Eastwell Electronics Co., Ltd."]),
        ("IN", "India", ["Kaveri Stoneworks Pvt. Ltd.", "Sundar Garments Pvt. Ltd."]),
        ("PK", "Pakistan", ["Sialkot Fine Instruments (Pvt.) Ltd.", "Ravi Sports Goods Co."]),
        ("TH", "Thailand", ["Andaman Seafood Public Co., Ltd."]),
        ("VN", "Vietnam", ["Song Hong Garment JSC"]),
        ("BD", "Bangladesh", ["Padma Apparel Ltd."]),
        ("TR", "Turkey", ["Ege Tekstil A.Ş."]),
        ("CI", "Côte d'Ivoire", ["Cacao du Bandama SARL"]),
        ("PL", "Poland", ["Wisła Meble Sp. z o.o.", "Polska Odzież Ochronna S.A."]),
    ];

    public static readonly Dictionary<string, string[]> SupplierWords = new()
    {
        ["en"] = ["Ashdown", "Riverside", "Pinewood", "Kestrel", "Oakfield", "Halden", "Marlowe", "Tideway"],
        ["fr"] = ["Vallier", "Duroc", "Belmont", "Chantrel", "Sorbier", "Larrieu"],
        ["es"] = ["Altamira", "Los Cerros", "Guaraní", "Santa Fe del Sur", "El Molino", "Andina"],
        ["pt"] = ["Boa Vista", "Ipê", "Jatobá", "Rio Novo", "Aroeira"],
        ["de"] = ["Brandner", "Hollerbach", "Steinkamp", "Wiesengrund", "Kranz"],
        ["ro"] = ["Bucovăț", "Teilor", "Argeș Nou", "Vulturul", "Prutul"],
        ["uk"] = ["Журавель", "Карпати", "Світанок", "Подолянка"],
        ["ru"] = ["Восход", "Алатау", "Степной", "Родник"],
    };

    public static readonly Dictionary<string, string[]> Forms = new()
    {
        ["en"] = ["Ltd", "Limited", "Services Ltd", "Group plc"],
        ["fr"] = ["SARL", "SA", "SAS"],
        ["es"] = ["S.A.", "S.R.L.", "S.A.S."],
        ["pt"] = ["Ltda", "S.A.", "EIRELI"],
        ["de"] = ["GmbH", "AG", "GmbH & Co. KG"],
        ["ro"] = ["SRL", "SA"],
        ["uk"] = ["ТОВ", "ПП"],
        ["ru"] = ["ТОО", "АО"],
    };
}
